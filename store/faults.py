"""What databases complain of: transient faults are tried again, the others become a StoreError with a remedy."""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, NoSuchModuleError, SQLAlchemyError

from store.errors import RecordError, StoreError

T = TypeVar("T")

# Seconds before each further attempt, half a minute in all: what outlasts a checkpoint or a server's restart.
BACKOFF = (0.05, 0.2, 0.8, 2.0, 4.0, 8.0, 15.0)

# SQLSTATE: lost connections, serialisation, deadlock, locks, too many connections, shutdown and start-up.
_TRANSIENT_STATES = ("08", "40001", "40P01", "55P03", "53300", "57P01", "57P02", "57P03")
_TRANSIENT_SQLITE = ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_PROTOCOL")
_TRANSIENT_WORDS = ("is starting up", "is shutting down", "too many clients", "remaining connection slots")
# The connection is gone, though the driver gives no SQLSTATE.
_LOST_WORDS = ("server closed the connection", "connection is lost", "connection is closed", "consuming input failed")

# The server is not there: it restarts, if it was there before, or else the URL is wrong.
_ABSENT_WORDS = ("Connection refused", "No such file or directory")

# SQLSTATE and words: the value is at fault, not the database. 54000: an index entry is too long.
_RECORD_STATES = ("22", "54000")
_RECORD_WORDS = ("cannot contain NUL", "string or blob too big")

_REMEDIES = (
    (("full", "No space left", "53100"), "free some space, then run again: what was stored before stays"),
    (("readonly", "read-only", "unable to open", "25006"), "choose a place you may write to"),
    (("not a database",), "the file is something else: choose another name"),
    (("malformed",), "the file is damaged: restore a copy, or let `sqlite3 FILE .recover` save what it can"),
    (("locked",), "another program is writing: try again when it has finished"),
    (("password", "28P01", "authentication"), "check user and password in the URL, or in ~/.pgpass"),
    (("does not exist", "3D000"), "make the database with `createdb NAME`, or correct the URL"),
    (("could not translate host", "failed to resolve host"), "correct the host in the URL"),
    (_ABSENT_WORDS, "start the server, or correct host and port in the URL"),
    (("permission denied", "42501"), "let an administrator grant the right"),
    (("not available", "could not open extension"), "install the server's contrib package (Debian: in postgresql)"),
)


def is_transient(error: BaseException, *, was_there: bool = True) -> bool:
    """Whether the same statement may succeed a little later; `was_there`: the database has answered before."""
    if not isinstance(error, DBAPIError):
        return False
    if error.connection_invalidated:
        return True
    name = getattr(error.orig, "sqlite_errorname", "")
    state = _state(error)
    words = str(error.orig)
    return (
        name.startswith(_TRANSIENT_SQLITE)
        or state.startswith(_TRANSIENT_STATES)
        or any(word in words for word in (*_TRANSIENT_WORDS, *_LOST_WORDS))
        or (was_there and any(word in words for word in _ABSENT_WORDS))
    )


def is_record_at_fault(error: BaseException) -> bool:
    """Whether the database refuses what a record holds, so that other records may still be stored."""
    if isinstance(error, RecordError | UnicodeEncodeError | OverflowError):
        return True
    if not isinstance(error, DBAPIError):
        return False
    words = str(error.orig)
    refused = isinstance(error, IntegrityError) or _state(error).startswith(_RECORD_STATES)
    return refused or any(word in words for word in _RECORD_WORDS)


def first_line(error: BaseException) -> str:
    """The error's message, cut to one line."""
    return next((line.strip() for line in str(error).splitlines() if line.strip()), type(error).__name__)


def retried(call: Callable[[], T], *, was_there: bool = True) -> T:
    """What `call` returns, tried again while its fault is transient; the call must undo what it did by halves.

    Args:
        was_there: whether the database has answered before, so that a refused connection is one that is lost.

    Raises:
        StoreError: the fault stays.
    """
    for pause in BACKOFF:
        try:
            return call()
        except DBAPIError as error:
            if not is_transient(error, was_there=was_there):
                raise
        # Jitter, so that two that fell over each other do not meet again.
        time.sleep(pause * random.uniform(0.5, 1.5))  # noqa: S311
    try:
        return call()
    except DBAPIError as error:
        if not is_transient(error, was_there=was_there):
            raise
        cause = first_line(error.orig or error)
        raise StoreError(
            f"the database says, after {len(BACKOFF) + 1} attempts: {cause}",
            remedy="run again when the database is at rest: what was stored before stays",
        ) from error


@contextmanager
def guarded(url: str) -> Iterator[None]:
    """SQLAlchemy's and the drivers' errors as StoreError, with one line, the database's place and no password."""
    try:
        yield
    except StoreError as error:
        if error.where is not None:
            raise
        raise type(error)(error.cause, where=place(url), remedy=error.remedy) from error.__cause__
    except (ArgumentError, NoSuchModuleError) as error:
        raise StoreError(
            f"not a database URL ({first_line(error)})",
            where=url.rpartition("@")[2],
            remedy="write sqlite:///FILE.db or postgresql://USER@HOST/NAME",
        ) from error
    except DBAPIError as error:
        cause = first_line(error.orig or error)
        raise StoreError(f"the database says: {cause}", where=place(url), remedy=_remedy(error)) from error
    except (UnicodeEncodeError, OverflowError) as error:
        raise RecordError(f"what no database can store: {first_line(error)}", where=place(url)) from error
    except SQLAlchemyError as error:
        raise StoreError(first_line(error), where=place(url)) from error


def place(url: str) -> str:
    """`url` without its password, for messages."""
    return make_url(url).render_as_string(hide_password=True)


def _state(error: DBAPIError) -> str:
    return getattr(error.orig, "sqlstate", None) or ""


def _remedy(error: DBAPIError) -> str:
    words = f"{error.orig} {_state(error)}"
    for signs, remedy in _REMEDIES:
        if any(sign in words for sign in signs):
            return remedy
    return "check that the database is reachable and writable"
