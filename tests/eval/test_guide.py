"""The guide to the figures, and the floors of the repository, speak of figures that there are."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from eval import score
from eval.floors import load_floors, shortfalls
from eval.layers import FAMILIES
from jianbao.cli import app
from schemas import Record

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "evaluation.md").read_text(encoding="utf-8")

LAYERS = [layer.name for family in FAMILIES for layer in family.layers]
ATTRIBUTES = [attribute.name for family in FAMILIES for attribute in family.attributes]


@pytest.mark.parametrize("layer", LAYERS)
def test_every_layer_is_explained(layer: str) -> None:
    assert f"| `{re.sub('ORG|PLACE|PROGRAM|PERSON', 'TYPE', layer)}` |" in GUIDE


@pytest.mark.parametrize("attribute", ATTRIBUTES)
def test_every_attribute_is_explained(attribute: str) -> None:
    family, _, name = attribute.partition(" ")
    (_, section) = GUIDE.split("## Attributes")
    assert any(f"`{family} " in row and f"{name}`" in row for row in section.split("\n\n## ")[0].splitlines())


def test_options_shown_exist() -> None:
    help_text = CliRunner().invoke(app, ["eval", "--help"], env={"COLUMNS": "200"}).stdout
    (block,) = re.findall(r"```sh\n(.*?)```", GUIDE, re.DOTALL)
    for option in re.findall(r" (--\w+)", re.sub(r"#.*", "", block)):
        assert option in help_text


def test_floors_of_the_repository_are_for_figures_that_there_are() -> None:
    floors = load_floors(ROOT / ".ci" / "floors.toml")
    assert len(shortfalls(score([Record(id="r", text="柳溪县。")], []), floors)) == len(floors)
