"""The shipped samples and their gold: every label points where it says, and every link between labels holds."""

from itertools import pairwise
from pathlib import Path

import pytest

import corpus
from schemas import Record

ROOT = Path(corpus.__file__).parent
SAMPLES = {path.stem: path for path in sorted((ROOT / "samples").iterdir())}
GOLD = {path.stem: path for path in sorted((ROOT / "gold").rglob("*.json"))}

# modifier -> whether the wording gives a value, a lower and an upper bound (None: it may or may not)
BOUNDS = {
    "exact": (True, False, False),
    "about": (True, False, False),
    "more_than": (True, True, None),
    "at_least": (True, True, False),
    "less_than": (True, False, True),
    "at_most": (True, False, True),
    "nearly": (True, False, True),
    "range": (False, True, True),
    "vague": (False, None, None),
}


@pytest.fixture(params=GOLD, scope="module")
def gold(request):
    return Record.model_validate_json(GOLD[request.param].read_bytes())


def test_every_sample_has_gold():
    assert len(SAMPLES) >= 14
    assert SAMPLES.keys() <= GOLD.keys()


@pytest.mark.parametrize("name", SAMPLES)
def test_gold_text_is_what_the_reader_yields(name):
    (bulletin,) = corpus.read(SAMPLES[name])
    gold = Record.model_validate_json(GOLD[name].read_bytes())
    assert gold.text == bulletin.text
    assert gold.id == bulletin.id == name


def test_spans_of_a_layer_are_in_order_and_apart(gold):
    for layer in (gold.mentions, gold.times, gold.quantities):
        for left, right in pairwise(layer):
            assert left.end <= right.start, (left.text, right.text)
        assert all(span.text == span.text.strip() for span in layer)


def test_times_and_quantities_do_not_share_characters(gold):
    taken = {i for time in gold.times if not time.optional for i in range(time.start, time.end)}
    for quantity in gold.quantities:
        assert quantity.optional or taken.isdisjoint(range(quantity.start, quantity.end)), quantity.text


def test_mentions_have_a_canonical_name_on_one_line(gold):
    for mention in gold.mentions:
        assert mention.canonical, mention.text
        assert "\n" not in mention.canonical


def test_every_occurrence_of_a_name_is_labelled(gold):
    """A name of four characters or more that is labelled once is labelled wherever it stands."""
    taken = [(m.start, m.end) for m in gold.mentions] + [span for d in gold.documents for span in d.mentions]
    for mention in gold.mentions:
        if len(mention.text) < 4 or mention.optional:
            continue
        start = gold.text.find(mention.text)
        while start >= 0:
            end = start + len(mention.text)
            assert any(a < end and start < b for a, b in taken), (mention.text, start)
            start = gold.text.find(mention.text, end)


def test_bounds_follow_the_modifier(gold):
    for quantity in gold.quantities:
        stated = (quantity.value, quantity.low, quantity.high)
        for number, wanted in zip(stated, BOUNDS[quantity.modifier], strict=True):
            assert wanted is None or (number is not None) == wanted, quantity
        if quantity.low is not None and quantity.high is not None:
            assert quantity.low < quantity.high, quantity


def test_periods_run_forward(gold):
    for item in (*gold.times, *gold.metrics, *gold.activities):
        assert not (item.from_date and item.to_date) or item.from_date <= item.to_date, item


def test_metrics_hang_on_labelled_quantities(gold):
    quantities = {(q.start, q.end) for q in gold.quantities}
    carriers = [m.quantity for m in gold.metrics]
    assert len(carriers) == len(set(carriers))
    for metric in gold.metrics:
        assert metric.quantity in quantities, metric
        assert metric.name
        if metric.part_of:
            assert metric.part_of in quantities - {metric.quantity}, metric


def test_documents_are_named_in_the_text(gold):
    titles = [d.title for d in gold.documents]
    assert len(titles) == len(set(titles))
    for document in gold.documents:
        assert document.mentions, document.title
        for start, end in document.mentions:
            words = gold.text[start:end].replace("\n", "").strip("《》")
            assert words in {document.title, document.alias}, document.title
        assert not document.number or document.number in gold.text.replace("\n", "")


def test_every_bracketed_title_belongs_to_a_document(gold):
    spans = {span for d in gold.documents for span in d.mentions}
    start = gold.text.find("《")
    while start >= 0:
        end = gold.text.find("》", start) + 1
        assert (start, end) in spans, gold.text[start:end]
        start = gold.text.find("《", end)


def test_activities_are_anchored_and_their_documents_exist(gold):
    titles = {d.title for d in gold.documents}
    triggers = [a.trigger for a in gold.activities]
    assert len(triggers) == len(set(triggers))
    for activity in gold.activities:
        assert activity.name
        assert set(activity.documents) <= titles, activity
        assert all((*activity.actors, *activity.participants, *activity.places))


def test_head_fields_stand_in_the_text(gold):
    flat = "".join(gold.text.split())
    for field in (gold.title, gold.publisher, *gold.authors):
        assert field is None or "".join(field.split()) in flat, field
