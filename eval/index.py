"""What kind of bulletin a gold file is: the index beside the gold."""

import csv
from dataclasses import dataclass
from os import PathLike
from pathlib import Path

from schemas import JianbaoError

NAME = "INDEX.tsv"


class IndexFileError(JianbaoError):
    """The index beside the gold cannot be read; names the file."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One bulletin's kind of bureau, province and genre, as free words; "" where the index does not say."""

    kind: str = ""
    province: str = ""
    genre: str = ""


def load_index(folder: str | PathLike[str]) -> dict[str, Entry]:
    """The entries of `INDEX.tsv` in the gold's folder or the one above it, by name; {} if there is no such file.

    The file has a line of headings and tab-separated columns, of which `name`, `kind`, `province` and `genre` are read.

    Raises:
        IndexFileError: it cannot be read, or has no column `name`.
    """
    root = Path(folder)
    path = next((p for p in (root / NAME, root.resolve().parent / NAME) if p.is_file()), None)
    if path is None:
        return {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
            headings = set(rows[0]) if rows else {"name"}
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise IndexFileError(f"cannot be read ({error})", where=str(path), remedy="write it as UTF-8") from error
    if "name" not in headings:
        raise IndexFileError("has no column `name`", where=str(path), remedy="head its columns name, kind, genre")
    columns = ("kind", "province", "genre")
    return {
        (row["name"] or "").removesuffix(".json"): Entry(*((row.get(c) or "").strip() for c in columns)) for row in rows
    }
