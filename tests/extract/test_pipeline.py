import datetime as dt
import gc
import pickle
import subprocess
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from conftest import TEXT
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from extract.data import DataFileError, lexicon_digest, load_rows, load_toml
from extract.groups import collector_off
from extract.pipeline import DEFAULT_CONFIG, ConfigError
from jianbao import Bulletin, Extractor, HeadHints, JianbaoError

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:jieba")

WRAPPED = (
    "    长岭市应急管理局组织专家对全市危化\n品企业开展拉网式检查，三天里共出动检查\n组12个，走访企业287家，查出隐患1\n"
    "06处，当场整改九十余处，其余全部限期\n整改，市里将适时组织“回头看”，确保整\n改落到实处。"
)


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


def test_one_text_gives_a_record_with_every_layer(extractor: Extractor) -> None:
    record = extractor.extract(TEXT, published="2024-01-09", id="mediation")
    assert record.id == "mediation"
    assert record.published == dt.date(2024, 1, 9)
    assert record.text == TEXT
    for layer in ("mentions", "times", "quantities", "documents", "metrics", "activities"):
        assert getattr(record, layer), layer


def test_a_component_of_ones_own_sees_the_tokens() -> None:
    seen: list[str] = []

    @Language.component("test_looks_at_tokens")
    def look(doc: Doc) -> Doc:
        seen.extend(token.text for token in doc)
        return doc

    extractor = Extractor(ner="rules")
    alone = extractor.extract(TEXT)
    extractor.nlp.add_pipe("test_looks_at_tokens")
    assert extractor.extract(TEXT) == alone
    assert "调解" in "".join(seen)
    assert len(seen) > len(TEXT) / 4


def test_every_metric_hangs_on_a_quantity(extractor: Extractor) -> None:
    record = extractor.extract(TEXT)
    quantities = {(q.start, q.end) for q in record.quantities}
    assert {m.quantity for m in record.metrics} <= quantities
    assert {m.part_of for m in record.metrics if m.part_of} <= quantities


def test_a_quantity_across_a_line_break_points_at_the_text_as_it_is(extractor: Extractor) -> None:
    assert "1\n06处" in {q.text for q in extractor.extract(WRAPPED).quantities}


def test_the_date_of_publication_may_be_a_date_or_a_string(extractor: Extractor) -> None:
    text = "7月18日，市统计局发布上半年经济数据。"
    assert extractor.extract(text, published=dt.date(2023, 7, 20)) == extractor.extract(text, published="2023-07-20")
    with pytest.raises(ValueError, match="Invalid isoformat"):
        extractor.extract(text, published="2023年7月20日")


class _Source:
    """Bulletins without end, and how many of them have been taken."""

    taken = 0

    def __iter__(self) -> Iterator[Bulletin]:
        for self.taken in count(1):
            yield Bulletin(id=str(self.taken), text=f"全市共办理案件{self.taken}件。")


@pytest.mark.parametrize(("read_ahead", "taken"), [(0, 3), (1, 3), (11, 4), (25, 3)])
def test_pipe_yields_in_order_and_reads_no_further_than_told(extractor: Extractor, read_ahead: int, taken: int) -> None:
    source = _Source()
    records = extractor.pipe(source, read_ahead=read_ahead)
    assert [next(records).id for _ in range(3)] == ["1", "2", "3"]
    assert source.taken == taken


def test_pipe_gives_the_records_that_texts_have_alone(extractor: Extractor) -> None:
    bulletins = [Bulletin(id=str(n), text=text) for n, text in enumerate([TEXT, "", WRAPPED, TEXT[:90]])]
    assert list(extractor.pipe(bulletins)) == [extractor.record(bulletin) for bulletin in bulletins]
    assert list(extractor.pipe([])) == []


def test_the_collector_rests_meanwhile_and_has_nothing_to_find(extractor: Extractor) -> None:
    extractor.extract(TEXT)
    gc.collect()
    with collector_off(), collector_off():
        extractor.extract(TEXT)
        assert not gc.isenabled()
        assert gc.collect() == 0
    assert gc.isenabled()


def test_an_error_comes_after_the_records_before_it(extractor: Extractor) -> None:
    texts = ["全市共办理案件1件。", "市" * (extractor.nlp.max_length + 1), TEXT]
    records = extractor.pipe(Bulletin(id=str(n), text=text) for n, text in enumerate(texts))
    assert next(records).id == "0"
    with pytest.raises(JianbaoError, match="1: the text has"):
        next(records)


def test_provenance_says_where_a_record_came_from(extractor: Extractor) -> None:
    bulletin = Bulletin(
        id="x", text="", source="in/x.txt", sha256="0" * 64, hints=HeadHints(publisher="长岭市应急管理局")
    )
    record = extractor.record(bulletin)
    assert record.publisher == "长岭市应急管理局"
    assert record.provenance is not None
    assert (record.provenance.source, record.provenance.sha256) == ("in/x.txt", "0" * 64)
    assert record.provenance.lexicon == lexicon_digest()
    assert record.provenance.pipeline


