"""What kind of bulletin a gold file is: the index beside the gold."""

from dataclasses import dataclass
from os import PathLike
from pathlib import Path

from corpus import gold


@dataclass(frozen=True, slots=True)
class Entry:
    """One bulletin's kind of bureau, province and genre, as free words; "" where the index does not say."""

    kind: str = ""
    province: str = ""
    genre: str = ""


def load_index(folder: str | PathLike[str]) -> dict[str, Entry]:
    """The entries of `INDEX.tsv` in the gold's folder or the one above it, by name; {} if there is no such file.

    Raises:
        GoldError: it cannot be read; see `corpus.gold.load_index`.
    """
    root = Path(folder)
    place = next((p for p in (root, root.resolve().parent) if (p / gold.INDEX).is_file()), None)
    rows = gold.load_index(place) if place else {}
    return {name: Entry(*(row.get(key, "") for key in Entry.__slots__)) for name, row in rows.items()}
