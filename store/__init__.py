"""Records out: JSON Lines and SQL."""

from store.errors import StoreError
from store.jsonl import JsonlWriter
from store.sql import SqlStore

__all__ = ["JsonlWriter", "SqlStore", "StoreError"]
