"""Floors that scores must not fall under."""

from pathlib import Path

import pytest

from eval import Report, score
from eval.floors import FloorsError, load_floors, parse_floors, shortfalls
from schemas import Record

TEXT = "县水务局与县林业局联合巡河。"


def report(found: int) -> Report:
    mentions = [{"start": start, "end": start + 4, "text": TEXT[start : start + 4], "type": "ORG"} for start in (0, 5)]
    gold, predicted = (
        Record.model_validate({"id": "r", "text": TEXT, "mentions": mentions[:n], "title": "题"}) for n in (2, found)
    )
    return score([gold], [predicted])


def test_a_shortfall_is_named_with_what_is_lacking() -> None:
    (fallen,) = shortfalls(report(1), {"mention ORG strict": 80, "mention ORG overlap": 60})
    assert str(fallen) == "mention ORG strict: 66.7 is 13.3 under its floor of 80"


def test_floors_reached_exactly_are_reached() -> None:
    floors = {"mention ORG strict": 100, "mentions strict macro": 100, "head title": 100}
    assert shortfalls(report(2), floors) == []


def test_a_floor_for_no_figure_is_an_error() -> None:
    with pytest.raises(FloorsError, match="'metric nmed' is no figure"):
        shortfalls(report(2), {"metric nmed": 5})


def test_floors_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "floors.toml"
    path.write_text('[floors]\n"metric named" = 76\ndocument = 95.5\n', encoding="utf-8")
    assert load_floors(path) == {"metric named": 76, "document": 95.5}


BAD_FILES = {
    "no toml": "[floors",
    "no table": "document = 95",
    "another table": "[floors]\n[other]",
    "a word": '[floors]\ndocument = "95"',
    "a truth": "[floors]\ndocument = true",
    "over 100": "[floors]\ndocument = 101",
    "not a number": "[floors]\ndocument = nan",
}


@pytest.mark.parametrize("content", BAD_FILES.values(), ids=BAD_FILES)
def test_a_bad_file_is_one_line(content: str, tmp_path: Path) -> None:
    path = tmp_path / "floors.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(FloorsError) as caught:
        load_floors(path)
    assert caught.value.where == str(path)
    assert "\n" not in str(caught.value)


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(FloorsError, match="No such file"):
        load_floors(tmp_path / "none.toml")


def test_floors_as_written_on_the_command_line() -> None:
    assert parse_floors(["metric named=50", "all lenient micro = 80.5"]) == {
        "metric named": 50,
        "all lenient micro": 80.5,
    }


@pytest.mark.parametrize("text", ["metric named", "=5", "document=", "document=much", "document=101", "document=nan"])
def test_what_is_no_floor(text: str) -> None:
    with pytest.raises(FloorsError, match="is no floor"):
        parse_floors([text])
