import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.facts.division_chains import own_chain
from extract.facts.document_keys import document_key
from extract.facts.indicators import indicator_of
from extract.facts.office_keys import office_of, offices_of
from extract.pipeline import Extractor

CASES = tomllib.loads(Path(__file__).with_name("linking_cases.toml").read_text(encoding="utf-8"))


def _office_cases() -> Iterator[Any]:
    for case in CASES["office"]:
        for wording in case["names"]:
            own = tuple(wording.get("own", ()))
            yield pytest.param(wording["name"], own, case["key"], case.get("division"), id=f"{wording['name']}-{own}")


@pytest.mark.parametrize(("name", "own", "key", "division"), list(_office_cases()))
def test_office(name: str, own: tuple[str, ...], key: str, division: str | None) -> None:
    office = office_of(name, own)
    assert (office.name, office.key, office.division) == (name, key, division)


@pytest.mark.parametrize("case", CASES["office"], ids=[c["key"] for c in CASES["office"]])
def test_the_key_is_the_key_of_itself(case: dict[str, Any]) -> None:
    assert office_of(case["key"], ()).key == case["key"]


@pytest.mark.parametrize(
    ("place", "names", "chain"),
    [
        ("成都市", [], ("四川省", "成都市")),
        ("朝阳区", ["北京市司法局", "北京市朝阳区人民法院"], ("北京市", "朝阳区")),
        ("朝阳区", [], ("朝阳区",)),
        ("石井街道", ["广州市白云区司法局"], ("广东省", "广州市", "白云区")),
        (None, [], ()),
    ],
)
def test_own_chain(place: str | None, names: list[str], chain: tuple[str, ...]) -> None:
    assert own_chain(place, tuple(names)) == chain


def test_names_of_nobody_are_left_out_and_repeated_ones_come_once() -> None:
    found = offices_of(["司法部", "九部门", "各县区司法局", "司法部"], ())
    assert [office.name for office in found] == ["司法部"]


@pytest.mark.parametrize(
    ("name", "form"), [(name, case["form"]) for case in CASES["indicator"] for name in case["names"]]
)
def test_indicator(name: str, form: str) -> None:
    assert indicator_of(name) == form


@pytest.mark.parametrize(
    ("document", "key"), [(names, case.get("key")) for case in CASES["document"] for names in case["names"]]
)
def test_document_key(document: list[str], key: str | None) -> None:
    title, number = (*document, None)[:2]
    assert document_key(str(title), number) == key


_PIECES = [
    "办理",
    "法援",
    "案件",
    "共",
    "累计",
    "全市",
    "了",
    "数",
    "人数",
    "的",
    "为",
    "农民工",
    "增加",
    "宣传单",
    "“",
    "3月",
    "调解",
]


@given(st.lists(st.sampled_from(_PIECES), min_size=1, max_size=8).map("".join))
def test_normalising_twice_changes_nothing(name: str) -> None:
    once = indicator_of(name)
    assert once
    assert indicator_of(once) == once


@given(st.text(max_size=30), st.sampled_from([(), ("四川省", "成都市"), ("无此市",)]))
def test_any_text_has_a_key(name: str, own: tuple[str, ...]) -> None:
    for office in offices_of([name], own):
        assert office.key
    assert document_key(name, name) != ""


TEXT = """成都市青羊区司法局上半年工作情况
来源：青羊区司法局　发布时间：2023-07-05

今年以来，区司法局共办理法援案件231件。青羊区人民检察院与省司法厅联合印发《法律援助值班律师工作办法（试行）》。
"""


def test_the_record_tells_offices_indicators_and_document_keys() -> None:
    record = Extractor().extract(TEXT)
    keys = {office.name: office.key for office in record.offices}
    assert keys["青羊区司法局"] == keys["成都市青羊区司法局"] == "四川省成都市青羊区司法局"
    assert len(keys) == len(record.offices)
    assert [m.indicator for m in record.metrics] == ["办理法律援助案件"]
    assert [d.key for d in record.documents] == ["法律援助值班律师工作办法"]
