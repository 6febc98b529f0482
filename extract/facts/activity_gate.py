"""How likely a verb tells of an activity, by a linear scorer over what stands around it.

Notes for a newcomer. Whether 培训农民2140人 is the deed of one day or a line of statistics, no single mark tells: the
verb, its object, who acts, the time and how many figures stand around it speak for or against it. Each such feature has
a weight, learned from labelled bulletins (`bench/learn_activities.py`). The rules propose; what they propose is dropped
where the scorer is sure that it is none, and what they pass over is taken where it is sure that it is one.
"""

import math
from collections.abc import Iterator
from functools import cache
from itertools import repeat

from extract.data import load_rows
from extract.facts.activity_act import Act
from extract.facts.activity_counts import is_summed
from extract.facts.activity_hits import Hit
from extract.facts.activity_objects import Phrase, has_doer, place, target
from extract.facts.activity_reading import Reading, Verb, is_day, lexicon
from extract.facts.activity_triggers import Clause
from extract.facts.activity_types import has_head
from schemas import TimeExpression

# How likely an activity must be: for what the rules propose, and for what they pass over.
KEPT, TAKEN = 0.2, 0.8
# A sentence so short is a heading or a cry.
_SHORT = 26
# Sentences with more figures are as those with so many.
_MOST = 4
_CLOSED = ("。", "！", "；", "？", "”")


def likelihood(features: list[str]) -> float:
    """How likely a verb with `features` tells of an activity, from 0 to 1."""
    weights = _weights()
    return 1 / (1 + math.exp(-sum(map(weights.get, features, repeat(0.0)))))


def features_of(
    reading: Reading,
    clause: Clause,
    hit: Hit,
    later: list[Hit],
    phrase: Phrase | None,
    around: list[str],
    act: Act | None,
) -> list[str]:
    """What speaks for or against the activity of `hit`.

    Args:
        reading: the bulletin.
        clause: the clause of the trigger.
        hit: the trigger.
        later: the verbs after it in the clause.
        phrase: its object, None if it is no report.
        around: what the verbs of the clause share (`features_around`).
        act: what the rules read from it, None if they read none.
    """
    verb = hit.verb
    doer = has_doer(reading, clause, hit)
    near = reading.times_in(clause.start, hit.start)
    time = _kind_of_time(near or reading.times_in(clause.sentence[0], clause.start))
    summed = is_summed(reading, clause, hit)
    counted = phrase is not None and phrase.counted
    features = [
        *_of_verb(verb),
        *_of_clause(doer, verb.role, _kind_of_time(near), time, summed, counted),
        f"later {later[0].verb.role if later else None}",
        *around,
    ]
    features.extend(_of_act(verb, act))
    features.extend(_of_object(reading, verb.role, phrase))
    features.extend(_of_neighbours(reading, clause, hit))
    return features


def features_around(reading: Reading, clause: Clause) -> list[str]:
    """What speaks for or against all the activities of `clause`: its sentence, its figures, its place in the text."""
    text, (start, end) = reading.text, clause.sentence
    quantities = reading.count_quantities(start, end)
    clauses = text.count("，", start, end) + text.count("；", start, end) + 1
    body = reading.layers.head.body
    mentions = reading.mentions_in(start, clause.start)
    features = [
        "always",
        f"figures {min(_MOST, quantities)}",
        f"figures in clause {min(2, reading.count_quantities(clause.start, clause.end))}",
        f"density {min(_MOST, 4 * quantities // clauses)}",
        f"sentence names {'ORG' if any(m.type == 'ORG' for m in mentions) else bool(mentions)}",
        f"quarter {4 * max(0, start - body) // max(1, len(text) - body)}",
    ]
    if clause.headline:
        features.append("headline")
    if not text[max(start, end - 4) : end].rstrip().endswith(_CLOSED):
        features.append("unclosed")
    if end - start < _SHORT:
        features.append("short")
    return features


def _of_act(verb: Verb, act: Act | None) -> list[str]:
    """Whether the event stands before its verb."""
    return ["event before", f"event before {verb.role}"] if act is not None and act.named[1] <= act.trigger[0] else []


@cache
def _of_verb(verb: Verb) -> tuple[str, ...]:
    options = (f"option {option}" for option in verb.options)
    return f"verb {verb.text}", f"role {verb.role}", f"role {verb.role} {verb.type}", *options


@cache
def _of_clause(doer: bool, role: str, near: str, time: str, summed: bool, counted: bool) -> tuple[str, ...]:
    return (
        f"doer {doer}",
        f"doer {doer} {role}",
        f"clause {near}",
        f"sentence {time}",
        f"summed {summed}",
        f"summed {summed} counted {counted}",
        f"doer {doer} counted {counted}",
        f"sentence {time} counted {counted}",
        f"sentence {time} counted {counted} doer {doer}",
    )


def _of_object(reading: Reading, role: str, phrase: Phrase | None) -> Iterator[str]:
    if phrase is None:
        yield "object None"
        return
    words, lex = reading.text[phrase.start : phrase.end], lexicon()
    yield f"counted {phrase.counted}"
    yield f"counted {phrase.counted} {role}"
    if event := lex.event(words):
        yield "event"
        yield f"event {role}"
        yield f"event {event}"
    elif has_head(lex, words):
        yield "head"
    else:
        yield "headless"
        yield f"headless {role}"
    marks = {"attributive": phrase.attributive, "quoted": "“" in words, "title": "《" in words}
    yield from (name for name, holds in marks.items() if holds)
    if reading.mentions_in(phrase.start, phrase.end):
        yield "object named"
    if words in lex.words["empty"]:
        yield "object empty"


def _of_neighbours(reading: Reading, clause: Clause, hit: Hit) -> Iterator[str]:
    text = reading.text
    yield f"next {_class(text[hit.end : hit.end + 1], '了的后前中等和与及并以率会')}"
    yield f"previous {_class(text[hit.start - 1 : hit.start], '的已并被来后日月局市县区院')}"
    yield f"previous word {reading.words[hit.word - 1].strip() or 'line' if hit.word else None}"
    if hit.end in reading.quantity_from:
        yield "count next"
    if hit.start in reading.quantity_to:
        yield "count before"
    if target(reading, clause, hit):
        yield "target"
    if place(reading, clause, hit):
        yield "place"
    if hit.start - clause.start < 3:
        yield "opens clause"
    if clause.hits[0].start == hit.start:
        yield "first verb"
    if hit.start == clause.sentence[0]:
        yield "opens sentence"
    kinds = {mention.type for mention in reading.mentions_in(clause.start, hit.start)}
    yield from [f"mention {kind}" for kind in kinds] or ["mention None"]


def _class(char: str, known: str) -> str:
    """`char` itself where it says something: a mark, a digit, or one of `known`."""
    if "\u4e00" <= char <= "\u9fff":
        return char if char in known else "word"
    return "line" if char == "\n" else char


def _kind_of_time(times: list[TimeExpression]) -> str:
    """What kind of stretch the last of `times` is."""
    if not times:
        return "timeless"
    if is_day(times[-1]):
        return "day"
    first, last = times[-1].from_date, times[-1].to_date
    if first is None or last is None:
        return "open"
    days = (last - first).days
    return "days" if days < 8 else "month" if days < 32 else "long"


@cache
def _weights() -> dict[str, float]:
    return {feature: float(weight) for feature, weight in load_rows("facts/data/activity_weights.tsv")}
