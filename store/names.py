"""Names and messages in the form that every database takes."""

import hashlib

# PostgreSQL's B-tree takes entries up to 2,704 bytes; a path of this many characters always fits.
_LONGEST = 600


def storable(text: str | None) -> str | None:
    """`text` with NUL and halves of surrogate pairs written as escapes: file names may hold any bytes."""
    return text and text.encode("utf-8", "backslashreplace").decode("utf-8").replace("\x00", "\\x00")


def source_key(source: str) -> str:
    """By what a source is known: its storable name; where that is too long for an index, its beginning and a digest."""
    name = storable(source) or ""
    if len(name) <= _LONGEST:
        return name
    digest = hashlib.sha256(name.encode("utf-8")).hexdigest()
    return f"{name[: _LONGEST - len(digest) - 1]}…{digest}"
