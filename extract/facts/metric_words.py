"""A sentence as the words that the metrics layer reads: jieba's words, with figures, times and names each as one word.

Notes for a newcomer. Indicator names are put together from jieba's words, but some stretches must not be looked into:
a verb inside “…” or 《…》 is no deed of the clause, a name of many words is one doer, and a bracket without figures
belongs to the noun before it. So the sentence is read once, and every such stretch becomes a single word with a kind.
All offsets are view offsets.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from spacy.tokens import Doc

from extract.data import load_toml
from extract.layers import Layers, Offsets
from extract.memo import Memo
from extract.segment.word_index import words_of
from schemas import Quantity

Kind = Literal["word", "figure", "time", "name", "closed", "stop", "list", "open", "shut"]

_CLOSED = re.compile(r"“[^“”\n]{1,60}”|《[^《》\n]{1,100}》|（[^（）\n]{1,40}）|\([^()\n]{1,40}\)")
# A figure in a short quotation belongs to a catchword (“五成”目标).
_CATCHWORD = 8
_MARKS: dict[str, Kind] = {"、": "list", "（": "open", "）": "shut", "(": "open", ")": "shut"}
_MARKS.update((mark, "stop") for mark in ("——", "—", *"，；：。！？,;:　“”【】|｜│➡→"))
_CONJUNCTIONS = frozenset({"和", "及", "以及", "与", "或", "暨"})
PARTICLES = frozenset({"了", "着", "过"})
# 每千人, 每万人口: how a figure is reckoned, and part of its name.
PER_HEAD = re.compile("每[十百千万]+[人户]口?")
# 县财政每年安排专项资金: who pays; 县财政补贴20万元 tells whose money it is.
_TREASURY = re.compile(
    r"(?<![全各两])(?:中央|[省市县区州旗盟镇乡]级?)财政"
    r"(?=(?:[今去每]年|另行?|[共已还再将]|先后|累计|一次性|提前)*"
    r"(?:安排|下达|预?拨付?|投入|配套|落实|统筹|筹[措集]|追加|新增|列支)(?:[\d.]+[亿万]?元)?[一-鿿]{2})"
)
# 电力、热力生产和供应业增长…: the name of one industry; 农业和服务业分别增长 has two.
_INDUSTRY = re.compile(
    r"(?<![一-鿿、])(?:其中)?(?P<name>(?:[一-鿿]{1,8}、)*[一-鿿]{1,8}[和及][一-鿿]{0,6}?"
    r"(?:制造|加工|制品|供应|服务|管理|娱乐|零售|餐饮|邮政|仓储|[采精]选|开采|修理|印刷|冶炼|渔|种植)业)"
    r"(?=同比|增[长速加]|下降|投资|产值|利润|实现|完成|比|较|[占拉\d])"
)
_PHRASE_TAGS = frozenset({"n", "l", "i", "x", "vn"})
_LONG_NAME = 9
_GRADES = frozenset("ⅠⅡⅢⅣⅤIV")
_LAWFULLY = frozenset({"依法", "成功", "全面", "圆满", "顺利"})
_HONOURS = ("称号", "荣誉", "奖")


@dataclass(slots=True)
class Word:
    """A word of a sentence: `tag` is jieba's part of speech, `figure` the quantity that it is."""

    start: int
    end: int
    text: str
    kind: Kind
    tag: str = "x"
    figure: Quantity | None = None


def is_separator(word: Word) -> bool:
    """Whether `word` joins the items of a list."""
    return word.kind == "list" or word.text in _CONJUNCTIONS


def joined(words: list[Word]) -> str:
    """The words as a name: times, figures, particles and long bynames left out."""
    if not words:
        return ""
    kept = [w for w in words if w.kind not in ("time", "figure") and w.text not in PARTICLES]
    named = [w.text for at, w in enumerate(kept, 1) if w.kind != "closed" or not _is_byname(w, *kept[at : at + 1])]
    return "".join(named).strip("、的，, ")


def _is_byname(closed: Word, follower: Word | None = None) -> bool:
    """“百日招聘·秋季行动”专场招聘会: a long name in quotes before the noun that it belongs to, but for an honour's."""
    if follower is None:
        return False
    if closed.text[0] == "《":
        # 出台《管理办法》等制度, but 发放《法律援助法》读本
        return follower.text == "等"
    return len(closed.text) > _LONG_NAME and not is_separator(follower) and not follower.text.startswith(_HONOURS)


