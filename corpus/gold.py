"""Gold: records labelled by hand, one JSON file per bulletin, checked as they are loaded."""

from os import PathLike
from pathlib import Path

from pydantic import ValidationError

from corpus.errors import GoldError, printable
from schemas import Record


def load_gold(folder: str | PathLike[str]) -> list[Record]:
    """The gold records of the `*.json` files in a folder and the folders below it, in the order of their names.

    Raises:
        GoldError: the folder has none, or one is no valid record; names the file and the item.
    """
    root = Path(folder)
    paths = sorted(root.rglob("*.json"), key=lambda path: (path.stem, path)) if root.is_dir() else []
    if not paths:
        raise GoldError("holds no gold files", where=printable(root), remedy="give a folder with *.json records")
    return [load_gold_file(path) for path in paths]


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
        first = error.errors(include_url=False)[0]
        more = f" (and {error.error_count() - 1} more)" if error.error_count() > 1 else ""
        cause = " ".join(f"{_item(first['loc'])}{first['msg']}{more}".split())
        raise GoldError(cause, where=where, remedy="correct the item") from error


def _item(location: tuple[int | str, ...]) -> str:
    """`mentions[3].text: ` for pydantic's ("mentions", 3, "text")."""
    name = ""
    for part in location:
        name += f"[{part}]" if isinstance(part, int) else f".{part}" if name else part
    return f"{name}: " if name else ""
