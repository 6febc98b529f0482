"""The word lists of the scopes (`facts/data/scopes.toml`) as alternatives of regular expressions."""

from typing import Any

from extract.data import load_toml
from extract.patterns import any_of

DATA: dict[str, Any] = load_toml("facts/data/scopes.toml")
# What tells the offices of a branch: 警方 and 公安 are of 公安.
BRANCHES: dict[str, str] = DATA["branches"]


def either(key: str) -> str:
    """The words under `key`, longest first, as alternatives."""
    return any_of(DATA[key])
