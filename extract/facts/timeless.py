"""Clauses of what is there at no stated time, whatever period the bulletin reports on: 现有干警263人, 缺口76人."""

import re
from bisect import bisect_right

from extract.layers import Offsets

_THERE = re.compile(r"现有|下辖|在编|在册|尚有|缺口|正在[^，。；]{0,6}的")
_SINCE = 24
# 25年来, 近三年
_YEARS_LATE = re.compile(r"年来|近[两二三四五六七八九十\d]{1,2}年")
_NOW = ("目前", "当前", "现在")


class Timeless:
    """The clauses without a time of their own that tell what is there, in order of the text.

    Args:
        text: the view's text.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._clauses: list[Offsets] = []
        self._now = self._unknown = self._founded = False

    def begin_sentence(self) -> None:
        """A sentence begins."""
        self._unknown = self._founded = False

    def begin_unknown(self, stop: int) -> None:
        """From the clause that ends at `stop` on the sentence tells of a time that nobody can know (25年来)."""
        self._unknown = _YEARS_LATE.search(self._text, max(0, stop - _SINCE), stop) is not None

    def begin_founding(self) -> None:
        """The sentence tells when something was founded, and goes on with what there is (2018年成立，有成员15人)."""
        self._founded = True

    def begin_dated(self, begin: int) -> None:
        """The clause at `begin` has a time that dates what follows, 25年来 of a part before ； no longer."""
        self._founded = False
        self._unknown = self._unknown and self._text[begin - 1] != "；"

    def begin_paragraph(self, start: int) -> None:
        """A paragraph begins at the offset `start`: 目前，… tells what there is, and so does what follows."""
        self._now = self._text.startswith(_NOW, start)

    def read(self, begin: int, stop: int, words: int, *, opens: bool, dated: bool) -> None:
        """Take in a clause without a time of its own.

        Args:
            begin: where it begins.
            stop: where it ends.
            words: where its own words begin, after its subject.
            opens: whether it opens its paragraph.
            dated: whether its sentence told a time before it.
        """
        text = self._text
        if dated and not (self._unknown or self._founded):
            return
        now = self._now and not opens and "已" not in text[begin:stop]
        # 现有干警90人，其中法官30人
        goes_on = self._clauses and self._clauses[-1][1] == begin - 1 and text.startswith("其中", begin)
        if now or goes_on or self._unknown or self._founded or _THERE.search(text, words, stop):
            self._clauses.append((begin, stop))

    def holds(self, offset: int) -> bool:
        """Whether what is said at `offset` is told of no time."""
        number = bisect_right(self._clauses, (offset, len(self._text))) - 1
        return number >= 0 and offset < self._clauses[number][1]
