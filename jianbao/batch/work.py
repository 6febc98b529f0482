"""What is done to one bulletin, wherever it is done: in this process, in a worker process, on another machine."""

import hashlib
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from schemas import Bulletin, JianbaoError, Record

if TYPE_CHECKING:
    from extract.pipeline import Extractor
    from jianbao.batch.stories import Sketch
    from store.groups import Versions


class ExtractionError(JianbaoError):
    """A component failed on a bulletin: a fault of jianbao's, not of the bulletin's."""


class WorkerError(JianbaoError):
    """The process that worked on a bulletin died, or took too long."""


@dataclass(frozen=True, slots=True)
class ExtractorSettings:
    """How to make an extractor: small enough to be sent to every worker, which makes its own.

    Args:
        config: a spaCy config file, in place of the default one.
        segmenter, ner, device: see `Extractor`.
    """

    config: str | Path | None = None
    segmenter: str | None = None
    ner: str | None = None
    device: str | None = None

    def build(self) -> "Extractor":
        """An extractor with these settings.

        Raises:
            JianbaoError: they name something that is not there.
        """
        from extract.pipeline import Extractor

        return Extractor(self.config, segmenter=self.segmenter, ner=self.ner, device=self.device)

    def as_json(self) -> dict[str, Any]:
        """The settings as they are stored with a run."""
        return {name: str(value) for name, value in asdict(self).items() if value is not None}


@dataclass(frozen=True, slots=True)
class Extracted:
    """A bulletin's record, and what nearly the same texts are known by."""

    record: Record
    sketch: "Sketch"


@dataclass(frozen=True, slots=True)
class Failed:
    """A bulletin that gave no record, and why.

    Args:
        error: what is wrong; its class is the kind of the failure.
        source: the bulletin's source; None for standard input, and for paths that name no file at all.
        id: the bulletin's id.
        sha256: digest of the source's bytes, as far as they could be read.
        traceback: where in the code it went wrong, for faults of jianbao's own.
    """

    error: JianbaoError
    source: str | None
    id: str | None = None
    sha256: str | None = None
    traceback: str | None = None

    @classmethod
    def reading(cls, error: JianbaoError) -> "Failed":
        """A failure to read."""
        return cls(error, getattr(error, "source", None), getattr(error, "id", None))

    @classmethod
    def of(cls, bulletin: Bulletin, error: JianbaoError, trace: str | None = None) -> "Failed":
        """A failure of what was done to `bulletin`."""
        return cls(error, bulletin.source, bulletin.id, bulletin.sha256, trace)

    @property
    def traceback_sha256(self) -> str | None:
        """What tells that two failures have one cause in the code."""
        return hashlib.sha256(self.traceback.encode()).hexdigest() if self.traceback else None


class Forgetting:
    """Lets an extractor's spaCy forget, every so many bulletins, the words it has met since.

    spaCy keeps every word it ever saw, and every figure is a new word: some kilobytes a bulletin, without end.
    """

    EVERY = 200

    def __init__(self, extractor: "Extractor") -> None:
        self._nlp = getattr(extractor, "nlp", None)
        self._zone = ExitStack()
        self._left = 0

    def __enter__(self) -> "Forgetting":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._zone.close()

    def one_more(self) -> None:
        """To be called before each bulletin."""
        if self._left == 0 and self._nlp is not None:
            self._zone.close()
            self._zone.enter_context(self._nlp.memory_zone())
            self._left = self.EVERY
        self._left -= 1


def extract_one(extractor: "Extractor", bulletin: Bulletin) -> Extracted | Failed:
    """The record of one bulletin, whatever its components do."""
    from jianbao.batch.stories import sketch

    try:
        return Extracted(extractor.record(bulletin), sketch(bulletin.text))
    except Exception as error:  # noqa: BLE001  (whatever a component does, the batch goes on)
        return Failed.of(bulletin, _explained(error, bulletin), _trace(error))


def extract_group(extractor: "Extractor", items: Sequence[Any]) -> Iterator[Any]:
    """A result for each bulletin, worked on together; whatever else is among `items` passes through."""
    from jianbao.batch.stories import sketch

    try:
        records = iter(extractor.records([item for item in items if isinstance(item, Bulletin)]))
    except Exception:  # noqa: BLE001  (told of its bulletin below)
        for item in items:
            yield extract_one(extractor, item) if isinstance(item, Bulletin) else item
        return
    for item in items:
        yield Extracted(next(records), sketch(item.text)) if isinstance(item, Bulletin) else item


def extract_all(
    extractor: "Extractor", items: Iterable[Bulletin | JianbaoError], on_failure: Callable[[JianbaoError], None]
) -> Iterator[Record]:
    """The records of all bulletins that can be read, in their order; what cannot goes to `on_failure`."""
    for item in items:
        if isinstance(item, JianbaoError):
            on_failure(item)
            continue
        try:
            record = extractor.record(item)
        except Exception as error:  # noqa: BLE001  (whatever a component does, the batch goes on)
            on_failure(_explained(error, item))
        else:
            yield record


def versions_of(extractor: "Extractor") -> "Versions":
    """What this extractor states in the provenance of its records."""
    from store.groups import Versions

    provenance = extractor.extract("").provenance
    if provenance is None:
        return Versions(None, None, None)
    return Versions(provenance.pipeline, provenance.lexicon, provenance.model)


def _explained(error: Exception, bulletin: Bulletin) -> JianbaoError:
    if isinstance(error, JianbaoError):
        return error
    failure = ExtractionError(
        f"{type(error).__name__}: {' '.join(str(error).split())}",
        where=bulletin.source or bulletin.id,
        remedy="run it alone with --debug and report the traceback",
    )
    failure.__cause__ = error
    return failure


def _trace(error: Exception) -> str | None:
    """The traceback without the message, which may quote the bulletin: one cause in the code gives one trace."""
    if isinstance(error, JianbaoError):
        return None
    return "".join(traceback.format_tb(error.__traceback__)) + type(error).__name__
