"""The activities of a bulletin: something concrete that someone did at some time."""

import difflib

from spacy.tokens import Doc

from extract.facts.activity_acts import Act, acts
from extract.facts.activity_reading import Reading
from extract.facts.activity_roles import with_roles
from extract.facts.activity_triggers import reporting_clauses
from extract.layers import Layers
from schemas import Activity

_SAME = 0.6


def find_activities(doc: Doc, layers: Layers) -> list[Activity]:
    """The activities that the bulletin reports, in the order of the text; one told twice is listed once.

    Args:
        doc: jieba's words over the view's text.
        layers: the layers below; offsets in and out are view offsets.
    """
    reading = Reading(doc, layers)
    told = [act for clause in reporting_clauses(reading) for act in acts(reading, clause)]
    activities: list[Activity] = []
    for act in _distinct(told):
        activities.append(with_roles(reading, act, activities[-1] if activities else None))
    return activities


def _distinct(told: list[Act]) -> list[Act]:
    """Each event once: the headline's activities only where the body does not tell them again."""
    body = [act for act in told if not act.clause.headline]
    headline = [
        act
        for act in told
        if act.clause.headline and not any(k.type == act.type and _similar(k.name, act.name) for k in body)
    ]
    return sorted(headline + body, key=lambda act: act.trigger)


def _similar(a: str, b: str) -> bool:
    return a in b or b in a or difflib.SequenceMatcher(None, a, b, autojunk=False).ratio() >= _SAME
