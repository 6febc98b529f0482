"""Records as JSON Lines: one record a line, UTF-8, in a file that appears whole or not at all."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from schemas import Record
from store.files import replaced


@contextmanager
def replacing(path: str | Path, *, keep_partial: bool = False) -> Iterator[IO[str]]:
    """A text file to write that takes its place at `path` on closing.

    Until then the text goes to a temporary file beside it, so that no reader meets a half-written file.

    Args:
        path: the file to write; an existing one is replaced.
        keep_partial: whether what was written takes its place even when the body raises; else an existing file stays.

    Raises:
        StoreError: the file cannot be written.
    """
    with (
        replaced(path, keep_partial=keep_partial) as temporary,
        temporary.open("w", encoding="utf-8", newline="\n") as file,
    ):
        yield file


def write_record(file: IO[str], record: Record) -> None:
    """Append `record` to `file` as one line."""
    file.write(record.to_json() + "\n")
