"""The lexer: one regular expression that cuts the calendar words out of a text.

Notes for a newcomer. Nothing is understood here. Each match is a `Token`: a year, a month, a day, a quarter, a word
such as 去年 or 目前, or a sentence's end (which the resolver needs to know what context still holds). The grammar puts
tokens that touch each other together (去年 + 前三 季度), so every rule about combinations lives there and every rule
about what a single word may look like lives here or in `data/words.toml`.

The guards around the words keep the look-alikes out: 目前 is no time in 项目前期, 上年 none in 以上年龄, 全年 none in
安全年. The branches are tried only where a character stands that one of them can begin with; all others are skipped
in runs. No branch repeats without bound, so the time is linear in the text.
"""

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from extract.data import load_toml
from extract.times.calendar import Stretch, quarters
from extract.times.numerals import read

Match = re.Match[str]

_DATA = load_toml("times/data/words.toml")

_YEAR = r"(?:1[89]|20)\d\d"
_CN_YEAR = r"二[〇零○O][〇零○O一二三四五六七八九]{2}|一[八九][〇零○O一二三四五六七八九]{2}"
_MONTH = r"(?:1[0-2]|0?[1-9])"
_CN_MONTH = r"(?:十[一二]?|[一二三四五六七八九元])"
_DAY = r"(?:[12]\d|3[01]|0?[1-9])"
_CN_DAY = r"(?:[二三]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|[一二三四五六七八九])"
_CN_DIGIT = "[一二三四五六七八九]"
_YEAR_UNIT = r"(?:年(?:度(?![过假]))?(?!代|的?历史)|财年|(?:财政|会计|预算|纳税)年度)"
_QUARTER = "[一二三四1-4]"
DASH = r"(?:[-—–~―─]{1,2}|至|到)"
_LISTED = rf" ?(?:{DASH}|[、和及]) ?"
_NO_DIGIT = r"(?<![\d.])"
_NO_NUMERAL = r"(?<![\d.〇零一二三四五六七八九十百千万两几多半每数])"


def _words(*tables: str) -> str:
    """The words of the tables as branches, longest first, each with the guard that its first character asks for."""
    words = sorted((word for table in tables for word in _list(table)), key=len, reverse=True)
    return "|".join((_before(word[0]) if word[0] in _DATA["not_after"] else "") + word for word in words)


def _list(table: str) -> list[str]:
    entry = _DATA[table]
    return list(entry.get("words", entry))


def _before(kind: str) -> str:
    """The guard that no character comes before which makes another word of it (the table `not_after`)."""
    return f"(?<![{_DATA['not_after'][kind]}])"


def _after(kind: str) -> str:
    return f"(?![{_DATA['not_before'][kind]}])"


_MONTH_TAIL = f"(?:份|{_after('month')})"
_SO_FAR = r"1[0-2]|[1-9]|十[一二]?|[一二两三四五六七八九]"
_EDGE = f"(?:初{_after('初')}|底{_after('底')}|末{_after('末')}|中(?=[，、。；）和至到]))"

