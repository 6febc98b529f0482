"""What a source of mentions puts forward."""

from typing import NamedTuple

from schemas import EntityType


class Candidate(NamedTuple):
    """A stretch of the view's text that one source takes for a mention.

    `start`, `end` are view offsets; `source` names the rule (`rule:place-office`) or the model (`model:tagger`);
    `canonical` is the full name where the source itself knows it; `score` says how likely the candidate is right,
    0 to 1. A rule leaves it None: what its findings are worth stands in `data/merge.toml`.
    """

    start: int
    end: int
    type: EntityType
    source: str
    canonical: str | None = None
    score: float | None = None
