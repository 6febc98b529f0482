"""Names that a list leaves short, since what stands before says the rest.

Notes for a newcomer. Of parallel things the measure is said once (第一产业增加值28亿元，第二产业139亿元), and of parts
with the deed of their total the object is not said again (调处纠纷90件，甲区调处40件).
"""

from extract.facts.metric_drafts import Draft

# What two parallel things end with: 产业, 居民.
_ENDING = 2
_SHORTEST, _LONGEST = 3, 8
_MEASURE = range(2, 10)
_LONGEST_DEED = 3
_JOINS = frozenset("、和与及")
# So many figures back, and so many characters, the measure may stand.
_BACK, _FAR = 4, 80


def complete_parallels(drafts: list[Draft]) -> None:
    """Give the `drafts` of one paragraph what parallel ones before them, or their totals, say of the same."""
    by_figure = {id(draft.figure): draft for draft in drafts}
    for i, draft in enumerate(drafts):
        if draft.kind != "plain":
            continue
        total = by_figure.get(id(draft.part_of)) if draft.part_of else None
        if total is not None and draft.name and _leaves_out_object(draft, total):
            draft.verb, draft.noun = total.verb, total.noun
        elif measure := _measure_before(drafts, i):
            _extend(drafts, i, measure)


def _leaves_out_object(draft: Draft, total: Draft) -> bool:
    """Whether a part has nothing but the deed of its total; 接收投诉 of 接收投诉、举报 has its own object."""
    rest = total.name.removeprefix(draft.name)
    return (
        len(draft.name) <= _LONGEST_DEED
        and "" != rest != total.name
        and rest[0] not in _JOINS
        and total.figure.unit == draft.figure.unit
    )


def _measure_before(drafts: list[Draft], i: int) -> str:
    """The measure of the parallel thing before the `i`-th draft, "" if there is none or that draft has its own."""
    draft = drafts[i]
    length = len(draft.noun)
    if draft.verb or not _SHORTEST <= length <= _LONGEST:
        return ""
    for before in reversed(drafts[max(0, i - _BACK) : i]):
        head, measure = before.noun[:length], before.noun[length:]
        if (
            before.kind == "plain"
            and not before.verb
            and before.figure.unit == draft.figure.unit
            and draft.figure.start - before.figure.end <= _FAR
            and len(measure) in _MEASURE
            and head != draft.noun
            and not measure.startswith("每")
            and head[-_ENDING:] == draft.noun[-_ENDING:]
        ):
            return measure
    return ""


def _extend(drafts: list[Draft], i: int, measure: str) -> None:
    """Add `measure` to the name of the `i`-th draft and to those of the changes told of it."""
    short = drafts[i].noun
    drafts[i].noun = short + measure
    for j in range(i + 1, len(drafts)):
        following = drafts[j]
        if following.kind == "plain":
            break
        if following.name.startswith(short):
            following.verb, following.noun = "", short + measure + following.name[len(short) :]
