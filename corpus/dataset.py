"""Gold as a Hugging Face dataset, for training taggers."""

from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.errors import GoldError, MissingExtraError
from corpus.gold import GOLD, INDEX, gold_paths, load_gold, load_index
from corpus.tagging import TAGS, bioes
from schemas import Record

if TYPE_CHECKING:
    from datasets import Dataset, DatasetDict

SPLITS = ("train", "dev", "test")


def load(split: str | None = None, gold: str | PathLike[str] = GOLD) -> "Dataset | DatasetDict":
    """The gold of one split as a `datasets.Dataset`; without `split`, all as a `datasets.DatasetDict`.

    A row is a bulletin: `id`, `text`, its `characters`, their `tags` (BIOES class labels of ORG, PLACE, PROGRAM,
    PERSON), `optional` (whether a character's tag is one that gold neither rewards nor punishes, to be masked in
    training), the `record` as JSON (`schemas.Record.model_validate_json` reads it), and `kind`, `province` and `genre`
    from the index. Only local files are read.

    Args:
        split: train, dev or test.
        gold: the folder with one folder per split.

    Raises:
        MissingExtraError: the package `datasets` is not installed.
        GoldError: there is no such split, or a gold file is not valid.
    """
    try:
        import datasets
    except ImportError as error:
        raise MissingExtraError("needs the package datasets", remedy="pip install 'jianbao[train]'") from error
    root = Path(gold)
    if split is not None and split not in SPLITS:
        raise GoldError(f"there is no split {split!r}", where=str(root), remedy=f"give one of {', '.join(SPLITS)}")
    index = load_index(root) if (root / INDEX).is_file() else {}
    strings = datasets.Sequence(datasets.Value("string"))
    features = datasets.Features(
        {
            **{name: datasets.Value("string") for name in ("id", "kind", "province", "genre", "text")},
            "characters": strings,
            "tags": datasets.Sequence(datasets.ClassLabel(names=list(TAGS))),
            "optional": datasets.Sequence(datasets.Value("bool")),
            "record": datasets.Value("string"),
        }
    )

    def made(name: str) -> "Dataset":
        rows = [_row(record, index.get(record.id, {})) for record in load_gold(root / name)]
        return datasets.Dataset.from_list(rows, features=features)

    if split is not None:
        return made(split)
    found = {path.parent for path in gold_paths(root)}
    return datasets.DatasetDict({name: made(name) for name in SPLITS if root / name in found})


def _row(record: Record, entry: dict[str, str]) -> dict[str, Any]:
    # Required before optional ones, then the longest: so overlaps are decided.
    mentions = sorted(record.mentions, key=lambda m: (m.optional, m.start - m.end, m.start))
    optional = [False] * len(record.text)
    for mention in reversed(mentions):
        optional[mention.start : mention.end] = [mention.optional] * len(mention.text)
    return {
        "id": record.id,
        **{name: entry.get(name, "") for name in ("kind", "province", "genre")},
        "text": record.text,
        "characters": list(record.text),
        "tags": bioes(len(record.text), ((m.start, m.end, m.type) for m in mentions)),
        "optional": optional,
        "record": record.to_json(),
    }
