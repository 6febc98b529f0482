"""The metrics of a bulletin: which figures it reports, of what, whose, for when, and as part of which total.

Notes for a newcomer. Each sentence with figures is read as words (`metric_words`) from left to right. For every figure
that passes the gate (`metric_gate`), the words before it (`metric_peel`) and, where it stands before its noun, those
after it (`metric_right`) are peeled to a name, which makes a draft (`metric_sentences`). What was told before supplies
what the clause leaves out: the deed that a list shares, the indicator that a comparison refers to
(`metric_references`, `metric_rows`, `metric_parallel`), the total that a part belongs to (`metric_parts`,
`metric_sums`). Subjects and periods are looked up in the scopes.
"""

import datetime as dt
from bisect import bisect_left

from spacy.tokens import Doc

from extract.facts.indicators import indicator_of
from extract.facts.metric_drafts import Draft, Memory
from extract.facts.metric_far_parts import fill_gaps, join_changes, join_kinds, join_shares, join_single, join_sums_far
from extract.facts.metric_parallel import complete_parallels
from extract.facts.metric_parts import Breakdown
from extract.facts.metric_sentences import SentenceReader
from extract.facts.metric_sums import join_sums
from extract.facts.metric_words import WordReader
from extract.layers import Layers
from schemas import Metric

# A line of a list ends with its figure, but for a mark or a short noun.
_LINE_END = 8


def find_metrics(doc: Doc, layers: Layers) -> list[Metric]:
    """The metrics of the bulletin in order of their figures; offsets are view offsets.

    Args:
        doc: the Doc over the view's text, for its words.
        layers: quantities, times, mentions, sentences and scopes.
    """
    if not layers.quantities:
        return []
    reader, memory = WordReader(doc, layers), Memory()
    drafts: list[Draft] = []
    paragraph: list[Draft] = []
    found: list[Draft] = []
    starts = [q.start for q in layers.quantities]
    text, last, breakdown = layers.view.text, 0, Breakdown()
    for sentence in layers.sentences:
        # The lines of a list that are not closed by a full stop go on with one another.
        goes_on = bool(paragraph) and last - paragraph[-1].figure.end <= _LINE_END and text[last - 1] not in "。！？"
        if not goes_on and text[max(last - 1, 0)] not in "；：":
            breakdown = Breakdown()
        if "\n" in text[last : sentence[0]]:
            memory.begin_paragraph(sentence[0])
            if not goes_on:
                _join(text, paragraph)
                paragraph = []
        last = sentence[1]
        index = bisect_left(starts, sentence[0])
        if index == len(starts):
            break
        if starts[index] < sentence[1] and sentence[1] > layers.head.body:
            before = found
            found = SentenceReader(text, sentence, reader.read(sentence), memory, breakdown).drafts()
            join_kinds(before, found)
            drafts += found
            paragraph += found
        elif text.startswith("其中", sentence[0]):
            # 其中： on a line of its own
            breakdown.want(sentence[0])
    _join(text, paragraph)
    join_sums_far(drafts)
    return [_metric(draft, layers) for draft in drafts]


def _join(text: str, paragraph: list[Draft]) -> None:
    """Find the parts of a paragraph that its totals do not announce, and complete the names that lists leave short."""
    join_sums(paragraph)
    join_shares(paragraph)
    join_single(text, paragraph)
    fill_gaps(paragraph)
    join_changes(paragraph)
    complete_parallels(paragraph)


def _metric(draft: Draft, layers: Layers) -> Metric:
    start = draft.figure.start
    subject = None
    period: tuple[dt.date | None, dt.date | None] = (None, None)
    if layers.scopes is not None:
        subject = _listed_doers(draft, layers) or layers.scopes.subject(start)
        if draft.kind != "start":
            period = layers.scopes.period(start)
    return Metric(
        quantity=(draft.figure.start, draft.figure.end),
        name=draft.whole_name,
        subject=subject,
        from_date=period[0],
        to_date=period[1],
        part_of=(draft.part_of.start, draft.part_of.end) if draft.part_of else None,
        comparison=draft.comparison,
        indicator=indicator_of(draft.name),
    )


def _listed_doers(draft: Draft, layers: Layers) -> str | None:
    """The subject of what a list of doers did (甲局、乙院等5家单位入选…), or None where no such list stands.

    The doers are counted, not named as owners of the figure: it belongs to the subject before their list, or to the
    bulletin's own place where the list opens a sentence.
    """
    if draft.listed is None or layers.scopes is None:
        return None
    start = draft.listed
    while start > 0 and layers.view.text[start - 1] in " 共":
        start -= 1
    if start > 1 and layers.view.text[start - 1] in "，,":
        return layers.scopes.subject(start - 2)
    return layers.context.place or layers.context.office
