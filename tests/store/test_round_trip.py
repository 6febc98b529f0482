"""Whatever a record holds comes back from both databases as it was."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas import (
    Activity,
    Comparison,
    Mention,
    Metric,
    Office,
    PolicyDocument,
    Provenance,
    Quantity,
    Record,
    TimeExpression,
)
from store import SqlStore
from store.groups import Group, Item
from store.rows import text_digest

# What COPY, quoting and escaping could trip over; NUL is refused by PostgreSQL and tested elsewhere.
CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\x00") | st.sampled_from(
    "\\\t\n\r'\"%_,;|{}\u2028𠮷"
)
TEXTS = st.text(CHARACTERS, max_size=30)
NAMES = st.text(CHARACTERS, min_size=1, max_size=12)
WORDS = st.none() | TEXTS
DAYS = st.none() | st.dates()
DECIMALS = st.decimals(
    allow_nan=False, allow_infinity=False, min_value=Decimal("-1e25"), max_value=Decimal("1e25"), places=6
)
NUMBERS = st.none() | DECIMALS | st.integers(-(10**25), 10**25).map(Decimal)


@st.composite
def records(draw: st.DrawFn) -> Record:
    text = draw(st.text(CHARACTERS, min_size=1, max_size=80))

    def span() -> dict[str, object]:
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        return {"start": start, "end": end, "text": text[start:end]}

    def some(most: int) -> range:
        return range(draw(st.integers(0, most)))

    def names() -> tuple[str, ...]:
        return tuple(draw(st.lists(NAMES, max_size=3)))

    def offsets() -> tuple[int, int]:
        found = span()
        return int(str(found["start"])), int(str(found["end"]))

    quantities = {
        (q.start, q.end): q
        for q in (
            Quantity(**span(), value=draw(NUMBERS), low=draw(NUMBERS), unit=draw(TEXTS), canonical_unit=draw(WORDS))
            for _ in some(3)
        )
    }
    at = st.sampled_from(sorted(quantities)) if quantities else st.nothing()
    metrics = tuple(
        Metric(
            quantity=draw(at),
            name=draw(TEXTS),
            subject=draw(WORDS),
            from_date=draw(DAYS),
            part_of=draw(st.none() | at),
            comparison=draw(st.none() | st.builds(Comparison, basis=WORDS, change=DECIMALS, unit=TEXTS, quantity=at)),
            indicator=draw(WORDS),
        )
        for _ in (some(3) if quantities else ())
    )
    return Record(
        id=draw(NAMES),
        title=draw(WORDS),
        publisher=draw(WORDS),
        published=draw(DAYS),
        authors=names(),
        text=text,
        mentions=tuple(Mention(**span(), type="ORG", canonical=draw(WORDS), sources=("a", "b")) for _ in some(2)),
        times=tuple(TimeExpression(**span(), from_date=draw(DAYS), to_date=draw(DAYS)) for _ in some(2)),
        quantities=tuple(quantities.values()),
        documents=tuple(
            PolicyDocument(
                title=draw(NAMES),
                kind="law",
                number=draw(WORDS),
                issuers=names(),
                mentions=tuple(offsets() for _ in some(2)),
                key=draw(WORDS),
            )
            for _ in some(2)
        ),
        metrics=metrics,
        activities=tuple(
            Activity(
                type="visit", trigger=offsets(), name=draw(TEXTS), actors=names(), places=names(), documents=names()
            )
            for _ in some(2)
        ),
        offices=tuple(
            Office(name=name, key=draw(NAMES), division=draw(WORDS)) for name in draw(st.sets(NAMES, max_size=3))
        ),
        provenance=draw(
            st.none() | st.builds(Provenance, source=WORDS, sha256=WORDS, pipeline=NAMES, lexicon=TEXTS, model=WORDS)
        ),
    )


@pytest.fixture
def store(url: str) -> Iterator[SqlStore]:
    with SqlStore(url) as store:
        yield store


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(group=st.lists(records(), min_size=1, max_size=3, unique_by=lambda record: record.text))
def test_a_record_comes_back(store: SqlStore, group: list[Record]) -> None:
    named = [record.model_copy(update={"id": record.id + text_digest(record.text)}) for record in group]
    outcome = store.write(Group([Item(record) for record in named]), refresh=True)
    assert outcome.failures == ()
    assert [store.load(record.id) for record in named] == named
