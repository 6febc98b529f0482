"""What tests of batches share: an extractor that finds nothing, and does what the text tells it to do."""

import os
import signal
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from jianbao.batch import ExtractorSettings
from schemas import Bulletin, JianbaoError, Provenance, Record

KILLS = "杀"
KILLS_ONCE = "杀一次"
RAISES = "错"
DAWDLES = "慢"


class StubExtractor:
    """Records with nothing in them, at once."""

    def __init__(self, folder: Path, pipeline: str) -> None:
        self._folder = folder
        self._pipeline = pipeline

    def extract(self, text: str) -> Record:
        return self.record(Bulletin(id="text", text=text))

    def records(self, bulletins: Sequence[Bulletin]) -> list[Record]:
        return list(map(self.record, bulletins))

    def record(self, bulletin: Bulletin) -> Record:
        if KILLS_ONCE in bulletin.text:
            mark = self._folder / f"killed-{bulletin.id}"
            if not mark.exists():
                mark.touch()
                os.kill(os.getpid(), signal.SIGKILL)
        elif KILLS in bulletin.text:
            os.kill(os.getpid(), signal.SIGKILL)
        if RAISES in bulletin.text:
            raise ZeroDivisionError("a rule\nis broken")
        if DAWDLES in bulletin.text:
            time.sleep(60)
        provenance = Provenance(
            source=bulletin.source, sha256=bulletin.sha256, pipeline=self._pipeline, lexicon="none", model=None
        )
        return Record(id=bulletin.id, title=bulletin.text[:10], text=bulletin.text, provenance=provenance)


@dataclass(frozen=True, slots=True)
class StubSettings(ExtractorSettings):
    folder: Path = Path()
    pipeline: str = "1"

    def build(self) -> Any:
        return cast(Any, StubExtractor(self.folder, self.pipeline))


@dataclass(frozen=True, slots=True)
class NoExtractor(ExtractorSettings):
    """Settings of which no extractor can be made."""

    def build(self) -> Any:
        raise JianbaoError("no such thing", remedy="name another")


@dataclass(frozen=True, slots=True)
class Stillborn(ExtractorSettings):
    """Settings with which a worker dies before it can do anything."""

    def build(self) -> Any:
        os.kill(os.getpid(), signal.SIGKILL)


def bulletins(count: int, start: int = 0) -> Iterator[Bulletin]:
    for number in range(start, start + count):
        yield bulletin(number, f"第{number}份简报。")


def bulletin(number: int, text: str, source: str | None = None) -> Bulletin:
    source = source or f"/in/{number:04}.txt"
    return Bulletin(id=f"{number:04}", text=text, source=source, sha256=f"{number:064}")
