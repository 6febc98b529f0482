"""Hugging Face checkpoints as taggers: fine-tuning by `transformers.Trainer`, and use.

A checkpoint reads characters: the text is given to its tokenizer one character a word, and the label of a character is
that of its first token. Labels are BIOES of jianbao's types (`O`, `B-ORG`, …), in the checkpoint's `id2label`.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from models.corpora import Labelled, labels_of
from models.encoded import IGNORED
from models.errors import ModelError
from models.labels import Scheme, load_schemes
from models.pieces import pieces
from models.tagger import Tagged, named

if TYPE_CHECKING:
    import datasets

_HEAD = "bulletin"
_BATCH = 16
_LONGEST = 512


class CheckpointTagger:
    """A fine-tuned checkpoint in a folder.

    Args:
        folder: with config.json, the weights and a fast tokenizer.
        device: "cpu", "cuda" or as torch names it.

    Raises:
        ModelError: transformers is not installed, the folder is damaged, its labels are others, the device is absent.
    """

    def __init__(self, folder: Path, *, device: str = "cpu") -> None:
        torch, transformers = _libraries()
        self.scheme = load_schemes()[_HEAD]
        self._device = _device(torch, device)
        try:
            self._model = transformers.AutoModelForTokenClassification.from_pretrained(folder, local_files_only=True)
            self._tokenizer = transformers.AutoTokenizer.from_pretrained(folder, local_files_only=True)
        except Exception as error:  # the library raises OSError, ValueError, safetensors errors and more
            raise _unreadable(folder, error) from error
        self._columns = _columns(folder, self._model.config.id2label, self.scheme)
        self._model.to(self._device).eval()
        self.name = f"{folder.resolve().name}-{_digest(folder)}"

    def tag(self, text: str, lengths: Sequence[int], tags: Iterable[str]) -> list[Tagged]:
        """See `models.tagger.SpanTagger.tag`; words and their parts of speech are not used."""
        found: list[Tagged] = []
        spans = sorted(pieces(text), key=lambda span: span[0] - span[1])
        for first in range(0, len(spans), _BATCH):
            batch = spans[first : first + _BATCH]
            scores = self._scores([text[s:e] for s, e in batch])
            found += named(self.scheme, np.concatenate(scores), batch)
        return sorted(found)

    def _scores(self, texts: list[str]) -> list[npt.NDArray[np.float32]]:
        """For every text the scores (characters, labels) in the order of the scheme's labels."""
        import torch

        encoded = _tokenized(self._tokenizer, [list(text) for text in texts], padding=True, return_tensors="pt")
        with torch.inference_mode():
            logits = self._model(**encoded.to(self._device)).logits.float().cpu().numpy()
        rows = []
        for index, text in enumerate(texts):
            # What the tokenizer drops, such as blanks, is outside of every name.
            scores = np.full((len(text), self.scheme.size), -1e4, dtype=np.float32)
            scores[:, 0] = 0
            seen = -1
            for token, word in enumerate(encoded.word_ids(index)):
                if word is not None and word != seen:
                    scores[word] = logits[index, token][self._columns]
                    seen = word
            rows.append(scores)
        return rows


