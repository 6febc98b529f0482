"""Records over one small text, for property tests of the evaluation."""

from typing import Any

from hypothesis import strategies as st

from schemas import Record
from schemas.record import ENTITY_TYPES

TEXT = "云岭县司法局印发《调解办法》，调解纠纷1200余件，其中婚姻纠纷310件，涉及群众近千人。"
NAMES = st.sampled_from(["调解纠纷", "涉及群众", "调解婚姻纠纷", "印发办法"])
DATES = st.sampled_from([None, "2023-01-01", "2023-12-31"])


@st.composite
def spans(draw: st.DrawFn) -> tuple[int, int]:
    start = draw(st.integers(0, len(TEXT) - 1))
    return start, draw(st.integers(start + 1, min(start + 8, len(TEXT))))


@st.composite
def items(draw: st.DrawFn, **fields: st.SearchStrategy[Any]) -> dict[str, Any]:
    start, end = draw(spans())
    item = {"start": start, "end": end, "text": TEXT[start:end]}
    return item | {name: draw(strategy) for name, strategy in fields.items()}


def some(items: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[list[dict[str, Any]]]:
    return st.lists(items, max_size=5)


@st.composite
def records(draw: st.DrawFn, *, optional: bool = True) -> Record:
    opt = st.booleans() if optional else st.just(False)
    numbers = st.sampled_from([None, "5", "1200"])
    return Record.model_validate(
        {
            "id": "r",
            "text": TEXT,
            "title": draw(st.sampled_from([None, "题目"])),
            "mentions": draw(some(items(type=st.sampled_from(ENTITY_TYPES), optional=opt))),
            "times": draw(some(items(from_date=DATES, to_date=DATES, optional=opt))),
            "quantities": draw(some(items(value=numbers, unit=st.sampled_from(["件", "人"]), optional=opt))),
            "documents": draw(
                some(
                    st.fixed_dictionaries(
                        {
                            "title": st.sampled_from(["办法", "细则"]),
                            "kind": st.sampled_from(["law", "policy"]),
                            "optional": opt,
                        }
                    )
                )
            ),
            "metrics": draw(some(st.fixed_dictionaries({"quantity": spans(), "name": NAMES, "optional": opt}))),
            "activities": draw(
                some(
                    st.fixed_dictionaries(
                        {"trigger": spans(), "name": NAMES, "type": st.just("meeting"), "optional": opt}
                    )
                )
            ),
        }
    )
