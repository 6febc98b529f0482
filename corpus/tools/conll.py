"""CoNLL-2003, one character a line: `字 -X- _ B-ORG`, named entities only, in BIOES tags.

A file per bulletin. Blank lines part sentences; here they stand after each line of the text, unless a name runs on
into the next one. White space, which the format uses itself, is written as an escape (`\\u3000`); as every other token
is one character long, nothing is ambiguous and the text comes back as it was.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from corpus.errors import GoldError
from corpus.tagging import bioes, spans_of
from corpus.tools.merge import Carries
from corpus.tools.paths import files, path_for, read_text, write_text
from corpus.tools.regions import ENTITIES, Annotation, Region

CARRIES = Carries(labels=ENTITIES, attributes=False, relations=False, head=False)
NOT_CARRIED = "all layers but names, canonical names, optional, the shorter of two names that overlap, and the head"

_SUFFIX = ".conll"
_START = "-DOCSTART- -X- -X- O"


def write(annotations: Iterable[Annotation], folder: Path) -> Iterator[str]:
    """Writes NAME.conll per bulletin; yields a line for each name that is lost."""
    for annotation in annotations:
        names = [region for region in annotation.regions if region.label in ENTITIES]
        # Required before optional ones, then the longest.
        names.sort(key=lambda r: ("optional" in r.attributes, r.start - r.end, r.start))
        tags = bioes(len(annotation.text), ((r.start, r.end, r.label) for r in names))
        kept = set(spans_of(tags))
        for region in names:
            if (region.start, region.end, region.label) not in kept:
                yield f"{annotation.id}: {region.label} {annotation.words(region)!r} overlaps another name"
        lines = [_START, ""]
        for character, tag in zip(annotation.text, tags, strict=True):
            lines.append(f"{_token(character)} -X- _ {tag}")
            if character == "\n" and tag == "O":
                lines.append("")
        write_text(path_for(folder, annotation.id, _SUFFIX), "\n".join(lines) + "\n")


def read(source: Path) -> Iterator[Annotation]:
    """The annotations of a file or of all `*.conll` files of a folder.

    Raises:
        GoldError: a line is malformed; names the file and the line.
    """
    for id, path in files(source, _SUFFIX):
        characters, tags, numbers = [], [], []
        for number, line in enumerate(read_text(path).split("\n"), start=1):
            if not line.strip() or line.startswith("-DOCSTART-"):
                continue
            columns = line.split()
            character = _character(columns[0])
            if len(columns) < 2 or character is None:
                raise GoldError(
                    f"line {number}: {line!r} is not one character and its tag",
                    where=str(path),
                    remedy="write `字 -X- _ TAG`, white space as an escape such as \\u0020",
                )
            characters.append(character)
            tags.append(columns[-1])
            numbers.append(number)
        try:
            spans = spans_of(tags)
        except ValueError as error:
            (index,) = error.args
            raise GoldError(
                f"line {numbers[index]}: tag {tags[index]!r} is unknown or does not fit its neighbours",
                where=str(path),
                remedy="mark a name as B- I- E- of one type, or S- for a single character, and the rest as O",
            ) from error
        regions = [Region(f"T{n}", *span) for n, span in enumerate(spans, start=1)]
        yield Annotation(id, "".join(characters), regions=regions)


def _token(character: str) -> str:
    if character.isspace():
        return f"\\u{ord(character):04x}"
    return character


def _character(token: str) -> str | None:
    if len(token) == 1:
        return token
    if token.startswith("\\u"):
        try:
            return chr(int(token[2:], 16))
        except (ValueError, OverflowError):
            return None
    return None
