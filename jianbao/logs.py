"""What a command tells while it works: lines for people, or with --log-json one JSON object a line.

Every event has a name, a message and fields. People see messages of warnings and errors; in JSON all events appear,
with `time`, `level`, `event`, `message` and the fields.
"""

import datetime as dt
import json
import logging
import sys
from typing import Any, Literal

Level = Literal["info", "warning", "error"]

logger = logging.getLogger("jianbao")
_EXTRA = "jianbao_fields"


def log(event: str, message: str, *, level: Level = "info", **fields: Any) -> None:
    """Tell of `event`; `fields` that are None are left out."""
    number = logging.getLevelNamesMapping()[level.upper()]
    if logger.isEnabledFor(number):
        known = {name: value for name, value in fields.items() if value is not None}
        logger.log(number, message, extra={_EXTRA: {"event": event, **known}})


def setup(*, as_json: bool) -> None:
    """Send the events of this process to standard error, as `log` describes."""
    handler = _JsonHandler() if as_json else _LineHandler()
    for old in list(logger.handlers):
        logger.removeHandler(old)
    logger.addHandler(handler)
    logger.setLevel(logging.INFO if as_json else logging.WARNING)
    logger.propagate = False


class _JsonHandler(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        """One event as a line of JSON."""
        fields = getattr(record, _EXTRA, {"event": "message"})
        moment = dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds")
        row = {"time": moment, "level": record.levelname.lower(), **fields, "message": record.getMessage()}
        sys.stderr.write(json.dumps(row, ensure_ascii=False, default=str) + "\n")
        sys.stderr.flush()


class _LineHandler(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        """One event as a line for people."""
        from jianbao.console import State, say

        say(record.getMessage(), style="red" if record.levelno >= logging.ERROR else "yellow")
        trace = getattr(record, _EXTRA, {}).get("traceback")
        if State.debug and trace:
            sys.stderr.write(trace + "\n")