class WordReader:
    """Reads the sentences of one bulletin as words.

    Args:
        doc: the Doc, for its words and their tags.
        layers: quantities, times and mentions of the same text.
    """

    def __init__(self, doc: Doc, layers: Layers) -> None:
        self._text = layers.view.text
        self._words = words_of(doc, layers)
        wholes = [Word(q.start, q.end, q.text, "figure", figure=q) for q in layers.quantities]
        wholes += [Word(t.start, t.end, t.text, "time") for t in layers.times]
        wholes += [Word(m.start, m.end, m.text, _kind_of(m.type)) for m in layers.mentions]
        wholes += _compound_names(self._text)
        self._wholes = _no_overlap(wholes)
        self._whole_starts = [w.start for w in self._wholes]

    def read(self, sentence: Offsets) -> list[Word]:
        """The words of the sentence in order; white space is left out."""
        start, end = sentence
        wholes = self._wholes[bisect_left(self._whole_starts, start) : bisect_left(self._whole_starts, end)]
        words: list[Word] = []
        position = start
        for whole in self._with_closed(wholes, start, end):
            self._add_plain(position, whole.start, words)
            words.append(whole)
            position = whole.end
        self._add_plain(position, end, words)
        return words

    def _with_closed(self, wholes: list[Word], start: int, end: int) -> list[Word]:
        """`wholes` with the quotations and brackets of the sentence, each as one word with the names inside it."""
        figures = [w.start for w in wholes if w.kind == "figure"]
        closed: list[Word] = []
        for match in _CLOSED.finditer(self._text, start, end):
            catchword = match[0][0] == "“" and len(match[0]) <= _CATCHWORD
            at = bisect_left(figures, match.start())
            if catchword or at == len(figures) or figures[at] >= match.end():
                closed.append(Word(match.start(), match.end(), match[0], "closed"))
        if not closed:
            return wholes
        starts = [c.start for c in closed]

        def is_outside(word: Word) -> bool:
            at = bisect_right(starts, word.start) - 1
            return at < 0 or closed[at].end < word.end

        return _no_overlap([*filter(is_outside, wholes), *closed])

    def _add_plain(self, start: int, end: int, words: list[Word]) -> None:
        """Add jieba's words in `[start, end)`, cut where a word reaches beyond it."""
        if start >= end:
            return
        index, phrasal = self._words, _phrasal_verbs()
        compounds, last_halves = _compounds()
        first, last = max(bisect_right(index.starts, start) - 1, 0), bisect_left(index.starts, end)
        found = slice(first, last)
        for begin, stop, piece, tag in zip(
            index.starts[found], index.ends[found], index.words[found], index.tags[found], strict=True
        ):
            if begin < start or stop > end:
                begin, stop = max(begin, start), min(stop, end)
                piece = self._text[begin:stop]
            size = stop - begin
            if _IS_PLAIN[piece, tag]:
                words.append(Word(begin, stop, piece, "word", tag))
                continue
            joins = (size == 1 or piece == "覆盖") and piece in last_halves and words
            if joins and (before := words[-1]).end == begin and before.text + piece in compounds:
                # jieba does not know some verbs of the genre (参训, 审执结), nor 占比.
                words[-1] = Word(before.start, stop, before.text + piece, "word", _tag_of(before.text, piece))
            elif size > 1 and piece[0] in "共已另仅" and _hides_verb(piece, tag, compounds):
                # jieba takes 共铺, 共设, 共出动, 已退 for one word.
                words.append(Word(begin, begin + 1, piece[0], "word", "d"))
                words.append(Word(begin + 1, stop, piece[1:], "word", "v"))
            elif tag == "x" and size > 1 and (piece[-1] == "共" or piece[0] in "含对"):
                # 全所共, （含旧存90件）, 对场(镇内)
                cut = 1 if piece[0] in "含对" else size - 1
                tags = ("p" if piece[0] == "对" else "v", "x") if cut == 1 else ("n", "d")
                words.append(Word(begin, begin + cut, piece[:cut], "word", tags[0]))
                words.append(Word(begin + cut, stop, piece[cut:], "word", tags[1]))
            elif size == 4 and tag in _PHRASE_TAGS and piece[:2] in phrasal:
                # 筹集资金, which jieba keeps whole
                words.append(Word(begin, begin + 2, piece[:2], "word", "v"))
                words.append(Word(begin + 2, stop, piece[2:], "word", "n"))
            elif size == 4 and tag in _PHRASE_TAGS and piece[:2] in _LAWFULLY and piece[2:] in compounds:
                # 依法查处
                words.append(Word(begin, begin + 2, piece[:2], "word", "d"))
                words.append(Word(begin + 2, stop, piece[2:], "word", "v"))
            elif tag == "x" and size == 3 and piece[-1] in "出到成":
                # 挑选出, 排查到
                words.append(Word(begin, stop, piece, "word", "v"))
            elif tag in ("v", "x") and size > 1 and piece[-1] == "了":
                # 建了, 查了
                words.append(Word(begin, stop - 1, piece[:-1], "word", "v"))
                words.append(Word(stop - 1, stop, "了", "word", "ul"))
            elif not piece.isspace():
                kind = _MARKS.get(piece, "word")
                if kind == "stop" and piece == "—" and self._text[begin - 1] in _GRADES:
                    # Ⅰ—Ⅲ类
                    kind = "word"
                words.append(Word(begin, stop, piece, kind, tag))
            elif piece == "\u3000" or size > 1:
                words.append(Word(begin, stop, piece, "stop"))


