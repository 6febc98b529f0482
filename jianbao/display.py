"""Records as a person reads them in a terminal."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from schemas import Quantity, Record

STYLES = {
    "ORG": "bold cyan",
    "PLACE": "green",
    "PROGRAM": "magenta",
    "PERSON": "yellow",
    "quantity": "bold red",
    "time": "blue",
    "document": "underline",
}


def record_view(record: Record, *, with_text: bool = True) -> RenderableType:
    """One record: its head, its text with coloured spans, its facts as tables."""
    parts: list[RenderableType] = [_head(record)]
    if with_text:
        parts += [_legend(), _coloured(record)]
    return Group(*parts, *(table for table in _facts(record) if table.row_count))


def listing_view(rows: Sequence[Mapping[str, Any]]) -> Table:
    """The stored bulletins, one a line."""
    table = Table(title="Bulletins", title_justify="left", title_style="bold", header_style="dim", expand=True)
    # The id is what `show` asks for: it stays whole, within reason.
    table.add_column("id", overflow="fold", min_width=min(30, max((len(row["name"]) for row in rows), default=2)))
    table.add_column("title", no_wrap=True, overflow="ellipsis", ratio=3)
    table.add_column("publisher", no_wrap=True, overflow="ellipsis", ratio=2)
    table.add_column("published", no_wrap=True, min_width=10)
    for column in ("names", "docs", "metrics", "acts"):
        table.add_column(column, justify="right", min_width=len(column))
    for row in rows:
        texts = [row["name"], row["title"], row["publisher"], row["published"]]
        counts = [row["mentions"], row["documents"], row["metrics"], row["activities"]]
        table.add_row(*(Text("" if cell is None else str(cell)) for cell in texts + counts))
    return table


def _head(record: Record) -> Table:
    grid = Table.grid(padding=(0, 2))
    published = record.published.isoformat() if record.published else None
    for name, value in (
        ("id", record.id),
        ("title", record.title),
        ("publisher", record.publisher),
        ("published", published),
        ("authors", "、".join(record.authors)),
    ):
        if value:
            grid.add_row(Text(name, style="dim"), Text(value))
    return grid


def _legend() -> Text:
    legend = Text("\n")
    for name, style in STYLES.items():
        legend.append(name, style=style).append("  ")
    return legend


def _coloured(record: Record) -> Text:
    text = Text(record.text.strip("\n"))
    # Offsets point into the whole text; leading line ends were stripped for display only.
    shift = len(record.text) - len(record.text.lstrip("\n"))
    for document in record.documents:
        for start, end in document.mentions:
            text.stylize(STYLES["document"], start - shift, end - shift)
    for mention in record.mentions:
        text.stylize(STYLES[mention.type], mention.start - shift, mention.end - shift)
    for time in record.times:
        text.stylize(STYLES["time"], time.start - shift, time.end - shift)
    for quantity in record.quantities:
        text.stylize(STYLES["quantity"], quantity.start - shift, quantity.end - shift)
    return text


def _facts(record: Record) -> Iterable[Table]:
    quantities = {(q.start, q.end): q for q in record.quantities}

    metrics = _table("Metrics", "indicator", "value", "subject", "period", "part of")
    for metric in record.metrics:
        metrics.add_row(
            Text(metric.name),
            _quantity(quantities.get(metric.quantity)),
            Text(metric.subject or ""),
            _period(metric.from_date, metric.to_date),
            _quantity(quantities.get(metric.part_of)) if metric.part_of else "",
        )
    yield metrics

    activities = _table("Activities", "type", "trigger", "name", "actors", "with", "places", "period")
    for activity in record.activities:
        activities.add_row(
            activity.type,
            Text(record.text[slice(*activity.trigger)].replace("\n", "")),
            Text(activity.name),
            Text("、".join(activity.actors)),
            Text("、".join(activity.participants)),
            Text("、".join(activity.places)),
            _period(activity.from_date, activity.to_date),
        )
    yield activities

    documents = _table("Documents", "title", "kind", "number", "issuers", "action")
    for document in record.documents:
        documents.add_row(
            Text(document.title),
            document.kind,
            Text(document.number or ""),
            Text("、".join(document.issuers)),
            document.action,
        )
    yield documents


def _quantity(quantity: Quantity | None) -> Text:
    if quantity is None:
        return Text("")
    value = "" if quantity.value is None else format(quantity.value, "f")
    if quantity.low is not None or quantity.high is not None:
        low = "" if quantity.low is None else format(quantity.low, "f")
        high = "" if quantity.high is None else format(quantity.high, "f")
        value = f"{value} [{low}..{high}]".strip()
    return Text(f"{value} {quantity.unit}".strip())


def _period(start: dt.date | None, end: dt.date | None) -> str:
    if start is None and end is None:
        return ""
    return f"{start or ''}..{end or ''}" if start != end else str(start)


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", header_style="dim")
    for column in columns:
        table.add_column(column, overflow="fold")
    return table
