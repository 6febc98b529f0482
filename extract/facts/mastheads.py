"""Mastheads and signatures: the offices and issue numbers that stand on lines of their own."""

import re
from functools import lru_cache
from typing import Any

from extract.data import load_toml
from extract.facts.head_names import is_office, is_person, leading_office
from extract.facts.places import is_place
from extract.facts.publication_dates import find_date
from extract.facts.publication_lines import office_of
from extract.patterns import any_of

_DATA: dict[str, Any] = load_toml("facts/data/head.toml")
ISSUE = re.compile(
    r"[（(【\[]?(?:总|增刊|[（(〔]?20\d\d[)）〕]?年?)?[ ]?第[ ]?[\d一二三四五六七八九十百〇○零]+[ ]?[期号]"
)
_ISSUE_END = re.compile(rf"(?<=[一-鿿]){ISSUE.pattern}(?:[（(]总第\d+期[)）])?$")
_MASTHEAD = re.compile(rf"(?P<office>.*?)(?:工作)?(?:{any_of(_DATA['mastheads']['endings'])})")
# A headline and the site's name behind it.
_NAMED = re.compile(r"[^|_-]{8,}[|_-]")
_SEAL = re.compile(r"[（(](?:盖章|公章|印章|代章|章)[)）]")
_BULLETS = "□■●◆◎○〇◇☆ "


def is_numbered(text: str) -> bool:
    """Whether `text` is the number of an issue: 2022年第3期（总第58期）."""
    return ISSUE.match(re.sub(r"\s+", "", text)) is not None


def ends_with_number(text: str) -> bool:
    """Whether the number of the issue closes the line: 某市教育简报　第7期."""
    return _ISSUE_END.search(_compact(text)) is not None


def is_signature(text: str) -> bool:
    """Whether `text` is nothing but the name of an office, perhaps with 编 after it."""
    return signature_of(text) is not None


@lru_cache(maxsize=1024)
def signature_of(text: str) -> str | None:
    """The office that `text` consists of: a signature or the maker of a briefing (…办公室编), white space taken out."""
    text = _SEAL.sub("", text).lstrip(_BULLETS)
    if find_date(text) or _NAMED.match(text):
        return None
    parts = text.strip("（）() ").split()
    if len(parts) > 1 and is_office(parts[-1]):
        if not text.startswith(("（", "(")) and all(is_office(p) for p in parts):
            # A joint signature: the office named first issues.
            return parts[0]
        if all(is_person(name) and not is_place(name) for name in parts[:-1]):
            # 张三　某某晨报: a writer and the house.
            return None
    return office_of(re.sub(r"\s+", "", text).strip("（）()"))


def masthead_office(text: str) -> str | None:
    """The office in a masthead such as 某市教育局工作简报 or 某县人民政府文件; None if it names none."""
    compact = _ISSUE_END.sub("", _compact(text))
    match = _MASTHEAD.fullmatch(compact)
    if match and is_office(match["office"]):
        return match["office"]
    return None if is_office(compact) else leading_office(compact)


def is_masthead(text: str) -> bool:
    """Whether `text` reads like a masthead's name, perhaps with the number of the issue after it."""
    compact = _ISSUE_END.sub("", _compact(text))
    return len(compact) <= 24 and _MASTHEAD.fullmatch(compact) is not None


def _compact(text: str) -> str:
    """`text` without white space and without the date at its end."""
    dated = find_date(text)
    return re.sub(r"\s+", "", text[: dated.start] if dated and dated.end == len(text.rstrip()) else text)
