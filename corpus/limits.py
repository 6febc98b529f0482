"""Bounds on what one file may cost."""

from dataclasses import dataclass

MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """How large an input may be before it is refused; a bulletin is a few kilobytes of text.

    Attributes:
        text_bytes: size of a text or html file, and of one line of a JSON Lines file (whose length is free).
        document_bytes: size of a docx or pdf file, which may hold pictures.
        unpacked_bytes: size of a docx file once decompressed; guards against zip bombs.
        pages: number of pages of a pdf file.
        characters: length of one bulletin's text; a text of figures only takes a kilobyte of memory for each of its
            characters.
        archive_ratio: how many times its size a zip or tar file may unpack to, once it unpacks to more than
            `unpacked_bytes`; guards against bombs. Text packs to a tenth at best.
        members: number of files in a zip file, whose whole directory has to be held in memory.
        depth: how deep html elements may be nested. The parser's time grows with the square of the depth.
    """

    text_bytes: int = 20 * MEGABYTE
    document_bytes: int = 100 * MEGABYTE
    unpacked_bytes: int = 300 * MEGABYTE
    pages: int = 500
    characters: int = 500_000
    archive_ratio: int = 100
    members: int = 200_000
    depth: int = 500


DEFAULT_LIMITS = Limits()


def size(count: int) -> str:
    """`count` bytes for a message."""
    return f"{count / MEGABYTE:.1f} MB" if count >= MEGABYTE else f"{count} bytes"
