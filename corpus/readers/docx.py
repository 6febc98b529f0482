"""Word documents (.docx): paragraphs and tables in the order in which they are read."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from corpus.content import Content
from corpus.errors import MalformedError, TooLargeError
from corpus.limits import Limits, size
from schemas import HeadHints

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# What is not part of the text as it stands: tracked deletions, the fallback copy of a text box, field codes.
_SKIPPED = {
    f"{_W}del",
    f"{_W}moveFrom",
    f"{_W}instrText",
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}
_LITERAL = {f"{_W}tab": " ", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}


# What zipfile, lxml (whose syntax errors are SyntaxErrors) and python-docx raise on damaged packages; python-docx has
# hardly an error of its own.
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    SyntaxError,
    LookupError,
    ValueError,
    AttributeError,
    TypeError,
    OSError,
    EOFError,
    RuntimeError,
)


def read_docx(data: bytes, limits: Limits) -> Content:
    """The text of a Word document: one line per paragraph, table rows as lines with cells divided by tabs.

    Headers, footers, comments and tracked deletions are left out. Of the core properties only a title that the text
    repeats is believed; author and dates are those of whoever installed the word processor or made the template.

    Raises:
        MalformedError: no Word document, or a damaged or protected one.
        TooLargeError: it decompresses to more than `limits.unpacked_bytes`.
    """
    _check_archive(data, limits)
    document = _open(data)
    text = "\n".join(line for line in _lines(document.element.body) if line.strip())
    title = " ".join((document.core_properties.title or "").split())
    believable = len(title) >= 5 and _squeeze(title) in _squeeze(text[:2000])
    return Content(text, HeadHints(title=title if believable else None))


def _check_archive(data: bytes, limits: Limits) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except _DAMAGE as error:
        raise _damaged() from error
    if unpacked > limits.unpacked_bytes:
        raise TooLargeError(
            f"unpacks to {size(unpacked)}, more than {size(limits.unpacked_bytes)}",
            remedy="remove its pictures, or raise the limit",
        )


def _open(data: bytes) -> "Document":
    import docx

    try:
        return docx.Document(io.BytesIO(data))
    except _DAMAGE as error:
        raise _damaged() from error


def _damaged() -> MalformedError:
    return MalformedError("is a damaged Word document", remedy="open it in a word processor and save it again as docx")


def _lines(parent: "BaseOxmlElement") -> Iterator[str]:
    """The lines of the paragraphs and tables below `parent`, content controls and tracked insertions included."""
    for child in parent:
        if child.tag == f"{_W}p":
            yield from _paragraph(child)
        elif child.tag == f"{_W}tbl":
            for row in _parts(child, f"{_W}tr"):
                yield "\t".join(" ".join(_lines(cell)).strip() for cell in _parts(row, f"{_W}tc"))
        elif isinstance(child.tag, str) and child.tag not in _SKIPPED:
            yield from _lines(child)


def _parts(parent: "BaseOxmlElement", tag: str) -> Iterator["BaseOxmlElement"]:
    """The rows of a table or the cells of a row, also those in content controls, but not those of nested tables."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"):
            yield from _parts(child, tag)


def _paragraph(paragraph: "BaseOxmlElement") -> Iterator[str]:
    """The lines of one paragraph: first those of text boxes anchored in it, then its own."""
    pieces: list[str] = []
    boxed: list[str] = []
    # An explicit stack: text boxes hold paragraphs that hold text boxes.
    stack = list(reversed(paragraph))
    while stack:
        node = stack.pop()
        if node.tag in _SKIPPED or not isinstance(node.tag, str):
            continue
        if node.tag == f"{_W}txbxContent":
            boxed.extend(_lines(node))
        elif node.tag == f"{_W}t":
            pieces.append(node.text or "")
        elif node.tag in _LITERAL:
            pieces.append(_LITERAL[node.tag])
        elif node.tag != f"{_W}pPr":
            stack.extend(reversed(node))
    yield from boxed
    yield from (line.rstrip() for line in "".join(pieces).split("\n"))


def _squeeze(text: str) -> str:
    return "".join(text.split())
