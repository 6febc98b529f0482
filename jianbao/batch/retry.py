"""What has failed, to be taken up again."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import select

from corpus.files import SourceFile, find_among, stem_id
from corpus.read import read_again
from schemas import Bulletin, JianbaoError
from store import tables

if TYPE_CHECKING:
    from store import SqlStore


def failed_items(store: "SqlStore") -> tuple[int, Iterator[Bulletin | JianbaoError]]:
    """How many sources have failed and not been made good, and what they give now, under the ids of their runs."""
    sources = [failure.source for failure in store.failures()]
    return len(sources), iter(read_again(sources, _id_of(_folders(store))))


def _folders(store: "SqlStore") -> list[Path]:
    """The folders that runs were given, the last first."""
    with store.engine.connect() as connection:
        rows = connection.execute(select(tables.runs.c.settings).order_by(tables.runs.c.id.desc()).limit(100))
        named = [name for (settings,) in rows for name in (*settings.get("paths", ()), settings.get("watch"))]
    return [folder for name in dict.fromkeys(named) if name and (folder := Path(name)).is_dir()]


def _id_of(folders: list[Path]) -> Callable[[Path], str]:
    def id_of(file: Path) -> str:
        for folder in folders:
            if file.is_relative_to(folder):
                for found in find_among(folder, [file]):
                    if isinstance(found, SourceFile) and found.path == file:
                        return found.id
        return stem_id(file)

    return id_of
