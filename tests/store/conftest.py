"""The databases that the tests of the store run on."""

import shutil
from pathlib import Path

import pytest

from store import SqlStore


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that has the tables and nothing in them."""
    path = tmp_path_factory.mktemp("store") / "empty.db"
    SqlStore(str(path)).close()
    return path


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database without bulletins, on SQLite and on PostgreSQL in turn."""
    if request.param == "sqlite":
        path = tmp_path / "records.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        return f"sqlite:///{path}"
    return str(request.getfixturevalue("pg_url"))


@pytest.fixture
def sqlite_path(tmp_path: Path) -> Path:
    return tmp_path / "records.db"
