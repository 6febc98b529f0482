"""The view: the text as the rules want to read it, with the way back to the text as it is.

Notes for a newcomer. A bulletin's text is never altered, yet rules should not have to know that a digit may be
full-width or that a line break may fall inside a word. So every component reads a *view* of the text: letters and
digits brought to half width, Chinese punctuation to full width, straight quotes to curly ones, line breaks that fall
inside a sentence taken out together with the indentation after them, and so are the spaces that some texts put between
digits and their units (820 件). The first three change characters one by one; only the last two move offsets, and
`View.source` moves them back.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass, field

# Full-width ASCII to half width, except the marks that Chinese text writes full-width; those go the other way.
_FOLD: dict[int, int | str] = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_FOLD |= {ord(half): full for half, full in zip(",;:?!()", "，；：？！（）", strict=True)}
_FOLD |= {ord(full): full for full in "，；：？！（）"}
_FOLD |= {ord("\u3000"): " ", ord("\xa0"): " ", ord("\t"): " ", ord("﹪"): "%", ord("｡"): "。", ord("､"): "、"}
_FOLD |= {ord("「"): "“", ord("」"): "”", ord("『"): "“", ord("』"): "”", ord("〝"): "“", ord("〞"): "”"}
_FOLD |= {ord("［"): "[", ord("］"): "]"}
_FOLD |= {ord(bar): "|" for bar in "│┃∣︱▏▕▎❘"}

# The same as pairs of characters, those that change nothing left out. Replacing the few that occur in a text is several
# times faster than `str.translate`, which asks for every character of it.
_CHANGED = {chr(code): new if isinstance(new, str) else chr(new) for code, new in _FOLD.items()}
_CHANGED = {old: new for old, new in _CHANGED.items() if old != new}
_FULL_WIDTH = re.compile("[！-～]")
_OTHERS = [old for old in _CHANGED if not _FULL_WIDTH.match(old)]

# 二,投诉热点: a heading's number with a comma.
_COMMA_NUMBER = re.compile(r"，(?:(?<=\n[一二三四五六七八九十]，)|(?<=\n十[一二三四五六七八九]，))")
# A full stop of text that is typed half-width throughout; 一. numbers a heading.
_HALF_STOP = re.compile(r"\.(?<=[一-鿿%℃）”]\.)(?<!\n[一二三四五六七八九十]\.)(?=[一-鿿“（]|\s|$)")
# Between digits these belong to the number (1,234 and 8:30) and stay half-width.
_IN_NUMBER = re.compile(r"[，：](?<=\d[，：])(?=\d)")
_HALF = {"，": ",", "：": ":"}
_STRAIGHT = re.compile(r'"([^"\n]*)"')

# The look-behind keeps a long run of spaces from being tried at each of its spaces.
_LINE_BREAK = re.compile(r"(?:\n| (?<!  ) *\n)[ \n]*")
# The end of a caption, which has no full stop.
_CAPTION = ("供图", "摄", "摄影", "配图", "制图", "资料图", "图片来源网络")
# The bar of a table's cell ends what stands in it.
_ENDS_SENTENCE = "。！？；：…”）》】!?;:|"
_PARAGRAPH_OPENING = re.compile(
    r"[（(]?[一二三四五六七八九十]{1,3}[、）)．.]|[（(]?\d{1,2}[、）)．](?!\d)|\d{1,2}\.(?!\d)|[★●■◆▲—-]|[一二三四五六七八九]是|第[一二三四五六七八九十]+[章条节]"
)

# 共办理 820 件: a space before a unit, which no table needs (1 博白县 2 兴业县); and how many of them are a habit.
_UNITS = (
    "年月日时分秒个件人名元万亿余多户次起场家份项亩公吨米千百台套所条位处天周岁期届批间座支只头株斤度倍成宗篇本门节例"
    "床辆艘架枚组类种级号栋幢片块张册部双对小以"
)
_APART = re.compile(f" (?<=[0-9%] )(?=[{_UNITS}])")
_BEFORE_DIGITS = re.compile(f" (?<=[一-龥] )(?=[0-9][0-9.,]*(?:%|[-—~至][0-9.]+)? ?[{_UNITS}])(?![0-9]{{4}} ?年)")
_HABIT = 4

# …办公室编    2023年5月10日: a publication line, which no line of prose looks like.
_GAPPED_DATE = re.compile(r"[^ ] {3,40}20\d\d[-年/.]\d{1,2}[-月/.]\d{1,2}日?$")


@dataclass(frozen=True, slots=True)
class View:
    """A text and the way its offsets lead back to the source text.

    `text` is folded; `plain` has the same length and offsets but the source's own characters, and is what names,
    titles and canonical forms are cut from. `starts` are the view offsets at which a piece of source begins, `shifts`
    what to add to a view offset in the piece of the same index.
    """

    text: str
    plain: str
    starts: tuple[int, ...] = field(default=(0,))
    shifts: tuple[int, ...] = field(default=(0,))

    def source(self, start: int, end: int) -> tuple[int, int]:
        """The source offsets of the view's `[start, end)`; end is exclusive in both."""
        return (start, end) if self.is_aligned else (start + self._shift(start), end + self._shift(end - 1))

    @property
    def is_aligned(self) -> bool:
        """Whether offsets are the same in view and source."""
        return len(self.starts) == 1

    def _shift(self, offset: int) -> int:
        return self.shifts[bisect_right(self.starts, offset) - 1]


