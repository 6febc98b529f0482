"""Records as JSON Lines: one record a line, UTF-8, in a file that appears whole or not at all."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from schemas import Record
from store.errors import StoreError


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
    target = Path(path)
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    except OSError as error:
        raise _failed(target, error) from error
    done = keep_partial
    try:
        with open(handle, "w", encoding="utf-8", newline="\n") as file:
            yield file
        done = True
    except OSError as error:
        raise _failed(target, error) from error
    finally:
        if done:
            # Temporary files are private; the result gets the mode that any new file would get.
            mask = os.umask(0)
            os.umask(mask)
            os.chmod(name, 0o666 & ~mask)
            os.replace(name, target)
        else:
            os.unlink(name)


def write_record(file: IO[str], record: Record) -> None:
    """Append `record` to `file` as one line."""
    file.write(record.to_json() + "\n")


def _failed(path: Path, error: OSError) -> StoreError:
    return StoreError(
        f"cannot write ({error.strerror or error})", where=str(path), remedy="choose a place you may write to"
    )
