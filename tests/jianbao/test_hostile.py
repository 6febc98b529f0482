"""Hostile files: the batch ends, each file gives a record or a failure, and the memory stays small."""

import subprocess
import sys
from pathlib import Path

from hostile_support import write_hostile
from store_support import rows

from corpus.errors import printable

# The exit code of a command and its peak resident set, in KiB on Linux.
MEASURED = """
import resource, subprocess, sys
code = subprocess.run(sys.argv[1:]).returncode
print(code, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def test_each_hostile_file_gives_a_record_or_a_failure(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    files = write_hostile(folder)
    assert len(files) >= 200
    url = f"sqlite:///{tmp_path / 'hostile.db'}"
    batch = [sys.executable, "-W", "ignore", "-m", "jianbao", "run", str(folder), "--db", url]
    done = subprocess.run([sys.executable, "-c", MEASURED, *batch], capture_output=True, text=True, timeout=600)  # noqa: S603
    code, peak = map(int, done.stdout.split()[-2:])
    assert code == 1, done.stderr[-2000:]
    assert "Traceback" not in done.stderr
    assert peak < 1024 * 1024, f"{peak / 1024:.0f} MiB"
    told = {
        str(name)
        for query in ("SELECT name FROM sources", "SELECT source FROM failures")
        for (name,) in rows(url, query)
    }
    # The pages of a list go by their URLs.
    silent = [path for path in files if path.suffix != ".urls" and not _is_told(printable(path), told)]
    assert silent == []


def _is_told(name: str, told: set[str]) -> bool:
    """Whether a file, or something in it, has a record or a failure."""
    return name in told or any(source.startswith((f"{name}!/", f"{name}#")) for source in told)