_BRANCHES = {
    "stop": r"[。！？\n]+",
    "no_time": _words("no_time"),
    "recurring": r"农历的?|每(?:年度?|个?月|周|日|天|个?季度|学年|学期)的?|每逢",
    "full": r"(?<!\d)(?<!\d[./])(?<![A-Za-z]-)"
    rf"(?P<y>(?:19|20)\d\d)(?P<sep>[-/.]) ?(?P<m>{_MONTH})(?P=sep) ?(?P<d>{_DAY})"
    r"(?!\d|[./-]\d(?!\d{3}[./-]))"
    rf"|(?<=[期间]：)(?P<packed>20\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))(?!\d)",
    "school": rf"{_NO_DIGIT}(?:(?P<school_from>{_YEAR})年? ?{DASH} ?(?:{_YEAR})|(?P<school_n>{_YEAR})) ?学年度?",
    "years": rf"(?<!\d)(?P<y1>{_YEAR})(?P<listed_y>{_LISTED})(?P<y2>{_YEAR}) ?{_YEAR_UNIT}",
    "year": rf"(?<!\d)(?P<year_n>{_YEAR}) ?{_YEAR_UNIT}|(?P<cn_year>{_CN_YEAR}){_YEAR_UNIT}"
    rf"|(?<![\d.处刑])(?P<short_year>[0-3]\d)年(?=\d{{1,2}}月|[初底末])",
    "year_word": rf"(?P<year_w>{_words('relative_years')}){_after('year')}",
    "two_years": r"(?:今明|明后|去今)[两二]年",
    "within_year": rf"{_before('年内')}年内{_after('年内')}",
    "context_year": rf"(?P<context_year_w>{_words('context_years')}){_after('year')}",
    "months": rf"{_NO_DIGIT}(?P<m1>{_MONTH})月?份?(?P<listed_m>{_LISTED})(?P<m2>{_MONTH}) ?月{_MONTH_TAIL}"
    rf"|{_NO_NUMERAL}(?P<cn_m1>{_CN_MONTH})月?份?(?P<listed_cn_m>{_LISTED})(?P<cn_m2>{_CN_MONTH})月{_MONTH_TAIL}",
    "month": rf"{_NO_DIGIT}(?P<month_n>{_MONTH}) ?月{_MONTH_TAIL}",
    "cn_month": rf"{_NO_NUMERAL}(?P<cn_month_n>{_CN_MONTH})月{_MONTH_TAIL}",
    "month_word": rf"(?P<month_w>{_words('relative_months')}){_after('month')}",
    "same": r"(?<=[年月周度])的?同期|(?<=年)同月",
    "context_month": rf"(?P<context_month_w>{_words('context_months')})",
    "months_so_far": rf"{_before('so_far')}[前头] ?(?P<so_far>{_SO_FAR}) ?个?月份?(?![以之]?[内前后])",
    "days": rf"{_NO_DIGIT}(?P<d1>{_DAY})(?P<listed_d>{_LISTED})(?P<d2>{_DAY}) ?日",
    "day": rf"{_NO_DIGIT}(?P<day_n>{_DAY}) ?[日号]",
    "cn_days": rf"(?<=月)(?P<cn_d1>{_CN_DAY})(?P<listed_cn_d>{_LISTED})(?P<cn_d2>{_CN_DAY})日",
    "cn_day": rf"(?<=月)(?P<cn_day_n>{_CN_DAY})[日号]",
    "day_word": rf"(?P<day_w>{_words('relative_days')}){_after('day')}",
    "context_day": rf"(?P<context_day_w>{_words('context_days')})",
    "week": rf"(?P<week_w>{_words('relative_weeks')}){_after('week')}"
    rf"(?P<weekday>[一二三四五六日天末]{_after('weekday')})?",
    "part": rf"(?P<part_w>{_words('parts_of_year')}){_after('year')}",
    "quarters_so_far": rf"{_before('so_far')}前(?P<quarters_n>[一二两三四1-4])个?季度",
    "quarters": rf"{_NO_NUMERAL}第?(?P<q1>{_QUARTER})(?:季度)?{_LISTED}第?(?P<q2>{_QUARTER})季度",
    "quarter": rf"{_NO_NUMERAL}(?:第(?P<nth_quarter>{_QUARTER})个?|(?P<quarter_n>{_QUARTER})|(?P<first>首)个?)季度",
    "quarter_word": _words("relative_quarters"),
    "ten": r"(?P<ten_w>上中旬|中上旬|中下旬|[上中下]旬|上半月|下半月)",
    "edge": rf"(?:(?<=年)年?|(?<=月)月?|(?<=[度份五”]))(?P<edge_w>{_EDGE})"
    rf"|{_before('edge')}(?P<edge_unit>[年月])(?P<bare_edge_w>{_EDGE})",
    "season": _words("seasons"),
    "term": _words("terms"),
    "plan": rf"(?<![一二三四五六七八九十百])(?P<plan_quote>“?)(?P<plan_n>十{_CN_DIGIT}?|{_CN_DIGIT})五”?"
    r"(?P<plan_law>普法)?(?:规划)?(?:期间|时期|规划期|(?=以来|[初末](?![步期])))",
    "decade": rf"{_NO_DIGIT}(?:(?:上个?|20)世纪)?(?P<decade_n>[2-9]0|[二三四五六七八九]{{1,2}}十)年代",
    "holiday": rf"“?(?P<holiday_w>{_words('fixed_days', 'moving_days')})”?",
    "now": rf"(?:截[至止]到?)?(?:{_words('until_now')}){_after('now')}"
    r"|截[至止]到?(?:当前|现在|记者?发稿时?)",
    "undated": rf"(?:{_words('undated')}){_after('undated')}",
}


