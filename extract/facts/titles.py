"""Titles in 《》 as they stand in the text: their spans, kinds, numbers and aliases."""

import re
from dataclasses import dataclass
from typing import Any, get_args

from extract.data import load_toml
from extract.segment.view import View
from schemas import DocumentKind

_DATA: dict[str, Any] = load_toml("facts/data/documents.toml")
_LONGEST = 150

_ENDING: dict[str, DocumentKind] = {
    ending: kind for kind in get_args(DocumentKind) for ending in _DATA["kinds"].get(kind, [])
}
_LONGEST_ENDING = max(map(len, _ENDING))
_NOT_NEWSPAPERS = tuple(_DATA["kinds"]["not_newspapers"])
_REMARKS = re.compile(r"(?:[（(〔\[][^（）()〔〕]{1,24}[)）〕\]]|[0-9]{4}年?版|[\s》〉>]+)$")

_BRACKETED = r"[〔\[【（(﹝〈][ ]?(?:19|20)\d\d[ ]?[〕\]】）)﹞〉]"
_YEAR_IN_BRACKETS = re.compile(_BRACKETED)
_NUMBER = (
    rf"[一-鿿A-Za-z]{{1,16}}[ ]?{_BRACKETED}[ ]?(?:第)?[ ]?\d+[ ]?号"
    r"|(?:[一-鿿]{2,16}?令[ ]?)?(?:\d{4}年[ ]?)?第[ ]?\d+[ ]?号(?:令|公告)?"
)
# GB 3095—2012, DB41/T 1234-2020
_STANDARD = r"[A-Z]{2,4}\d{0,4}(?:/[A-Z]{1,3})?[ ]?\d+(?:\.\d+)?[—–－-]{1,2}(?:19|20)\d\d"
_NUMBER_AFTER = re.compile(
    # 《某办法》经市政府印发（某政发〔2023〕9号）
    r"(?P<done>[^。；《（(\n]{0,24}(?:印发|出台|公布|发布|下发))?"
    rf"[ ]?[（(\[【〔](?:即|文号[：:]?)?(?P<number>{_NUMBER}|{_STANDARD})(?:文件|文)?"
)
_NUMBER_BEFORE = re.compile(
    rf"(?P<number>[一-鿿A-Za-z]{{1,16}}{_BRACKETED}[ ]?(?:第)?[ ]?\d+[ ]?号)(?:文件|文)?[，、]?[）)]?$"
    # 财政部令第87号, 国家档案局第9号令
    r"|(?P<decree>[一-鿿]{2,16}(?:令[ ]?第[ ]?\d+[ ]?号|(?:\d{4}年)?第[ ]?\d+[ ]?号(?:令|公告)))$"
)
# Words that run into a number from the left: 根据国办发〔2021〕5号.
_NOT_IN_NUMBER = re.compile(
    r"^.*(?:根据|依据|依照|遵照|对照|参照|执行|按照|落实|贯彻|执行|转发|印发|学习|关于|以及|以|和|与|及|照|据|的|了|《|》)(?=[一-鿿A-Za-z])"
)
_ALIAS = re.compile(
    r"[（(，,；;][^（）()《》。\n]{0,40}?(?:以下|下)?(?:统称|简称|称)(?:为|作)?[：:]?[ ]?"
    r"[《“‘](?P<alias>[^《》“”‘’\n]{1,24})[》”’]"
)
_NUMBER_LINE = re.compile(rf"[（(]?(?P<number>[一-鿿A-Za-z]{{1,16}}{_BRACKETED}[ ]?(?:第)?[ ]?\d+[ ]?号)[)）]?")
_LOOSE_NUMBER = re.compile(
    rf"(?P<number>[一-鿿A-Za-z]{{1,12}}{_BRACKETED}[ ]?(?:第)?[ ]?\d+[ ]?号)(?:文件|文(?!化|明|件)|(?=通知|精神|要求))"
)

_IN_BRACKETS = re.compile(rf"[（(](?P<number>[一-鿿A-Za-z]{{1,16}}{_BRACKETED}[ ]?第?[ ]?\d+[ ]?号)[)）]")
# What an unmarked title follows, and what it holds: 关于…的通知, else all after a verb.
_UNMARKED = re.compile(
    r"(?P<title>关于[^。；：《》“”（）()\n]{4,60}|(?<=印发|下发|下达|出台|转发|制定|发布|编制|公布)[^了的。，；：、《》“”（）()\n][^。，；：《》“”（）()\n]{5,50}"
    r"|(?<=印发了|下发了|下达了|出台了|转发了|制定了|发布了|编制了|公布了)[^。，；：《》“”（）()\n]{6,50})$"
)
_LONGEST_UNMARKED = 64


