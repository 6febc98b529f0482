"""Faults in gold: what the record's shape allows but the annotation rules do not.

Notes for a newcomer. `schemas.Record` refuses labels that do not point at their characters, or use unknown types; that
is the first half of the check. The second half is here: spans that overlap, links to labels that do not exist, bounds
that contradict the modifier, names left out at another place of the text. Each function yields the faults of one layer.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from os import PathLike
from pathlib import Path

from pydantic import ValidationError

from corpus.errors import printable
from corpus.gold import INDEX, gold_paths, item_name, load_index
from schemas import Activity, Metric, Modifier, Quantity, Record, Span, TimeExpression

# modifier -> whether the wording gives a value, a lower and an upper bound (None: it may or may not)
_BOUNDS: dict[Modifier, tuple[bool | None, bool | None, bool | None]] = {
    "exact": (True, False, False),
    "about": (True, False, False),
    "more_than": (True, True, None),
    "at_least": (True, True, False),
    "less_than": (True, False, True),
    "at_most": (True, False, True),
    "nearly": (True, False, True),
    "range": (False, True, True),
    "vague": (False, None, None),
}
_LONG_NAME = 4  # shorter strings occur inside other words by chance
_TITLE = re.compile("《[^《》]*》")
_QUOTES = "《》〈〉"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a gold file: which item, and what."""

    where: str
    item: str
    cause: str

    def __str__(self) -> str:
        return " ".join(f"{self.where}: {self.item}: {self.cause}".split())


def check_folder(folder: str | PathLike[str]) -> tuple[int, list[Fault]]:
    """How many gold files `folder` and the folders below it hold, and all their faults.

    If the folder has an `INDEX.tsv`, it must list the files it lies above, each in the folder of its split.

    Raises:
        GoldError: the folder has no gold files, or the index cannot be read.
    """
    root = Path(folder)
    paths = gold_paths(root)
    faults = [fault for path in paths for fault in check_file(path)]
    return len(paths), faults + list(_index_faults(root, paths))


def check_file(path: str | PathLike[str]) -> list[Fault]:
    """The faults of one gold file; what cannot be read or has not the shape of a record is a fault too."""
    where = printable(path)
    try:
        record = Record.model_validate_json(Path(path).read_bytes())
    except OSError as error:
        return [Fault(where, "file", f"cannot be read ({error.strerror})")]
    except ValidationError as error:
        return [
            Fault(where, item_name(one["loc"]) or "record", one["msg"])
            for one in error.errors(include_url=False, include_input=False)
        ]
    found = check(record, where)
    if record.id.rpartition("/")[2] != Path(path).stem:
        found.insert(0, Fault(where, "id", f"is {json.dumps(record.id, ensure_ascii=False)}, not the file's name"))
    return found


def check(record: Record, where: str | None = None) -> list[Fault]:
    """The faults of one record, in the order of its layers; `where` names it, else its id does."""
    layers = (_head, _mentions, _times, _quantities, _documents, _metrics, _activities)
    return [Fault(where or record.id, item, cause) for layer in layers for item, cause in layer(record)]


Found = Iterator[tuple[str, str]]


def _head(record: Record) -> Found:
    text = _flat(record.text)
    for name, values in (
        ("title", (record.title,)),
        ("publisher", (record.publisher,)),
        ("authors", record.authors),
    ):
        for value in values:
            if value is not None and (not value.strip() or _flat(value) not in text):
                yield name, f"{value!r} does not occur in the text"


def _mentions(record: Record) -> Found:
    yield from _spans("mentions", record.mentions)
    for number, mention in enumerate(record.mentions):
        if not mention.canonical or "\n" in mention.canonical:
            yield f"mentions[{number}]", f"{mention.text!r} has no canonical name on one line"
    yield from _left_out(record)


def _left_out(record: Record) -> Found:
    """A long name labelled once is labelled wherever it stands."""
    taken = bytearray(len(record.text))
    for start, end in [
        *((m.start, m.end) for m in record.mentions),
        *(o for d in record.documents for o in d.mentions),
    ]:
        taken[start:end] = b"\1" * (end - start)
    seen = set()
    for number, mention in enumerate(record.mentions):
        if mention.optional or len(mention.text) < _LONG_NAME or mention.text in seen:
            continue
        seen.add(mention.text)
        start = record.text.find(mention.text)
        while start >= 0:
            end = start + len(mention.text)
            if not any(taken[start:end]):
                yield f"mentions[{number}]", f"{mention.text!r} stands unlabelled at {start} too"
            start = record.text.find(mention.text, end)


def _times(record: Record) -> Found:
    yield from _spans("times", record.times)
    yield from _periods("times", record.times)


def _quantities(record: Record) -> Found:
    yield from _spans("quantities", record.quantities)
    for number, quantity in enumerate(record.quantities):
        yield from ((f"quantities[{number}]", f"{quantity.text!r} {cause}") for cause in _number_faults(quantity))
    times = [time for time in record.times if not time.optional]
    for number, quantity in enumerate(record.quantities):
        for time in times:
            if not quantity.optional and time.start < quantity.end and quantity.start < time.end:
                yield f"quantities[{number}]", f"{quantity.text!r} overlaps the time {time.text!r}"


