"""doccano's JSON Lines for sequence labelling with relations: `gold.jsonl`, one bulletin a line.

doccano counts in JavaScript's way, UTF-16 code units: a character outside the basic plane, such as an emoji, is two.
"""

import json
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import accumulate
from pathlib import Path
from typing import Any

from corpus.errors import GoldError, printable
from corpus.tools.merge import Carries
from corpus.tools.paths import files, parse_json, path_for, read_text, write_text
from corpus.tools.regions import Annotation, Region, Relation

CARRIES = Carries(attributes=False, head=False)
NOT_CARRIED = (
    "attributes (canonical, dates, values, units, actors, …), names and titles that are not in the text, the head"
)


def write(annotations: Iterable[Annotation], folder: Path) -> Iterator[str]:
    """Writes gold.jsonl; yields nothing, as no region is lost."""
    lines = [json.dumps(_row(annotation), ensure_ascii=False) + "\n" for annotation in annotations]
    write_text(path_for(folder, "gold", ".jsonl"), "".join(lines))
    yield from ()


def _row(annotation: Annotation) -> dict[str, Any]:
    units = _units(annotation.text)
    numbers = {region.id: number for number, region in enumerate(annotation.regions, start=1)}
    return {
        "name": annotation.id,
        "text": annotation.text,
        "entities": [
            {"id": numbers[r.id], "label": r.label, "start_offset": units[r.start], "end_offset": units[r.end]}
            for r in annotation.regions
        ],
        "relations": [
            {"id": number, "from_id": numbers[r.source], "to_id": numbers[r.target], "type": r.label}
            for number, r in enumerate(annotation.relations, start=1)
        ],
    }


def read(source: Path) -> Iterator[Annotation]:
    """The annotations of an export (a file, or all `*.jsonl` files of a folder).

    Raises:
        GoldError: a line is malformed; names the file, the line and the item.
    """
    for _, path in files(source, ".jsonl"):
        for number, line in enumerate(read_text(path).split("\n"), start=1):
            if line.strip():
                where = f"{printable(path)}: line {number}"
                yield _annotation(parse_json(line, where), where)


def _annotation(row: Any, where: str) -> Annotation:
    remedy = "export the project again as JSONL with relations"
    try:
        name, text, spans = row["name"], row["text"], row["entities"]
        relations = row.get("relations", [])
        if not (isinstance(name, str) and isinstance(text, str)):
            raise TypeError
    except (KeyError, TypeError, AttributeError) as error:
        raise GoldError("lacks name, text or entities", where=where, remedy=remedy) from error
    made = Annotation(name, text)
    units = _units(text)
    item = ""
    try:
        for number, span in enumerate(spans):
            item = f"entities[{number}]"
            start, end = (_code_point(units, int(span[key])) for key in ("start_offset", "end_offset"))
            made.regions.append(Region(f"T{span['id']}", start, end, str(span["label"])))
        for number, relation in enumerate(relations):
            item = f"relations[{number}]"
            made.relations.append(Relation(str(relation["type"]), f"T{relation['from_id']}", f"T{relation['to_id']}"))
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        detail = str(error) if type(error) is ValueError else "is malformed"
        raise GoldError(f"{name}: {item} {detail}", where=where, remedy=remedy) from error
    return made


def _units(text: str) -> list[int]:
    """The UTF-16 offset of each code point of `text`, and of its end."""
    return list(accumulate((1 + (character > "\uffff") for character in text), initial=0))


def _code_point(units: list[int], offset: int) -> int:
    index = bisect_left(units, offset)
    if index == len(units) or units[index] != offset:
        raise ValueError(f"has the offset {offset}, which is no place between characters of the text")
    return index
