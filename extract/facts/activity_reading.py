"""What the activity rules read: one bulletin's words, the layers below indexed by offset, and the word lists."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from spacy.tokens import Doc

from extract.data import load_rows, load_toml
from extract.layers import Layers, Offsets
from extract.segment.word_index import WordIndex, words_of
from schemas import ActivityType, Mention, TimeExpression

_VERBS = "facts/data/activities_verbs.tsv"
_EVENTS = "facts/data/activities_events.tsv"
_OBJECTS = "facts/data/activities_objects.tsv"
_WORDS = "facts/data/activities.toml"


class Verb(NamedTuple):
    """One line of the verb list."""

    text: str
    role: str
    type: ActivityType | None
    options: str

    @property
    def opens(self) -> bool:
        """Whether the verb says what kind of event stands before it, whatever that is called (挂牌, 通车)."""
        return self.role == "happen" and (self.type == "establishment" or "g" in self.options)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The data files in the form in which the rules use them."""

    verbs: dict[str, Verb]
    openings: frozenset[str]
    pairs: frozenset[str]
    compound_openings: frozenset[str]
    compound_sizes: tuple[int, ...]
    objects: dict[str, list[tuple[re.Pattern[str], ActivityType]]]
    events: dict[str, ActivityType | None]
    no_events: frozenset[str]
    event_closes: frozenset[str]
    longest_event: int
    words: dict[str, frozenset[str]]
    enders: frozenset[str]
    doers: tuple[str, ...]
    heads: tuple[str, ...]
    papers: tuple[str, ...]
    wishes: tuple[str, ...]
    bodies: tuple[str, ...]
    institutions: tuple[str, ...]
    agreements: tuple[str, ...]
    honours: re.Pattern[str]
    purpose: re.Pattern[str]
    claims: re.Pattern[str]
    plan_heading: re.Pattern[str]
    planned: re.Pattern[str]
    future: re.Pattern[str]

    def compound(self, text: str, start: int) -> Verb | None:
        """The longest verb of two or more words (立案侦查) at `start`, or None."""
        return next((v for size in self.compound_sizes if (v := self.verbs.get(text[start : start + size]))), None)

    def by_object(self, verb: str, words: str) -> ActivityType | None:
        """The type that the object `words` gives to `verb`, or None."""
        return next((kind for ending, kind in self.objects.get(verb, ()) if ending.search(words)), None)

    def event(self, text: str) -> str | None:
        """The longest ending of `text` that names an event or is a bare head (活动), or None."""
        if text[-1:] not in self.event_closes:
            return None
        for length in range(min(self.longest_event, len(text)), 0, -1):
            ending = text[-length:]
            if ending in self.events:
                return ending
            if ending in self.no_events:
                return None
        return None


@cache
def lexicon() -> Lexicon:
    """The activity lexicon, read once."""
    words: dict[str, list[str]] = {**load_toml(_WORDS)}
    words["compounds"] = words["compounds"] + words["labels"]
    verbs = _verbs(words["complements"])
    endings = {noun: kind for noun, kind in load_rows(_EVENTS)}  # noqa: C416  (rows are tuples of any length)
    events = {noun: None if kind == "-" else kind for noun, kind in endings.items() if kind != "!"}
    return Lexicon(
        verbs=verbs,
        openings=frozenset(verb[0] for verb in verbs),
        pairs=frozenset(verb[:2] for verb in verbs if len(verb) > 1),
        compound_openings=frozenset(verb[:2] for verb in verbs if len(verb) > 2),
        compound_sizes=tuple(sorted({len(verb) for verb in verbs if len(verb) > 2}, reverse=True)),
        objects=_objects(),
        events=events,  # type: ignore[arg-type]
        no_events=frozenset(noun for noun, kind in endings.items() if kind == "!"),
        event_closes=frozenset(noun[-1] for noun in events),
        longest_event=max(map(len, events)),
        words={name: frozenset(entries) for name, entries in words.items()},
        enders=frozenset(words["soft"]) | (frozenset(words["adverbs"]) - frozenset(words["inner_adverbs"])),
        doers=tuple(words["doers"]),
        heads=(*words["bodies"], *words["institutions"], "》", "”"),
        papers=tuple(words["papers"]),
        wishes=tuple(words["wishes"]),
        bodies=tuple(words["bodies"]),
        institutions=tuple(words["institutions"]),
        agreements=tuple(words["agreements"]),
        honours=re.compile("|".join(words["honours"])),
        purpose=re.compile(f"(?:为了?|旨在|以便|用于|便于)(?:{'|'.join(words['purposes'])})"),
        claims=re.compile("|".join(words["claims"])),
        plan_heading=re.compile("|".join(words["plan_headings"])),
        planned=re.compile("|".join(words["plan_openings"])),
        # 将 + adverb or verb looks ahead; 将 + noun is 把 (将结果通报至…).
        future=re.compile(f"将(?=[于在以会对为与从再]|{'|'.join(words['after_future'])})|下一?步(?!骤)|接下来"),
    )


