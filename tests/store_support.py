"""What the tests of several stores share."""

from typing import Any

from sqlalchemy import create_engine, text

from store.engine import full_url


def rows(url: str, query: str) -> list[tuple[Any, ...]]:
    """What a query gives, as the driver has it."""
    engine = create_engine(full_url(url))
    try:
        with engine.connect() as connection:
            return [tuple(row) for row in connection.execute(text(query))]
    finally:
        engine.dispose()