def finetune(
    checkpoint: Path,
    sentences: Iterable[Labelled],
    out: Path,
    *,
    epochs: float = 3.0,
    rate: float = 5e-5,
    batch: int = 16,
    seed: int = 0,
    device: str = "cpu",
    say: Callable[[str], None] = lambda line: None,
) -> None:
    """Fine-tune the local `checkpoint` on `sentences` and write the result, with its tokenizer, to `out`.

    An interrupted run into the same folder goes on from its last epoch.

    Args:
        sentences: texts with spans of jianbao's types.
        epochs, rate, batch, seed: of the training.
        device: "cpu" or "cuda".
        say: told loss and progress, a line each.

    Raises:
        ModelError: the libraries are missing, the checkpoint cannot be read, or the device is absent.
    """
    torch, transformers = _libraries()
    _device(torch, device)
    scheme = load_schemes()[_HEAD]
    names = dict(enumerate(scheme.labels))
    try:
        tokenizer = transformers.AutoTokenizer.from_pretrained(checkpoint, local_files_only=True)
        model = transformers.AutoModelForTokenClassification.from_pretrained(
            checkpoint,
            local_files_only=True,
            num_labels=scheme.size,
            id2label=names,
            label2id={label: index for index, label in names.items()},
            ignore_mismatched_sizes=True,
        )
    except Exception as error:
        raise _unreadable(checkpoint, error) from error
    if not tokenizer.is_fast:
        raise ModelError("its tokenizer is a slow one, which keeps no places", where=str(checkpoint))
    data = _dataset(sentences, scheme, tokenizer)
    steps = out / "checkpoints"
    arguments = transformers.TrainingArguments(
        output_dir=str(steps),
        num_train_epochs=epochs,
        learning_rate=rate,
        per_device_train_batch_size=batch,
        seed=seed,
        save_strategy="epoch",
        save_total_limit=1,
        logging_steps=20,
        report_to=[],
        use_cpu=device == "cpu",
        disable_tqdm=True,
    )

    class Told(transformers.TrainerCallback):  # type: ignore[misc, name-defined]
        def on_log(self, args: Any, state: Any, control: Any, logs: dict[str, float] | None = None, **_: Any) -> None:
            if logs and "loss" in logs:
                say(f"step {state.global_step:,} of {state.max_steps:,}, loss {float(logs['loss']):.3f}")

    trainer = transformers.Trainer(
        model=model,
        args=arguments,
        train_dataset=data,
        data_collator=transformers.DataCollatorForTokenClassification(tokenizer),
        callbacks=[Told()],
    )
    trainer.remove_callback(transformers.PrinterCallback)
    trainer.train(resume_from_checkpoint=any(steps.glob("checkpoint-*")) or None)
    trainer.save_model(str(out))
    tokenizer.save_pretrained(out)


def _dataset(sentences: Iterable[Labelled], scheme: Scheme, tokenizer: Any) -> "datasets.Dataset":
    """Token ids with the labels of their characters; other tokens of a character, and special ones, are ignored."""
    import datasets

    rows = []
    for sentence in sentences:
        labels = labels_of(scheme, sentence)
        encoded = _tokenized(tokenizer, [list(sentence.text)])
        aligned, seen = [], -1
        for word in encoded.word_ids(0):
            aligned.append(int(labels[word]) if word is not None and word != seen else IGNORED)
            seen = seen if word is None else word
        rows.append({"input_ids": encoded["input_ids"][0], "labels": aligned})
    if not rows:
        raise ModelError("there is nothing to learn from: no sentences in the gold")
    return datasets.Dataset.from_list(rows)


def _tokenized(tokenizer: Any, texts: list[list[str]], **options: Any) -> Any:
    return tokenizer(texts, is_split_into_words=True, truncation=True, max_length=_LONGEST, **options)


def _libraries() -> tuple[Any, Any]:
    try:
        import torch
        import transformers
    except ImportError as error:
        raise ModelError("needs torch and transformers", remedy="pip install 'jianbao[train]'") from error
    transformers.utils.logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    return torch, transformers


def _device(torch: Any, name: str) -> Any:
    try:
        device = torch.device(name)
    except RuntimeError as error:
        raise ModelError(f"no such device: {name!r}", remedy="choose cpu or cuda") from error
    if device.type == "cuda" and not torch.cuda.is_available():
        raise ModelError(f"{name!r} is asked for, but torch finds no GPU here", remedy="choose cpu")
    return device


def _columns(folder: Path, id2label: dict[int, str], scheme: Scheme) -> list[int]:
    """Where each label of the scheme stands among the checkpoint's."""
    at = {label: index for index, label in id2label.items()}
    missing = [label for label in scheme.labels if label not in at]
    if missing:
        raise ModelError(
            f"has other labels: {', '.join(missing[:3])} … are missing",
            where=str(folder),
            remedy="fine-tune it by `jianbao train ner --from`",
        )
    return [at[label] for label in scheme.labels]


def _digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.safetensors")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _unreadable(folder: Path, error: Exception) -> ModelError:
    cause = " ".join(str(error).split())[:200]
    return ModelError(
        f"cannot be read as a checkpoint ({cause})", where=str(folder), remedy="give a folder made by save_pretrained"
    )
