from unittest.mock import patch

import pytest

from extract.ner.names import NameReader
from jianbao import Extractor

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:jieba")


def test_names_in_a_row_are_read_once_however_many_titles_lead_to_them() -> None:
    extractor, names = Extractor(ner="rules"), 200
    with patch.object(NameReader, "read", autospec=True, side_effect=NameReader.read) as read:
        extractor.extract("标题\n" + "张 文 " * names)
    assert read.call_count < 8 * names
