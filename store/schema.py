"""The layout's revisions: which one a database has, and how it gets to another.

Databases made before there were revisions have the baseline's layout and no `alembic_version`.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, inspect, text

from store import tables
from store.engine import writing
from store.errors import StoreError

if TYPE_CHECKING:
    from alembic.config import Config

BASELINE = "0001"
HEAD = "0002"

_VERSIONS = "alembic_version"
# Any number that others are unlikely to lock by.
_ADVISORY_LOCK = 7_134_662_105


def is_ours(name: str | None, kind: str, _: Any = None) -> bool:
    """Whether the metadata tells of a table or index; of full text only the migrations do."""
    return not (kind in ("table", "index") and name is not None and ("_fts" in name or name.endswith("_trgm")))


def revision(connection: Connection) -> str | None:
    """The database's revision, None where it holds nothing of ours."""
    names = set(inspect(connection).get_table_names())
    if _VERSIONS in names:
        found = connection.execute(text(f"SELECT version_num FROM {_VERSIONS}")).scalar()  # noqa: S608 (a constant)
        if found is not None:
            return str(found)
    return BASELINE if tables.bulletins.name in names else None


def check(found: str | None) -> None:
    """Refuse a database whose layout is not this version's.

    Raises:
        StoreError: it is older, or made by a newer jianbao.
    """
    if found == HEAD:
        return
    if found is None:
        raise StoreError("no bulletins are stored here", remedy="fill it with `jianbao run`")
    if found < HEAD:
        raise StoreError(
            f"the database has an older layout ({found}, this jianbao needs {HEAD})",
            remedy="keep a copy and run `jianbao db upgrade --db URL`",
        )
    raise StoreError(
        f"the database has a newer layout ({found}) than this jianbao knows ({HEAD})", remedy="install a newer jianbao"
    )


def migrate(engine: Engine, target: str = HEAD) -> tuple[str | None, str]:
    """Bring the database to the revision `target`, up or down, in one transaction; an empty database is filled.

    Returns:
        The revisions before and after.
    """
    from alembic import command

    with writing(engine) as connection:
        if engine.dialect.name == "postgresql":
            _check_encoding(connection)
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})
        before = revision(connection)
        if before == target:
            return before, target
        if before is not None and before > HEAD:
            check(before)
        config = _config(connection)
        if before is not None and _VERSIONS not in inspect(connection).get_table_names():
            command.stamp(config, before)
        if before is None or before < target:
            command.upgrade(config, target)
        else:
            command.downgrade(config, target)
        return before, target


def _config(connection: Connection) -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _check_encoding(connection: Connection) -> None:
    encoding = connection.execute(text("SHOW server_encoding")).scalar()
    if encoding != "UTF8":
        raise StoreError(
            f"the database's encoding is {encoding}, which cannot hold every Chinese character",
            remedy="make it with `createdb --encoding UTF8 --template template0 NAME`",
        )