def _number_faults(quantity: Quantity) -> Iterator[str]:
    stated = {"value": quantity.value, "low": quantity.low, "high": quantity.high}
    for (name, number), wanted in zip(stated.items(), _BOUNDS[quantity.modifier], strict=True):
        if wanted is not None and (number is not None) != wanted:
            yield f"is {quantity.modifier} and {'lacks' if wanted else 'has'} {name}"
    if quantity.low is not None and quantity.high is not None and quantity.low >= quantity.high:
        yield f"has low {quantity.low} not below high {quantity.high}"


def _documents(record: Record) -> Found:
    titles: set[str] = set()
    covered = {offsets for document in record.documents for offsets in document.mentions}
    text = _flat(record.text)
    for number, document in enumerate(record.documents):
        item = f"documents[{number}]"
        if document.title in titles:
            yield item, f"{document.title!r} is listed twice"
        titles.add(document.title)
        if not document.mentions:
            yield item, f"{document.title!r} has no mentions"
        if document.number and _flat(document.number) not in text:
            yield item, f"number {document.number!r} does not occur in the text"
        names = {_flat(name).strip(_QUOTES) for name in (document.title, document.alias) if name}
        for start, end in document.mentions:
            if _flat(record.text[start:end]).strip(_QUOTES) not in names:
                yield item, f"mention {record.text[start:end]!r} is neither title nor alias"
    for match in _TITLE.finditer(record.text):
        if match.span() not in covered:
            yield "documents", f"{match[0]!r} at {match.start()} belongs to none"


def _metrics(record: Record) -> Found:
    labelled = {(q.start, q.end) for q in record.quantities}
    totals = {metric.quantity: metric.part_of for metric in record.metrics}
    used = set()
    for number, metric in enumerate(record.metrics):
        item = f"metrics[{number}]"
        if not metric.name.strip():
            yield item, "has no name"
        if metric.quantity not in labelled:
            yield item, f"{metric.name!r} hangs on {metric.quantity}, which is no labelled quantity"
        if metric.quantity in used:
            yield item, f"{metric.name!r} hangs on {metric.quantity}, as another metric does"
        used.add(metric.quantity)
        if metric.part_of and metric.part_of not in labelled:
            yield item, f"{metric.name!r} is part of {metric.part_of}, which is no labelled quantity"
        if _is_circular(metric, totals):
            yield item, f"{metric.name!r} is part of itself"
    yield from _periods("metrics", record.metrics)


def _is_circular(metric: Metric, totals: dict[tuple[int, int], tuple[int, int] | None]) -> bool:
    seen, total = {metric.quantity}, metric.part_of
    while total is not None and total not in seen:
        seen.add(total)
        total = totals.get(total)
    return total == metric.quantity


def _activities(record: Record) -> Found:
    titles = {document.title for document in record.documents}
    used = set()
    for number, activity in enumerate(record.activities):
        item = f"activities[{number}]"
        if not activity.name.strip():
            yield item, "has no name"
        start, end = activity.trigger
        if not record.text[start:end].strip():
            yield item, f"{activity.name!r} has a blank trigger"
        if activity.trigger in used:
            yield item, f"{activity.name!r} has the trigger {activity.trigger} of another activity"
        used.add(activity.trigger)
        for title in activity.documents:
            if title not in titles:
                yield item, f"document {title!r} is not among the documents"
        if not all(name.strip() for name in (*activity.actors, *activity.participants, *activity.places)):
            yield item, f"{activity.name!r} has a blank actor, participant or place"
    yield from _periods("activities", record.activities)


def _spans(layer: str, spans: Sequence[Span]) -> Found:
    """Spans of one layer stand in the text's order and apart."""
    for number, span in enumerate(spans):
        if span.text != span.text.strip():
            yield f"{layer}[{number}]", f"{span.text!r} begins or ends with white space"
    for number, (left, right) in enumerate(pairwise(spans)):
        if right.start < left.start:
            yield f"{layer}[{number + 1}]", f"{right.text!r} at {right.start} is out of order"
    by_place = sorted(enumerate(spans), key=lambda pair: (pair[1].start, pair[1].end))
    for (_, left), (number, right) in pairwise(by_place):
        if right.start < left.end:
            yield f"{layer}[{number}]", f"{right.text!r} at {right.start} overlaps {left.text!r} at {left.start}"


def _periods(layer: str, items: Sequence[TimeExpression | Metric | Activity]) -> Found:
    for number, item in enumerate(items):
        if item.from_date and item.to_date and item.from_date > item.to_date:
            yield f"{layer}[{number}]", f"runs backwards, {item.from_date} to {item.to_date}"


def _index_faults(root: Path, paths: list[Path]) -> Iterator[Fault]:
    path = root / INDEX
    if not path.is_file():
        return
    rows = load_index(root)
    where = printable(path)
    files = {file.stem: file for file in paths}
    for name, row in rows.items():
        if name not in files:
            yield Fault(where, name, "has no gold file")
        elif "split" in row and files[name].parent != root / row["split"]:
            yield Fault(where, name, f"is of split {row['split']!r} but lies in {files[name].parent.name!r}")
    for name in files.keys() - rows.keys():
        yield Fault(where, name, "is not listed")
    if len(files) < len(paths):
        yield Fault(where, "files", "two have one name")


def _flat(text: str) -> str:
    return "".join(text.split())
