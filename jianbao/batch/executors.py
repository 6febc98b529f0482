"""How a batch works, and what extracts for it: this very process, or workers."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from types import TracebackType
from typing import TYPE_CHECKING, Any

from extract.groups import in_groups
from jianbao.batch.pool import Pool
from jianbao.batch.work import ExtractorSettings, Forgetting, extract_group, versions_of
from schemas import Bulletin
from store.groups import Versions

if TYPE_CHECKING:
    from extract.pipeline import Extractor


@dataclass(frozen=True, slots=True)
class BatchSettings:
    """How a batch works.

    Args:
        extractor: how to make the extractor.
        workers: processes that extract; 1 is this one.
        refresh: extract anew what another version of jianbao, its lexicons or its model has extracted.
        timeout: seconds that a worker may take for one bulletin.
    """

    extractor: ExtractorSettings = field(default_factory=ExtractorSettings)
    workers: int = 1
    refresh: bool = False
    timeout: float = 300.0


@dataclass(slots=True)
class Summary:
    """What became of a batch's bulletins."""

    read: int = 0
    extracted: int = 0
    known: int = 0
    failed: int = 0

    @property
    def items(self) -> int:
        """How many bulletins, and what should have been one, have been dealt with."""
        return self.extracted + self.known + self.failed


class Inline:
    """Extraction in this very process."""

    def __init__(self, settings: ExtractorSettings) -> None:
        self._settings = settings

    def __enter__(self) -> "Inline":
        self._extractor: Extractor = self._settings.build()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        pass

    @property
    def versions(self) -> Versions:
        """What the extractor states in its records."""
        return versions_of(self._extractor)

    def extract(self, items: Iterable[Any]) -> Iterator[Any]:
        """A result for each bulletin; whatever else is among `items` passes through."""
        with Forgetting(self._extractor) as memory:
            for group in in_groups(items):
                for item in group:
                    if isinstance(item, Bulletin):
                        memory.one_more()
                yield from extract_group(self._extractor, group)


def executor_for(settings: BatchSettings) -> "Inline | Pool":
    """What extracts with these settings; to be opened by `with`."""
    if settings.workers == 1:
        return Inline(settings.extractor)
    return Pool(settings.extractor, settings.workers, timeout=settings.timeout)
