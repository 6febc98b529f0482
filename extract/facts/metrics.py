"""The metrics of a bulletin: which figures it reports, of what, whose, for when, and as part of which total.

Notes for a newcomer. Each sentence with figures is read as words (`phrases`) from left to right. For every figure that
passes the gate (`gate`), the words between it and the mark or figure before it are peeled (`indicators.Left`), and so
are the words after it where the figure stands before its noun. From these comes a `Draft`; what the sentence has said
before supplies what the clause leaves out: the deed that a list shares, the indicator that a comparison refers to, the
total that a part belongs to (`breakdown`).
"""

import datetime as dt

from spacy.tokens import Doc

from extract.facts.breakdown import Breakdown, Draft, part_name
from extract.facts.gate import gate
from extract.facts.indicators import Left, Peeler, is_separator, joined
from extract.facts.phrases import Reader, Word, lexicon
from extract.layers import Layers, Offsets
from schemas import Metric, Quantity

_PERSON_UNITS = frozenset({"人", "人次", "名", "位", "余人"})
_SELF_CONTAINED = frozenset({"money", "ratio", "area", "length", "mass", "volume", "energy", "duration", "other"})


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
        drafts = SentenceReader(doc.text, sentence, reader.read(sentence), before).drafts()
        metrics += [_metric(draft, layers) for draft in drafts]
        before = drafts
    return metrics


def _metric(draft: Draft, layers: Layers) -> Metric:
    start = draft.figure.start
    subject = draft.subject
    period: tuple[dt.date | None, dt.date | None] = (None, None)
    if layers.scopes is not None:
        subject = subject or layers.scopes.subject(start)
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


