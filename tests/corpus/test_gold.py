import json
from pathlib import Path
from typing import Any

import pytest

from corpus import GoldError
from corpus.gold import load_gold

TEXT = "全县调解纠纷12件"
GOLD: dict[str, Any] = {
    "id": "g",
    "text": TEXT,
    "quantities": [{"start": 6, "end": 9, "text": "12件", "value": "12", "unit": "件", "optional": True}],
}
FAULTS = {
    "not JSON": ("{", "JSON"),
    "offsets that do not fit": (
        {**GOLD, "quantities": [{"start": 5, "end": 8, "text": "12件"}]},
        "Quantity 5..8 reads '纷12', not '12件'",
    ),
    "an unknown type": (
        {**GOLD, "mentions": [{"start": 0, "end": 2, "text": "全县", "type": "TOWN"}]},
        "mentions[0].type: ",
    ),
    "an unknown field": ({**GOLD, "titel": "题"}, "titel: "),
    "a nested field": ({**GOLD, "metrics": [{"quantity": [6], "name": "调解纠纷"}]}, "metrics[0].quantity[1]: "),
}


def test_gold_comes_in_the_order_of_the_names(tmp_path: Path) -> None:
    for name in ("c/b", "d/a"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / f"{name}.json").write_text(json.dumps({**GOLD, "id": name}), encoding="utf-8")
    first, second = load_gold(tmp_path)
    assert (first.id, second.id) == ("d/a", "c/b")
    assert first.quantities[0].optional


@pytest.mark.parametrize(("gold", "cause"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_named_with_file_and_item(gold: object, cause: str, tmp_path: Path) -> None:
    path = tmp_path / "g.json"
    path.write_text(gold if isinstance(gold, str) else json.dumps(gold), encoding="utf-8")
    with pytest.raises(GoldError) as caught:
        load_gold(tmp_path)
    assert caught.value.where == str(path)
    assert cause in caught.value.cause
    assert "\n" not in str(caught.value)


def test_a_folder_without_gold_is_an_error(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "missing"):
        with pytest.raises(GoldError, match="no gold files"):
            load_gold(folder)
