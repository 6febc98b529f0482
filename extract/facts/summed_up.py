"""Those whom a number sums up: 四部门, 五家单位, 三方 and 两地 mean the names that stand together before."""

import re
from bisect import bisect_right

from extract.facts.joint_names import JointNames
from extract.facts.name_index import name_of
from extract.facts.signers import Signers
from extract.layers import Layers

_ALL_OF_THEM = re.compile(
    r"(?<![与和同跟对向为给第、])(?P<count>[双两三四五六七八九十]{1,2}|[多各]|\d{1,2})个?"
    r"(?P<of>方|地|市|县|区|省|州|旗|镇|乡|村|局|院|家|校|单位|部门|队)(?P<rest>[一-鿿]{0,6})$"
)
# 三家银行, 五家企业: a kind of those who sign, not a sum of the names before.
_KIND = re.compile(r"(?!单位|机构|部门|企业|公司|院校|高校)[一-鿿]{1,2}(?:行|会|店|厂|所|商|社|站|户|园|院|馆)")
_DIVISIONS = "地市县区省州旗"
_NUMBERS = {c: n for n, c in enumerate("一二三四五六七八九十", 1)} | {"两": 2, "双": 2}
# So many characters before the number are searched for the names.
_REACH = 300


class SummedUp:
    """Finds whom a number means, in one bulletin.

    Args:
        layers: the bulletin's layers up to the scopes.
        names: its organisations and places.
        signers: its people.
    """

    def __init__(self, layers: Layers, names: JointNames, signers: Signers) -> None:
        self._text = layers.view.text
        self._names, self._signers, self._scopes = names, signers, layers.scopes
        self._place = layers.context.place
        self._clauses = [c[0] for c in layers.clauses]

    def before(self, verb: int, begin: int) -> tuple[str, ...] | None:
        """All whom the number right before `verb` sums up, or a place and one's own.

        () where they are not named, None where no such word stands behind `begin`.
        """
        meant = _ALL_OF_THEM.search(self._text, max(begin, verb - 12), verb)
        if meant is None or self._scopes is None or (meant["of"] == "家" and _KIND.match(meant["rest"])):
            return None
        at = meant.start()
        if exactly := self._as_many(_number(meant["count"]), at):
            return exactly
        clause = self._clauses[max(0, bisect_right(self._clauses, at) - 1)]
        acting = self._scopes.named(clause - 1) if clause else ()
        if len(acting) > 1:
            return acting
        if self._place and meant["of"] in _DIVISIONS:
            other = next((name_of(m) for m in self._names.before(at) if m.type == "PLACE"), self._place)
            apart = not (other.endswith(self._place) or self._place.startswith(other))
            return (self._place, other) if apart else None
        parties = [(m.start, name_of(m)) for m in self._names.in_sentence(at) if m.type == "ORG"]
        parties += self._signers.in_sentence(at)
        here = tuple(dict.fromkeys(name for _, name in sorted(parties)))
        if len(here) == 2:
            return here
        return () if meant["of"] == "方" else None

    def _as_many(self, number: int, offset: int) -> tuple[str, ...]:
        """Those `number` names before `offset` in its paragraph that stand together, the nearest first."""
        if number < 3:
            return ()
        start = max(self._text.rfind("\n", 0, offset) + 1, offset - _REACH)
        groups = self._names.joint_in(start, offset)
        return next((group for group in reversed(groups) if len(group) == number), ())


def _number(count: str) -> int:
    """What `count` counts, 0 for 多 and 各."""
    if count.isdigit():
        return int(count)
    if len(count) == 2:
        return 10 + _NUMBERS.get(count[1], 0) if count[0] == "十" else 0
    return _NUMBERS.get(count, 0)
