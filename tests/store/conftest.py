"""The databases that the tests of the store run on."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from store.engine import full_url


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database, on SQLite and on PostgreSQL in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'records.db'}"
    return str(request.getfixturevalue("pg_url"))


def rows(url: str, query: str) -> list[tuple[Any, ...]]:
    """What a query gives, as the driver has it."""
    engine = create_engine(full_url(url))
    try:
        with engine.connect() as connection:
            return [tuple(row) for row in connection.execute(text(query))]
    finally:
        engine.dispose()


@pytest.fixture
def sqlite_path(tmp_path: Path) -> Path:
    return tmp_path / "records.db"
