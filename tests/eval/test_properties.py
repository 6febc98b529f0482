"""What must hold of the scores of any records."""

from eval_support import TEXT, records
from hypothesis import given
from hypothesis import strategies as st

from eval import Report, score
from schemas import Record


def counted(report: Report) -> dict[str, tuple[int, int, int]]:
    return {name: (c.true_positives, c.false_positives, c.false_negatives) for name, c in report.layers.items()}


@given(records(optional=False))
def test_gold_against_itself_is_perfect(gold: Record) -> None:
    report = score([gold], [gold])
    assert not report.errors
    for counts in report.layers.values():
        assert counts.false_positives == counts.false_negatives == 0
        assert counts.f1 == (1 if counts.gold else 0)


@given(records(), records())
def test_every_required_item_is_found_or_missed_and_errors_are_the_counts(gold: Record, predicted: Record) -> None:
    report = score([gold], [predicted])
    required = sum(not q.optional for q in gold.quantities)
    for layer in ("quantity span", "quantity normalised", "quantity overlap"):
        assert report.layers[layer].gold == required
    for name, counts in report.layers.items():
        kinds = [e.kind for e in report.errors if e.layer == name]
        assert kinds.count("missed") == counts.false_negatives
        assert kinds.count("spurious") == counts.false_positives


@given(records(optional=False), records(optional=False))
def test_gold_and_records_exchanged_exchange_precision_and_recall(gold: Record, predicted: Record) -> None:
    # Only where each item has at most one partner: a strict layer of distinct spans.
    one, other = ({m.start: m for m in r.quantities}.values() for r in (gold, predicted))
    a, b = (r.model_copy(update={"quantities": tuple(q)}) for r, q in ((gold, one), (predicted, other)))
    there, back = (score([x], [y]).layers["quantity span"] for x, y in ((a, b), (b, a)))
    assert (there.precision, there.recall) == (back.recall, back.precision)
    assert there.f1 == back.f1


@given(records(), records())
def test_line_breaks_in_the_record_change_nothing(gold: Record, predicted: Record) -> None:
    spread = _spread(predicted)
    assert counted(score([gold], [spread])) == counted(score([gold], [predicted]))


def _spread(record: Record) -> Record:
    """`record` over its text with a line break after every character."""
    text = "\n".join(record.text)
    data = record.model_dump()
    data["text"] = text
    for layer in ("mentions", "times", "quantities"):
        for item in data[layer]:
            item["start"], item["end"] = 2 * item["start"], 2 * item["end"] - 1
            item["text"] = text[item["start"] : item["end"]]
    for item, field in [*((m, "quantity") for m in data["metrics"]), *((a, "trigger") for a in data["activities"])]:
        start, end = item[field]
        item[field] = (2 * start, 2 * end - 1)
    return Record.model_validate(data)


@given(records(optional=False), st.data())
def test_dropping_items_costs_recall_and_never_precision(gold: Record, data: st.DataObject) -> None:
    kept = data.draw(st.integers(0, len(gold.quantities)))
    report = score([gold], [gold.model_copy(update={"quantities": gold.quantities[:kept]})])
    counts = report.layers["quantity span"]
    assert counts.false_positives == 0
    assert counts.false_negatives == len(gold.quantities) - kept


@given(st.lists(records(), max_size=4), records())
def test_counts_add_up_over_bulletins(gold: list[Record], predicted: Record) -> None:
    texts = [f"{n}。{TEXT}" for n in range(len(gold))]
    moved = [_moved(g, text) for g, text in zip(gold, texts, strict=True)]
    answers = [_moved(predicted, text) for text in texts]
    together = counted(score(moved, answers))
    alone = [counted(score([g], [a])) for g, a in zip(moved, answers, strict=True)]
    for name, counts in together.items():
        assert counts == tuple(map(sum, zip(*(one[name] for one in alone), strict=True)))


def _moved(record: Record, text: str) -> Record:
    """`record` over `text`, which ends in the record's text."""
    by = len(text) - len(record.text)
    data = record.model_dump()
    data["text"] = text
    for layer in ("mentions", "times", "quantities"):
        for item in data[layer]:
            item["start"] += by
            item["end"] += by
    for item, field in [*((m, "quantity") for m in data["metrics"]), *((a, "trigger") for a in data["activities"])]:
        item[field] = tuple(offset + by for offset in item[field])
    return Record.model_validate(data)
