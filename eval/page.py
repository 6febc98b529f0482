"""An evaluation as one self-contained html page.

The page loads nothing: style and script stand in it, and its content security policy allows those two by their
digests and nothing else. All words of bulletins and records go through the template's escaping.
"""

import base64
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from eval.confusion import confusions
from eval.counts import Counts, percent
from eval.details import breakdowns
from eval.document import DocumentScores, context
from eval.findings import FAULT_KINDS, GROUP_NAMES, NOTHING, Finding, findings, spans_of
from eval.index import Entry
from eval.layers import FAMILIES
from eval.marks import Segment, gold_marks, predicted_marks, segments
from eval.patterns import patterns
from eval.report import Report
from eval.resampling import Interval, intervals

# Patterns shown; the rest is rare.
_PATTERNS = 200


@dataclass(frozen=True, slots=True)
class _Row:
    """One figure with its interval; `counts` and shares for layers, `total` for attributes."""

    name: str
    figure: float
    interval: Interval | None
    counts: Counts | None = None
    total: int = 0
    match: str = ""


@dataclass(frozen=True, slots=True)
class _Error:
    """One fault in one bulletin."""

    group: str
    kind: str
    what: str
    expected: str
    found: str
    context: str


@dataclass(frozen=True, slots=True)
class _Bulletin:
    """What the page shows of one bulletin."""

    name: str
    title: str
    entry: Entry
    missing: bool
    figure: float
    errors: list[_Error]
    gold: list[Segment]
    predicted: list[Segment]


@dataclass(frozen=True, slots=True)
class _Grid:
    """A table of numbers, each with the class of its shade: h1..h10 for what is right, w0..w10 for what is wrong."""

    name: str
    heading: str
    columns: Sequence[str]
    rows: Sequence[tuple[str, Sequence[tuple[str, str]]]]


def page(report: Report, index: Mapping[str, Entry], *, name: str) -> str:
    """The page of a report; `name` says on what gold."""
    environment = Environment(
        loader=PackageLoader("eval", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style = environment.get_template("report.css").render(groups=GROUP_NAMES, kinds=FAULT_KINDS)
    script = environment.get_template("report.js").render()
    spread = intervals(report)
    found = [findings(document) for document in report.documents]
    return environment.get_template(
        "report.html"
    ).render(
        name=name,
        style=Markup(style),  # noqa: S704  (a template of ours with names of ours)
        style_digest=_digest(style),
        script=Markup(script),  # noqa: S704
        script_digest=_digest(script),
        characters=sum(len(document.gold.text) for document in report.documents),
        missing=report.missing,
        groups=GROUP_NAMES,
        kinds=FAULT_KINDS,
        nothing=NOTHING,
        headlines=list(_headlines(report, spread)),
        layers=list(_layers(report, spread)),
        averages=[_Row(figure, value, spread.get(figure)) for figure, value in report.averages().items()],
        attributes=[_Row(a, v.percent, spread.get(a), total=v.total) for a, v in report.accuracies.items()],
        breakdowns=[_by_family(column, groups) for column, groups in breakdowns(report, index).items()],
        confusions=list(_confusions(chain.from_iterable(found))),
        patterns=patterns(report.documents)[:_PATTERNS],
        bulletins=[
            _bulletin(document, own, index.get(document.gold.id, Entry()))
            for document, own in zip(report.documents, found, strict=True)
        ],
        entries=list(index.values()),
    )


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _headlines(report: Report, spread: Mapping[str, Interval]) -> Iterator[_Row]:
    figures = report.figures()
    for name in ("all lenient micro", "mentions strict micro", "metric named", "activity found"):
        yield _Row(name, figures.get(name, 0.0), spread.get(name))


def _layers(report: Report, spread: Mapping[str, Interval]) -> Iterator[_Row]:
    for family in FAMILIES:
        for layer in family.layers:
            counts = report.layers.get(layer.name)
            if counts is not None:
                match = {family.strict: "strict", family.lenient: "lenient"}.get(layer.name, "")
                yield _Row(layer.name, percent(counts.f1), spread.get(layer.name), counts, counts.gold, match)


def _by_family(column: str, groups: Mapping[str, Report]) -> _Grid:
    def cells(report: Report) -> Iterator[tuple[str, str]]:
        yield str(len(report.documents)), ""
        yield _shaded(report.averages()["all lenient micro"])
        for family in FAMILIES:
            counts = report.layers[family.lenient]
            yield _shaded(100 * counts.f1) if counts.gold else ("", "")

    headings = ("bulletins", "all", *(family.name.removeprefix("mention ") for family in FAMILIES))
    return _Grid(column, column, headings, [(name, list(cells(part))) for name, part in groups.items()])


def _confusions(found: Iterator[Finding]) -> Iterator[_Grid]:
    for group, confusion in confusions(found).items():
        types, scores = [*confusion.types(), NOTHING], confusion.counts()
        rows = []
        for gold in types:
            numbers = [confusion.cells[gold, predicted] for predicted in types]
            cells = [
                (str(n), f"{'h' if gold == predicted else 'w'}{max(1, _shade(100 * n / sum(numbers)))}")
                if n
                else ("", "")
                for predicted, n in zip(types, numbers, strict=True)
            ]
            rows.append((gold, [*cells, _shaded(100 * scores[gold].f1) if gold in scores else ("", "")]))
        if len(types) > 1:
            yield _Grid(group, "gold ↓ extracted →", [*types, "F1"], rows)


def _shaded(per_cent: float) -> tuple[str, str]:
    return f"{per_cent:.0f}", f"w{_shade(100 - per_cent)}"


def _shade(per_cent: float) -> int:
    return min(10, max(0, round(per_cent / 10)))


def _bulletin(document: DocumentScores, found: Sequence[Finding], entry: Entry) -> _Bulletin:
    text = document.gold.text
    return _Bulletin(
        name=document.gold.id,
        title=document.gold.title or document.gold.id,
        entry=entry,
        missing=document.missing,
        figure=Report([document]).averages()["all lenient micro"],
        errors=list(_errors(found, text)),
        gold=segments(text, gold_marks(found, text)),
        predicted=segments(text, predicted_marks(found, text)),
    )


def _errors(found: Sequence[Finding], text: str) -> Iterator[_Error]:
    for finding in found:
        place = next((span for span in spans_of(finding) if span), (0, 0))
        words = context(text, place) if finding.faults else ""
        for fault in finding.faults:
            yield _Error(finding.group, fault.kind, fault.what, fault.expected, fault.found, words)
