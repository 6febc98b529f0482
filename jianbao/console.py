"""What every command shares: where it prints, and how it tells of errors."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer
from rich.console import Console

from schemas import JianbaoError

# Piped output has no width of its own; rich's 80 columns are few for Chinese tables.
stdout = Console(width=None if sys.stdout.isatty() or "COLUMNS" in os.environ else 120)
stderr = Console(stderr=True, highlight=False)


class State:
    """What the options before the command say."""

    debug = False


@contextmanager
def errors() -> Iterator[None]:
    """jianbao's own errors as one line on stderr and exit code 2; with --debug, as a traceback."""
    try:
        yield
    except JianbaoError as error:
        if State.debug:
            raise
        report(error)
        raise typer.Exit(2) from error
    except BrokenPipeError:
        # The reader (head, less) has seen enough.
        sys.stderr.close()
        raise typer.Exit(0) from None


def report(error: JianbaoError) -> None:
    """One line on stderr about an error; with --debug, its traceback."""
    if State.debug:
        import traceback

        traceback.print_exception(error)
    else:
        say(str(error), style="red")


def say(message: str, style: str = "yellow") -> None:
    """One line on stderr."""
    stderr.print(f"jianbao: {' '.join(message.split())}", markup=False, soft_wrap=True, style=style)
