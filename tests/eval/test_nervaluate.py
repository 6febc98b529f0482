"""Scores of mentions are those of nervaluate, the field's usual scorer."""

from pathlib import Path
from typing import Any

import pytest
from eval_support import TEXT
from hypothesis import given
from hypothesis import strategies as st
from nervaluate import Evaluator

from corpus.gold import load_gold
from eval import Counts, score
from extract.pipeline import Extractor
from schemas import Record
from schemas.record import ENTITY_TYPES

Spans = list[tuple[int, int, str]]


@st.composite
def apart(draw: st.DrawFn) -> Spans:
    """Spans of which none touches another, each with room on both sides."""
    starts = range(2, len(TEXT) - 6, 8)
    chosen = draw(st.lists(st.sampled_from(starts), unique=True, max_size=len(starts)))
    kinds = st.sampled_from(ENTITY_TYPES)
    return [(start, start + draw(st.integers(2, 4)), draw(kinds)) for start in sorted(chosen)]


@st.composite
def altered(draw: st.DrawFn, spans: Spans) -> Spans:
    """Some of `spans`, ends moved a little so that each still overlaps its own and no other; some of another type."""
    found = []
    for start, end, kind in spans:
        if draw(st.booleans()):
            moved = start + draw(st.integers(-1, 1)), end + draw(st.integers(0, 1))
            found.append((*moved, draw(st.sampled_from((kind, *ENTITY_TYPES)))))
    return found


@st.composite
def bulletins(draw: st.DrawFn) -> list[tuple[Spans, Spans]]:
    gold = draw(st.lists(apart(), min_size=1, max_size=3))
    return [(spans, draw(st.one_of(apart(), altered(spans)))) for spans in gold]


def record(number: int, spans: Spans) -> Record:
    text = f"{TEXT}{number}"
    mentions = [{"start": start, "end": end, "text": text[start:end], "type": kind} for start, end, kind in spans]
    return Record.model_validate({"id": str(number), "text": text, "mentions": mentions})


def inclusive(spans: Spans) -> list[dict[str, Any]]:
    """As nervaluate wants them: the end is the last character's offset."""
    return [{"label": kind, "start": start, "end": end - 1} for start, end, kind in spans]


def spans(of: Record) -> Spans:
    return [(m.start, m.end, m.type) for m in of.mentions]


def theirs(results: Any) -> tuple[float, float, float]:
    return round(results.precision, 9), round(results.recall, 9), round(results.f1, 9)


def ours(counts: Counts) -> tuple[float, float, float]:
    return round(counts.precision, 9), round(counts.recall, 9), round(counts.f1, 9)


def agree(gold: list[Record], predicted: list[Record]) -> None:
    """Holds the scores of all mentions against nervaluate's."""
    report = score(gold, predicted)
    true, found = ([inclusive(spans(r)) for r in records] for records in (gold, predicted))
    results = Evaluator(true, found, tags=list(ENTITY_TYPES), loader="dict").evaluate()
    for kind, scores in results["entities"].items():
        assert ours(report.layers[f"mention {kind} strict"]) == theirs(scores["strict"])
        # Any overlap is enough for both.
        assert ours(report.layers[f"mention {kind} overlap"]) == theirs(scores["ent_type"])
    total = Counts()
    for kind in ENTITY_TYPES:
        total.add(report.layers[f"mention {kind} strict"])
    assert ours(total) == theirs(results["overall"]["strict"])
    assert report.averages()["mentions strict micro"] == round(100 * results["overall"]["strict"].f1, 1)


@given(bulletins())
def test_mention_scores_are_nervaluates(pairs: list[tuple[Spans, Spans]]) -> None:
    gold, predicted = ([record(n, pair[side]) for n, pair in enumerate(pairs)] for side in (0, 1))
    agree(gold, predicted)


@pytest.mark.filterwarnings("ignore::DeprecationWarning:jieba")
def test_mention_scores_of_the_dev_split_are_nervaluates() -> None:
    # nervaluate knows no optional items.
    gold = [
        g.model_copy(update={"mentions": tuple(m for m in g.mentions if not m.optional)})
        for g in load_gold(Path(__file__).parents[2] / "corpus" / "gold" / "dev")
    ]
    agree(gold, [Extractor().extract(g.text) for g in gold])


def test_an_exclusive_end_is_no_shared_character() -> None:
    # Read with inclusive ends, 0..4 and 4..8 would share one.
    gold, predicted = record(0, [(0, 4, "ORG")]), record(0, [(4, 8, "ORG")])
    assert score([gold], [predicted]).layers["mention ORG overlap"].true_positives == 0
    results = Evaluator(
        [inclusive([(0, 4, "ORG")])], [inclusive([(4, 8, "ORG")])], tags=["ORG"], loader="dict"
    ).evaluate()
    assert results["overall"]["ent_type"].correct == 0
