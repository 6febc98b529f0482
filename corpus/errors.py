"""What can go wrong between a path and a bulletin.

Every failure is a `ReadError` with one line to print, ``where: cause; remedy``. Functions that read many files do not
raise it but yield it in the place of the bulletin that could not be read, so that one bad file never stops the rest.
"""

import os
import re

from schemas import JianbaoError

_ESCAPE = re.compile(r"\\(?:x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8}|[nrt])")


class ReadError(JianbaoError):
    """A file, or one line of it, gives no bulletin.

    Attributes:
        source: the source that the bulletin would have named, None for standard input.
        id: the id that it would have had.
    """

    source: str | None = None
    id: str | None = None


class NoFilesError(ReadError):
    """A path names nothing, or nothing that holds bulletins."""


class UnreadableError(ReadError):
    """The operating system does not let the file be read."""


class TooLargeError(ReadError):
    """The input exceeds one of the `Limits`."""


class EncodingError(ReadError):
    """The bytes are no text in any encoding that can be told."""


class UnsupportedFormatError(ReadError):
    """The file is of a format that is not read."""


class MalformedError(ReadError):
    """The file is damaged, or not what its format demands."""


class NoTextError(ReadError):
    """The file is intact but holds no text."""


class GoldError(JianbaoError):
    """A gold file cannot be used; names the file and the item."""


class MissingExtraError(JianbaoError):
    """A package that an optional feature needs is not installed."""


def openable(name: str) -> str:
    """The path that `printable` wrote as `name`: as it stands if there is such a file, else with escapes undone."""
    if "\\" not in name or os.path.lexists(name):
        return name
    unescaped = _ESCAPE.sub(lambda match: match[0].encode("ascii").decode("unicode_escape"), name)
    return unescaped if "\0" not in unescaped and os.path.lexists(unescaped) else name


def printable(path: str | os.PathLike[str]) -> str:
    """`path` as it can be printed on one line and stored as UTF-8: what is neither is backslash-escaped."""
    text = os.fspath(path)
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


def at(error: ReadError, where: str, *, source: str | None = None, id: str | None = None) -> ReadError:
    """`error`, raised by a reader that sees only bytes, with its place and what should have come of it."""
    located = type(error)(error.cause, where=where, remedy=error.remedy)
    located.__cause__ = error.__cause__
    located.source, located.id = source, id
    return located
