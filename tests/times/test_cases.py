"""The table of cases: every phenomenon in sentences as bulletins word them."""

import datetime as dt
import re
import tomllib
from pathlib import Path

import pytest

from extract.times import find_times

_TABLE = tomllib.loads(Path(__file__).with_name("cases.toml").read_text(encoding="utf-8"))
_MARKED = re.compile(r"\[([^\]|]+)\|([^\]]*)\]")
Found = tuple[str, str, str]


def _plain(case: str) -> str:
    return _MARKED.sub(r"\1", case)


def _read(case: str) -> tuple[str, list[Found]]:
    """The case's text without its brackets, and what is to be found in it."""
    expected = []
    for span, days in _MARKED.findall(case):
        first, _, last = days.partition("..") if ".." in days else (days, "", days)
        expected.append((span, first, last))
    return _plain(case), expected


_CASES = [
    pytest.param(case, group["published"], id=f"{phenomenon}-{_plain(case)[:16]}")
    for phenomenon, group in _TABLE.items()
    for case in group["cases"]
]


@pytest.mark.parametrize(("case", "published"), _CASES)
def test_case(case: str, published: str) -> None:
    text, expected = _read(case)
    found = find_times(text, dt.date.fromisoformat(published) if published else None)
    assert [(t.text, str(t.from_date or ""), str(t.to_date or "")) for t in found] == expected


def test_table_is_large_and_a_quarter_of_it_must_find_nothing() -> None:
    cases = [case for group in _TABLE.values() for case in group["cases"]]
    negative = [case for case in cases if not _MARKED.search(case)]
    assert len(cases) == len(set(cases)) >= 300
    assert len(negative) * 4 >= len(cases)
