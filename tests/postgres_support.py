"""A PostgreSQL server for the tests: the one that PG_TEST_URL names, or a cluster of their own in a temporary folder.

There is no stand-in: a test either talks to a real server or is skipped with the reason, and where PG_REQUIRED is set
(as .ci/run does) it fails instead.
"""

import os
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from sqlalchemy.engine import make_url

NONE_FOUND = "no PostgreSQL server: install one (Debian: apt install postgresql) or set PG_TEST_URL"


@dataclass(frozen=True)
class Cluster:
    """A server of the tests' own, in `folder`."""

    folder: Path
    binaries: Path
    as_user: list[str]

    @property
    def url(self) -> str:
        return f"postgresql://jianbao@/postgres?host={self.folder}"

    def make(self) -> None:
        options = ("-U", "jianbao", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
        _call(*self.as_user, self.binaries / "initdb", "-D", self.folder / "data", *options)

    def start(self) -> None:
        options = f"-F -c listen_addresses='' -c unix_socket_directories='{self.folder}' -c max_connections=50"
        self._control("-l", self.folder / "log", "-o", options, "start")

    def stop(self) -> None:
        """As if the machine had lost its power."""
        self._control("-m", "immediate", "stop")

    def _control(self, *arguments: str | Path) -> None:
        _call(*self.as_user, self.binaries / "pg_ctl", "-D", self.folder / "data", "-w", *arguments)


@contextmanager
def running_server() -> Iterator[str]:
    """The URL of a server on which databases may be made."""
    if url := os.environ.get("PG_TEST_URL"):
        yield url
        return
    with own_cluster() as cluster:
        yield cluster.url


@contextmanager
def own_cluster() -> Iterator[Cluster]:
    """A server that a test may stop and start."""
    binaries = _binaries()
    if binaries is None:
        # A server that PG_TEST_URL names is not ours to stop.
        if os.environ.get("PG_REQUIRED") and not os.environ.get("PG_TEST_URL"):
            pytest.fail(NONE_FOUND)
        pytest.skip(NONE_FOUND)
    # Sockets have short names: pytest's own temporary folders may be too deep.
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    try:
        cluster = Cluster(folder, binaries, _unprivileged(folder))
        cluster.make()
        cluster.start()
        try:
            yield cluster
        finally:
            cluster.stop()
    finally:
        shutil.rmtree(folder)


@contextmanager
def new_database(server: str, template: str = "template0", **options: str) -> Iterator[str]:
    """The URL of a database made for one test."""
    url = make_url(server)
    name = f"jianbao_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(_plain(server), autocommit=True) as connection:
        extra = sql.SQL(" ").join(sql.SQL(f"{key} {{}}").format(sql.Literal(value)) for key, value in options.items())  # type: ignore[arg-type]
        create = sql.SQL("CREATE DATABASE {} TEMPLATE {} {}")
        connection.execute(create.format(sql.Identifier(name), sql.Identifier(template), extra))
        try:
            yield url.set(database=name).render_as_string(hide_password=False)
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def empty_tables(url: str) -> None:
    """Take all rows out of a database, and end who is still connected to it: making a new one takes longer."""
    others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    names = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
    with psycopg.connect(_plain(url), autocommit=True) as connection:
        connection.execute(others)
        found = [sql.Identifier(name) for (name,) in connection.execute(names)]
        connection.execute(sql.SQL("TRUNCATE {} RESTART IDENTITY").format(sql.SQL(", ").join(found)))


def _plain(url: str) -> str:
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def _binaries() -> Path | None:
    """The folder with initdb and pg_ctl, the newest if there are several."""
    found = [Path(path).resolve().parent for name in ("pg_ctl",) if (path := shutil.which(name))]
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    for folder in (*found, *reversed(versions)):
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return folder
    return None


def _unprivileged(folder: Path) -> list[str]:
    """How to run a command as somebody other than root, which the server refuses; the folder is made theirs."""
    if os.getuid() != 0:
        return []
    import pwd

    names = {entry.pw_name for entry in pwd.getpwall()}
    user = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    os.chown(folder, user.pw_uid, user.pw_gid)
    return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups", "--"]


def _call(*command: str | Path) -> None:
    # Into a file, not a pipe: the server would keep a pipe open.
    with tempfile.TemporaryFile("w+") as output:
        done = subprocess.run([str(part) for part in command], stdout=output, stderr=subprocess.STDOUT, cwd="/")  # noqa: S603
        if done.returncode:
            output.seek(0)
            pytest.fail(f"{command}: {output.read()}")
