"""Records in, report out."""

from collections.abc import Iterable, Iterator
from os import PathLike
from pathlib import Path

from pydantic import ValidationError

from eval.document import score_document
from eval.matching import squeeze
from eval.report import Report
from schemas import JianbaoError, Record


class RecordsError(JianbaoError):
    """A file of records to be scored cannot be read; names the line."""


def score(gold: Iterable[Record], predicted: Iterable[Record]) -> Report:
    """Scores records against gold.

    A record belongs to the gold bulletin with the same text, white space apart (its id plays no part); of several the
    last counts. Records that belong to none are ignored; a gold bulletin without a record counts as all missed.
    """
    gold = list(gold)
    wanted = {squeeze(record.text) for record in gold}
    by_text: dict[str, Record] = {}
    for record in predicted:
        text = squeeze(record.text)
        if text and text in wanted:
            by_text[text] = record
    return Report(score_document(record, by_text.get(squeeze(record.text))) for record in gold)


def load_records(path: str | PathLike[str]) -> Iterator[Record]:
    """The records of a JSON Lines file.

    Raises:
        RecordsError: the file cannot be read, or a line is no valid record.
    """
    try:
        with Path(path).open("rb") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield _record(line, f"{path}:{number}")
    except OSError as error:
        raise RecordsError(
            f"cannot be read ({error.strerror})", where=str(path), remedy="check path and permissions"
        ) from error


def _record(line: bytes, where: str) -> Record:
    try:
        return Record.model_validate_json(line)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        item = ".".join(map(str, first["loc"]))
        cause = " ".join(f"{item}: {first['msg']}".removeprefix(": ").split())
        raise RecordsError(f"is no valid record: {cause}", where=where, remedy="write it anew") from error
