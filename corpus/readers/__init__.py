"""Readers, one per file format: bytes in, `Content` out. Each imports what it needs only when it runs."""
