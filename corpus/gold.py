"""Gold: records labelled by hand, one JSON file per bulletin, checked as they are loaded."""

import json
from os import PathLike
from pathlib import Path

from pydantic import ValidationError

from corpus.errors import GoldError, printable
from schemas import Record

GOLD = Path(__file__).with_name("gold")
INDEX = "INDEX.tsv"


def load_gold(folder: str | PathLike[str]) -> list[Record]:
    """The gold records of the `*.json` files in a folder and the folders below it, in the order of their names.

    Raises:
        GoldError: the folder has none, or one is no valid record; names the file and the item.
    """
    return [load_gold_file(path) for path in gold_paths(folder)]


def gold_paths(folder: str | PathLike[str]) -> list[Path]:
    """The `*.json` files in a folder and the folders below it, in the order of their names.

    Raises:
        GoldError: there is none.
    """
    root = Path(folder)
    paths = sorted(root.rglob("*.json"), key=lambda path: (path.stem, path)) if root.is_dir() else []
    if not paths:
        raise GoldError("holds no gold files", where=printable(root), remedy="give a folder with *.json records")
    return paths


def load_gold_file(path: str | PathLike[str]) -> Record:
    """The gold record of one file.

    Raises:
        GoldError: it cannot be read or is no valid record; names the file and the item.
    """
    where = printable(path)
    try:
        return Record.model_validate_json(Path(path).read_bytes())
    except OSError as error:
        raise GoldError(
            f"cannot be read ({error.strerror})", where=where, remedy="check path and permissions"
        ) from error
    except ValidationError as error:
        raise invalid(error, where) from error


def write_gold_file(record: Record, path: str | PathLike[str]) -> None:
    """Writes `record` as a gold file: readable JSON without provenance.

    Raises:
        GoldError: the file cannot be written.
    """
    content = record.model_dump(
        mode="json", exclude={"provenance": True, "mentions": {"__all__": {"sources", "score"}}}
    )
    for items in content.values():
        for item in items if isinstance(items, list) else []:
            if isinstance(item, dict) and "optional" in item:
                item["optional"] = item.pop("optional")  # reads best at the end
    try:
        # Encoded before the file is opened: what cannot be written spares what is there.
        Path(path).write_bytes((json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode())
    except (OSError, UnicodeEncodeError) as error:
        detail = error.strerror if isinstance(error, OSError) else "it holds half a surrogate pair"
        raise GoldError(
            f"cannot be written ({detail})", where=printable(path), remedy="check path and permissions"
        ) from error


def load_index(folder: str | PathLike[str]) -> dict[str, dict[str, str]]:
    """The rows of the folder's `INDEX.tsv` by the name of their bulletin, each a value per heading (name, split, …).

    Raises:
        GoldError: it cannot be read, has no column `name`, a row of other length, or names a bulletin twice.
    """
    path = Path(folder) / INDEX
    where = printable(path)
    try:
        head, *lines = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    except (OSError, ValueError) as error:
        raise GoldError("cannot be read, or is empty", where=where, remedy="write it as UTF-8") from error
    if "name" not in head:
        raise GoldError("has no column `name`", where=where, remedy="head its columns name, split, kind, …")
    rows: dict[str, dict[str, str]] = {}
    for line in lines:
        row = dict(zip(head, line, strict=False))
        if len(line) != len(head) or row["name"] in rows:
            wrong = f"has {len(line)} columns, not {len(head)}" if len(line) != len(head) else "is listed twice"
            raise GoldError(
                f"{line[0]!r} {wrong}", where=where, remedy="give each bulletin one row, with tabs between its columns"
            )
        rows[row["name"]] = row
    return rows


def invalid(error: ValidationError, where: str, prefix: str = "") -> GoldError:
    """The first fault of what is no valid record, as one line."""
    first = error.errors(include_url=False, include_input=False)[0]
    more = f" (and {error.error_count() - 1} more)" if error.error_count() > 1 else ""
    item = item_name(first["loc"])
    cause = " ".join(f"{prefix}{item}{': ' if item else ''}{first['msg']}{more}".split())
    return GoldError(cause, where=where, remedy="correct the item")


def item_name(location: tuple[int | str, ...]) -> str:
    """`mentions[3].text` for pydantic's ("mentions", 3, "text")."""
    name = ""
    for part in location:
        name += f"[{part}]" if isinstance(part, int) else f".{part}" if name else part
    return name
