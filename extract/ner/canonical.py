"""Canonical names: the full name that the bulletin itself gives for a short form.

Four kinds of short form are resolved, each only by names that stand in the bulletin: a level for a place (市司法局 in
a bulletin about 兰溪市; `extract.ner.level_places`), a shortened office (市中院 where the text has
嘉兴市中级人民法院), a part of a name for the whole (明衡 for 浙江明衡律师事务所), a place without its ending (兰溪).
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cached_property

from extract.layers import Layers
from extract.ner.abbreviations import FullNames, shortens, spelled_out, split_place
from extract.ner.gazetteer import official, short_at
from extract.ner.level_places import TOWNS, LevelPlaces
from extract.ner.lexicon import divisions
from schemas import Mention

_PREFIXED = re.compile(
    r"(中共|共青团|团)?(地区|地(?=委)|自治区|自治州|自治县|自治旗|街道|(?!市场|市政(?![府协法务数]))[省市县区州旗盟镇乡])(?=.)"
)
# 绿屿公司 for 海南绿屿养殖有限公司: what kind of organisation it is stands at the end of both.
_KINDS = ("公司", "集团", "合作社", "分局", "医院", "学校", "中学", "小学", "大学", "学院", "银行", "基金会", "协会")
_BANNER = re.compile("[左右前后中]旗(?=.)")
_TAX = "国家税务总局"
_LEAGUE = re.compile(r"团[省市县区州旗盟]委$")
_LONGEST_PLACE = 11
_LONGEST_KIND = 8
_MOST = 100
_LEVELS = frozenset("省市县区旗州盟")
_BRANCH = re.compile("[市县区旗]?分局")
# Up to this many characters a name can be a piece of a longer one (明衡).
_LONGEST_PIECE = 4


def with_canonical(layers: Layers) -> list[Mention]:
    """The mentions of `layers` with their canonical names; `layers.context` is used where it is known."""
    return _Resolver(layers).resolve()


class _Resolver:
    def __init__(self, layers: Layers) -> None:
        self.layers = layers
        self.plain = layers.view.plain
        self.full, self.short = divisions()
        self.organisations = Counter(self._cut(m) for m in layers.mentions if m.type == "ORG")
        self.levels = LevelPlaces(layers, self.organisations)
        self.counts = self.levels.counts
        self.wholes: dict[str, str | None] = {}
        self.branches: dict[tuple[str, str], str | None] = {}
        self.bare: dict[str, str] = {}
        self.known: set[str] = set()

    @cached_property
    def containing(self) -> dict[str, list[str]]:
        """The organisations by the pairs of characters in them."""
        return _by_pairs(self.organisations)

    @cached_property
    def near(self) -> dict[str, list[str]]:
        """The offices in full (`known`) by the pairs of characters in them; most texts never ask."""
        return _by_pairs(self.known)

    def resolve(self) -> list[Mention]:
        """All mentions with their canonical names."""
        names: list[str] = []
        for mention in self.layers.mentions:
            name = mention.canonical or self._cut(mention)
            if mention.type == "ORG":
                name = spelled_out(name, self.organisations) or self._organisation(mention, name)
            elif mention.type == "PLACE" and mention.canonical is None:
                name = self._place(name)
            names.append(name)
        kinds = [m.type for m in self.layers.mentions]
        full = FullNames(n for n, kind in zip(names, kinds, strict=True) if kind == "ORG")
        given = set(self.organisations)
        offices = {n for n, kind in zip(names, kinds, strict=True) if kind == "ORG"}
        spelled = {n: self._in_full_place(_in_full(full.of(n), given), full) for n in offices}
        self.known = set(spelled.values())
        names = [self._of_bare_place(spelled[n]) if kind == "ORG" else n for n, kind in zip(names, kinds, strict=True)]
        return [
            m if m.canonical == n else m.model_copy(update={"canonical": n})
            for m, n in zip(self.layers.mentions, names, strict=True)
        ]

    def _cut(self, mention: Mention) -> str:
        return self.plain[mention.start : mention.end]

    def _organisation(self, mention: Mention, name: str) -> str:
        if _LEAGUE.fullmatch(name):
            return self._league(name) or name
        if banner := _BANNER.match(name):
            # 左旗消防救援大队 in a text about 阿拉善左旗
            whole = next((n for n, _ in self.counts.most_common() if n.endswith(banner[0])), "")
            return whole + name[banner.end() :] if whole else name
        if mention.sources[:1] == ("rule:signing-unit",):
            return _unit_of(self.layers.context.office or "", name)
        prefix = None if self._begins_with_county(name) else _PREFIXED.match(name)
        if prefix and not split_place(name)[0]:
            place = self.levels.place("地区" if prefix[2] == "地" else prefix[2], mention.start)
            if place and prefix[2] == "地":
                place = place.removesuffix("区")  # 阿勒泰地委
            rest = name[prefix.end() :]
            if rest[0] in "局厅":
                return self._own_branch(place, prefix[2], rest) or (place or prefix[2]) + rest
            return (prefix[1] or "") + place + rest if place else self._of_level(name) or name
        place, rest = split_place(name)
        if place and rest in ("局", "厅"):
            return self._own_branch(place, place[-1], rest) or name
        if name.endswith(_KINDS) and len(name) <= _LONGEST_KIND:
            if name not in self.wholes:
                self.wholes[name] = self._of_kind(name)
            if self.wholes[name]:
                return self.wholes[name] or name
        if (
            name not in self.short
            and prefix is None
            and any(name[:end] in self.short for end in range(2, _LONGEST_PLACE + 1))
        ):
            return name
        if place:
            return name
        if name not in self.wholes:
            # 圆通 is no short form of 圆通石桥镇网点.
            self.wholes[name] = None if "rule:central-office" in mention.sources else self._whole(name)
        return self.wholes[name] or name

    def _begins_with_county(self, name: str) -> bool:
        """镇赉农信 in a text about 镇赉县: what seems a level begins the name of a county."""
        return any(division.name in self.counts for division in self.short.get(name[:2], ()))

    def _of_level(self, name: str) -> str | None:
        """The organisation of the text that `name` (省水利厅) names by its level: 四川省水利厅."""
        longer = [
            o
            for o in self.containing.get(name[:2], ())
            if o.endswith(name) and o[: len(o) - len(name) + 1] in self.full
        ]
        return max(longer, key=lambda o: self.organisations[o], default=None)

    def _league(self, name: str) -> str | None:
        """团市委 is not spelled out unless the text names the league's committee with its place."""
        level = name[1]
        # 共青团某市委员会宣传部 gives the name of the committee too.
        for full in (f"共青团.*?{level}委(?:员会)?", f"团[一-龥]{{2,}}?{level}委"):
            if found := next(filter(None, map(re.compile(full).match, self.organisations)), None):
                return found[0]
        return None

    def _own_branch(self, place: str | None, level: str, rest: str) -> str | None:
        """The office that 市局 or 省厅 means: the commonest 局 of the city, the 厅 of the branch the bulletin is of."""
        key = (place or level, rest[0])
        if key not in self.branches:
            self.branches[key] = self._branch(place, level, rest[0])
        branch = self.branches[key]
        return branch + rest[1:] if branch else None

    def _branch(self, place: str | None, level: str, kind: str) -> str | None:
        names: Counter[str] = Counter()
        for name, count in self.organisations.items():
            for owner in {place or level, level}:
                office = re.match(f"(?:中共)?{re.escape(owner)}(?!.{{0,3}}政府)([^局厅]{{2,12}}){kind}", name)
                if office:
                    names[office[1]] += count
        own = self.layers.context.office or ""
        stems = [stem for stem, _ in names.most_common()]
        stem = next((s for s in stems if s + "局" in own or s + "厅" in own), stems[0] if stems else None)
        if stem is None:
            return None
        return f"{place}{stem}{kind}" if place and level != "省" else f"{level}{stem}{kind}"

    def _of_kind(self, name: str) -> str | None:
        """The organisation of the text whose name holds the short name's own part and ends like it."""
        kind = next(k for k in _KINDS if name.endswith(k))
        stem = name[: -len(kind)]
        if len(stem) < 2:
            return None
        longer = [
            o
            for o in self.containing.get(stem[:2], ())
            if stem in o and o.endswith(kind) and len(o) > len(name) and o[o.index(stem) :] != name + kind
        ]
        if stem in self.short:
            # 雨花分局 is 长沙市公安局雨花分局, but 海南大学 is not 海南师范大学: a place says little of whose it is.
            ends = tuple(stem + level + kind for level in ("", *"区县市旗"))
            longer = [o for o in longer if o.endswith(ends)]
        return max(longer, key=lambda o: (self.organisations[o], -len(o)), default=None)

    def _whole(self, name: str) -> str | None:
        """The organisation of the text that `name` is a piece of: the commonest, then the shortest."""
        # 江城晚报, 江城晚报传媒有限公司: two; 税务总局 is above every 国家税务总局某市税务局.
        if not 2 <= len(name) <= _LONGEST_PIECE or name.endswith(("报", "网", "总局")):
            return None
        if name.endswith(TOWNS):
            owners = {m.text for m in self.layers.mentions if m.type == "PLACE" and m.text.endswith(name)}
            return max(owners, key=len, default=None)
        longer = [o for o in self.containing.get(name[:2], ()) if name in o and len(o) >= len(name) + 3]
        # 明衡 is rather 浙江明衡律师事务所 than its 明衡党支部, 司法局 rather 云溪市司法局 than its 法律援助中心.
        given, end = self.organisations, name if name[-1] == "局" else ""
        return max(longer, key=lambda o: (o.endswith(end), not o.startswith(name), given[o], -len(o)), default=None)

    def _in_full_place(self, name: str, full: FullNames) -> str:
        """嘉兴中院: a short place before a short office, where the text has both in full."""
        for end in range(min(len(name), _LONGEST_PLACE), 1, -1):
            for division in self.short.get(name[:end], ()):
                if division.name in self.counts:
                    spelled = division.name + name[end:]
                    found = full.of(spelled)
                    return found if found != spelled else name
        return name

    def _of_bare_place(self, name: str) -> str:
        """The one of the offices in full that `name` names by the bare name of its place: 云溪不动产登记中心."""
        if name not in self.bare:
            local = name.removeprefix("国网")
            place = short_at(local) or ""
            office = local[len(place) :]
            near = self.near.get(place[:2], []) if place and office else []
            # Of hundreds that are called after one place the whole name alone tells which.
            whole = [d.name + office for d in self.short.get(place, ())] if len(near) > _MOST else near
            full = [o for o in whole if o in self.known and place in o and o != name and _is_in_full(place, office, o)]
            self.bare[name] = full[0] if len(full) == 1 else name
        return self.bare[name]

    def _place(self, name: str) -> str:
        if name in self.full:
            # 昌吉州 where the text has 昌吉回族自治州.
            return official(name) if official(name) in self.counts else name
        given = (d.name for d in self.short.get(name, ()))
        return next((n for n in given if n in self.counts or n in self.levels.provinces), name)


