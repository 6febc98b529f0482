"""Bulletins in: decoding, readers per file format, sample bulletins."""
