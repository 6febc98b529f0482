"""The bulletin's own place: what 我市 and 全区 mean.

Notes for a newcomer. Every division that is named casts a vote, weighted by how telling its place in the bulletin is:
headline, publisher, opening, credits, running text. Of a chain (滨州市沾化区…) the last counts most. A bare name (朝阳)
votes for the one of its owners whose relatives are named too. Then the level that the text itself speaks of (全市,
市司法局 → a city) decides among the divisions voted for and what they belong to: a county's bulletin names its city
too, and a city's names its counties one by one.
"""

import re
from collections import Counter, defaultdict

from extract.facts.places import at_level, branch_of, divisions_of
from extract.ner.gazetteer import official, owners_of, parents, short_at

# 全市, 我县, and offices named by level alone (市司法局), tell at which level the bulletin speaks.
_LEVEL = re.compile(r"(?:全|我|本)(省|市|区|县|州|旗|盟|镇|乡|街道)(?!域|面|场|属|外|内)")
_LEVEL_OF_OFFICE = re.compile(r"(自治区|省|市|区|县|州|旗|盟)(?=[一-鿿]{2})")
# Names of central organs and national papers begin like those of some county (公安, 新华, 人和).
_CENTRAL = re.compile(
    r"国家(?!税务)|国务院|中央|全国|最高|新华(?:社|网)|人民(?:日报|网|法院|检察)|新农合|光明日报|公安机关"
    # The ministries, past ones too, and the general administrations.
    r"|(?:外交|国防|教育|科技|科学技术|工信|工业和信息化|公安|民政|司法|财政|人社|人力资源和?社会保障|自然资源|国土(?:资源)?|生态环境|环保"
    r"|环境保护|住建|住房和?城乡建设|交通(?:运输)?|铁道|水利|农业(?:农村)?|商务|文化(?:和旅游)?|文旅|卫生|退役军人事务|应急(?:管理)?)部$"
    r"|[^省市县区州旗]{2,6}(?:总局|总署)$|市场监管总局$"
)
_ABOVE, _DERIVED, _FAMILY = 0.5, 0.5, 0.25
# From so many of its parts on, what they belong to is voted for though nobody names it.
_ENOUGH = 1.5
_TO_DECIDE = 3
# A bulletin that speaks of the whole country and of no 全市 has no place of its own, if headline and
# opening name none.
NATION = "全国"
_NATION = re.compile(r"全国(?!平均|首|先进|优秀|文明|模范|劳|人大|政协)|我国")
_OF_NATION = re.compile(r"全国(?!首|先进|优秀|文明|模范|劳|人大|政协|[“《十百])")
_CERTAIN = 5
# What the headline speaks of counts for so much more.
_IN_TITLE = 3
_ZONES = ("经开区", "高新区", "开发区", "新区", "经济开发区", "工业园区")
_TOWNS = ("街道", "镇", "乡", "社区", "村")
# 市 | 中医院 begins like 市中区.
_LEVELLED = ("市中医", "市中级", "市中心", "市中学", "市中小")
_TOWN = re.compile(r"[一-鿿]{1,5}?(?:街道|镇(?!政|农)|乡(?![村镇政]))")
# How far down a level is; what is below none of them counts as lowest.
_RANKS = {"省": 0, "市": 1, "州": 1, "盟": 1, "县": 2, "旗": 2, "区": 2, "镇": 3, "乡": 3, "街道": 3}
_SPOKEN = 2
# A county's bare name and the shortest office (公安局).
_SHORTEST = 4