@dataclass(frozen=True, slots=True)
class Title:
    """One title in the text. `end` is past the 》; `tail` past number and alias in brackets after it."""

    start: int
    end: int
    tail: int
    title: str
    kind: DocumentKind | None
    number: str | None = None
    alias: str | None = None


def find_titles(view: View) -> list[Title]:
    """The titles in 《》, in order; a title within a title is part of it."""
    text = view.text
    titles: list[Title] = []
    start = text.find("《")
    while start >= 0:
        end = _closing(text, start)
        if end is None:
            start = text.find("《", start + 1)
            continue
        title = _clean(view.plain[start + 1 : end - 1])
        if title:
            titles.append(_read(view, start, end, title))
        start = text.find("《", end)
    return titles


def _closing(text: str, start: int) -> int | None:
    """Where the title that opens at `start` ends, past its 》."""
    depth = 0
    for i in range(start, min(len(text), start + _LONGEST)):
        char = text[i]
        if char == "《":
            depth += 1
        elif char == "》":
            depth -= 1
            if depth == 0:
                return i + 1
        elif char == "。":
            break
    # 《A《B》 with one mark missing, or 《A〈B》: the first 》 closes it.
    first = text.find("》", start, start + _LONGEST)
    return first + 1 if first > 0 and "。" not in text[start:first] else None


def _clean(title: str) -> str:
    return re.sub(r"\s*\n\s*", "", title).strip()


def _read(view: View, start: int, end: int, title: str) -> Title:
    text = view.text
    number, tail = None, end
    after = text[end : end + 80]
    if match := _NUMBER_AFTER.match(after):
        number = view.plain[end + match.start("number") : end + match.end("number")]
        if match["done"] is None:
            tail = end + match.end()
            close = re.search(r"[）)\]】〕]", text[tail : tail + 60])
            tail = tail + close.end() if close else tail
    elif "号" in (before := text[max(0, start - 40) : start]) and (match := _NUMBER_BEFORE.search(before)):
        number = _number(match["number"] or match["decree"])
    alias = None
    if match := _ALIAS.match(after) or _ALIAS.match(text[tail : tail + 60]):
        base = end if _ALIAS.match(after) else tail
        alias = match["alias"]
        close = re.match(r"[）)]", text[base + match.end() :][:1])
        tail = max(tail, base + match.end() + (1 if close else 0))
    return Title(start, end, tail, title, kind_of_title(title), number, alias)


def _number(found: str) -> str:
    return _NOT_IN_NUMBER.sub("", found)


def kind_of_title(title: str) -> DocumentKind | None:
    """The kind that the title's head noun tells, None if it tells none.

    >>> kind_of_title("某市殡葬管理办法（试行）")
    'policy'
    """
    core = title.replace("＞", "").replace(">", "")
    while (shorter := _REMARKS.sub("", core)) != core and shorter:
        core = shorter
    for length in range(min(_LONGEST_ENDING, len(core)), 0, -1):
        if kind := _ENDING.get(core[-length:]):
            return kind
    if core.endswith("报") and not core.endswith(_NOT_NEWSPAPERS) and len(core) >= 3:
        return "media"
    return None


def number_line(line: str) -> str | None:
    """The document number that a line consists of, if it does."""
    match = _NUMBER_LINE.fullmatch(line.strip())
    return match["number"] if match else None


def loose_numbers(view: View, titles: list[Title]) -> list[Title]:
    """Documents named by their number alone (中办发〔2015〕37号文件), but not by a number that one of `titles` has."""
    known = {title.number for title in titles}
    found = []
    # Most texts have no such bracket, and a run of characters before one is slow to look for.
    for match in _LOOSE_NUMBER.finditer(view.text) if _YEAR_IN_BRACKETS.search(view.text) else ():
        number, end = _number(match["number"]), match.end()
        if number not in known:
            start = match.end("number") - len(number)
            found.append(Title(start, end, end, view.plain[start:end], "policy", number))
            known.add(number)
    return found


def unmarked_titles(view: View, titles: list[Title]) -> list[Title]:
    """Titles without 《》 that their number in brackets tells: 下达2024年度投资计划（云发改〔2024〕7号）."""
    text = view.text
    taken = {title.number for title in titles}
    found: list[Title] = []
    for match in _IN_BRACKETS.finditer(text):
        floor = max(0, match.start() - _LONGEST_UNMARKED, found[-1].tail if found else 0)
        words = _UNMARKED.search(text, floor, match.start())
        if words is None or match["number"] in taken or (kind := kind_of_title(words["title"])) is None:
            continue
        start, end = words.span("title")
        found.append(Title(start, end, match.end(), _clean(view.plain[start:end]), kind, match["number"]))
        taken.add(match["number"])
    return found