# …受到欢迎。 记者张三, …受到欢迎。/张三: who has written ends a paragraph.
_SIGNED = re.compile(
    r"[。！？”] *(?:[/■□◆◇●—]+ *|(?:文|图文|文图|作者|撰稿|供稿|采写)[/：] *"
    r"|[一-鿿]{0,6}(?:记者|通讯员)：? *(?![从在近昨今获了对来走采前就问]))"
    r"[一-鿿]{2,3}(?:[ 、]{1,2}[一-鿿]{2,3}){0,3} *$"
)


def fold(text: str) -> str:
    """`text` with widths and quotes unified, character for character (the length never changes)."""
    folded = text
    for old in {*_FULL_WIDTH.findall(text), *_OTHERS}:
        if old in _CHANGED:
            folded = folded.replace(old, _CHANGED[old])
    folded = _IN_NUMBER.sub(lambda m: _HALF[m[0]], folded)
    if '"' in folded:
        folded = _STRAIGHT.sub(r"“\1”", folded)
    folded = _COMMA_NUMBER.sub("、", folded)
    stops = _HALF_STOP.findall(folded)
    if len(stops) > 2 * folded.count("。"):
        folded = _HALF_STOP.sub("。", folded)
    return folded


def make_view(text: str) -> View:
    """The view of `text`: folded, and with the line breaks that fall inside a sentence taken out."""
    folded = fold(text)
    cuts = _spaces_at_digits(folded)
    if "\n" in folded:
        width = _wrap_width(folded)
        cuts += [m.span() for m in _LINE_BREAK.finditer(folded) if _inside_sentence(folded, m, width)]
    if not cuts:
        return View(folded, text)
    cuts.sort()
    starts, shifts = [0], [0]
    removed = 0
    for start, end in cuts:
        starts.append(start - removed)
        removed += end - start
        shifts.append(removed)
    return View(_without(folded, cuts), _without(text, cuts), tuple(starts), tuple(shifts))


def _spaces_at_digits(text: str) -> list[tuple[int, int]]:
    """The spaces that set digits apart from the words around them (共办理 820 件), where a text does so throughout."""
    around = list(_APART.finditer(text))
    if len(around) < _HABIT:
        return []
    spaces = {m.start(): m.end() for m in around}
    # A year may begin what a space parts from the name before it: 云溪市司法局 2023 年 7 月 5 日.
    spaces |= {m.start(): m.end() for m in _BEFORE_DIGITS.finditer(text)}
    return sorted(spaces.items())


def _without(text: str, cuts: list[tuple[int, int]]) -> str:
    kept = zip([0, *(end for _, end in cuts)], [*(start for start, _ in cuts), len(text)], strict=True)
    return "".join(text[start:end] for start, end in kept)


def _columns(line: str) -> int:
    """The width of `line` on paper: ASCII takes one column, Chinese two."""
    return len(line.encode("gbk", "replace"))


def _full_width(lengths: list[int], most: int) -> int | None:
    """The length at which most lines end, or None if lines differ too widely or go beyond `most`."""
    lengths.sort()
    # In wrapped text most lines are nearly as long as the longest; in running text paragraphs differ widely.
    longest = lengths[int(len(lengths) * 0.9)]
    if longest > most:
        return None
    full = sum(longest * 0.87 <= n <= longest * 1.1 for n in lengths)
    return longest if full * 2 >= len(lengths) else None


def _wrap_width(text: str) -> tuple[int | None, int | None]:
    """The characters and the columns at which the text is hard-wrapped; None if it is not by that measure."""
    lines = [line for line in text.split("\n") if len(line) >= 10]
    if len(lines) < 5:
        return None, None
    return _full_width([len(line) for line in lines], 60), _full_width([_columns(line) for line in lines], 120)


def _inside_sentence(text: str, gap: re.Match[str], width: tuple[int | None, int | None]) -> bool:
    start, end = gap.span()
    if start == 0 or end == len(text) or text[start - 1] in _ENDS_SENTENCE:
        return False
    if text.endswith(_CAPTION, 0, start) and not text.endswith("拍摄", 0, start):
        return False
    line_start = text.rfind("\n", 0, start) + 1
    line = text[line_start:start]
    if _PARAGRAPH_OPENING.match(text, end) or _GAPPED_DATE.search(line):
        return False
    characters, columns = width
    if (characters or columns) and gap[0].count("\n") == 1:
        indent = len(gap[0]) - gap[0].index("\n") - 1
        line_indent = len(line) - len(line.lstrip(" "))
        # Some programs count characters, others columns.
        full = (characters and len(line) >= characters * 0.8) or (columns and _columns(line) >= columns * 0.85)
        return bool(full) and indent <= line_indent
    if _SIGNED.search(line):
        return False
    # A page break in the middle of a sentence: what stands before it is prose that stops short of a full stop; a
    # heading is shorter, a publication line has no commas.
    return "。" in line or "；" in line or (len(line) >= 60 and "，" in line)
