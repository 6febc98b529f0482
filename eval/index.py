"""What kind of bulletin a gold file is: the index beside the gold."""

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

    The file has a line of headings and tab-separated columns. Those headed `name`, `kind`, `province` and `genre` are
    read; of a heading of several words (`bureau kind`) the last counts.

    Raises:
        IndexFileError: it cannot be read, or has no column `name`.
    """
    root = Path(folder)
    path = next((p for p in (root / NAME, root.resolve().parent / NAME) if p.is_file()), None)
    if path is None:
        return {}
    try:
        headings, *rows = (
            line.split("\t") for line in path.read_text(encoding="utf-8-sig").splitlines() if line.strip()
        )
    except (OSError, ValueError) as error:
        raise IndexFileError("cannot be read, or is empty", where=str(path), remedy="write it as UTF-8") from error
    columns = [heading.split()[-1].lower() if heading.strip() else "" for heading in headings]
    if "name" not in columns:
        raise IndexFileError("has no column `name`", where=str(path), remedy="head its columns name, kind, genre")
    entries = {}
    for row in rows:
        cells = dict(zip(columns, (cell.strip() for cell in row), strict=False))
        name = cells.get("name", "").removesuffix(".json")
        entries[name] = Entry(*(cells.get(column, "") for column in ("kind", "province", "genre")))
    return entries
