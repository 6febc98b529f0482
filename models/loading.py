"""Which kind of model a folder holds."""

from pathlib import Path

from models.errors import ModelError
from models.tagger import DESCRIPTION, NETWORK, OnnxTagger, SpanTagger


def load_tagger(folder: Path, *, device: str = "cpu") -> SpanTagger:
    """The model in `folder`: one of `jianbao train ner` (tagger.onnx) or a Hugging Face checkpoint (config.json).

    Args:
        folder: the shipped one is `models.tagger.SHIPPED`.
        device: for a checkpoint, "cpu", "cuda" or as torch names it.

    Raises:
        ModelError: there is no model in it, it is damaged, or has other labels; or the device is not there.
    """
    if (folder / NETWORK).exists() or (folder / DESCRIPTION).exists():
        if device != "cpu":
            raise ModelError(f"runs on the CPU, not on {device!r}", where=str(folder), remedy="leave out the device")
        return OnnxTagger(folder)
    if (folder / "config.json").is_file():
        from models.checkpoint import CheckpointTagger

        return CheckpointTagger(folder, device=device)
    raise ModelError(
        f"holds no model: neither {NETWORK} nor config.json",
        where=str(folder),
        remedy="choose rules, neural, joined or the folder of a model",
    )
