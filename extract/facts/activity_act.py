"""An activity before its roles are known."""

from dataclasses import dataclass

from extract.facts.activity_reading import Reading, Verb
from extract.facts.activity_triggers import Clause, Hit
from extract.layers import Offsets
from schemas import ActivityType


@dataclass(frozen=True, slots=True)
class Act:
    """An activity before its roles: trigger, type, name in the bulletin's words, the span of that name, the clause.

    `name` holds more than `named` where the object stands in two places (对食堂…专项检查).
    """

    trigger: Offsets
    verb: Verb
    type: ActivityType
    name: str
    named: Offsets
    clause: Clause


def told(reading: Reading, clause: Clause, hit: Hit, kind: ActivityType | None, named: Offsets) -> Act | None:
    """The activity of `hit` named by the words at `named`; None where it has no type."""
    if kind is None:
        return None
    return Act((hit.start, hit.end), hit.verb, kind, reading.plain[named[0] : named[1]], named, clause)
