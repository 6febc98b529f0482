"""Bytes to text: which encoding a Chinese file is in.

Notes for a newcomer. Chinese files come as UTF-8 or in the GB family (GB2312 ⊂ GBK ⊂ GB18030, so the largest reads
all three); what a page declares of itself is often wrong. UTF-8 has so much redundancy that Chinese text which decodes
strictly is UTF-8. GB18030 has little: UTF-8 cut off in the middle of a character, or Big5, may decode under it to
rare characters that nobody wrote. Hence the test of `_commonness`: in real text most characters are among the 3755
of GB2312's first level. The chain is: byte order mark, declared encoding, UTF-8, GB18030, the first two with a few
damaged bytes replaced, and last charset-normalizer's guess.
"""

import codecs
import re
from dataclasses import dataclass

from corpus.errors import EncodingError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_CHINESE = ["gb18030", "big5", "big5hkscs", "cp950", "hz", "utf_16_le", "utf_16_be", "utf_8"]
_GB = {"gb2312", "gbk", "cp936", "hz", "gb_2312-80", "x-gbk", "chinese"}
_CONTROL = bytes(set(range(32)) - set(b"\t\n\r\f\v\x1a\x1b"))
_NO_IDEOGRAPH = re.compile(r"[\x00-\xa0\u2010-\u203f\u3000-\u303f\uff00-\uffef]+")
_SAMPLE = 1 << 16
_RARE = 0.5
_DAMAGED_SHARE = 0.001


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text with `\\n` line ends, and the encoding its bytes were in (`utf-8, damaged` if some were replaced)."""

    text: str
    encoding: str


def decode(data: bytes, *, declared: str | None = None) -> Decoded:
    """The text of `data`.

    Args:
        data: a whole file.
        declared: the encoding that the file or its transport claims; believed only if it fits.

    Raises:
        EncodingError: the bytes are binary, or in no encoding that can be told.
    """
    text, encoding = _decode(data, declared)
    return Decoded(text.replace("\r\n", "\n").replace("\r", "\n"), encoding)


def _decode(data: bytes, declared: str | None) -> tuple[str, str]:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            text = _strict(data[len(mark) :], encoding)
            if text is None:
                raise EncodingError(
                    f"begins like {encoding} but is damaged further on", remedy="save the file again as UTF-8"
                )
            return text, encoding
    if b"\0" in data:
        return _without_mark(data)
    if len(data.translate(None, _CONTROL)) < len(data) * 0.99:
        raise _binary()
    utf8 = _strict(data, "utf-8")
    if declared and (claimed := _claimed(data, declared, utf8)):
        return claimed
    if utf8 is not None:
        return utf8, "utf-8"
    gb = _strict(data, "gb18030")
    if gb is not None and _commonness(gb) >= _RARE:
        return gb, "gb18030"
    return _damaged(data) or _guessed(data)


def _claimed(data: bytes, declared: str, utf8: str | None) -> tuple[str, str] | None:
    """The text under the declared encoding, unless it does not decode or UTF-8 makes better sense."""
    name = declared.strip().strip("\"'").lower()
    try:
        name = "gb18030" if name in _GB else codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    text = _strict(data, name)
    if text is None or _commonness(text) < (_RARE if utf8 is None else _commonness(utf8)):
        return None
    return text, name


def _without_mark(data: bytes) -> tuple[str, str]:
    """UTF-16 without its mark; anything else with NUL bytes is binary."""
    for encoding in ("utf-16-le", "utf-16-be"):
        text = _strict(data, encoding)
        # ASCII read in pairs gives ideographs too, so a handful of common ones proves nothing.
        if text and "\0" not in text and len(_ideographs(text)) >= 10 and _commonness(text) >= _RARE:
            return text, encoding
    raise _binary()


def _damaged(data: bytes) -> tuple[str, str] | None:
    """The text if only a few bytes are bad, as in a download cut off or a disk gone wrong."""
    for encoding in ("utf-8", "gb18030"):
        text = data.decode(encoding, errors="replace")
        if text.count("\ufffd") <= 1 + len(text) * _DAMAGED_SHARE and _commonness(text) >= _RARE:
            return text, f"{encoding}, damaged"
    return None


def _guessed(data: bytes) -> tuple[str, str]:
    from charset_normalizer import from_bytes

    # Left to itself it finds Cyrillic in damaged Chinese; what else Chinese is written in are these.
    best = from_bytes(data[:_SAMPLE], cp_isolation=_CHINESE).best()
    text = _strict(data, best.encoding) if best else None
    # UTF-16 without a mark would hold NUL bytes in its line ends; as a guess it is always wrong.
    if best is None or text is None or best.encoding.startswith("utf_16"):
        raise EncodingError("its encoding cannot be told", remedy="save the file again as UTF-8")
    return text, best.encoding.replace("_", "-")


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    # A codec may be no text encoding (LookupError) or give up on the whole (UnicodeError).
    except (UnicodeError, LookupError):
        return None


def _commonness(text: str) -> float:
    """The share of GB2312's first level among the characters of `text` that are neither ASCII nor punctuation."""
    characters = _ideographs(text)
    if not characters:
        return 1.0
    lead_bytes = characters.encode("gb2312", errors="ignore")[::2]
    return sum(0xB0 <= lead <= 0xD7 for lead in lead_bytes) / len(characters)


def _ideographs(text: str) -> str:
    return _NO_IDEOGRAPH.sub("", text[:_SAMPLE])


def _binary() -> EncodingError:
    return EncodingError("is binary, not text", remedy="give txt, html, docx, pdf or jsonl files")
