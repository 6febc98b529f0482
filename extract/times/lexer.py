"""The lexer: one regular expression that cuts the calendar words out of a text.

Notes for a newcomer. Nothing is understood here. Each match is a `Token`: a year, a month, a day, a quarter, a word
such as 去年 or 目前, or a sentence's end (which the resolver needs to know what context still holds). The grammar puts
tokens that touch each other together (去年 + 前三季度), so every rule about combinations lives there and every rule
about what a single word may look like lives here or in `data/words.toml`.

The guards around the words keep the look-alikes out: 目前 is no time in 项目前期, 上年 none in 以上年龄, 全年 none in
安全年. Speed comes from the order of the branches: characters that begin no token are skipped in runs; then digits lead
to the digit branches alone, a Chinese numeral to its own, and any other character to the words, which are grouped by
their first character. No branch repeats without bound, so the time is linear in the text.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from extract.data import load_toml
from extract.times.calendar import Stretch, quarters
from extract.times.numerals import read

_DATA = load_toml("times/data/words.toml")
_NOT_AFTER: dict[str, str] = _DATA["not_after"]
_NOT_BEFORE: dict[str, str] = _DATA["not_before"]


class Token(NamedTuple):
    """A calendar word: `text[start:end]` is of the `kind` and means `value` (its type depends on the kind)."""

    kind: str
    start: int
    end: int
    value: Any


def _guarded(word: str) -> str:
    """The pattern of a word, with the guard that it or its last character asks for (the table `not_before`)."""
    if word.endswith("中"):  # 年中，… but not 年中国…
        return word + "(?=[，、。；）和至到])"
    guard = _NOT_BEFORE.get(word, _NOT_BEFORE.get(word[-1]))
    return f"{word}(?![{guard}])" if guard else word


# 初 底 末 中 right after a year or a month, also as 年底 after a year.
EDGE = re.compile("[年月]?(?:" + "|".join(map(_guarded, "初底末中")) + ")")


# Words

_KINDS = {
    "no_time": "no_time",
    "recurring": "recurring",
    "relative_years": "year_word",
    "context_years": "context_year",
    "within_year": "within_year",
    "two_years": "two_years",
    "relative_months": "month_word",
    "context_months": "context_month",
    "relative_days": "day_word",
    "context_days": "context_day",
    "relative_weeks": "week",
    "relative_quarters": "quarter_word",
    "parts_of_year": "part",
    "parts_of_month": "ten",
    "edges": "edge",
    "seasons": "season",
    "terms": "term",
    "fixed_days": "holiday",
    "moving_days": "holiday",
    "same_period": "same",
    "until_now": "now",
    "undated": "undated",
}
_WEEKDAYS = "一二三四五六日天末"


def _word_value(kind: str, word: str, entry: Any) -> Any:
    if kind in ("part", "season", "term"):
        return Stretch((entry[0], entry[1]), (entry[2], entry[3]))
    if kind == "edge":
        return word[1], word[0]
    return word if kind == "holiday" else entry


def _read_words() -> dict[str, tuple[str, Any]]:
    words = {}
    for table, kind in _KINDS.items():
        entries = _DATA[table]
        for word in entries.get("words", entries):
            words[word] = kind, _word_value(kind, word, entries.get(word))
    return words


_WORDS = _read_words()


def _branch(words: Iterable[str]) -> str:
    """One pattern for the words: grouped by first character, longest first, with the guards of each."""
    by_first = defaultdict(list)
    for word in sorted(words, key=len, reverse=True):
        pattern = _guarded(word)
        if _WORDS[word][0] == "week":
            pattern += f"(?:[{_WEEKDAYS}](?![{_NOT_BEFORE['weekday']}]))?"
        by_first[word[0]].append(pattern[1:])
    return "|".join(
        first + (f"(?<![{_NOT_AFTER[first]}]{first})" if first in _NOT_AFTER else "") + f"(?:{'|'.join(rest)})"
        for first, rest in by_first.items()
    )


# Numbers

_YEAR = r"(?:1[89]|20)\d\d"
_CN_DIGIT = "[一二三四五六七八九]"
_CN_YEAR = "(?:二[〇零○O]|一[八九])[〇零○O一二三四五六七八九]{2}"
_MONTH = r"(?:1[0-2]|0?[1-9])"
_CN_MONTH = "(?:十[一二]?|[一二三四五六七八九元])"
_DAY = r"(?:[12]\d|3[01]|0?[1-9])"
_CN_DAY = f"(?:[二三]?十{_CN_DIGIT}?|廿{_CN_DIGIT}?|{_CN_DIGIT})"
_QUARTER = "[一二三四1-4]"
DASH = r"(?:[-—–~―─]{1,2}|至|到)"
_LISTED = rf" ?(?:{DASH}|[、和及]) ?"
_NO_DIGIT = r"(?<!\d)(?:(?<!\d\.)|(?<=[\n，。；、 ]\d\.))"  # not in 3.10, but in a line that begins 3.10月份…
_NO_NUMERAL = r"(?<![\d〇零一二三四五六七八九十百千万两几多半每数])"
_YEAR_UNIT = r"(?:年(?:度(?![过假]))?(?!代|的?历史)|财年|(?:财政|会计|预算|纳税)年度)"
_MONTH_UNIT = f"(?:月份|{_guarded('月')})"
_QUARTERS = rf"{_QUARTER}{_LISTED}第?{_QUARTER}季度"
_SO_FAR = "(?:1[0-2]|[1-9]|十[一二]?|[一二两三四五六七八九])"

_DIGIT_LED = {
    "full": r"(?<!\d)(?<!\d[./])(?<![A-Za-z]-)"
    rf"(?:19|20)\d\d(?P<sep>[-/.]) ?{_MONTH}(?P=sep) ?{_DAY}(?!\d|[./-]\d(?!\d{{3}}[./-]))",
    "packed": r"(?<=[期间]：)20\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)",
    "school": rf"(?<!\d){_YEAR}(?:年? ?{DASH} ?{_YEAR})? ?学年度?",
    "years": rf"(?<!\d){_YEAR}{_LISTED}{_YEAR} ?{_YEAR_UNIT}",
    "year": rf"(?<!\d){_YEAR} ?{_YEAR_UNIT}",
    "short_year": r"(?<![\d.处刑])[0-3]\d年(?=\d{1,2}月|[初底末])",
    "months": rf"{_NO_DIGIT}{_MONTH}{_LISTED}{_MONTH} ?{_MONTH_UNIT}",
    "month": rf"{_NO_DIGIT}{_MONTH} ?{_MONTH_UNIT}",
    "days": rf"{_NO_DIGIT}{_DAY}{_LISTED}{_DAY} ?日",
    "day": rf"{_NO_DIGIT}{_DAY} ?[日号]",
    "quarters": _NO_DIGIT + _QUARTERS,
    "quarter": f"{_NO_DIGIT}[1-4]季度",
    "decade": rf"{_NO_DIGIT}(?:20世纪|19)?[2-9]0年代",
}
_NUMERAL_LED = {
    "cn_year": _CN_YEAR + _YEAR_UNIT,
    "cn_quarters": f"{_NO_NUMERAL}(?:{_QUARTERS}|[一二三四]{{2}}季度)",
    "cn_quarter": f"{_NO_NUMERAL}[一二三四]季度",
    "cn_months": rf"{_NO_NUMERAL}(?:{_CN_MONTH}{_LISTED}{_CN_MONTH}|{_CN_DIGIT}{{2}}){_MONTH_UNIT}",
    "cn_month": _NO_NUMERAL + _CN_MONTH + _MONTH_UNIT,
    "cn_days": f"(?<=月){_CN_DAY}{_LISTED}{_CN_DAY}日",
    "cn_day": f"(?<=月){_CN_DAY}[日号]",
    "plan": f"(?<![一二三四五六七八九十百])(?:十{_CN_DIGIT}?|{_CN_DIGIT})五”?(?:普法)?(?:规划)?"
    "(?:期间|时期|规划期|(?=以来|[初末](?![步期])))",
    "cn_decade": f"{_CN_DIGIT}{{1,2}}十年代",
}
_OTHER = {
    "nth_quarters": "第" + _QUARTERS,
    "nth_quarter": f"第{_QUARTER}个?季度",
    "quarters_so_far": f"前(?<![{_NOT_AFTER['so_far']}]前)[一二两三四1-4]个?季度",
    "months_so_far": f"[前头](?<![{_NOT_AFTER['so_far']}].) ?{_SO_FAR} ?个?月份?(?![以之]?[内前后])",
}


def _named(branches: dict[str, str]) -> str:
    return "|".join(f"(?P<{kind}>{branch})" for kind, branch in branches.items())


_NUMERALS = "一二三四五六七八九十廿元"
_LED = [word for word in _WORDS if word[0] in _NUMERALS]
_LED_FIRST = _branch(word for word in _LED if _WORDS[word][0] == "no_time")
_LED_LAST = _branch(word for word in _LED if _WORDS[word][0] != "no_time")
_FIRST = "".join(sorted({word[0] for word in _WORDS} | set("0123456789。！？\n第前头" + _NUMERALS)))
_DIGITS = "(?=[0-9]{1,4}(?:[0-9]{4}| ?[-/.—–~―─至到、和及年月日号季学世财会预纳]))"  # all that such branches go on with
_LEXER = re.compile(
    f"[^{_FIRST}]*+(?:(?P<stop>[。！？\n]+)|{_DIGITS}(?:{_named(_DIGIT_LED)})|[0-9]++"
    f"|(?=[{_NUMERALS}])(?:(?P<early>{_LED_FIRST})|{_named(_NUMERAL_LED)}|(?P<late>{_LED_LAST}))"
    f"|(?P<word>{_branch(word for word in _WORDS if word not in _LED)})|{_named(_OTHER)}|[{_FIRST}]|$)"
)


def read_tokens(text: str) -> list[Token]:
    """The calendar words and sentence ends of `text` (a view's text), in their order."""
    tokens = []
    for match in _LEXER.finditer(text):
        kind = match.lastgroup
        if kind is None:
            continue
        written = match[kind]
        if kind == "stop":
            value: Any = "\n" in written
        elif kind in ("word", "early", "late"):
            kind, value = _word(written)
            if kind == "no_time":
                continue
        else:
            kind, value = _NUMBERS[kind][0], _NUMBERS[kind][1](written)
        tokens.append(Token(kind, match.end() - len(written), match.end(), value))
    return tokens


def _word(written: str) -> tuple[str, Any]:
    if written in _WORDS:
        kind, value = _WORDS[written]
        return (kind, (value, 1, 7)) if kind == "week" else (kind, value)
    # A week with a weekday: the week counted from the publication's, the first and the last day (1 is Monday).
    week, weekday = _WORDS[written[:-1]][1], written[-1].replace("天", "日")
    number = _WEEKDAYS.index(weekday) + 1
    return "week", (week, 6, 7) if weekday == "末" else (week, number, number)


# Values

_NUMERAL = re.compile(r"[0-9]+|[〇零○O一二三四五六七八九十廿元两]+")


def _numbers(written: str) -> list[int]:
    return [read(numeral) for numeral in _NUMERAL.findall(written)]


def _pair(written: str) -> tuple[int, int]:
    first, *others = _numbers(written)
    return (first, others[0]) if others else divmod(first, 10)  # 七八月: read as 78


def _quarters(written: str) -> Stretch | None:
    first, last = _pair(written)
    return quarters(first, last) if first < last else None


def _quarter(written: str) -> Stretch:
    (number,) = _numbers(written)
    return quarters(number, number)


def _packed(written: str) -> tuple[int, ...]:
    return int(written[:4]), int(written[4:6]), int(written[6:])


def _plan(written: str) -> tuple[int, bool]:
    """The plan's number and whether it is one of legal education."""
    return read(_NUMERAL.findall(written)[0][:-1]), "普法" in written


def _decade(written: str) -> tuple[int, int]:
    """The first year and the number of years: 80年代, 二三十年代."""
    tens = written.split("年")[0][-3 if written[0] in _NUMERALS else -2 :].rstrip("0十")
    first, last = read(tens[0]), read(tens[-1])
    return 1900 + 10 * first, 10 * max(1, last - first + 1)


def plan_year(number: int, law: bool, *, quoted: bool, legal_education: bool) -> int | None:
    """The first year of the plan that a `plan` token names, or None if it names none.

    `quoted` tells that the number stands in quotes, without which a small one is no plan's; `legal_education` that
    the text speaks of the plans of legal education, whose numbers are small again: “八五” is then 2021 to 2025.
    """
    if number < 10 and not (quoted or law):
        return None
    years = _DATA["plans"]["legal_education_first_year" if law or (legal_education and number < 10) else "first_year"]
    return years[number - 1] if number <= len(years) else None


def fixed_day(name: str) -> tuple[int, int] | None:
    """The month and day of a holiday or observance if its name, with what follows (国庆节当天), means one day."""
    tail = next((t for t in ("当天", "当日", "前夕", "前") if name.endswith(t)), "")
    found = _DATA["fixed_days"].get(name.removesuffix(tail))
    return (found[0], found[1]) if found else None


# The kind of token that each numeric branch makes, and how its value is read.
_NUMBERS: dict[str, tuple[str, Callable[[str], Any]]] = {
    "full": ("full", lambda written: tuple(_numbers(written))),
    "packed": ("full", _packed),
    "school": ("school", lambda written: _numbers(written)[0]),
    "years": ("years", _pair),
    "year": ("year", lambda written: _numbers(written)[0]),
    "cn_year": ("year", lambda written: _numbers(written)[0]),
    "short_year": ("year", lambda written: 2000 + _numbers(written)[0]),
    "months": ("months", _pair),
    "cn_months": ("months", _pair),
    "month": ("month", lambda written: _numbers(written)[0]),
    "cn_month": ("cn_month", lambda written: _numbers(written)[0]),
    "months_so_far": ("months_so_far", lambda written: _numbers(written)[0]),
    "days": ("days", _pair),
    "cn_days": ("cn_days", _pair),
    "day": ("day", lambda written: _numbers(written)[0]),
    "cn_day": ("cn_day", lambda written: _numbers(written)[0]),
    "quarters": ("quarters", _quarters),
    "cn_quarters": ("quarters", _quarters),
    "nth_quarters": ("quarters", _quarters),
    "quarter": ("quarter", _quarter),
    "cn_quarter": ("quarter", _quarter),
    "nth_quarter": ("quarter", _quarter),
    "quarters_so_far": ("quarters_so_far", lambda written: quarters(1, _numbers(written)[0])),
    "plan": ("plan", _plan),
    "decade": ("decade", _decade),
    "cn_decade": ("decade", _decade),
}
