"""Records as JSON Lines: one record a line, UTF-8."""

import os
import tempfile
from pathlib import Path
from types import TracebackType
from typing import IO

from schemas import Record
from store.errors import StoreError


class JsonlWriter:
    """Writes records to a file that appears, whole, when the writer closes without an error.

    Until then the lines go to a temporary file beside it, so that a file of that name is never half-written and an
    earlier one stays as it was when the run fails.

    Args:
        path: the file to write; an existing one is replaced.

    Raises:
        StoreError: the file cannot be written.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        try:
            self._file: IO[str] = tempfile.NamedTemporaryFile(  # noqa: SIM115  (closed in close)
                "w", encoding="utf-8", newline="\n", dir=self.path.parent, prefix=f".{self.path.name}.", delete=False
            )
        except OSError as error:
            raise self._failed(error) from error

    def write(self, record: Record) -> None:
        """Append one record."""
        try:
            self._file.write(record.to_json() + "\n")
        except OSError as error:
            raise self._failed(error) from error

    def close(self, *, keep: bool = True) -> None:
        """Put the file in its place, or throw it away."""
        try:
            self._file.close()
            if keep:
                # Temporary files are private; the result gets the mode that any new file would get.
                mask = os.umask(0)
                os.umask(mask)
                os.chmod(self._file.name, 0o666 & ~mask)
                os.replace(self._file.name, self.path)
            else:
                os.unlink(self._file.name)
        except OSError as error:
            raise self._failed(error) from error

    def __enter__(self) -> "JsonlWriter":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close(keep=kind is None)

    def _failed(self, error: OSError) -> StoreError:
        cause = error.strerror or str(error)
        return StoreError(f"cannot write ({cause})", where=str(self.path), remedy="choose a place you may write to")
