"""`jianbao db`: the database's layout."""

from typing import TYPE_CHECKING

import typer

from jianbao.console import errors, say, stdout
from jianbao.options import Db

if TYPE_CHECKING:
    from store.status import Run

db = typer.Typer(name="db", help="Look after the database's layout.", no_args_is_help=True)


@db.command(epilog="Example:\n\n`jianbao db upgrade --db jianbao.db`")
def upgrade(url: Db) -> None:
    """Bring a database to this version's layout, wholly or not at all; an empty one is filled.

    Keep a copy before: what a newer layout holds, an older jianbao cannot read.
    """
    with errors():
        from store.status import upgrade as bring_up

        before, after = bring_up(url)
    stdout.print("nothing to do" if before == after else f"{before or 'empty'} -> {after}", highlight=False)


@db.command(epilog="Example:\n\n`jianbao db status --db postgresql://me@localhost/jianbao`")
def status(url: Db) -> None:
    """Tell the database's layout, what it holds and how the last run ended.

    The exit code is 1 if the layout is not this version's.
    """
    with errors():
        from store.status import status as state_of

        state = state_of(url)
    stdout.print(f"{state.server}, layout {state.revision or 'none'} of {state.head}", highlight=False)
    for name, count in state.counts.items():
        stdout.print(f"{name:<12}{count:>12,}", highlight=False)
    if state.last_run:
        stdout.print(_told(state.last_run), highlight=False)
    if state.indexed is False:
        say(
            "full text: the database's locale takes Chinese for no letters, so searches read every text; "
            "make the database with `createdb --template template0 --locale C.UTF-8 NAME`"
        )
    if state.revision != state.head:
        say("run `jianbao db upgrade`" if (state.revision or "") < state.head else "install a newer jianbao")
        raise typer.Exit(1)


def _told(run: "Run") -> str:
    counts = ", ".join(f"{count:,} {name}" for name, count in run.counts.items())
    return f"last run: {run.status}, begun {run.started:%Y-%m-%d %H:%M} UTC: {counts}"