def _by_pairs(names: Iterable[str]) -> dict[str, list[str]]:
    """The names by the pairs of characters in them."""
    found: dict[str, list[str]] = defaultdict(list)
    for name in names:
        for pair in {name[i : i + 2] for i in range(len(name) - 1)}:
            found[pair].append(name)
    return found


def _is_in_full(place: str, office: str, full: str) -> bool:
    """Whether `full` is the whole name of `office` of the bare `place`."""
    before, _, rest = full.partition(place)
    if office.endswith("分局") and before.endswith(office[:-2] + "局"):
        return _BRANCH.fullmatch(rest) is not None  # 云溪公安分局 for 白沙市公安局云溪区分局
    if not rest or rest[0] not in _LEVELS or split_place(before)[0] != before.removeprefix("国网"):
        return False
    return rest[1:] == office or shortens(office, rest[1:])


def _unit_of(office: str, unit: str) -> str:
    """The office's unit that signs by its bare name: 云溪市邮政管理局行业管理科."""
    return unit if office.endswith(unit) else office.removesuffix("办公室") + unit


def _in_full(name: str, given: set[str]) -> str:
    """国家税务总局 before a tax office and 中共 … 委员会 for a party committee, where the text has them."""
    place, office = split_place(name)
    for spelled in (name, official(place) + office) if office.endswith("税务局") else ():
        if _TAX + spelled in given:
            return _TAX + spelled
    for before in ("中共", "国网"):
        if before + name in given:
            return before + name
    committee = f"中共{name.removesuffix('党委')}委员会"
    return committee if name.endswith("党委") and committee in given else name
