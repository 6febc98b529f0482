"""The documents of a bulletin: one item per distinct document, whatever forms its title takes in the text."""

import re
from dataclasses import dataclass, field

from extract.facts.governing import ACTIONS, Reading, Surroundings
from extract.facts.places import divisions_of
from extract.facts.titles import Title, find_titles, kind_of_title, loose_numbers, number_line, unmarked_titles
from extract.layers import Layers, Offsets
from schemas import DocumentAction, DocumentKind, PolicyDocument

_COUNTRY = re.compile(r"^中华人民共和国")
_REMARK = re.compile(
    r"[（(](?:试行|暂行|修订|修正|草案|征求意见稿|修订草案|讨论稿|送审稿|20\d\d年?(?:版|修订|修正)?)[)）]$"
)
# 《办法》, 《实施方案》: a short form of a title named before, never a title of its own where there is one.
_SHORT_FORM = 5
_STOP = re.compile(r"[。！？\n]")
_LOOK_BACK = 60
_NEAR = 60


@dataclass(slots=True)
class _Entry:
    """A document in the making."""

    title: str
    kind: DocumentKind | None
    number: str | None = None
    alias: str | None = None
    mentions: list[Offsets] = field(default_factory=list)
    action: DocumentAction = "cited"
    issuers: tuple[str, ...] = ()

    def add(self, title: Title, reading: Reading) -> None:
        """Take in one more occurrence."""
        self.mentions.append((title.start, title.end))
        self.kind = self.kind or reading.kind
        self.number = self.number or title.number
        self.alias = self.alias or title.alias
        stronger = ACTIONS.index(reading.action) < ACTIONS.index(self.action)
        if reading.issuers and (stronger or not self.issuers):
            self.issuers = reading.issuers
        if stronger:
            self.action = reading.action


def find_documents(layers: Layers) -> list[PolicyDocument]:
    """The distinct documents, in the order in which the text first names them.

    Reads the view, clauses, mentions and scopes. Short and full titles, an alias (以下简称《办法》) and a law's name
    with and without 中华人民共和国 are one document under its fullest title; a law named again without 《》 counts as
    a mention of it.
    """
    titles = find_titles(layers.view)
    titles = sorted([*titles, *unmarked_titles(layers.view, titles)], key=lambda t: t.start)
    titles = sorted([*titles, *loose_numbers(layers.view, titles)], key=lambda t: t.start)
    entries: list[_Entry] = []
    known: dict[str, _Entry] = {}
    for title, reading in zip(titles, Surroundings(layers).read(titles) if titles else [], strict=True):
        entry = _same(title, reading, entries, known, layers.view.text)
        if entry is None:
            entry = _Entry(title.title, reading.kind)
            entries.append(entry)
        elif _is_fuller(title.title, entry):
            entry.title = title.title
        entry.add(title, reading)
        known[_norm(title.title)] = entry
        if title.alias:
            known[title.alias] = entry
    _number_of_headline(layers, entries)
    _add_bare_laws(layers.view.text, entries)
    entries.sort(key=lambda e: e.mentions[0])
    return [
        PolicyDocument(
            title=e.title,
            kind=e.kind or "other",
            number=e.number,
            issuers=e.issuers,
            action=e.action,
            alias=e.alias,
            mentions=tuple(sorted(e.mentions)),
        )
        for e in entries
    ]


def _norm(title: str) -> str:
    return _REMARK.sub("", _COUNTRY.sub("", "".join(title.split())))


def _same(named: Title, reading: Reading, entries: list[_Entry], known: dict[str, _Entry], text: str) -> _Entry | None:
    """The entry that `named` is of as well: by its full name or alias, else the nearest before it that it shortens."""
    title = named.title
    norm = _norm(title)
    if norm in known:
        return known[norm]
    kind = kind_of_title(norm)
    for entry in reversed(entries[-_LOOK_BACK:]):
        other = _norm(entry.title)
        if kind and other.endswith(norm) and len(norm) <= (2 if entry.kind == "law" else _SHORT_FORM):
            return entry
        # 《…实施方案》 under its full and its shortened title; laws of different makers end alike and stay apart.
        if entry.kind != "law" and _shortened(norm, other) and not _is_others(named, reading, entry, text):
            return entry
    return None


def _is_others(named: Title, reading: Reading, entry: _Entry, text: str) -> bool:
    """Whether two titles that end alike are of two makers: 国务院《养老规划》、《某省养老规划》."""
    if len(named.title) > len(entry.title):
        return _STOP.search(text, entry.mentions[-1][1], named.start) is None
    place = divisions_of(entry.title)
    return bool(reading.issuers and place) and not any(place[0] in name for name in reading.issuers)


def _shortened(a: str, b: str) -> bool:
    short, long = sorted((a, b), key=len)
    return len(short) >= 8 and long.endswith(short) and len(long) - len(short) <= 20


def _is_fuller(title: str, entry: _Entry) -> bool:
    return len(title) > len(entry.title) and _norm(title).endswith(_norm(entry.title))


def _number_of_headline(layers: Layers, entries: list[_Entry]) -> None:
    """A notice that issues 《…》 in its headline has the document's number on the line after or before it."""
    span = layers.head.title_span
    if span is None:
        return
    text = layers.view.text
    before = text[max(0, span[0] - _NEAR) : span[0]].split()[-1:]
    after = text[span[1] : span[1] + _NEAR].split()[:1]
    number = next((n for line in (*after, *before) if (n := number_line(line))), None)
    for entry in entries:
        if entry.number is None and span[0] <= entry.mentions[0][0] < span[1]:
            entry.number = number


def _add_bare_laws(text: str, entries: list[_Entry]) -> None:
    """A law's later mentions without 《》 (法律援助法的知晓率)."""
    for entry in entries[:_LOOK_BACK]:
        name = _norm(entry.title)
        if entry.kind != "law" or len(name) < 4:
            continue
        taken = sorted(entry.mentions)
        at = text.find(name)
        while at >= 0:
            end = at + len(name)
            if not any(s <= at < e for s, e in taken) and not (text[at - 1 : at] in "《〈国" and at > 0):
                entry.mentions.append((at, end))
            at = text.find(name, end)
