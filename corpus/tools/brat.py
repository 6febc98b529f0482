"""brat standoff: NAME.txt, NAME.ann and the `annotation.conf` that brat needs to show them.

Attributes of few values are brat attributes (`A`), the others one AnnotatorNotes (`#`) per region, as JSON. A span
over a line break is written in fragments, as brat demands, and read back as one.
"""

import json
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from corpus.errors import GoldError, printable
from corpus.tools.merge import Carries
from corpus.tools.paths import files, parse_json, path_for, read_text, write_text
from corpus.tools.regions import (
    ATTRIBUTES,
    CHOICES,
    LABELS,
    LISTS,
    RELATIONS,
    Annotation,
    Attributes,
    Region,
    Relation,
)

CARRIES = Carries(head=False)
NOT_CARRIED = "the head (title, publisher, published, authors), documents that no words of the text name"

_FRAGMENT = re.compile(r"[^\n]+")
_RELATION = re.compile(r"(\S+) Arg1:(\S+) Arg2:(\S+)")


def write(annotations: Iterable[Annotation], folder: Path) -> Iterator[str]:
    """Writes NAME.txt and NAME.ann per bulletin, and annotation.conf; yields a line for each region that is lost."""
    for annotation in annotations:
        lost = {
            region.id
            for region in annotation.regions
            if (words := annotation.text[region.start : region.end]) != words.strip("\n")
        }
        for region in annotation.regions:
            if region.id in lost:
                yield f"{annotation.id}: {region.label} at {region.start} begins or ends with a line break"
        write_text(path_for(folder, annotation.id, ".txt"), annotation.text)
        write_text(path_for(folder, annotation.id, ".ann"), "".join(f"{one}\n" for one in _lines(annotation, lost)))
    write_text(path_for(folder, "annotation", ".conf"), _configuration())


def _lines(annotation: Annotation, lost: set[str]) -> Iterator[str]:
    names = {r.id: f"T{number}" for number, r in enumerate(annotation.regions, start=1) if r.id not in lost}
    attributes = 0
    for region in annotation.regions:
        if region.id not in names:
            continue
        name = names[region.id]
        fragments = [m.span() for m in _FRAGMENT.finditer(annotation.text, region.start, region.end)]
        places = ";".join(f"{start} {end}" for start, end in fragments)
        words = " ".join(annotation.text[start:end] for start, end in fragments)
        yield f"{name}\t{region.label} {places}\t{words}"
        notes: dict[str, Any] = {}
        for key, values in region.attributes.items():
            if key in CHOICES:
                attributes += 1
                yield f"A{attributes}\t{key} {name}" + ("" if key == "optional" else f" {values[0]}")
            else:
                notes[key] = list(values) if key in LISTS else values[0]
        if notes:
            yield f"#{name[1:]}\tAnnotatorNotes {name}\t{json.dumps(notes, ensure_ascii=False)}"
    kept = [r for r in annotation.relations if r.source in names and r.target in names]
    for number, relation in enumerate(kept, start=1):
        yield f"R{number}\t{relation.label} Arg1:{names[relation.source]} Arg2:{names[relation.target]}"


def read(source: Path) -> Iterator[Annotation]:
    """The annotations of a NAME.ann file or of all of a folder, each with NAME.txt beside it.

    Raises:
        GoldError: a line is malformed, or the text is missing; names the file and the line.
    """
    for id, path in files(source, ".ann"):
        made = Annotation(id, read_text(path.with_suffix(".txt")))
        attributes: dict[str, Attributes] = {}
        for number, line in enumerate(read_text(path).split("\n"), start=1):
            if not line.strip():
                continue
            where = f"{printable(path)}: line {number}"
            try:
                _take(line.rstrip("\r"), made, attributes, where)
            except ValueError as error:
                detail = f": {error}" if error.args else ""
                cause = f"{line!r} is no annotation{detail}"
                raise GoldError(cause, where=where, remedy="see brat's standoff format") from error
        for region in made.regions:
            region.attributes = attributes.pop(region.id, {})
        if attributes:
            cause = f"attributes or notes of {next(iter(attributes))}, which is no region"
            raise GoldError(cause, where=printable(path), remedy="delete them")
        yield made


def _take(line: str, made: Annotation, attributes: dict[str, Attributes], where: str) -> None:
    """Puts one line where it belongs; a ValueError says what is wrong with it."""
    id, _, rest = line.partition("\t")
    if id.startswith("T"):
        made.regions.append(_region(id, rest, made.text))
    elif id.startswith("R"):
        match = _RELATION.fullmatch(rest.strip())
        if not match:
            raise ValueError("write LABEL Arg1:ID Arg2:ID")
        made.relations.append(Relation(*match.groups()))
    elif id.startswith(("A", "M")):
        key, target, *value = rest.split()
        attributes.setdefault(target, {})[key] = (value[0] if value else "true",)
    elif id.startswith("#"):
        about, _, note = rest.partition("\t")
        _, target = about.split()
        attributes.setdefault(target, {}).update(_notes(note, where))
    else:
        raise ValueError("only T, R, A and # lines are read")


def _region(id: str, rest: str, text: str) -> Region:
    marked, _, words = rest.partition("\t")
    label, _, places = marked.partition(" ")
    fragments = []
    for place in places.split(";"):
        start, end = place.split()
        fragments.append((int(start), int(end)))
    read = " ".join(text[start:end] for start, end in fragments)
    if words and words != read:
        raise ValueError(f"it reads {words!r} where the text has {read!r}")
    for (_, before), (after, _) in pairwise(fragments):
        if text[before:after].strip("\n") or after < before:
            raise ValueError("its fragments are more than a line break apart; mark one span")
    return Region(id, fragments[0][0], fragments[-1][1], label)


def _notes(note: str, where: str) -> Attributes:
    values = parse_json(note, f"{where}: the note")
    if not isinstance(values, dict):
        raise ValueError('notes are JSON such as {"canonical": "…"}')
    return {
        str(key): tuple(str(one) for one in value) if isinstance(value, list) else (str(value),)
        for key, value in values.items()
        if value is not None
    }


def _configuration() -> str:
    lines = ["[entities]", *LABELS, "", "[relations]"]
    lines += [f"{label}\tArg1:{source}, Arg2:{target}" for label, (source, target) in RELATIONS.items()]
    lines += ["<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>", "", "[events]", "", "[attributes]"]
    for key, choices in CHOICES.items():
        labels = "|".join(label for label in LABELS if key in ATTRIBUTES[label])
        values = "" if key == "optional" else f", Value:{'|'.join(choices)}"
        lines.append(f"{key}\tArg:{labels}{values}")
    return "\n".join(lines) + "\n"
