"""The bulletin's own place and office: what 我市, 全区, 该局 and a bare 市司法局 point at.

Notes for a newcomer. Nobody writes "this bulletin is about 兰溪市"; it shows. Every division named in the headline, the
publisher, the first sentence, the credits and the mentions casts a vote, weighted by how telling its place is. Then
the level that the text itself speaks of (全市, 市司法局 → a 市) decides which of the divisions is meant: a county's
bulletin names its city too. The office is found likewise: publisher, headline, opening, signature, frequency.
"""

import re
from collections import Counter
from collections.abc import Iterable

from extract.data import load_toml
from extract.facts.credits import is_media
from extract.facts.places import at_level, divisions_of
from extract.layers import Context, Layers
from schemas import Mention

_FULL: dict[str, str] = load_toml("facts/data/context.toml")["full_names"]
_SHORT = re.compile("|".join(_FULL))

# 全市, 我县, and offices named by level alone (市司法局), tell at which level the bulletin speaks.
_LEVEL = re.compile(r"(?:全|我|本|该)(省|市|区|县|州|旗|盟|镇|乡|街道)(?!域|面|场|属|外|内)")
_LEVEL_OF_OFFICE = re.compile(r"(自治区|省|市|区|县|州|旗|盟)(?=[一-鿿]{2})")

_TITLES = re.compile(r"《([一-鿿]{4,12})")

# 某市公安局新闻中心 speaks for the bureau.
_INNER_UNIT = re.compile(
    r"(?P<office>.{3,}?(?:局|厅|支队|大队|总队|检察院|法院|联合会))(?:办公室|[一-鿿]{2,14}?(?:处|科|室|股|部|新闻中心))"
)

_IN_HEADLINE, _IN_PUBLISHER, _IN_OPENING, _IN_CREDIT, _ELSEWHERE = 6, 8, 5, 4, 1

# Lists of hundreds of offices hold none that is the bulletin's own.
_MOST_OFFICES = 200


def find_context(layers: Layers) -> Context:
    """Whom and where the bulletin is about, in full names; None where the bulletin does not show it.

    Reads the head, the sentences and the mentions (their canonical names are not needed).
    """
    names = [m for m in layers.mentions if m.type in ("ORG", "PLACE")]
    places, offices = _votes(layers, names)
    levels = _levels(layers, names)
    _vote_bare(places, layers)
    place = _place(places, levels)
    return Context(place=place, office=_office(offices, place, names))


def _votes(layers: Layers, names: list[Mention]) -> tuple[Counter[str], Counter[str]]:
    """Votes for divisions and for offices."""
    head = layers.head
    places: Counter[str] = Counter()
    offices: Counter[str] = Counter()
    opening = next((s for s in layers.sentences if s[0] >= head.body), (0, 0))
    seen_in_opening = False
    for mention in names:
        name = _plain(mention)
        weight = _ELSEWHERE
        if _in_headline(layers, mention.start):
            weight = _IN_HEADLINE
        elif opening[0] <= mention.start < opening[1] and not seen_in_opening:
            # The opening's first name is its subject more often than not.
            weight, seen_in_opening = _IN_OPENING, True
        if mention.type == "ORG" and not is_media(name):
            offices[name] += weight
        _vote(places, name, weight)
    for text, weight in _credits(layers):
        _vote(places, text, weight)
        if not is_media(text):
            offices[text] += weight
    for title in _TITLES.finditer(layers.view.text):
        # 《某市文物防火措施》 names its place even where the text only says 全市.
        _vote(places, title[1], _ELSEWHERE)
    if head.title:
        _vote(places, head.title, _IN_HEADLINE)
        _vote_short(places, head.title)
    return places, offices


