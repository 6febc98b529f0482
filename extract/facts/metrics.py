"""The metrics of a bulletin: which figures it reports, of what, whose, for when, and as part of which total.

Notes for a newcomer. Each sentence with figures is read as words (`phrases`) from left to right. For every figure that
passes the gate (`gate`), the words before it and, where it stands before its noun, those after it are peeled to a name
(`indicators`), and become a draft (`drafts`). What has been said before supplies what the clause leaves out: the deed
that a list shares, the indicator that a comparison refers to, the total that a part belongs to (`breakdown`). Subjects
and periods are looked up in the scopes.
"""

import datetime as dt

from spacy.tokens import Doc

from extract.facts.breakdown import Draft
from extract.facts.drafts import SentenceReader
from extract.facts.phrases import Reader
from extract.layers import Layers
from schemas import Metric

# How many metrics back 其中 and 同比增长 at the head of a sentence may refer to.
_MEMORY = 6


def find_metrics(doc: Doc, layers: Layers) -> list[Metric]:
    """The metrics of the bulletin in order of their figures; offsets are view offsets.

    Args:
        doc: the Doc over the view's text, for its words.
        layers: quantities, times, mentions, sentences and scopes.
    """
    if not layers.quantities:
        return []
    reader = Reader(doc, layers)
    metrics: list[Metric] = []
    before: list[Draft] = []
    starts = [q.start for q in layers.quantities]
    index = 0
    for sentence in layers.sentences:
        while index < len(starts) and starts[index] < sentence[0]:
            index += 1
        if index == len(starts):
            break
        if starts[index] >= sentence[1] or sentence[1] <= layers.head.body:
            continue
        drafts = SentenceReader(layers.view.text, sentence, reader.read(sentence), before).drafts()
        metrics += [_metric(draft, layers) for draft in drafts]
        before = [*before, *drafts][-_MEMORY:]
    return metrics


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
        name=draft.name,
        subject=subject,
        from_date=period[0],
        to_date=period[1],
        part_of=(draft.part_of.start, draft.part_of.end) if draft.part_of else None,
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
