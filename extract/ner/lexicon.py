"""One pass of Aho-Corasick over the text: every lexicon entry that the entity rules look for, with what it is.

Notes for a newcomer. An entry may be several things at once (检察院 is an office that touches its place and the ending
of a longer name), so each carries a set of flags. Nothing is decided here: the rules ask which entries begin or end
at an offset.
"""

import re
from collections import Counter
from functools import cache
from itertools import chain, permutations
from typing import Any, NamedTuple

import ahocorasick

from extract.data import load_rows, load_toml


class Flag:
    """What a lexicon entry is: bits of one int (enum.IntFlag is too slow for a test per hit)."""

    PROVINCE = 1
    CITY = 2
    COUNTY = 4
    COUNTRY = 8
    SHORT = 16  # the short form of a division
    DOUBTFUL = 32  # also an ordinary word, or known only as part of a city
    REGION = 64
    CENTRAL = 128  # a complete name of a central body
    OFFICE = 256  # a department: needs a place or a level before it
    TOUCHING = 512  # a short office: needs the place or level right before it
    PROPER = 1024  # ending of a name that may stand without place or level
    ENDING = 2048  # ending of an office name
    UNIT = 4096  # ending of an inner unit
    DEPARTMENT = 8192  # one of the known departments, complete by itself after a level
    TITLE = 16384  # stands before or after a person's name


DIVISION = Flag.PROVINCE | Flag.CITY | Flag.COUNTY | Flag.COUNTRY
HEAD = Flag.OFFICE | Flag.TOUCHING | Flag.PROPER | Flag.ENDING | Flag.UNIT
# What few hits are beside the ending of an office.
_MORE = DIVISION | Flag.REGION | Flag.CENTRAL | Flag.TITLE
# No entry has anything else in it, but for the titles that end in a bracket (讯（).
_HAN = re.compile("[一-鿿]+（?")
_LEVELS = {"1": Flag.PROVINCE, "2": Flag.CITY, "3": Flag.COUNTY}


class Hit(NamedTuple):
    """An entry found at `[start, end)`."""

    start: int
    end: int
    flags: int


class Scan(NamedTuple):
    """All hits of one text: `divisions`, `central` and `titles` (no two of which overlap) by start, `heads` by end."""

    divisions: list[Hit]
    regions: list[Hit]
    central: list[Hit]
    heads: list[Hit]
    titles: list[Hit]


class Division(NamedTuple):
    """A division of the list: its full name, level flag and the full name of what it belongs to ("" at the top)."""

    name: str
    level: int
    parent: str


@cache
def divisions() -> tuple[dict[str, Division], dict[str, tuple[Division, ...]]]:
    """The divisions by full name (the first of a name counts), and by short form (all that share it)."""
    full: dict[str, Division] = {}
    short: dict[str, tuple[Division, ...]] = {}
    above = {"1": "", "2": ""}
    for level, name, *rest in load_rows("ner/data/divisions.tsv"):
        parent = "" if level == "1" else above["1"] if level == "2" else above["2"] or above["1"]
        if level != "3":
            above[level] = "" if name == "-" else name
            if level == "1":
                above["2"] = ""
        if name == "-":
            continue
        division = Division(name, _LEVELS[level], parent)
        full.setdefault(name, division)
        if rest and "自治" in name and level != "1":
            # 恩施州, 靖州县: what everyone calls an autonomous prefecture or county.
            full.setdefault(rest[0] + name[-1], Division(rest[0] + name[-1], _LEVELS[level], parent))
        if rest:
            short[rest[0]] = (*short.get(rest[0], ()), division)
    return full, short


@cache
def _by_name() -> dict[str, tuple[Division, ...]]:
    found: dict[str, tuple[Division, ...]] = {}
    above = {"1": "", "2": ""}
    for level, name, *_ in load_rows("ner/data/divisions.tsv"):
        if level != "3":
            above[level] = "" if name == "-" else name
        found[name] = (*found.get(name, ()), Division(name, _LEVELS[level], above["2"] or above["1"]))
    return found