def _in_headline(layers: Layers, offset: int) -> bool:
    """Whether `offset` lies in the headline or in the subtitle under it (——某县推进…的做法)."""
    span = layers.head.title_span
    if span is None or not span[0] <= offset < max(span[1], layers.head.body):
        return False
    text = layers.view.text
    line = text.rfind("\n", 0, offset) + 1
    return offset < span[1] or text[line:offset].lstrip().startswith(("—", "-", "―"))


def _credits(layers: Layers) -> Iterable[tuple[str, int]]:
    """The offices that the head names, with their weights."""
    head = layers.head
    if head.publisher:
        yield head.publisher, _IN_PUBLISHER
    for author in head.authors:
        if len(author) > 4:
            yield author, _IN_CREDIT


def _vote(places: Counter[str], name: str, weight: int) -> None:
    divisions = divisions_of(name)
    for division in divisions:
        places[division] += weight
    if not divisions and (short := _SHORT.match(name)):
        places[_FULL[short[0]]] += weight


def _vote_short(places: Counter[str], title: str) -> None:
    """Votes for the division whose bare name opens the headline (盐城检察机关… for 盐城市)."""
    for place in places:
        bare = place[:-1]
        if len(bare) >= 2 and title.startswith(bare) and not title.startswith(place):
            places[place] += _IN_HEADLINE
            return


def _vote_bare(places: Counter[str], layers: Layers) -> None:
    """Votes for the division that the headline names without its level (前三季度吴忠经济, and 全市 in the text)."""
    title = layers.head.title
    levels = Counter(_LEVEL.findall(layers.view.text))
    if not title or not levels:
        return
    level, count = levels.most_common(1)[0]
    if level not in "省市县州盟旗区" or any(at_level(place, level) for place in places):
        return
    for mention in layers.mentions:
        bare = mention.text
        if mention.type == "PLACE" and 2 <= len(bare) <= 4 and bare in title and not divisions_of(bare):
            if any(place.startswith(bare) for place in places):
                return
            places[_FULL.get(bare) or bare + level] += _IN_HEADLINE + count
            return


def _levels(layers: Layers, names: list[Mention]) -> Counter[str]:
    levels = Counter(_LEVEL.findall(layers.view.text))
    for mention in names:
        if mention.type == "ORG" and (level := _LEVEL_OF_OFFICE.match(mention.text)):
            levels["区" if level[1] == "自治区" else level[1]] += 1
    return levels


def _place(places: Counter[str], levels: Counter[str]) -> str | None:
    if not places:
        return None
    best = max(places.values())
    for level, count in levels.most_common(2):
        candidates = {p: n for p, n in places.items() if at_level(p, level)}
        # A level mentioned in passing (全省前三) does not outvote the place that everything else speaks for.
        if candidates and (count >= 3 or max(candidates.values()) * 4 >= best):
            return max(candidates, key=lambda p: candidates[p])
    return max(places, key=lambda p: (places[p], len(p)))


def _office(offices: Counter[str], place: str | None, names: list[Mention]) -> str | None:
    if not offices:
        return None
    # Short and full forms of one office vote together, for the full one.
    told = offices.most_common(_MOST_OFFICES)
    full = sorted((name for name, _ in told), key=len, reverse=True)
    totals: Counter[str] = Counter()
    for name, votes in told:
        divisions = divisions_of(name)
        if place and divisions and place not in divisions:
            # An office of another place is not the bulletin's own, however often it is named.
            continue
        longest = next((f for f in full if f.endswith(name) and f != name), name)
        totals[longest] += votes
    if not totals:
        return None
    name, votes = max(totals.items(), key=lambda item: (item[1], len(item[0])))
    # The head shows it, or it is an office of the bulletin's own place and named more than in passing.
    local = place is not None and name.startswith((place, place[-1]))
    if votes < (2 if local else _IN_CREDIT):
        return None
    if place and name[0] == place[-1] and len(name) >= 4:
        name = place + name[1:]
    inner = _INNER_UNIT.fullmatch(name)
    return inner["office"] if inner else name


def _plain(mention: Mention) -> str:
    return mention.canonical or mention.text
