"""The activities of a bulletin: something concrete that someone did at some time."""

from spacy.tokens import Doc

from extract.facts.activity_act import Act
from extract.facts.activity_clauses import acts
from extract.facts.activity_reading import Reading
from extract.facts.activity_roles import with_roles
from extract.facts.activity_triggers import reporting_clauses
from extract.layers import Layers
from schemas import Activity


def find_activities(doc: Doc, layers: Layers) -> list[Activity]:
    """The activities that the bulletin reports, in the order of the text; one told twice is listed once.

    Args:
        doc: jieba's words over the view's text.
        layers: the layers below; offsets in and out are view offsets.
    """
    reading = Reading(doc, layers)
    told: list[Act] = []
    for clause in reporting_clauses(reading):
        if told and told[-1].clause.sentence == clause.sentence:
            clause = clause._replace(goes_on=True)
        told += acts(reading, clause)
    activities: list[Activity] = []
    for act in _distinct(told):
        activities.append(with_roles(reading, act, activities))
    return activities


def _distinct(told: list[Act]) -> list[Act]:
    """Each event once: a headline sums up what the body tells, and counts only where the body tells nothing."""
    return [act for act in told if not act.clause.headline] or told
