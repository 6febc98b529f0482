"""The bulletin's own place and office: what 我市, 全区, 该局 and a bare 市司法局 point at.

Notes for a newcomer. Nobody writes "this bulletin is about 兰溪市"; it shows. Every division named in the headline, the
publisher, the first sentence, the credits and the mentions casts a vote, weighted by how telling its place is. Then
the level that the text itself speaks of (全市, 市司法局 → a 市) decides which of the divisions is meant: a county's
bulletin names its city too. The office is found likewise: publisher, headline, opening, signature, frequency.
"""

import re
from collections import Counter
from collections.abc import Iterable

from extract.facts.head_names import is_media, is_office
from extract.facts.own_place import NATION, Ballot
from extract.facts.places import branch_of, divisions_of
from extract.layers import Context, Layers
from extract.ner.abbreviations import FullNames
from extract.ner.gazetteer import official, owners_of, parents
from schemas import Mention

_TITLES = re.compile(r"[《“]([一-鿿]{4,12})")
# 某市公安局新闻中心 speaks for the bureau.
_OFFICE = (
    "(?:局|厅|支队|大队|总队|检察院|法院|联合会|委员会|学院|大学|医院|公司|海关|妇联|残联|总工会|办事处"
    "|协会|学会|商会|中学|小学|学校)"
)
_INNER_UNIT = re.compile(
    rf"(?P<whole>.{{3,}}{_OFFICE})(?:办公室|秘书处|党[组委])"
    rf"|(?P<office>.{{3,}}?{_OFFICE})(?:党委)?(?:(?!局)[一-鿿]){{2,14}}?(?:处|科|室|股|部|新闻中心)"
)
_SEVERAL = re.compile(r"[一-鿿]{2,6}[省市区县州旗](?:等|、)")
_BRANCH = re.compile(r"(?<=..)(?:消防|公安|税务|交警|检察|司法|边检|法院)$")
# 大寨村 | 村民委员会
_VILLAGE = re.compile(r"(?:.*[镇乡])?(.{1,6}?村)(?:村民委员会|村委会|党支部|党总支|党委)")
_LEADERS = re.compile(r"(?:委|政府|人大|人大常委会|政协)$")
_BEHIND = re.compile(r"(?:按照|根据|遵照|依照|依据|按|据|家住|住在|来自|老家在?)$")
_POST = re.compile(r"(?:原|党组|党委)?(?:副|常务副)?(?:书记|主席|主任|[省市州县区旗镇乡]长|常委|委员|秘书长|领导)")
_DATELINE = re.compile(r" ?(?:\d{1,2}月)?\d{1,2}日 ?(?:电|讯|消息)")

_IN_HEADLINE, _IN_PUBLISHER, _IN_OPENING, _IN_CREDIT, _IN_ACCOUNT, _ELSEWHERE = 6, 8, 5, 4, 3, 1

# Lists of hundreds of offices hold none that is the bulletin's own.
_MOST_OFFICES = 200


def find_context(layers: Layers) -> Context:
    """Whom and where the bulletin is about, in full names; None where the bulletin does not show it.

    Reads the head, the sentences and the mentions (their canonical names are not needed).
    """
    names = [m for m in layers.mentions if m.type in ("ORG", "PLACE")]
    ballot, offices = _votes(layers, names)
    offices_named = [m.text for m in names if m.type == "ORG"]
    place = ballot.place(layers.view.text, layers.head.title or "", offices_named)
    return Context(place=place, office=_office(offices, None if place == NATION else place))


def in_full(layers: Layers) -> Context:
    """The context of `layers` with the office's canonical name, which the mentions know once they are resolved."""
    context = layers.context
    if context.office is None:
        return context
    named = {m.text: m.canonical or m.text for m in layers.mentions if m.type == "ORG"}
    # An office known by an inner unit only (某市市场监管局办公室) is no mention itself.
    office = named.get(context.office) or FullNames(named.values()).of(context.office)
    return Context(place=context.place, office=office)


