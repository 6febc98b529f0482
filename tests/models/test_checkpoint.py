"""Checkpoints of the user's own: a tiny BERT is made, fine-tuned by the command, and used by the pipeline."""

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from extract.pipeline import Extractor
from jianbao.cli import app
from models.errors import ModelError
from models.loading import load_tagger

TEXT = "近日，新疆阿克苏地区司法局局长王明到库车市调研。"
transformers = pytest.importorskip("transformers")
# Two threads that wait for each other make small steps slow on a busy machine.
pytest.importorskip("torch").set_num_threads(1)


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An untrained BERT of a few thousand weights, with a vocabulary of single characters."""
    folder = tmp_path_factory.mktemp("bert")
    characters = sorted({chr(c) for c in range(0x4E00, 0x5E00)} | set(TEXT))
    (folder / "vocab.txt").write_text("\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *characters]), "utf-8")
    transformers.BertTokenizerFast(str(folder / "vocab.txt")).save_pretrained(folder)
    config = transformers.BertConfig(
        vocab_size=len(characters) + 5, hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16
    )
    transformers.BertForMaskedLM(config).save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def tuned(checkpoint: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("tuned")
    result = CliRunner().invoke(app, ["train", "ner", "--from", str(checkpoint), "--out", str(out), "--epochs", "0.02"])
    assert result.exit_code == 0, result.output
    assert "gold dev" in result.stdout
    return out


def test_the_pipeline_takes_the_result(tuned: Path) -> None:
    record = Extractor(ner=tuned).extract(TEXT)
    assert record.provenance is not None
    assert str(record.provenance.model).startswith(tuned.name)
    assert any(m.type == "ORG" and m.text == "新疆阿克苏地区司法局" for m in record.mentions)


def test_other_labels(checkpoint: Path, tmp_path: Path) -> None:
    shutil.copytree(checkpoint, tmp_path / "other")
    model = transformers.BertForTokenClassification.from_pretrained(checkpoint, num_labels=3)
    model.save_pretrained(tmp_path / "other")
    with pytest.raises(ModelError, match="other labels"):
        load_tagger(tmp_path / "other")


def test_an_absent_gpu(tuned: Path) -> None:
    import torch

    if torch.cuda.is_available():
        pytest.skip("there is a GPU here")
    with pytest.raises(ModelError, match="no GPU"):
        Extractor(ner=tuned, device="cuda")


def test_a_folder_without_a_model(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="holds no model"):
        Extractor(ner=tmp_path)


def test_damaged_weights(tuned: Path, tmp_path: Path) -> None:
    shutil.copytree(tuned, tmp_path / "damaged", ignore=shutil.ignore_patterns("checkpoints"))
    (tmp_path / "damaged" / "model.safetensors").write_bytes(b"no weights")
    with pytest.raises(ModelError, match="cannot be read"):
        load_tagger(tmp_path / "damaged")
