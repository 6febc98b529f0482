"""PDF files with a text layer."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pypdfium2

from corpus.content import Content
from corpus.errors import MalformedError, NoTextError, TooLargeError, UnsupportedFormatError
from corpus.limits import Limits

_PAGE_NUMBER = re.compile(
    r"\s*(?:[-—–－]\s*\d{1,3}\s*[-—–－]|第\s*\d{1,3}\s*页(?:[\s,，/]*共\s*\d{1,3}\s*页)?|\d{1,3}(?:\s*/\s*\d{1,3})?)\s*"
)
# Soft hyphens at line ends (U+FFFE, U+0002) and other control characters that pdfium passes through.
_CONTROL = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF))


def read_pdf(data: bytes, limits: Limits) -> Content:
    """The text of a PDF file, page by page, without page numbers.

    Raises:
        UnsupportedFormatError: it is encrypted.
        MalformedError: it is damaged.
        NoTextError: it has no text layer.
        TooLargeError: it has more pages than `limits.pages`.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise UnsupportedFormatError("is encrypted", remedy="remove its password") from error
        raise _damaged() from error
    try:
        if len(document) > limits.pages:
            raise TooLargeError(
                f"has {len(document)} pages, more than {limits.pages}", remedy="split it, or raise the limit"
            )
        lines = [line for page in range(len(document)) for line in _page_lines(_page_text(document, page))]
    except pypdfium2.PdfiumError as error:
        raise _damaged() from error
    finally:
        document.close()
    if not any(lines):
        raise NoTextError("has no text layer", remedy="run OCR over the scanned pages first")
    return Content("\n".join(lines).strip("\n"))


def _page_text(document: "pypdfium2.PdfDocument", number: int) -> str:
    page = document[number]
    try:
        text_page = page.get_textpage()
        try:
            text: str = text_page.get_text_range()
        finally:
            text_page.close()
    finally:
        page.close()
    return text.translate(_CONTROL).replace("\r\n", "\n").replace("\r", "\n")


def _page_lines(text: str) -> Iterator[str]:
    lines = [line.rstrip() for line in text.strip("\n").split("\n")]
    first, last = 0, len(lines)
    if last and _PAGE_NUMBER.fullmatch(lines[-1]):
        last -= 1
    if first < last and _PAGE_NUMBER.fullmatch(lines[0]):
        first += 1
    yield from lines[first:last]


def _damaged() -> MalformedError:
    return MalformedError("is a damaged PDF file", remedy="open it in a viewer and print it to a new PDF")