def namesakes(name: str) -> tuple[Division, ...]:
    """All divisions whose full name is `name` (several cities have a 城区)."""
    return _by_name().get(name, ())


@cache
def _automaton() -> Any:
    entries: dict[str, int] = {}

    def add(word: str, flags: int) -> None:
        entries[word] = entries.get(word, 0) | flags

    places = load_toml("ner/data/places.toml")
    offices = load_toml("ner/data/offices.toml")
    full, short = divisions()
    generic, ordinary = set(places["words"]["generic_full"]), set(places["words"]["ordinary_short"])
    for name, division in full.items():
        add(name, division.level | (Flag.DOUBTFUL if name in generic or len(name) == 2 else 0))
    for name, owners in short.items():
        if name in full:
            continue
        # A district is seldom called by its bare name outside its city; a county or a city often is.
        known = any(o.level != Flag.COUNTY or not o.name.endswith("区") for o in owners)
        doubtful = name in ordinary and not any(o.level == Flag.PROVINCE for o in owners)
        add(name, min(o.level for o in owners) | Flag.SHORT | (0 if known and not doubtful else Flag.DOUBTFUL))
    for name in places["divisions"]:
        add(name, Flag.COUNTRY)
    for name in places["cities_abroad"]:
        add(name, Flag.CITY)
    for name in places["other_names"]:
        add(name, Flag.COUNTY)
    for name in places["regions"]:
        add(name, Flag.REGION | (Flag.DOUBTFUL if name in places["doubtful_regions"] else 0))
    for group in offices["departments"]:
        for stem in group["stems"]:
            for ending in group["endings"]:
                add(stem + ending, Flag.OFFICE | Flag.DEPARTMENT)
    pairs = offices["pairs"]
    for one, other in permutations(pairs["stems"], 2):
        for ending in pairs["endings"]:
            add(one + other + ending, Flag.OFFICE | Flag.DEPARTMENT)
    for name in offices["short"]["touching"]:
        add(name, Flag.TOUCHING)
    for name in offices["central"]["names"]:
        add(name, Flag.CENTRAL)
    for key, flag in (("proper", Flag.PROPER), ("office", Flag.ENDING), ("unit", Flag.UNIT)):
        for name in offices["heads"][key]:
            add(name, flag)
    for name in load_toml("ner/data/persons.toml")["titles"]:
        add(name, Flag.TITLE)
    automaton = ahocorasick.Automaton()
    # It asks the first characters one after the other in the order of their coming.
    beginning = Counter(word[0] for word in entries)
    for word, flags in sorted(entries.items(), key=lambda entry: -beginning[entry[0][0]]):
        automaton.add_word(word, (len(word), flags))
    automaton.make_automaton()
    return automaton


def scan(text: str) -> Scan:
    """All lexicon entries in `text`."""
    found = Scan([], [], [], [], [])
    titles: list[Hit] = []
    heads, places = found.heads.append, found.divisions.append
    make = tuple.__new__  # a third of the cost of Hit(...), and there is a hit for every second character
    automaton = _automaton()
    for last, (length, flags) in chain.from_iterable(automaton.iter(text, *run.span()) for run in _HAN.finditer(text)):
        hit = make(Hit, (last + 1 - length, last + 1, flags))
        if flags & HEAD:
            heads(hit)
        if not flags & _MORE:
            continue
        if flags & DIVISION:
            places(hit)
        if flags & Flag.REGION:
            found.regions.append(hit)
        if flags & Flag.CENTRAL:
            found.central.append(hit)
        if flags & Flag.TITLE:
            titles.append(hit)
    # The automaton gives the hits by their ends, of one end the longest first, which is the order of the heads. Whoever
    # reads from the left wants the longest entry of each start.
    found.divisions.sort(key=lambda h: (h.start, -h.end))
    found.central.sort(key=lambda h: (h.start, -h.end))
    titles.sort(key=lambda h: (h.start, -h.end))
    done = 0
    for title in titles:
        if title.start >= done:
            found.titles.append(title)
            done = title.end
    return found
