"""A value as the text of a cell that no spreadsheet takes for a formula."""

import datetime as dt
import re
from decimal import Decimal

from store.export.layers import Value

SEPARATOR = "；"  # between the names of a list: 、 stands inside names

# What XML 1.0 does not allow, so that neither Excel nor other readers choke on it; \t, \n and \r are text.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")

# https://owasp.org/www-community/attacks/CSV_Injection: what a spreadsheet may begin a formula with, the full-width
# forms (which it converts) included, also behind white space, which some programs drop.
_FORMULA = re.compile(r"[\t\r\n]|\s*[=+\-@＝＋－＠]")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?", re.ASCII)


def clean(text: str) -> str:
    """`text` without the characters that no table can hold."""
    return _ILLEGAL.sub("", text)


def is_formula(text: str) -> bool:
    """Whether a spreadsheet could take `text` for a formula; a plain number is none."""
    return _FORMULA.match(text) is not None and _NUMBER.fullmatch(text) is None


def plain(value: Value) -> str:
    """A value as clean text: decimals without exponent, dates in ISO form, lists joined, null as nothing."""
    if value is None:
        return ""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, int | dt.date):
        return str(value)
    return clean(SEPARATOR.join(value))


def guarded(value: Value) -> str:
    """The same with an apostrophe before what a spreadsheet could take for a formula."""
    text = plain(value)
    return f"'{text}" if is_formula(text) else text
