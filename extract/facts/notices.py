"""Whoever signs a notice issues the document that it brings (现将《…》印发给你们)."""

import re

from extract.facts.head_names import is_office

# 现将《…》印发给你们, 《…》…现印发你们
_BEFORE = re.compile(r"现将$")
_AFTER = re.compile(r"[^。；《\n]{0,40}?现(?:予以?|正式)?印发")
_SIGNED = re.compile(
    r"\n[ 　]*(?P<offices>[^\n，。；：《]{4,60}(?:\n[ 　]*[^\n，。；：《]{4,40}){0,4}?)\s*"
    r"\n[ 　]*(?:19|20)\d\d年\d{1,2}月\d{1,2}日[ 　]*(?:\n|$)"
)
_LONGEST = 3000


def brings(text: str, begin: int, start: int, tail: int) -> bool:
    """Whether a notice issues the title at `[start, tail)`, by the words after `begin` and those behind it."""
    return _BEFORE.search(text, begin, start) is not None or _AFTER.match(text, tail) is not None


def signed_by(text: str, offset: int) -> list[str]:
    """The offices on the lines before the date that closes the notice of which `offset` is part."""
    signed = _SIGNED.search(text, offset, offset + _LONGEST)
    offices = signed["offices"].split() if signed else []
    return offices if all(map(is_office, offices)) else []