def _votes(layers: Layers, names: list[Mention]) -> tuple[Ballot, Counter[str]]:
    """Votes for divisions and for offices."""
    head = layers.head
    ballot = Ballot()
    offices: Counter[str] = Counter()
    opening = next((s for s in layers.sentences if s[0] >= head.body), (0, 0))
    house = head.publisher or ""
    begin = opening[0] + (len(house) if layers.view.text.startswith(house, opening[0]) else 0)
    seen_in_opening = False
    for mention in names:
        name = _plain(mention)
        weight = _ELSEWHERE
        if _in_headline(layers, mention.start):
            # 某区等三个区…: several that are told of, none of them the bulletin's own.
            weight = _ELSEWHERE if layers.view.text.startswith(("等", "、"), mention.end) else _IN_HEADLINE
            if head.title_span and head.title_span[0] == mention.start and mention.type == "PLACE":
                ballot.headed(name)
        elif opening[0] <= mention.start < begin or _DATELINE.match(layers.view.text, mention.end) or is_media(name):
            # 新华社北京5月6日电 says who wrote the report and where, 云上某市报道 who put it out.
            pass
        elif _in_passing(layers.view.text, mention):
            pass
        elif opening[0] <= mention.start < opening[1] and not seen_in_opening:
            # The opening's first name is its subject more often than not.
            weight, seen_in_opening = _IN_OPENING, True
            if mention.type == "PLACE" and not name.endswith("村"):
                # A village is where a story opens, not what it is about.
                ballot.headed(name)
        if mention.type == "ORG" and not is_media(name):
            offices[name] += weight
        ballot.name(name, weight)
    for text, weight in _credits(layers):
        if is_media(text):
            ballot.name(text, 1)
        elif not is_office(text):
            ballot.account(text, _IN_ACCOUNT)
        else:
            ballot.name(text, weight)
            offices[text] += weight
            if village := _VILLAGE.match(text):
                ballot.headed(village[1])
    for title in _TITLES.finditer(layers.view.text):
        # 《某市文物防火措施》, “某市法律援助绿卡” names its place even where the text only says 全市.
        ballot.full_name(title[1], _ELSEWHERE)
    if head.title:
        ballot.name(head.title, _ELSEWHERE if _SEVERAL.match(head.title) else _IN_HEADLINE)
    return ballot, offices


def _in_passing(text: str, mention: Mention) -> bool:
    """Whether the name says by whose arrangement (按照市局部署), whose leader (某县委常委), where from (家住某镇)."""
    leads = mention.type == "ORG" and _LEADERS.search(mention.text) and _POST.match(text, mention.end)
    return bool(leads or _BEHIND.search(text, max(0, mention.start - 3), mention.start))


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


def _office(offices: Counter[str], place: str | None) -> str | None:
    if not offices:
        return None
    # Short and full forms of one office vote together, for the full one.
    told = offices.most_common(_MOST_OFFICES)
    full = sorted((name for name, _ in told), key=len, reverse=True)
    totals: Counter[str] = Counter()
    for name, votes in told:
        if place and not _is_of(name, place) and not (votes >= _IN_PUBLISHER and _is_above(name, place)):
            # An office of another place is not the bulletin's own, however often it is named; but a city's may put out
            # what it has found in one of its counties.
            continue
        branch = _BRANCH.search(name)
        longest = next((f for f in full if f != name and (f.endswith(name) or (branch and _has(branch, f)))), name)
        totals[longest] += votes
    if not totals:
        return None
    name, votes = max(totals.items(), key=lambda item: (item[1], len(item[0])))
    # The head shows it, or it is an office of the bulletin's own place and named more than in passing.
    local = place is not None and (name[0] == place[-1] or official(place) in map(official, divisions_of(name)))
    if votes < (2 if local else _IN_CREDIT):
        return None
    if place and name[0] == place[-1] and len(name) >= 4:
        name = place + name[1:]
    inner = _INNER_UNIT.fullmatch(name)
    return inner["whole"] or inner["office"] if inner else name


def _has(branch: re.Match[str], office: str) -> bool:
    """Whether a name that ends in `branch` means `office` by place and branch: 自贡消防 for 自贡市消防救援支队."""
    return office.startswith(branch.string[: branch.start()]) and branch[0] in office


def _is_of(name: str, place: str) -> bool:
    """Whether the office `name` may be one of `place`: it names no other division, or a branch of this one."""
    divisions = divisions_of(name)
    branch = branch_of(name)
    # 池州市生态环境局青阳县分局
    return not divisions or place in name or official(place) in {*map(official, divisions), *owners_of(branch or "")}


def _is_above(name: str, place: str) -> bool:
    """Whether the office `name` is one of what `place` belongs to."""
    divisions = divisions_of(name)
    return bool(divisions) and official(divisions[-1]) in parents(official(place))


def _plain(mention: Mention) -> str:
    return mention.canonical or mention.text