class Token(NamedTuple):
    """A calendar word: `text[start:end]` is of the `kind` and means `value` (its type depends on the kind)."""

    kind: str
    start: int
    end: int
    value: Any


# Every character that a branch can begin with.
_FIRST = "".join(
    sorted(
        set("0123456789一二三四五六七八九十廿元第首前头今年月每上中下初末底截同的农“。！？\n")
        | {word[0] for table in _DATA if not table.startswith(("not_", "plans")) for word in _list(table)}
    )
)
_LEXER = re.compile(
    f"[^{_FIRST}]++|" + "|".join(f"(?P<{kind}>{branch})" for kind, branch in _BRANCHES.items()) + f"|[{_FIRST}]"
)


def read_tokens(text: str) -> list[Token]:
    """The calendar words and sentence ends of `text` (a view's text), in their order."""
    tokens = []
    for match in _LEXER.finditer(text):
        kind = match.lastgroup
        if kind is not None and kind != "no_time":
            tokens.append(Token(kind, match.start(), match.end(), _VALUES[kind](match)))
    return tokens


def _number(name: str) -> Callable[[Match], int]:
    return lambda match: read(match[name])


def _pair(*names: str) -> Callable[[Match], tuple[int, int]]:
    """The two ends of a range in the first pair of groups that matched."""

    def value(match: Match) -> tuple[int, int]:
        first, last = next((a, b) for a, b in zip(names[::2], names[1::2], strict=True) if match[a])
        return read(match[first]), read(match[last])

    return value


def _table(table: str, group: str | None = None) -> Callable[[Match], Any]:
    entries = _DATA[table]
    return lambda match: entries[match[group or 0]]


def _stretch(table: str, group: str | int = 0) -> Callable[[Match], Stretch]:
    stretches = {word: Stretch((a, b), (c, d)) for word, (a, b, c, d) in _DATA[table].items()}
    return lambda match: stretches[match[group]]


def _full(match: Match) -> tuple[int, int, int]:
    if packed := match["packed"]:
        return int(packed[:4]), int(packed[4:6]), int(packed[6:])
    return int(match["y"]), int(match["m"]), int(match["d"])


def _year(match: Match) -> int:
    return 2000 + int(match["short_year"]) if match["short_year"] else read(match["year_n"] or match["cn_year"])


def _week(match: Match) -> tuple[int, int, int]:
    """The week counted from the publication's, and the first and last weekday meant (1 is Monday)."""
    week, weekday = _DATA["relative_weeks"][match["week_w"]], match["weekday"]
    if weekday is None:
        return week, 1, 7
    if weekday == "末":
        return week, 6, 7
    number = "一二三四五六日".index(weekday.replace("天", "日")) + 1
    return week, number, number


def _quarters(match: Match) -> Stretch | None:
    first, last = read(match["q1"]), read(match["q2"])
    return quarters(first, last) if first < last else None


