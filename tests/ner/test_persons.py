from unittest.mock import patch

import pytest

from extract.ner.names import NameReader
from jianbao import Extractor

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:jieba")


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor(ner="rules")


def test_names_in_a_row_are_read_once_however_many_titles_lead_to_them(extractor: Extractor) -> None:
    names = 200
    with patch.object(NameReader, "read", autospec=True, side_effect=NameReader.read) as read:
        extractor.extract("标题\n" + "张 文 " * names)
    assert read.call_count < 8 * names


def test_the_cost_of_a_row_does_not_grow_with_the_square_of_its_length(extractor: Extractor) -> None:
    calls = []
    for length in (300, 600):
        with patch.object(NameReader, "surname", autospec=True, side_effect=NameReader.surname) as surname:
            extractor.extract("由为、" * length)
        calls.append(surname.call_count)
    assert calls[1] < 3 * calls[0]


def test_a_long_row_has_all_its_names(extractor: Extractor) -> None:
    names = [
        f"{surname}{given}"
        for surname in "王李张刘陈杨赵黄周吴"
        for given in ("建国", "志强", "秀英", "丽华", "文斌", "海燕", "小军")
    ]
    record = extractor.extract(f"受表彰的同志名单：{'、'.join(names)}。")
    assert [m.text for m in record.mentions if m.type == "PERSON"] == names
