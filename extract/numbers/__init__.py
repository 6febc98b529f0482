"""Numerals, quantities and units."""