def _quarter(match: Match) -> Stretch:
    n = read(match["nth_quarter"] or match["quarter_n"] or match["first"])
    return quarters(n, n)


def _edge(match: Match) -> tuple[str, str | None]:
    """Which edge, and of what where the word names it (年底) and does not follow a year or month (2023年底)."""
    return match["edge_w"] or match["bare_edge_w"], match["edge_unit"]


def _plan(match: Match) -> tuple[int, bool, bool]:
    """The plan's number, whether it is one of legal education, and whether the wording leaves no doubt of a plan."""
    number = read(match["plan_n"])
    certain = bool(match["plan_quote"] or match["plan_law"] or number >= 10)
    return number, bool(match["plan_law"]), certain


def plan_year(number: int, law: bool, certain: bool, *, legal_education: bool) -> int | None:
    """The first year of the plan that a `plan` token names, or None if it names none.

    `legal_education` tells that the text speaks of the plans of legal education, whose numbers are small again: “八五”
    is then 2021 to 2025.
    """
    if not certain:
        return None
    years = _DATA["plans"]["legal_education_first_year" if law or (legal_education and number < 10) else "first_year"]
    return years[number - 1] if number <= len(years) else None


def fixed_day(name: str) -> tuple[int, int] | None:
    """The month and day of a holiday or observance if its name, with what follows (国庆节当天), means one day."""
    tail = next((t for t in ("当天", "当日", "前夕", "前") if name.endswith(t)), "")
    found = _DATA["fixed_days"].get(name.removesuffix(tail))
    return (found[0], found[1]) if found else None


def _decade(match: Match) -> tuple[int, int]:
    """The first year and the number of years: 80年代, 二三十年代."""
    written = match["decade_n"]
    first, last = written[0], written[1] if len(written) == 3 else written[0]
    return 1900 + 10 * read(first), 10 * max(1, read(last) - read(first) + 1)


_TENS = {
    "上旬": (1, 10),
    "中旬": (11, 20),
    "下旬": (21, 0),
    "上中旬": (1, 20),
    "中上旬": (1, 20),
    "中下旬": (11, 0),
    "上半月": (1, 15),
    "下半月": (16, 0),
}

_VALUES: dict[str, Callable[[Match], Any]] = {
    "stop": lambda match: "\n" in match[0],
    "recurring": lambda match: None,
    "full": _full,
    "school": lambda match: int(match["school_from"] or match["school_n"]),
    "years": _pair("y1", "y2"),
    "year": _year,
    "year_word": _table("relative_years", "year_w"),
    "two_years": lambda match: {"今": 0, "明": 1, "去": -1}[match[0][0]],
    "within_year": lambda match: 0,
    "context_year": _table("context_years", "context_year_w"),
    "months": _pair("m1", "m2", "cn_m1", "cn_m2"),
    "month": _number("month_n"),
    "cn_month": _number("cn_month_n"),
    "month_word": _table("relative_months", "month_w"),
    "context_month": _table("context_months", "context_month_w"),
    "months_so_far": _number("so_far"),
    "days": _pair("d1", "d2"),
    "day": _number("day_n"),
    "cn_days": _pair("cn_d1", "cn_d2"),
    "cn_day": _number("cn_day_n"),
    "day_word": _table("relative_days", "day_w"),
    "context_day": _table("context_days", "context_day_w"),
    "week": _week,
    "part": _stretch("parts_of_year", "part_w"),
    "quarters_so_far": lambda match: quarters(1, read(match["quarters_n"])),
    "quarters": _quarters,
    "quarter": _quarter,
    "quarter_word": _table("relative_quarters"),
    "ten": lambda match: _TENS[match["ten_w"]],
    "edge": _edge,
    "season": _stretch("seasons"),
    "term": _stretch("terms"),
    "plan": _plan,
    "decade": _decade,
    "holiday": lambda match: match["holiday_w"],
    "same": lambda match: None,
    "now": lambda match: None,
    "undated": lambda match: None,
}