def _is_plain(tagged: tuple[str, str]) -> bool:
    """Whether the word is neither joined nor cut nor a mark, wherever it stands: most are so."""
    piece, tag = tagged
    size = len(piece)
    return (
        not piece.isspace()
        and piece not in _MARKS
        and piece not in _compounds()[1]
        and not (size > 1 and (piece[0] in "共已另仅含对" or piece[-1] in "共了出到成"))
        and not (size == 4 and tag in _PHRASE_TAGS)
    )


_IS_PLAIN = Memo(_is_plain)


def _hides_verb(piece: str, tag: str, compounds: frozenset[str]) -> bool:
    return tag != "v" and piece[1] not in PARTICLES and (tag == "x" or piece[1:] in compounds)


def _tag_of(first: str, last: str) -> str:
    if first == "因":
        return "b"
    return "n" if last == "比" else "v"


@cache
def _compounds() -> tuple[frozenset[str], frozenset[str]]:
    """The verbs of up to three characters, and what those of more than one character may end in."""
    data = load_toml("facts/data/metrics.toml")
    lists = (data[name] for name in ("verbs", "attend_verbs", "changes", "completion_verbs", "exceeds"))
    verbs = frozenset(w for words in (*lists, "占比", data["causes"]) for w in words.split() if len(w) <= 3)
    return verbs, frozenset(w[-1] for w in verbs if len(w) > 1) | {"覆盖"}


@cache
def _phrasal_verbs() -> frozenset[str]:
    """The verbs that take an object and are never nouns."""
    data = load_toml("facts/data/metrics.toml")
    return frozenset(data["verbs"].split()) - frozenset(data["event_nouns"].split())


def _compound_names(text: str) -> Iterator[Word]:
    """Nouns that jieba cuts into verbs and others: treasuries, who act, and industries, whose names are lists."""
    if "财政" in text:
        yield from (Word(*m.span(), m[0], "name", "n") for m in _TREASURY.finditer(text))
    if "业" in text:
        yield from (Word(*m.span("name"), m["name"], "word", "n") for m in _INDUSTRY.finditer(text))


def _kind_of(mention_type: str) -> Kind:
    return "closed" if mention_type == "PROGRAM" else "name"


def _no_overlap(words: Iterable[Word]) -> list[Word]:
    """The words in order, of two that overlap the first; a figure wins over all else, as a metric hangs on it."""
    kept: list[Word] = []
    for word in sorted(words, key=lambda w: (w.start, w.kind != "figure", -w.end)):
        if not kept or word.start >= kept[-1].end:
            kept.append(word)
        elif word.kind == "figure" and kept[-1].kind != "figure":
            kept[-1] = word
    return kept
