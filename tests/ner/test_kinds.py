"""What only tells a kind of organisation."""

import pytest

from extract.ner.kinds import is_kind


@pytest.mark.parametrize(
    "name", ["律师事务所", "各旗县区司法局", "律师事务所党支部", "县级人民医院", "两级法院", "派出所"]
)
def test_kinds(name: str) -> None:
    assert is_kind(name)


@pytest.mark.parametrize(
    "name", ["包头市司法局", "市公安局", "明理律师事务所", "石桥镇派出所", "最高人民法院", "中国银行"]
)
def test_names(name: str) -> None:
    assert not is_kind(name)
