"""Scores as tables for a terminal (rich renderables)."""

from collections.abc import Mapping, Sequence

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from eval.comparison import Comparison
from eval.confusion import confusions
from eval.counts import Counts, percent
from eval.findings import findings
from eval.layers import FAMILIES
from eval.report import Report
from eval.resampling import Interval

# Differences with a p-value under this are marked.
_SIGNIFICANT = 0.05


def score_tables(report: Report, intervals: Mapping[str, Interval] | None = None) -> Group:
    """Layers, averages and attributes, with 95 % intervals if given, and the bulletins without a record."""
    given = intervals or {}
    scores = _table("layer", "P", "R", "F1", "95 %", "gold", "right", "spurious", "missed")
    for name, c in report.layers.items():
        numbers = (c.gold, c.true_positives, c.false_positives, c.false_negatives)
        scores.add_row(name, *_shares(c), _interval(given.get(name)), *map(str, numbers))
    averages = _table("average", "F1", "95 %")
    for name, figure in report.averages().items():
        averages.add_row(name, f"{figure:.1f}", _interval(given.get(name)))
    attributes = _table("attribute", "accuracy", "95 %", "of")
    for name, a in report.accuracies.items():
        attributes.add_row(name, f"{a.percent:.1f}", _interval(given.get(name)), str(a.total))
    parts: list[RenderableType] = [scores, averages, attributes]
    if report.missing:
        parts.append(Text(f"no record for: {', '.join(report.missing)}"))
    return Group(*parts)


def type_table(report: Report) -> Table:
    """The scores of each type of mention, quantity, document and activity, by lenient and by strict matching."""
    table = _table("type", "P", "R", "F1", "gold", "strict P", "R", "F1")
    found = [finding for document in report.documents for finding in findings(document)]
    strict = confusions(found, strict=True)
    for group, confusion in confusions(found).items():
        of_strict = strict[group].counts()
        for name, counts in confusion.counts().items():
            table.add_row(f"{group} {name}", *_shares(counts), str(counts.gold), *_shares(of_strict[name]))
        macros = (f"{percent(one.macro()):.1f}" for one in (confusion, strict[group]))
        table.add_row(f"{group} macro", "", "", next(macros), "", "", "", next(macros), end_section=True)
    return table


def document_table(report: Report) -> Table:
    """F1 of every family by lenient matching, a line per bulletin."""
    return _grid("bulletin", [(document.gold.id, Report([document])) for document in report.documents])


def group_table(heading: str, groups: Mapping[str, Report]) -> Table:
    """F1 of every family by lenient matching, a line per group of bulletins."""
    return _grid(heading, [(f"{name} ({len(report.documents)})", report) for name, report in groups.items()])


def comparison_table(comparison: Comparison) -> Table:
    """Every figure of two systems, the difference with its 95 % interval and p-value, items won and lost."""
    table = _table("figure", "A", "B", "change", "95 %", "p", "", "won", "lost")
    for d in comparison.differences:
        won, lost = comparison.balance(d.name)
        mark = "*" if d.p < _SIGNIFICANT else ""
        shown = (f"{d.before:.1f}", f"{d.after:.1f}", f"{d.change:+.1f}", _interval(d.interval), f"{d.p:.4f}", mark)
        table.add_row(d.name, *shown, *(str(n) if n else "" for n in (won, lost)))
    return table


def _grid(heading: str, rows: Sequence[tuple[str, Report]]) -> Table:
    table = _table(heading, *(family.name.removeprefix("mention ") for family in FAMILIES), "all")
    for name, report in rows:
        counts = [report.layers[family.lenient] for family in FAMILIES]
        cells = [f"{percent(c.f1):.0f}" if c.gold or c.false_positives else "" for c in counts]
        table.add_row(Text(name), *cells, f"{report.averages()['all lenient micro']:.0f}")
    return table


def _table(first: str, *headings: str) -> Table:
    table = Table(first, box=box.SIMPLE_HEAD)
    for heading in headings:
        table.add_column(heading, justify="right", no_wrap=True)
    return table


def _shares(counts: Counts) -> tuple[str, ...]:
    return tuple(f"{percent(share):.1f}" for share in (counts.precision, counts.recall, counts.f1))


def _interval(interval: Interval | None) -> str:
    return f"{interval[0]:.1f}–{interval[1]:.1f}" if interval else ""
