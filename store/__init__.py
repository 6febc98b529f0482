"""Records out: JSON Lines and SQL."""

from store.errors import StoreError
from store.jsonl import replacing, write_record
from store.sql import SqlStore

__all__ = ["SqlStore", "StoreError", "replacing", "write_record"]