def test_a_text_beyond_the_limit_is_named(extractor: Extractor) -> None:
    text = "市" * (extractor.nlp.max_length + 1)
    with pytest.raises(JianbaoError, match=r"long: the text has 1,000,001 characters, more than 1,000,000; split it"):
        extractor.extract(text, id="long")


def test_segmenters_are_interchangeable(extractor: Extractor) -> None:
    assert Extractor(segmenter="rjieba").extract(TEXT).quantities == extractor.extract(TEXT).quantities


def test_the_pipeline_is_an_ordinary_spacy_pipeline(extractor: Extractor) -> None:
    doc = extractor.nlp("全市共办理案件12件。")
    assert [q.text for q in doc._.layers.quantities] == ["12件"]


def test_the_tokenizer_of_a_pipeline_pickles(extractor: Extractor) -> None:
    copy = pickle.loads(pickle.dumps(extractor.nlp.tokenizer))  # noqa: S301
    assert [t.text for t in copy(TEXT)] == [t.text for t in extractor.nlp.tokenizer(TEXT)]


def test_a_config_of_one_s_own_chooses_the_components(tmp_path: Path) -> None:
    config = tmp_path / "numbers.cfg"
    config.write_text(
        '[nlp]\nlang = "zh"\npipeline = ["jianbao_segment", "jianbao_quantities"]\n'
        '[nlp.tokenizer]\n@tokenizers = "jianbao.words.v1"\n[components]\n'
        '[components.jianbao_segment]\nfactory = "jianbao_segment"\n'
        '[components.jianbao_quantities]\nfactory = "jianbao_quantities"\n'
    )
    record = Extractor(config).extract(TEXT)
    assert record.quantities
    assert not record.mentions


BAD_CONFIGS = {
    "missing": (None, "Could not read config"),
    "malformed": ("[nlp\nlang=", "config"),
    "unknown component": (DEFAULT_CONFIG.read_text().replace('factory = "jianbao_head"', 'factory = "x"'), "x"),
}


@pytest.mark.parametrize(("content", "message"), BAD_CONFIGS.values(), ids=BAD_CONFIGS)
def test_a_bad_config_is_named(tmp_path: Path, content: str | None, message: str) -> None:
    path = tmp_path / "bad.cfg"
    if content is not None:
        path.write_text(content)
    with pytest.raises(ConfigError, match=message) as caught:
        Extractor(path)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_neither_import_nor_extraction_loads_torch() -> None:
    code = (
        "import sys; from jianbao import Extractor; Extractor().extract('全市共办理案件12件。');"
        "print(*sorted({'torch', 'transformers', 'datasets'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout.strip() == ""


@pytest.mark.parametrize("module", ["extract.numbers", "extract.times"])
def test_numbers_and_times_stand_alone(module: str) -> None:
    code = f"import sys, {module}; print(*sorted({{'spacy', 'jieba', 'numpy'}} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout.strip() == ""


@given(
    st.lists(
        st.sampled_from(
            [*"《》“”（），。；、：\n 一三十两万亿余多近约不足超0123456789.%", "今年", "上半年", "市司法局", "该局", "张伟",
             "其中", "同比增长", "开展", "专项行动", "印发", "人次", "元", "截至", "分别", "由", "到", "〔2023〕", "号"]
        ),
        max_size=60,
    )
)  # fmt: skip
def test_any_text_gives_a_record(pieces: list[str]) -> None:
    # The record itself checks that every item points at its characters.
    text = "".join(pieces)
    assert _shared().extract(text).text == text


@given(st.text(max_size=80))
def test_any_characters_give_a_record(text: str) -> None:
    assert _shared().extract(text).text == text


def _shared(cache: list[Extractor] = []) -> Extractor:  # noqa: B006  (one pipeline for all examples)
    if not cache:
        cache.append(Extractor())
    return cache[0]


def test_data_files_are_read_once_and_named_when_bad(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.data._ROOT", tmp_path)
    (tmp_path / "rows.tsv").write_text("# comment\n\n市\tcity\n", encoding="utf-8")
    (tmp_path / "bad.toml").write_text("a = ", encoding="utf-8")
    assert load_rows("rows.tsv") == (("市", "city"),)
    assert load_rows("rows.tsv") is load_rows("rows.tsv")
    with pytest.raises(DataFileError, match=r"bad.toml: not valid TOML"):
        load_toml("bad.toml")
    with pytest.raises(DataFileError, match=r"none.toml: cannot read"):
        load_toml("none.toml")
