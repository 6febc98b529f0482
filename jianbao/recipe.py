"""The recipe of a tagger: what `jianbao train ner --config FILE` reads."""

import tomllib
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

import models
from models.errors import TrainingDataError

RECIPE = Path(models.__file__).parent / "data" / "training.toml"


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class NetworkTable(_Table):
    """Sizes of the network, as in `models.network.Architecture`."""

    channels: int = 192
    spans: tuple[int, ...] = (1, 2, 4, 8, 1)
    pair_bits: int = 17
    char_size: int = 80
    pair_size: int = 40
    word_size: int = 24


class PretrainingTable(_Table):
    """How the encoder is pretrained on plain text."""

    least: int = 4
    steps: int = 2000
    characters: int = 4096
    rate: float = 2e-3
    dropout: float = 0.1


class TrainingTable(_Table):
    """How the tagger is trained, as in `models.training.Settings`."""

    epochs: int = 8
    characters: int = 4096
    rate: float = 2e-3
    decay: float = 0.999
    dropout: float = 0.35
    seed: int = 0
    checkpoint: int = 250


class GoldTable(_Table):
    """How often an epoch takes the gold, and how many copies of it with other names."""

    repeat: int = 2
    exchanged: int = 5


class SilverTable(_Table):
    """Plain text to be tagged by the rules."""

    path: str
    characters: int
    weight: float = 0.4


class TextTable(_Table):
    """Plain text (xz); `every` so many lines one is taken."""

    path: str
    every: int = 1


class CorpusTable(_Table):
    """A labelled corpus of another scheme."""

    name: str
    scheme: str
    path: str
    format: Literal["columns", "cluener", "slashed"]
    joined: float = 0.0
    held_out: int = 0


class Recipe(_Table):
    """What `training.toml` holds."""

    network: NetworkTable = NetworkTable()
    pretraining: PretrainingTable = PretrainingTable()
    training: TrainingTable = TrainingTable()
    gold: GoldTable = GoldTable()
    silver: SilverTable | None = None
    texts: tuple[TextTable, ...] = ()
    corpora: tuple[CorpusTable, ...] = ()
    tests: tuple[CorpusTable, ...] = ()


def load_recipe(path: Path = RECIPE) -> Recipe:
    """The recipe of a TOML file.

    Raises:
        TrainingDataError: the file is missing, no TOML, or has an unknown or wrong entry.
    """
    try:
        return Recipe.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise TrainingDataError(f"cannot be read ({error})", where=str(path)) from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise TrainingDataError(
            f"{where}: {first['msg']}", where=str(path), remedy="compare with training.toml"
        ) from error
