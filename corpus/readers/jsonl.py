"""JSON Lines: one object a line, its `text` the bulletin. Records written by jianbao are of this shape too."""

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

from corpus.content import Content, parse_date
from corpus.errors import MalformedError
from schemas import HeadHints


@dataclass(frozen=True, slots=True)
class Row:
    """One line: the bulletin's content and the id it gives itself, if any."""

    content: Content
    id: str | None


def read_row(line: str) -> Row:
    """The bulletin of one line.

    Fields: `text`, and if known `id`, `title`, `publisher`, `published` (a date) and `authors` (a list or a string);
    others are ignored.

    Raises:
        MalformedError: the line is no JSON object with a string `text`, or a field has the wrong type.
    """
    try:
        value = json.loads(line)
    # Nesting deeper than the interpreter's stack is no better than a syntax error.
    except (ValueError, RecursionError) as error:
        raise MalformedError(f"no valid JSON ({error})", remedy="correct or remove the line") from error
    if not isinstance(value, dict) or not isinstance(value.get("text"), str):
        raise MalformedError('no object with a string "text"', remedy='write {"text": "…"} on each line')
    identifier = value.get("id")
    if isinstance(identifier, int):
        identifier = str(identifier)
    hints = HeadHints(
        title=_string(value, "title"),
        publisher=_string(value, "publisher"),
        published=_date(value),
        authors=_authors(value.get("authors")),
    )
    text: str = value["text"]
    content = Content(text.replace("\r\n", "\n").replace("\r", "\n"), hints)
    for string in (text, identifier, hints.title, hints.publisher, *hints.authors):
        _check_storable(string)
    return Row(content, identifier or None)


def _string(row: dict[str, Any], name: str) -> str | None:
    value = row.get(name)
    if value is not None and not isinstance(value, str):
        raise MalformedError(f'"{name}" is no string', remedy="correct or remove the field")
    return value or None


def _date(row: dict[str, Any]) -> dt.date | None:
    value = _string(row, "published")
    if value is None:
        return None
    date = parse_date(value)
    if date is None:
        raise MalformedError(f'"published" is no date: {value[:40]!r}', remedy="write it as 2023-05-06")
    return date


def _authors(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    authors = [value] if isinstance(value, str) else value
    if not isinstance(authors, list) or not all(isinstance(author, str) for author in authors):
        raise MalformedError('"authors" is no list of strings', remedy="correct or remove the field")
    return tuple(author for author in authors if author)


def _check_storable(string: object) -> None:
    if string is None:
        return
    if not isinstance(string, str):
        raise MalformedError('"id" is no string', remedy="correct or remove the field")
    try:
        string.encode()
    except UnicodeEncodeError as error:
        raise MalformedError("holds half of a surrogate pair", remedy="write the character itself") from error
    if "\0" in string:
        raise MalformedError("holds a NUL character", remedy="remove it")
