"""The command `train ner` from a folder of (tiny) data to a model that the pipeline takes."""

import lzma
import random
from pathlib import Path

import pytest
from typer.testing import CliRunner

from extract.pipeline import Extractor
from jianbao.cli import app
from jianbao.recipe import RECIPE, load_recipe
from jianbao.silver import exchanged, joined_names, tagged_by_rules
from models.corpora import Labelled
from models.errors import TrainingDataError
from models.tagger import OnnxTagger

RECIPE_TEXT = """
[network]
channels = 16
spans = [1, 2]
pair_bits = 8
char_size = 8
pair_size = 4
word_size = 4
[pretraining]
least = 1
steps = 2
characters = 512
[training]
epochs = 1
checkpoint = 5
[gold]
repeat = 1
exchanged = 1
[silver]
path = "news.xz"
characters = 200
[[texts]]
path = "news.xz"
[[corpora]]
name = "news"
scheme = "msra"
path = "news.bio"
format = "columns"
joined = 0.3
held_out = 3
"""
NEWS = "7月3日，云南省大理州宾川县司法局局长赵立新到乔甸镇调研，乔甸镇党委书记杨海波陪同，走访了新庄村的农户。"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    # Two threads that wait for each other make small steps slow on a busy machine.
    pytest.importorskip("torch").set_num_threads(1)
    folder = tmp_path / "data"
    folder.mkdir()
    with lzma.open(folder / "news.xz", "wt", encoding="utf-8") as file:
        file.write(f"{NEWS}{NEWS}\n" * 8)
    labelled = [("甲", "O"), ("王", "B-PER"), ("明", "I-PER"), ("在", "O"), ("宾", "B-LOC"), ("川", "I-LOC")]
    (folder / "news.bio").write_text("\n".join([*(f"{c}\t{t}" for c, t in labelled), "\n"]) * 9, encoding="utf-8")
    (tmp_path / "recipe.toml").write_text(RECIPE_TEXT, encoding="utf-8")
    return folder


def test_from_data_to_a_model(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    command = ["train", "ner", "--data", str(data), "--out", str(out), "--config", str(tmp_path / "recipe.toml")]
    first = CliRunner().invoke(app, command)
    assert first.exit_code == 0, first.output
    assert "news held out" in first.stdout
    weights = (out / "tagger.onnx").read_bytes()
    # What is there is taken up: nothing is trained again.
    second = CliRunner().invoke(app, command)
    assert second.exit_code == 0
    assert "training: step" not in second.output
    assert (out / "tagger.onnx").read_bytes() == weights
    assert OnnxTagger(out).name.startswith("out-")
    assert any(m.text == "宾川县司法局" or m.text.endswith("司法局") for m in Extractor(ner=out).extract(NEWS).mentions)


def test_missing_data_is_named(tmp_path: Path) -> None:
    pytest.importorskip("torch")
    result = CliRunner().invoke(app, ["train", "ner", "--data", str(tmp_path), "--out", str(tmp_path / "out")])
    assert result.exit_code == 2
    assert "xwlb.txt.xz" in result.output.replace("\n", "")


def test_the_shipped_recipe_is_valid() -> None:
    assert load_recipe(RECIPE).corpora


def test_a_wrong_recipe_is_named(tmp_path: Path) -> None:
    path = tmp_path / "recipe.toml"
    path.write_text("[training]\nepoch = 3\n", encoding="utf-8")
    with pytest.raises(TrainingDataError, match=r"training\.epoch"):
        load_recipe(path)


def test_exchanged_names_keep_their_spans() -> None:
    text = "安徽省黄山市休宁县司法局局长王明和刘海燕到休宁县海阳镇调研。"
    names = ("安徽省黄山市休宁县司法局", "王明", "刘海燕", "休宁县海阳镇")
    types = ("ORG", "PERSON", "PERSON", "PLACE")
    spans = tuple((text.index(n), text.index(n) + len(n), t) for n, t in zip(names, types, strict=True))
    for seed in range(20):
        made = exchanged(Labelled(text, spans, ((len(text) - 3, len(text) - 1),)), ["陈晓东"], random.Random(seed))  # noqa: S311
        found = [made.text[start:end] for start, end, _ in made.spans]
        assert found[0].endswith("司法局")
        assert set(found[1:3]) <= {"王明", "刘海燕", "陈晓东"}
        assert found[3].endswith("县海阳镇")
        assert [made.text[start:end] for start, end in made.unsure] == ["调研"]
        assert made.text.endswith("调研。")


def test_chains_are_joined() -> None:
    text = "四川省成都市公安局"
    split = Labelled(text, ((0, 3, "LOC"), (3, 6, "LOC"), (6, 9, "ORG")))
    joined = joined_names(split, {"LOC": "PLACE", "ORG": "ORG"})
    assert joined.spans == ((0, 9, "ORG"),)


def test_silver_is_only_what_two_sources_agree_on() -> None:
    extractor = Extractor(ner="rules")
    sure = list(tagged_by_rules(extractor, [NEWS]))
    assert {NEWS[s:e] for s, e, _ in sure[0].spans} >= {"云南省大理州宾川县司法局", "赵立新", "杨海波"}
    # jieba's dictionary knows a person whom the rules do not find: the sentence is left out.
    assert not list(tagged_by_rules(extractor, ["宾川县今年种的是鲁迅笔下的那种豆子。"]))
