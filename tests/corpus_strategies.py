"""Records that keep the rules of gold, generated: spans apart, links that lead somewhere, titles of their own."""

import datetime as dt
from decimal import Decimal
from typing import Any, get_args

from hypothesis import strategies as st

from schemas import (
    Activity,
    ActivityType,
    Dimension,
    DocumentAction,
    DocumentKind,
    EntityType,
    Mention,
    Metric,
    Modifier,
    PolicyDocument,
    Quantity,
    Record,
    TimeExpression,
)

# White space, brackets, escapes and characters beyond the basic plane are what formats trip over.
CHARACTERS = "甲乙丙市局12万件《》“”，。 \t\u3000\\;#&<>\"'|:—😀𠮷\n"
WORDS = st.text("甲乙丙市局12《》 ;#&<>\"'\\|,=😀", min_size=1, max_size=8).filter(lambda s: s.strip() == s)
NAMES = st.lists(WORDS, max_size=3).map(tuple)
DAYS = st.none() | st.dates(dt.date(1990, 1, 1), dt.date(2040, 1, 1))
NUMBERS = st.none() | st.decimals(min_value=-(10**9), max_value=10**9, places=2).map(lambda d: Decimal(format(d, "f")))


@st.composite
def records(draw: st.DrawFn) -> Record:
    """A record of a few dozen characters with items in every layer."""
    text = draw(st.text(CHARACTERS, min_size=1, max_size=60))

    def places(most: int = 6) -> list[tuple[int, int]]:
        """Spans of visible words, in order and apart."""
        cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=2 * most)))
        pairs = zip(cuts[::2], cuts[1::2], strict=False)
        return [(a, b) for a, b in pairs if text[a:b].strip() == text[a:b]]

    def some(values: Any) -> Any:
        return draw(st.sampled_from(get_args(values)))

    def span(a: int, b: int) -> dict[str, Any]:
        return {"start": a, "end": b, "text": text[a:b], "optional": draw(st.booleans())}

    def period() -> dict[str, Any]:
        return {"from_date": draw(DAYS), "to_date": draw(DAYS)}

    quantities = [
        Quantity(
            **span(*place), value=draw(NUMBERS), low=draw(NUMBERS), high=draw(NUMBERS), modifier=some(Modifier),
            unit=draw(st.just("") | WORDS), dimension=some(Dimension), canonical_value=draw(NUMBERS),
            canonical_unit=draw(st.none() | WORDS),
        )
        for place in places()
    ]  # fmt: skip
    carriers = [(q.start, q.end) for q in quantities]
    documents = [
        PolicyDocument(
            title=title, kind=some(DocumentKind), number=draw(st.none() | WORDS), issuers=draw(NAMES),
            action=some(DocumentAction), alias=draw(st.none() | WORDS), mentions=tuple(named),
            optional=draw(st.booleans()),
        )
        for title in draw(st.lists(WORDS, max_size=3, unique=True))
        if (named := places(2))
    ]  # fmt: skip
    return Record(
        id=draw(st.sampled_from(["a", "县局-1", "2023/05/001"])),
        title=draw(st.none() | WORDS),
        publisher=draw(st.none() | WORDS),
        published=draw(DAYS),
        authors=draw(NAMES),
        text=text,
        mentions=tuple(
            Mention(**span(*place), type=some(EntityType), canonical=draw(WORDS)) for place in places()
        ),
        times=tuple(TimeExpression(**span(*place), **period()) for place in places()),
        quantities=tuple(quantities),
        documents=tuple(documents),
        metrics=tuple(
            Metric(
                quantity=quantity, name=draw(WORDS), subject=draw(st.none() | WORDS), **period(),
                part_of=draw(st.none() | st.sampled_from(carriers)), optional=draw(st.booleans()),
            )
            for quantity in carriers
            if draw(st.booleans())
        ),
        activities=tuple(
            Activity(
                type=some(ActivityType), trigger=place, name=draw(WORDS), actors=draw(NAMES), participants=draw(NAMES),
                places=draw(NAMES), **period(), documents=draw(NAMES), optional=draw(st.booleans()),
            )
            for place in places()
        ),
    )  # fmt: skip