class Ballot:
    """Collects the votes of one bulletin."""

    def __init__(self) -> None:
        self._votes: defaultdict[str, float] = defaultdict(float)
        self._shorts: defaultdict[str, float] = defaultdict(float)
        self._forms: dict[str, str] = {}
        self._central = 0
        self._town: str | None = None
        self._towns: Counter[str] = Counter()

    def full_name(self, name: str, weight: float) -> bool:
        """Count the divisions that `name` begins with; False if there are none."""
        chain = divisions_of(name)
        if len(chain) > 1 and chain[-1] in _ZONES:
            chain = (*chain[:-2], chain[-2] + chain[-1])  # 兰溪市经开区: every county has one
        for i, division in enumerate(chain):
            self._add(division, weight if i == len(chain) - 1 else weight * _ABOVE)
        if town := _TOWN.match(name, sum(map(len, chain))):
            self._towns[town[0]] += int(weight)
        return bool(chain)

    def name(self, name: str, weight: float) -> None:
        """Count the divisions that `name` begins with, or the one whose bare name it begins with (成都, 成都海关)."""
        if _CENTRAL.match(name):
            self._central += 1
            return
        if branch := branch_of(name):
            self._shorts[branch] += weight
        if self.full_name(name, weight):
            self._branch_office(name, weight)
            return
        if (name.endswith(_TOWNS) and not owners_of(name)) or name.startswith(_LEVELLED):
            # 双塔街道 tells nothing of 双塔区, nor 市中医院 of 市中区.
            return
        short = short_at(name) or name[:2]
        if _is_below(name[len(short) :], short):
            # 青海天峻, 湖南长沙浏阳市
            self._shorts[short] += weight * _ABOVE
            self.name(name[len(short) :], weight)
            return
        # 河北工业大学 tells less of where the bulletin is about than the bare place does.
        self._shorts[short] += weight if short == name else weight * _ABOVE

    def _branch_office(self, name: str, weight: float) -> None:
        """Count the county that a city's office is for: 兴化 of 泰州市兴化生态环境局."""
        chain = divisions_of(name)
        rest = name[name.index(chain[-1]) + len(chain[-1]) :]
        short = short_at(rest) if len(rest) > _SHORTEST else None
        if short and any(official(chain[-1]) in parents(owner) for owner in owners_of(short)):
            self._shorts[short] += weight

    def headed(self, name: str) -> None:
        """Take note that headline or opening begin with `name`: a town or community is the bulletin's own place."""
        if name.endswith(self._town or _TOWNS) and not owners_of(name):
            self._town = name

    def account(self, text: str, weight: float) -> None:
        """Count the place that an account is named for, at the beginning or the end (平安湛江, 湛江公安)."""
        short = next((text[-n:] for n in (4, 3, 2) if owners_of(text[-n:])), None)
        if short is None:
            self.name(text, weight)
        else:
            self._shorts[short] += weight

    def _add(self, division: str, weight: float) -> None:
        key = official(division)
        self._votes[key] += weight
        if len(division) > len(self._forms.get(key, "")):
            self._forms[key] = division

    def place(self, text: str, title: str, offices: list[str]) -> str | None:
        """The bulletin's own place, as the bulletin words it, or `NATION`; None where no division is voted for.

        Args:
            text: the view's text, for 全市 and the like.
            title: the headline, "" if there is none.
            offices: the names of the organisations.
        """
        spoken = _LEVEL.findall(text)
        levels = _levels(spoken + _IN_TITLE * _LEVEL.findall(title), offices)
        self._resolve_shorts(levels)
        votes = self._votes
        best = max(votes.values(), default=0)
        if not spoken and _OF_NATION.match(title):
            return NATION
        if not spoken and max(best, 1) < min(_CERTAIN, self._central + len(_NATION.findall(text))):
            return NATION
        if self._town and not any(level not in _TOWNS for level in spoken):
            return self._town
        if town := self._named_town(spoken):
            return town
        derived = self._derived()
        if not votes or (best <= 1 and max(derived.values(), default=0) < _ENOUGH and self._is_tied(best)):
            return None
        candidates: dict[str, float] = {**votes, **derived}
        told = [
            (count, {p: n for p, n in candidates.items() if at_level(p, level)})
            for level, count in levels.most_common()
        ]
        told.sort(key=lambda level: (level[0], max(level[1].values(), default=0)), reverse=True)
        for count, at in told[:2]:
            # A level mentioned in passing (全省前三) does not outvote the place that everything else speaks for.
            if at and (count >= _TO_DECIDE or max(at.values()) * 4 >= best) and not self._are_parts(at):
                return self._worded(max(at, key=lambda p: (at[p], p)))
        place = max(votes, key=lambda p: (votes[p], len(parents(p)), len(p)))
        # 全县 where only the city above is named: the bulletin does not say which county.
        lowest = next((_RANKS.get(level, 0) for level, count in levels.most_common(1) if count >= _SPOKEN), 0)
        return None if lowest > _rank(place) else self._worded(place)

    def _are_parts(self, at: dict[str, float]) -> bool:
        """Whether the first two of the places `at` a level are told of as parts of one that is voted for as much."""
        first, *others = sorted(at, key=lambda p: at[p], reverse=True)[:2]
        return any(
            2 * at[other] >= at[first] and any(self._votes.get(p, 0) >= at[first] for p in parents(first)[:1])
            for other in others
            if parents(first)[:1] == parents(other)[:1]
        )

    def _named_town(self, spoken: list[str]) -> str | None:
        """The town that the text speaks of as 全镇, 我乡, if head or names tell which."""
        level = Counter(spoken).most_common(1)[0][0] if spoken else ""
        if level not in _TOWNS:
            return None
        return next((town for town, votes in self._towns.most_common() if town.endswith(level) and votes > 1), None)

    def _is_tied(self, best: float) -> bool:
        """Whether several places that do not belong together are named as often: places in passing."""
        first, *others = (place for place, votes in self._votes.items() if votes == best)
        return any(first not in parents(o) and o not in parents(first) for o in others)

    def _worded(self, place: str) -> str:
        return self._forms.get(place, place)

    def _resolve_shorts(self, levels: Counter[str]) -> None:
        """Give the votes for bare names to the divisions that they must mean."""
        family: defaultdict[str, float] = defaultdict(float)
        for place, votes in self._votes.items():
            for above in parents(place):
                family[above] += votes
        for short, votes in self._shorts.items():
            # A division that the list does not have is known where the text has it in full.
            owners = owners_of(short) or tuple(p for p in self._votes if p[:-1] == short)
            scores = {
                o: self._votes[o]
                + _FAMILY * (family[o] + sum(self._votes[p] for p in parents(o)))
                + 0.1 * any(at_level(o, level) for level, _ in levels.most_common(1))
                for o in owners
            }
            if owners:
                self._votes[max(owners, key=lambda o: scores[o])] += votes

    def _derived(self) -> dict[str, float]:
        """The divisions whose parts are named, with the votes that they get for that beside their own."""
        derived: defaultdict[str, float] = defaultdict(float)
        for place, votes in self._votes.items():
            for above in parents(place)[:1]:
                derived[above] += min(votes, 1) * _DERIVED
        own = self._votes
        return {p: own.get(p, 0) + n for p, n in derived.items() if own.get(p) or n >= _ENOUGH}


def _is_below(name: str, short: str) -> bool:
    """Whether the division that `name` begins with, in full or by a bare name, is one of what `short` means."""
    above = owners_of(short)
    chain = divisions_of(name) if above else ()
    below = chain[:1] or owners_of(short_at(name) or "") if above else ()
    return any(not set(above).isdisjoint(parents(official(place))) for place in below)


def _rank(place: str) -> int:
    return next((rank for level, rank in _RANKS.items() if at_level(place, level)), max(_RANKS.values()))


def _levels(spoken: list[str], offices: list[str]) -> Counter[str]:
    levels = Counter(spoken)
    for office in offices:
        if level := _LEVEL_OF_OFFICE.match(office):
            levels["区" if level[1] == "自治区" else level[1]] += 1
    return levels
