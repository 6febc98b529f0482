"""Records out: JSON Lines and SQL."""
