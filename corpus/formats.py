"""Which reader a file belongs to: by what its first bytes say, and only then by its suffix."""

import importlib
import json
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from corpus.content import Content
from corpus.errors import UnsupportedFormatError
from corpus.limits import Limits

Reader = Callable[[bytes, Limits], Content]
Size = Literal["text", "document"]


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: its suffixes, which size limit it has, and where its reader is.

    The reader is named, not imported: a batch of text files must not pay for loading a PDF library.
    """

    name: str
    suffixes: frozenset[str]
    size: Size
    module: str
    function: str

    def reader(self) -> Reader:
        """The function that reads this format."""
        reader: Reader = getattr(importlib.import_module(self.module), self.function)
        return reader


TXT = Format("txt", frozenset({".txt", ".text", ".md"}), "text", "corpus.readers.txt", "read_txt")
HTML = Format("html", frozenset({".html", ".htm", ".shtml", ".xhtml"}), "text", "corpus.readers.html", "read_html")
DOCX = Format("docx", frozenset({".docx", ".docm"}), "document", "corpus.readers.docx", "read_docx")
PDF = Format("pdf", frozenset({".pdf"}), "document", "corpus.readers.pdf", "read_pdf")
JSONL_SUFFIXES = frozenset({".jsonl", ".ndjson"})
ARCHIVE_SUFFIXES = frozenset({".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz"})
LIST_SUFFIXES = frozenset({".urls"})

FORMATS = (TXT, HTML, DOCX, PDF)
# What is a bulletin, or JSON Lines of them; and with what holds many files.
DOCUMENTS = frozenset[str]().union(*(f.suffixes for f in FORMATS), JSONL_SUFFIXES)
READABLE = DOCUMENTS | ARCHIVE_SUFFIXES | LIST_SUFFIXES

# Formats in which bulletins do circulate but which are not read; found in a folder they are failures, not skipped.
UNREADABLE = {
    ".doc": "save it as docx",
    ".wps": "save it as docx",
    ".rtf": "save it as docx",
    ".odt": "save it as docx",
    ".ofd": "export it as PDF",
    ".mht": "save the page as html",
    ".mhtml": "save the page as html",
    ".rar": "unpack it first",
    ".7z": "unpack it first",
    ".gz": "unpack it first",
}

_HTML_START = re.compile(
    rb"\s*(?:<!--.{0,500}?-->\s*)*(?:<\?xml[^>]{0,200}>\s*)?<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(rb"<(?:p|div|br|html|body|table|span|h\d)\b", re.IGNORECASE)
_HEAD = 4096


def split_name(name: str) -> tuple[str, str]:
    """A file name's stem, and its suffix in lower case; `.tar.gz` and its like count as one suffix."""
    stem, last = os.path.splitext(name)
    shorter, double = os.path.splitext(stem)
    if (double + last).lower() in ARCHIVE_SUFFIXES:
        return shorter, (double + last).lower()
    return stem, last.lower()


def suffix_of(name: str) -> str:
    """The suffix of a file name, see `split_name`."""
    return split_name(name)[1]


def format_of(data: bytes, suffix: str) -> Format:
    """The format of a file.

    Args:
        data: its bytes.
        suffix: its suffix with the dot, or "".

    Raises:
        UnsupportedFormatError: it is of a format that is not read.
    """
    head = data[:_HEAD]
    suffix = suffix.lower()
    if b"%PDF-" in head[:1024]:
        return PDF
    if head.startswith(b"PK\x03\x04"):
        if suffix in DOCX.suffixes or b"word/" in data or b"[Content_Types].xml" in head:
            return DOCX
        raise UnsupportedFormatError("is an archive", remedy="unpack it first")
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        if suffix in DOCX.suffixes:
            raise UnsupportedFormatError(
                "is encrypted, or an old Word file", remedy="save it as docx without a password"
            )
        raise UnsupportedFormatError("is an old Office file", remedy="save it as docx")
    if head.startswith(b"{\\rtf"):
        raise UnsupportedFormatError("is an RTF file", remedy="save it as docx")
    if _HTML_START.match(head.removeprefix(b"\xef\xbb\xbf")):
        return HTML
    if suffix in HTML.suffixes:
        return HTML if _TAG.search(data) or b"\0" in head else TXT
    if suffix == ".json":
        raise UnsupportedFormatError("is JSON", remedy="write one object per line into a .jsonl file")
    # What its name promises to be a document is one, if a damaged one; all else is text.
    return next((f for f in (DOCX, PDF) if suffix in f.suffixes), TXT)


def is_json_lines(head: bytes, suffix: str) -> bool:
    """Whether a file whose first bytes are `head` holds JSON Lines, whatever its suffix says."""
    if suffix.lower() in JSONL_SUFFIXES:
        return True
    first = head.removeprefix(b"\xef\xbb\xbf").split(b"\n", 1)[0].strip()
    if not first.startswith(b"{") or suffix.lower() == ".json":
        return False
    try:
        row = json.loads(first)
    except (ValueError, RecursionError):
        return False
    return isinstance(row, dict) and "text" in row
