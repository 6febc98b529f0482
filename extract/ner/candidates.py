"""What a source of mentions puts forward."""

from typing import NamedTuple

from schemas import EntityType


class Candidate(NamedTuple):
    """A stretch of the view's text that one source takes for a mention.

    `start`, `end` are view offsets; `source` names the rule (`rule:office`), which `extract.ner.merge` ranks;
    `canonical` is the full name where the rule itself knows it.
    """

    start: int
    end: int
    type: EntityType
    source: str
    canonical: str | None = None
