"""The shipped tagger: what it finds, whatever the text and the batch; and models that are not what they should be."""

import json
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.pipeline import Extractor
from extract.segment.segmenters import load_segmenter
from extract.segment.view import fold
from models.errors import ModelError
from models.loading import load_tagger
from models.tagger import DESCRIPTION, NETWORK, SHIPPED, OnnxTagger, Tagged

TAGGER = OnnxTagger()
SENTENCES = (
    "3月12日，湖北省襄阳市保康县司法局局长周文斌带队到马良镇走访企业。",
    "王晓燕说：“今年我们在云南。”",
    "全市共排查隐患1300余处，整改完成率98%。",
)


def tag(text: str) -> list[Tagged]:
    text = fold(text)
    words, tags = load_segmenter("jieba")(text)
    return TAGGER.tag(text, [len(word) for word in words], tags)


def test_names_of_each_kind() -> None:
    found = {(SENTENCES[0][t.start : t.end], t.type) for t in tag(SENTENCES[0])}
    assert {("周文斌", "PERSON"), ("湖北省襄阳市保康县司法局", "ORG")} <= found


def test_a_sentence_is_tagged_alike_alone_and_among_others() -> None:
    together = "\n".join(SENTENCES)
    alone = []
    for sentence in SENTENCES:
        start = together.index(sentence)
        alone += [(t.start + start, t.end + start, t.type) for t in tag(sentence)]
    assert [t[:3] for t in tag(together)] == alone


@settings(max_examples=50, deadline=None)
@given(st.text("司法局张明省市12aZ，。 \n“”龘\U0001f600", max_size=400))
def test_whatever_the_text_spans_are_in_order_and_scores_are_shares(text: str) -> None:
    found = tag(text)
    assert all(0 <= t.start < t.end <= len(text) and 0 < t.score <= 1 for t in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SHIPPED, tmp_path / "model"))


@pytest.mark.parametrize("name", [NETWORK, DESCRIPTION])
def test_a_missing_file_is_named(copy: Path, name: str) -> None:
    (copy / name).unlink()
    with pytest.raises(ModelError, match=f"{name}: the model's file is missing; install jianbao again"):
        load_tagger(copy)


@pytest.mark.parametrize("name", [NETWORK, DESCRIPTION])
def test_a_damaged_file_is_named(copy: Path, name: str) -> None:
    (copy / name).write_bytes((copy / name).read_bytes()[:1000])
    with pytest.raises(ModelError, match=f"{name}: the model's file is damaged"):
        Extractor(ner=copy)


def test_labels_that_do_not_belong_together(copy: Path) -> None:
    entry = json.loads((copy / DESCRIPTION).read_text(encoding="utf-8"))
    entry["heads"]["bulletin"] = ["ORG"]
    (copy / DESCRIPTION).write_text(json.dumps(entry), encoding="utf-8")
    with pytest.raises(ModelError, match="other labels"):
        OnnxTagger(copy)


def test_an_unknown_head() -> None:
    with pytest.raises(ModelError, match="choose one of bulletin, msra"):
        OnnxTagger(head="people")


def test_no_gpu_for_the_shipped_tagger() -> None:
    with pytest.raises(ModelError, match="runs on the CPU"):
        Extractor(device="cuda")


@pytest.mark.parametrize(("ner", "prefix"), [("rules", {"rule"}), ("neural", {"model"}), ("joined", {"rule", "model"})])
def test_each_mode_has_its_sources(ner: str, prefix: set[str]) -> None:
    record = Extractor(ner=ner).extract("\n".join(SENTENCES))
    assert {source.partition(":")[0] for m in record.mentions for source in m.sources} == prefix
    assert record.provenance is not None
    assert (record.provenance.model is None) == (ner == "rules")


@pytest.mark.parametrize("ner", ["rules", "joined"])
def test_torch_is_not_loaded(ner: str) -> None:
    code = f"""
import sys
from jianbao import Extractor
Extractor(ner={ner!r}).extract('甲县司法局成立。')
print('torch' in sys.modules, 'onnxruntime' in sys.modules)
"""
    told = subprocess.run([sys.executable, "-W", "ignore", "-c", code], check=True, capture_output=True, text=True)  # noqa: S603
    assert told.stdout.split() == ["False", str(ner == "joined")]
