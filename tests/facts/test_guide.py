"""docs/facts.md: what it shows is what happens."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from extract.facts.indicators import indicator_of
from extract.pipeline import Extractor
from schemas import Activity, Metric, Office, PolicyDocument

GUIDE = (Path(__file__).parents[2] / "docs" / "facts.md").read_text(encoding="utf-8")
SECTIONS = GUIDE.split("\n## ")[1:]
EXAMPLE = re.compile(r"```text\n(?P<text>.*?)```\n\n```json\n(?P<items>.*?)```", re.DOTALL)
EXAMPLES = [(s.partition("\n")[0], m["text"], m["items"].splitlines()) for s in SECTIONS if (m := EXAMPLE.search(s))]
FIELDS: dict[str, type[BaseModel]] = {
    "Documents": PolicyDocument,
    "Metrics": Metric,
    "Activities": Activity,
    "Offices": Office,
}


@pytest.mark.parametrize(("section", "text", "items"), EXAMPLES, ids=[section for section, _, _ in EXAMPLES])
def test_examples(section: str, text: str, items: list[str]) -> None:
    record: dict[str, Any] = json.loads(Extractor().extract(text.rstrip("\n")).to_json())
    made = [record, *(item for layer in record.values() if isinstance(layer, list) for item in layer)]
    for line in items:
        shown = json.loads(line)
        assert any(shown.items() <= other.items() for other in made if isinstance(other, dict)), shown


def test_every_section_of_facts_has_its_example() -> None:
    assert [section.split(":")[0] for section, _, _ in EXAMPLES] == [
        "Head",
        "Documents",
        "Metrics",
        "Activities",
        "Offices",
    ]


@pytest.mark.parametrize("name", FIELDS)
def test_every_field_is_explained(name: str) -> None:
    section = next(s for s in SECTIONS if s.startswith(name))
    for field in FIELDS[name].model_fields.keys() - {"optional", "quantity", "trigger"}:
        assert f"`{field}`" in section or f"`{field}`" in SECTIONS[-1], field


ROWS = re.findall(r"^\| (\S+) \| (\S+) \|$", next(s for s in SECTIONS if s.startswith("Indicators")), re.MULTILINE)[2:]


@pytest.mark.parametrize(("name", "indicator"), ROWS)
def test_indicators(name: str, indicator: str) -> None:
    assert indicator_of(name) == indicator
