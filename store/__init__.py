"""Records out: JSON Lines and SQL."""

from typing import TYPE_CHECKING, Any

from store.errors import StoreError
from store.jsonl import replacing, write_record

if TYPE_CHECKING:
    from store.sql import SqlStore

__all__ = ["SqlStore", "StoreError", "replacing", "write_record"]


def __getattr__(name: str) -> Any:
    # SQLAlchemy takes a quarter of a second to load, which `jianbao extract` can do without.
    if name == "SqlStore":
        from store.sql import SqlStore

        return SqlStore
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
