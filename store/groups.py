"""What is written together: records, sightings of their sources, failures, in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from schemas import Record


class Versions(NamedTuple):
    """What extracted a record: jianbao's version, the digest of its data files, the model's name and digest."""

    pipeline: str | None
    lexicon: str | None
    model: str | None


@dataclass(frozen=True, slots=True)
class Item:
    """A record to store; its provenance names its source.

    Args:
        bands: hashes (signed, 64 bits) that nearly the same texts share, for `SqlStore.near`.
        signature: what tells how near two texts are, as bytes of the caller's own making.
        twin: the text digest of a bulletin, stored or of the same group, that tells the same story.
    """

    record: Record
    bands: Sequence[int] = ()
    signature: bytes | None = None
    twin: str | None = None


@dataclass(frozen=True, slots=True)
class Sighting:
    """A source (path or URL, one per bulletin), the digest of its bytes, and the digest of the text it holds now."""

    source: str
    sha256: str | None
    text_sha256: str


@dataclass(frozen=True, slots=True)
class Failure:
    """A source that gave no record: the class of the error, what is wrong and what to do about it."""

    source: str
    kind: str
    cause: str
    remedy: str | None = None
    sha256: str | None = None
    traceback_sha256: str | None = None


@dataclass(frozen=True, slots=True)
class FailureRow(Failure):
    """A failure as it is stored. `resolved` is when the source gave a record after all."""

    attempts: int = 1
    first_seen: datetime | None = None
    last_seen: datetime | None = None
    resolved: datetime | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """What one transaction writes.

    Args:
        items: records to store.
        sightings: sources that hold texts which are stored already, or are among `items`.
        failures: sources that gave no record.
        read: how many bulletins were read for this group, for the run's counts.
        known: how many of those needed no extraction, since their texts are stored.
    """

    items: Sequence[Item] = ()
    sightings: Sequence[Sighting] = ()
    failures: Sequence[Failure] = ()
    read: int = 0
    known: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a group: text digests newly stored, replaced, or left as they were; and what failed."""

    stored: tuple[str, ...] = ()
    refreshed: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    failures: tuple[Failure, ...] = ()


class Neighbour(NamedTuple):
    """A stored bulletin that shares a band."""

    text_sha256: str
    signature: bytes | None
    band: int
