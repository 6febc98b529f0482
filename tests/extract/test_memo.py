import pytest

import extract.memo
from extract.memo import Memo


def test_each_value_is_reckoned_once() -> None:
    asked: list[str] = []

    def length(word: str) -> int:
        asked.append(word)
        return len(word)

    memo = Memo(length)
    assert [memo[word] for word in ("法院", "局", "法院")] == [2, 1, 2]
    assert asked == ["法院", "局"]


def test_its_size_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extract.memo, "_MOST", 10)
    memo = Memo(abs)
    for number in range(95):
        assert memo[-number] == number
        assert len(memo) <= 10
