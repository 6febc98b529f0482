"""Organisations, places, programmes and people."""
