"""A batch: bulletins in, records stored, one bad bulletin never stopping the rest."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extract.pipeline import Extractor
from schemas import Bulletin, JianbaoError, Record

if TYPE_CHECKING:
    from store import SqlStore


class ExtractionError(JianbaoError):
    """A component failed on a bulletin: a fault of jianbao's, not of the bulletin's."""


@dataclass(slots=True)
class Summary:
    """What became of a batch's bulletins."""

    read: int = 0
    extracted: int = 0
    known: int = 0
    failures: list[JianbaoError] = field(default_factory=list)


def extract_all(
    extractor: Extractor, items: Iterable[Bulletin | JianbaoError], on_failure: Callable[[JianbaoError], None]
) -> Iterator[Record]:
    """The records of all bulletins that can be read, in their order; what cannot goes to `on_failure`."""
    for item in items:
        result = _record(extractor, item)
        if isinstance(result, JianbaoError):
            on_failure(result)
        else:
            yield result


def run(
    extractor: Extractor,
    items: Iterable[Bulletin | JianbaoError],
    store: "SqlStore",
    on_stored: Callable[[Record], None] = lambda record: None,
    on_item: Callable[[Summary], None] = lambda summary: None,
) -> Summary:
    """Extract and store what is not stored yet.

    Args:
        items: bulletins, and errors in place of those that cannot be read.
        on_stored: called with each new record.
        on_item: called after each item with the counts so far.

    Raises:
        StoreError: the database fails; what was stored before stays.
    """
    summary = Summary()
    for item in items:
        if isinstance(item, Bulletin):
            summary.read += 1
            if store.knows(item.text):
                summary.known += 1
                on_item(summary)
                continue
        result = _record(extractor, item)
        if isinstance(result, JianbaoError):
            summary.failures.append(result)
        else:
            # Two workers may have met the same text at once: the database decides who was first.
            stored = store.add(result)
            summary.extracted += stored
            summary.known += not stored
            if stored:
                on_stored(result)
        on_item(summary)
    return summary


def _record(extractor: Extractor, item: Bulletin | JianbaoError) -> Record | JianbaoError:
    if isinstance(item, JianbaoError):
        return item
    try:
        return extractor.record(item)
    except Exception as error:  # noqa: BLE001  (whatever a component does, the batch goes on)
        failure = ExtractionError(
            f"{type(error).__name__}: {' '.join(str(error).split())}",
            where=item.source or item.id,
            remedy="run it alone with --debug and report the traceback",
        )
        failure.__cause__ = error
        return failure