def _objects() -> dict[str, list[tuple[re.Pattern[str], ActivityType]]]:
    """How the objects that decide on a verb's type end, by verb."""
    objects: dict[str, list[tuple[re.Pattern[str], ActivityType]]] = {}
    for verb, ending, kind in load_rows(_OBJECTS):
        objects.setdefault(verb, []).append((re.compile(f"(?:{ending})》?(?:（[^（）]*）)?$"), kind))  # type: ignore[arg-type]
    return objects


def _verbs(complements: list[str]) -> dict[str, Verb]:
    """The verb list by verb, with the complemented forms of those that end in ~."""
    verbs: dict[str, Verb] = {}
    for verb, role, kind, *options in load_rows(_VERBS):
        stem = verb.removesuffix("~")
        for form in (verb,) if stem == verb else (stem + complement for complement in complements):
            line = Verb(form, role, None if kind == "-" else kind, "".join(options))  # type: ignore[arg-type]
            if stem == verb:
                verbs[form] = line
            else:
                verbs.setdefault(form, line)
    return verbs


def _cut(text: str, index: WordIndex, ends: list[int]) -> tuple[list[int], list[str]]:
    """The words of `index` with those cut in which a mention ends: 市交通运输|局约|谈 is …局|约|谈."""
    starts, words = index.starts, index.words
    at = {end: bisect_right(starts, end) - 1 for end in ends}
    inside = [end for end, word in at.items() if starts[word] < end < index.ends[word]]
    if inside:
        starts, words = [*starts], [*words]
    # From the last on, so that the indices of those before it stay right.
    for end in sorted(inside, reverse=True):
        word = at[end]
        words[word : word + 1] = [text[starts[word] : end], text[end : starts[word] + len(words[word])]]
        starts.insert(word + 1, end)
    return starts, words


class Reading:
    """One bulletin as the activity rules read it. All offsets are view offsets, ends are exclusive."""

    def __init__(self, doc: Doc, layers: Layers) -> None:
        self.text = layers.view.text
        self.plain = layers.view.plain
        self.layers = layers
        index = words_of(doc, layers)
        self.mentions: list[Mention] = sorted(layers.mentions, key=lambda m: m.start)
        self.starts, self.words = _cut(self.text, index, [m.end for m in self.mentions])
        self.quantity_from = {q.start: q.end for q in layers.quantities}
        self.quantity_to = {q.end: q.start for q in layers.quantities}
        self._mention_starts = [m.start for m in self.mentions]
        self._quantities = sorted(self.quantity_from)
        self._times = sorted(layers.times, key=lambda t: t.start)
        self._time_starts = [t.start for t in self._times]

    def mentions_in(self, start: int, end: int) -> list[Mention]:
        """The mentions that begin in `[start, end)`."""
        return self.mentions[bisect_left(self._mention_starts, start) : bisect_left(self._mention_starts, end)]

    def mention_ending(self, end: int) -> Mention | None:
        """The mention that ends at `end`."""
        at = bisect_left(self._mention_starts, end) - 1
        return self.mentions[at] if at >= 0 and self.mentions[at].end == end else None

    def inside_mention(self, offset: int) -> bool:
        """Whether `offset` lies in a named body, place or person (派出所 is no 派出)."""
        at = bisect_right(self._mention_starts, offset) - 1
        return at >= 0 and self.mentions[at].end > offset and self.mentions[at].type != "PROGRAM"

    def times_in(self, start: int, end: int) -> list[TimeExpression]:
        """The calendar expressions that begin in `[start, end)`."""
        return self._times[bisect_left(self._time_starts, start) : bisect_left(self._time_starts, end)]

    def quantities_in(self, start: int, end: int) -> list[Offsets]:
        """The quantities that begin in `[start, end)`."""
        at = bisect_left(self._quantities, start), bisect_left(self._quantities, end)
        return [(q, self.quantity_from[q]) for q in self._quantities[at[0] : at[1]]]

    def count_quantities(self, start: int, end: int) -> int:
        """How many quantities begin in `[start, end)`."""
        return bisect_left(self._quantities, end) - bisect_left(self._quantities, start)

    def word_at(self, offset: int) -> int:
        """The index of the word that holds `offset`."""
        return bisect_right(self.starts, offset) - 1


def name_of(mention: Mention) -> str:
    """The canonical name of `mention`, else its own words."""
    return mention.canonical or mention.text


def is_day(time: TimeExpression) -> bool:
    """Whether `time` is one day, resolved or not (6月12日 in a text without a year)."""
    return time.from_date == time.to_date and (time.from_date is not None or time.text.endswith(("日", "号")))
