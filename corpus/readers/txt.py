"""Plain text."""

from corpus.content import Content
from corpus.decode import decode
from corpus.limits import Limits


def read_txt(data: bytes, limits: Limits) -> Content:
    """The text of a plain text file, as it stands."""
    decoded = decode(data)
    return Content(decoded.text, encoding=decoded.encoding)
