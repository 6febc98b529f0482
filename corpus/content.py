"""What a reader makes of a file's bytes, before it becomes a bulletin."""

import datetime as dt
import re
from dataclasses import dataclass, field

from schemas import HeadHints

_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*[-年/.]?\s*(\d{1,2})\s*[-月/.]?\s*(\d{1,2})(?!\d)")


@dataclass(frozen=True, slots=True)
class Content:
    """The text of one document, what its container says of the head, and how its bytes were decoded."""

    text: str
    hints: HeadHints = field(default_factory=HeadHints)
    encoding: str | None = None


def parse_date(value: str) -> dt.date | None:
    """The first day named in `value` in any common notation (2023-05-06, 2023年5月6日, 20230506 08:00), or None."""
    match = _DATE.search(value)
    if not match:
        return None
    try:
        return dt.date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None
