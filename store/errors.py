"""The errors of the stores."""

from schemas import JianbaoError


class StoreError(JianbaoError):
    """Records cannot be written or read: a bad URL, a read-only or damaged database, a full disk."""


class RecordError(StoreError):
    """One record cannot be stored, though others can: it contradicts itself, or holds what the database cannot."""
