"""Data files: lexicons and rules that live beside the code as TOML and TSV, loaded once and known by a digest."""

import hashlib
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from schemas import JianbaoError

_ROOT = Path(__file__).parent


class DataFileError(JianbaoError):
    """A data file of the pipeline is missing or malformed."""


@cache
def load_toml(name: str) -> dict[str, Any]:
    """The TOML data file `name`, a path relative to `extract/` such as `numbers/data/units.toml`."""
    try:
        return tomllib.loads(_read(name))
    except tomllib.TOMLDecodeError as error:
        raise DataFileError(f"not valid TOML ({error})", where=name, remedy="correct the file") from error


@cache
def load_rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of the tab-separated data file `name`; blank lines and lines that start with `#` are left out."""
    lines = _read(name).splitlines()
    return tuple(tuple(line.split("\t")) for line in lines if line.strip() and not line.startswith("#"))


def _read(name: str) -> str:
    try:
        return (_ROOT / name).read_text(encoding="utf-8")
    except OSError as error:
        raise DataFileError("cannot read the data file", where=name, remedy="reinstall jianbao") from error


@cache
def lexicon_digest() -> str:
    """The sha256 of all data files, by path and content: two records with one digest saw the same rules."""
    digest = hashlib.sha256()
    for path in sorted(p for p in _ROOT.rglob("data/*") if p.suffix in {".toml", ".tsv"}):
        digest.update(path.relative_to(_ROOT).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
