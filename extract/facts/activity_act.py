"""An activity before its roles are known."""

from dataclasses import dataclass

from extract.facts.activity_hits import Hit
from extract.facts.activity_reading import Reading, Verb
from extract.facts.activity_triggers import Clause
from extract.layers import Offsets
from schemas import ActivityType

# A count belongs to the item before it, unless it begins an item of its own or a title goes on.
_BEFORE_COUNT = "、和与及第共（《的"
_AFTER_COUNT = "、和与及以，"


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


def told(
    reading: Reading, clause: Clause, hit: Hit, kind: ActivityType | None, named: Offsets, *, amounts: bool = False
) -> Act | None:
    """The activity of `hit` named by the words at `named`, without counts unless `amounts`; None if it has no type."""
    if kind is None:
        return None
    name = reading.plain[slice(*named)] if amounts else uncounted(reading, *named).replace("\n", "")
    return Act((hit.start, hit.end), hit.verb, kind, name, named, clause)


def uncounted(reading: Reading, start: int, end: int) -> str:
    """The words from `start` to `end` without the counts that follow its items: 帐篷200顶、棉被30床 → 帐篷、棉被."""
    text, plain, words, at = reading.text, reading.plain, "", start
    for count, after in reading.quantities_in(start + 1, end):
        follows = text[count - 1] not in _BEFORE_COUNT and (after == end or text[after] in _AFTER_COUNT)
        if follows and after <= end and text.count("“", start, count) == text.count("”", start, count):
            words += plain[at:count]
            at = after
    return words + plain[at:end]
