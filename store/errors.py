"""The errors of the stores."""

from schemas import JianbaoError


class StoreError(JianbaoError):
    """Records cannot be written or read: a bad URL, a read-only or damaged database, a full disk."""
