"""Files that appear whole or not at all."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from store.errors import StoreError


@contextmanager
def replaced(path: str | Path, *, keep_partial: bool = False) -> Iterator[Path]:
    """A temporary file beside `path`, to be written and closed in the body, that takes its place afterwards.

    Args:
        path: the file to write; an existing one is replaced, a link stays and what it leads to is replaced.
        keep_partial: whether what was written takes its place even when the body raises; else an existing file stays.

    Raises:
        StoreError: the file cannot be written.
    """
    target = Path(path).resolve()
    if target.exists() and not target.is_file():
        raise StoreError("is no file that could be replaced", where=str(path), remedy="choose another name")
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        os.close(handle)
    except OSError as error:
        raise _failed(target, error) from error
    temporary = Path(name)
    done = keep_partial
    try:
        yield temporary
        done = True
    except OSError as error:
        raise _failed(target, error) from error
    finally:
        if done:
            _put(temporary, target)
        else:
            temporary.unlink(missing_ok=True)


def _put(temporary: Path, target: Path) -> None:
    # Temporary files are private; the result gets the mode that any new file would get.
    mask = os.umask(0)
    os.umask(mask)
    temporary.chmod(0o666 & ~mask)
    try:
        # Without this, after a power failure the new name could lead to an empty file.
        with temporary.open("rb") as file:
            os.fsync(file.fileno())
        temporary.replace(target)
    except OSError as error:
        temporary.unlink()
        raise _failed(target, error) from error


def _failed(path: Path, error: OSError) -> StoreError:
    return StoreError(
        f"cannot write ({error.strerror or error})", where=str(path), remedy="choose a place you may write to"
    )