class SentenceReader:
    """Reads the metrics of one sentence.

    Args:
        text: the view's text.
        sentence: the sentence's offsets.
        words: the sentence's words.
        before: the drafts of the sentence before, to which 其中 or a comparison may refer.
    """

    def __init__(self, text: str, sentence: Offsets, words: list[Word], before: list[Draft]) -> None:
        self.text, self.sentence, self.words = text, sentence, words
        self.peeler = Peeler(lexicon())
        self.lex = lexicon()
        self.before = before
        self.found: list[Draft] = []
        self.breakdown = Breakdown()
        self.clause = 0
        """Index of the first word after the last mark."""
        self.taken = 0
        """Index of the first word that no figure has used yet."""
        self.chained = False

    def drafts(self) -> list[Draft]:
        """The sentence's drafts, in order."""
        for index, word in enumerate(self.words):
            if word.kind == "stop":
                self._stop(index)
            elif word.kind == "open":
                last = self.found[-1] if self.found else None
                self.breakdown.open_bracket(last if last and last.figure.end == word.start else None)
                self.clause = self.taken = index + 1
            elif word.kind == "shut":
                self.breakdown.close_bracket()
                self.clause = self.taken = index + 1
            elif word.text in self.lex.part_openers and word.kind == "word" and self._opens_parts(index):
                self.breakdown.want()
            elif word.figure is not None:
                self._figure(index, word.figure)
        return self.found

    # -- marks ----------------------------------------------------------------------------------------------------

    def _stop(self, index: int) -> None:
        mark = self.words[index].text
        if mark in "；;":
            self.breakdown.semicolon()
        previous = self.words[index - 1] if index else None
        if previous is not None and self.found:
            last = self.found[-1]
            if previous.text in ("中", "当中", "里") and previous.start == last.figure.end:
                self.breakdown.among(last)
        self.clause = self.taken = index + 1
        self.chained = False

    def _opens_parts(self, index: int) -> bool:
        """其中 opens parts wherever it stands; 含 and 包括 only at the head of a clause after a figure."""
        return self.words[index].text.startswith("其中") or index == self.clause

    # -- figures --------------------------------------------------------------------------------------------------

    def _clause_end(self, index: int) -> int:
        while index < len(self.words) and self.words[index].kind not in ("stop", "shut", "open"):
            index += 1
        return index

    def _figure(self, index: int, figure: Quantity) -> None:
        words = self.words
        end = self._clause_end(index)
        clause = words[self.clause].start if self.clause < index else figure.start
        stop = words[end - 1].end
        if words[index - 1].text == "每" and index:
            # 每千人口…: the figure is part of the indicator's name.
            words[index] = Word(figure.start, figure.end, figure.text, "word", "m")
            return
        before = words[self.taken : index]
        after = self._after(index, end)
        reports = gate().reports(self.text, figure, clause, self.sentence[0], stop)
        chained = bool(self.taken > self.clause and before and is_separator(before[0])) or (
            self.taken > self.clause and not before
        )
        left = self.peeler.left(before)
        self.taken = index + 1
        if not reports:
            return
        draft = self._draft(index, figure, left, before, after, end, chained)
        if draft is not None and draft.name:
            self.found.append(draft)

    def _after(self, index: int, end: int) -> list[Word]:
        """The words between the figure and the next figure or mark; a list mark before a figure ends them too."""
        stop = index + 1
        while stop < end and self.words[stop].kind != "figure":
            stop += 1
        after = self.words[index + 1 : stop]
        if stop < end:
            cut = next((i for i, w in enumerate(after) if w.kind == "list"), None)
            if cut is None and after and is_separator(after[-1]):
                cut = len(after) - 1
            if cut is not None:
                after = after[:cut]
        if after and is_separator(after[0]):
            return []
        return after

    def _draft(
        self, index: int, figure: Quantity, left: Left, before: list[Word], after: list[Word], end: int, chained: bool
    ) -> Draft | None:
        distributed = self._distributed(index, figure, left, before)
        if distributed is not None:
            return distributed
        if left.change is not None or left.share or left.start or self._exceeds(left):
            return self._comparison(index, figure, left)
        if self._noun_follows(figure, left, before, after):
            return self._with_noun(index, figure, left, before, after, end, chained)
        return self._plain(figure, left, chained)

    # -- indicator before its figure ------------------------------------------------------------------------------

    def _plain(self, figure: Quantity, left: Left, chained: bool) -> Draft | None:
        verb, noun = joined(left.verb), joined(left.noun)
        last = self.found[-1] if self.found else None
        total = self.breakdown.total_for(figure, verb, [*self.before, *self.found])
        if total is not None:
            verb, noun = part_name(left.verb, left.noun, total, figure.unit)
            if verb + noun == "":
                return None
        elif not left.words:
            if last is None or not chained:
                return None
            verb, noun = last.verb, last.noun
        elif not verb and chained and last is not None:
            # 出动检查组68个、民警412人次: the deed is shared.
            verb = last.verb
        elif verb and not noun and last is not None and figure.unit == last.figure.unit and last.kind == "plain":
            # 揪出隐患1204处，督促整改1189处: the object is shared.
            if figure.dimension == "count" and last.verb:
                noun = last.noun
        elif not verb and noun in self.lex.bare_measures:
            noun = self._thing_measured() + noun
        return Draft(figure, verb, noun, subject=left.subject, part_of=total.figure if total else None)

    def _thing_measured(self) -> str:
        return next((d.noun for d in reversed(self.found) if d.kind == "plain" and d.noun), "")

    def _base(self) -> Draft | None:
        drafts = [*self.before[-3:], *self.found]
        return next((d for d in reversed(drafts) if d.kind == "plain"), None)

    # -- comparisons and shares -----------------------------------------------------------------------------------

    def _exceeds(self, left: Left) -> bool:
        return any(w.text in self.lex.exceeds for w in left.words)

    def _comparison(self, index: int, figure: Quantity, left: Left) -> Draft | None:
        base = self._base()
        change = left.change.text if left.change is not None else ""
        own = joined(left.words)
        if left.share:
            # 占51.1%: the share of the figure before; 占总数的90%: the share of the subject.
            name = own or (base.name if base else "")
            return Draft(figure, "", name + "占比", "share", left.subject) if name else None
        if left.start:
            follows = self.words[index + 1].text if index + 1 < len(self.words) else ""
            if not own and base is None:
                return None
            name = own or (base.name if base else "")
            kind = "start" if follows in self.lex.changes or follows[:1] in "升降增减提下压缩调扩" else "plain"
            return Draft(figure, "", name, kind, left.subject)
        if not change:
            at = next(i for i, w in enumerate(left.words) if w.text in self.lex.exceeds)
            own = joined(left.words[:at])
            name = (own or (base.name if base else "")) + joined(left.words[at:])
            return Draft(figure, "", name, "change", left.subject)
        if left.to:
            name = own or self._start_name() or (base.name if base else "")
            return Draft(figure, "", name, "plain", left.subject) if name else None
        if own and not left.basis and left.verb and not left.noun:
            # 新增就业, 减少排放 and the like: deeds of their own, not comparisons.
            return Draft(figure, own, change, "plain", left.subject)
        if not own and base is None:
            return None
        prefix = "".join(w.text for w in left.basis if w.text in ("同比", "环比", "年均"))
        name = own or (base.name if base else "")
        return Draft(figure, "", name + prefix + change, "change", left.subject)

    def _start_name(self) -> str:
        last = self.found[-1] if self.found else None
        return last.name if last is not None and last.kind == "start" else ""

    # -- several figures for several indicators -------------------------------------------------------------------

    def _distributed(self, index: int, figure: Quantity, left: Left, before: list[Word]) -> Draft | None:
        return None

    # -- figure before its noun -----------------------------------------------------------------------------------

    def _noun_follows(self, figure: Quantity, left: Left, before: list[Word], after: list[Word]) -> bool:
        if not after:
            return False
        first = after[0]
        if left.preposition or not left.words:
            return True
        if first.text == "的":
            return len(after) > 1
        last = before[-1]
        if last.text == "等" or last.kind == "name":
            return True
        if self.peeler.is_verb(first) or first.tag in ("d", "p") or first.text in self.lex.prepositions:
            return figure.unit in _PERSON_UNITS and not left.verb and self.peeler.is_agent(left.words[-1])
        return not left.noun

    def _with_noun(
        self, index: int, figure: Quantity, left: Left, before: list[Word], after: list[Word], end: int, chained: bool
    ) -> Draft | None:
        attribute = after[0].text == "的"
        if attribute:
            after = after[1:]
        noun, said = self.peeler.split(after)
        self.taken = index + 1 + len(noun) + attribute
        counted = joined(noun)
        if attribute and left.words and left.words[-1].text in self.lex.bare_measures:
            return Draft(figure, "", counted + left.words[-1].text, subject=left.subject)
        deed = "" if left.preposition else joined(left.verb)
        if chained and not left.words and self.found:
            deed = self.found[-1].verb
        if deed:
            total = self.breakdown.total_for(figure, deed, [*self.before, *self.found])
            if figure.dimension == "money" and said and not counted:
                counted = joined(self.peeler.said(said))
            return Draft(figure, deed, counted, subject=left.subject, part_of=total.figure if total else None)
        total = self.breakdown.total_for(figure, "", [*self.before, *self.found])
        told = self._told(index, end, said)
        if total is not None and not told:
            verb, rest = part_name([], noun, total, figure.unit)
            return Draft(figure, verb, rest, subject=left.subject, part_of=total.figure)
        if counted in self.lex.bare_nouns and told:
            counted = ""
        if left.preposition in ("为", "给", "向") and figure.unit in _PERSON_UNITS and told:
            return Draft(figure, "", left.preposition + counted + told, subject=left.subject)
        if not (counted or told):
            return None
        return Draft(figure, told, counted, subject=left.subject, part_of=total.figure if total else None)

    def _told(self, index: int, end: int, said: list[Word]) -> str:
        """What the clause says of the noun counted; in a list (12家法院、7家看守所设立了…) it stands after the last."""
        words = said or []
        if not said:
            rest = self.words[index + 1 : end]
            figures = [i for i, w in enumerate(rest) if w.kind == "figure"]
            if figures:
                _, words = self.peeler.split(rest[figures[-1] + 1 :])
        else:
            words = self.words[self.words.index(said[0], index) : end]
        return joined(self.peeler.said(words))
