"""Reading and writing the files of annotation tools."""

import json
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from corpus.errors import GoldError, printable


def path_for(folder: Path, id: str, suffix: str) -> Path:
    """Where in `folder` the file of the bulletin `id` lies; folders that its id names are made.

    Raises:
        GoldError: the id would lead out of the folder, or is no file name.
    """
    pure = PurePosixPath(id)
    if not id.isprintable() or "\\" in id or pure.is_absolute() or ".." in pure.parts or id != str(pure) or id == ".":
        raise GoldError(f"{id!r} is no name for a file", where=printable(folder), remedy="rename the bulletin")
    path = folder / (id + suffix)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _failed("written", path, error) from error
    return path


def files(source: Path, suffix: str) -> Iterator[tuple[str, Path]]:
    """The id and path of `source`, or of every file below it with that suffix, in the order of their ids.

    Raises:
        GoldError: there is none.
    """
    if source.is_file():
        yield source.stem, source
        return
    paths = {str(path.relative_to(source).with_suffix("").as_posix()): path for path in source.rglob(f"*{suffix}")}
    if not paths:
        raise GoldError(f"holds no *{suffix} files", where=printable(source), remedy="give the tool's export")
    yield from sorted(paths.items())


def read_text(path: Path) -> str:
    """The file's text.

    Raises:
        GoldError: it cannot be read, or is not UTF-8.
    """
    try:
        with open(path, encoding="utf-8-sig", newline="") as file:
            return file.read()
    except (OSError, UnicodeDecodeError) as error:
        cause = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise GoldError(f"cannot be read ({cause})", where=printable(path), remedy="save it as UTF-8") from error


def write_text(path: Path, text: str) -> None:
    """Writes `text` as UTF-8 with its own line ends.

    Raises:
        GoldError: it cannot be written.
    """
    try:
        path.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise _failed("written", path, error) from error


def parse_json(text: str, where: str) -> Any:
    """The value of a JSON text.

    Raises:
        GoldError: it is no JSON; names the place.
    """
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        cause = f"is not JSON ({error})" if isinstance(error, ValueError) else "is nested too deeply"
        raise GoldError(cause, where=where, remedy="export it again from the tool") from error


def _failed(deed: str, path: Path, error: OSError) -> GoldError:
    return GoldError(f"cannot be {deed} ({error.strerror})", where=printable(path), remedy="check path and permissions")
