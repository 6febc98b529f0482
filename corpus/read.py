"""Paths in, bulletins out: one at a time, in constant memory, no bad file stopping the rest."""

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from corpus.content import Content
from corpus.decode import decode
from corpus.errors import NoTextError, ReadError, TooLargeError, UnreadableError, at, printable
from corpus.files import SourceFile, find_files
from corpus.formats import format_of, is_json_lines
from corpus.limits import DEFAULT_LIMITS, Limits, size
from schemas import Bulletin

_PEEK = 1 << 16


def read_all(
    paths: Iterable[str | os.PathLike[str]], *, limits: Limits = DEFAULT_LIMITS
) -> Iterator[Bulletin | ReadError]:
    """The bulletins of files, folders and glob patterns, in order.

    What cannot be read comes as a `ReadError` in its place: one per bad file, or per bad line of a JSON Lines file.
    The error is not raised; `str(error)` is one line, ``where: cause; remedy``.
    """
    for found in find_files(paths):
        if isinstance(found, SourceFile):
            yield from _read_file(found, limits)
        else:
            yield found


def read(path: str | os.PathLike[str], *, limits: Limits = DEFAULT_LIMITS) -> Iterator[Bulletin]:
    """The bulletins of one file, folder or glob pattern.

    Raises:
        ReadError: at the first file or line that cannot be read; `read_all` goes on instead.
    """
    for item in read_all([path], limits=limits):
        if isinstance(item, ReadError):
            raise item
        yield item


def read_bytes(
    data: bytes, *, id: str = "stdin", source: str | None = None, limits: Limits = DEFAULT_LIMITS
) -> Iterator[Bulletin | ReadError]:
    """The bulletins in `data`, of any format that is read, as from standard input.

    Args:
        data: a whole document, or JSON Lines.
        id: the bulletin's id; lines of JSON Lines are `id#line`.
        source: where the data came from; its suffix helps to tell the format.
        limits: see `Limits`.
    """
    where = printable(source or id)
    suffix = Path(source or "").suffix
    if is_json_lines(data[:_PEEK], suffix):
        yield from _rows(data.splitlines(keepends=True), id, where, source, limits)
    else:
        yield _document(data, id, where, source, limits)


def _read_file(file: SourceFile, limits: Limits) -> Iterator[Bulletin | ReadError]:
    where = printable(file.path)
    try:
        # A pipe or a device in a folder would never end, or block before the first byte.
        if not stat.S_ISREG(file.path.stat().st_mode):
            yield UnreadableError("is no regular file", where=where, remedy="give a file, or '-' for standard input")
            return
        with file.path.open("rb") as stream:
            if is_json_lines(stream.peek(_PEEK)[:_PEEK], file.path.suffix):
                yield from _rows(_bounded_lines(stream, limits.text_bytes), file.id, where, where, limits)
                return
            data = stream.read(max(limits.text_bytes, limits.document_bytes) + 1)
    except OSError as error:
        yield UnreadableError(f"cannot be read ({error.strerror})", where=where, remedy="check path and permissions")
        return
    yield _document(data, file.id, where, where, limits)


def _document(data: bytes, id: str, where: str, source: str | None, limits: Limits) -> Bulletin | ReadError:
    try:
        if not data.strip():
            raise NoTextError("is empty", remedy="remove it, or fetch it again")
        kind = format_of(data, Path(where).suffix)
        allowed = limits.text_bytes if kind.size == "text" else limits.document_bytes
        if len(data) > allowed:
            raise TooLargeError(
                f"is larger than {size(allowed)}", remedy="split it into one bulletin per file, or raise the limit"
            )
        content = kind.reader()(data, limits)
        _check_text(content.text, limits)
    except ReadError as error:
        return at(error, where)
    return _bulletin(content, id, source, data)


def _rows(
    lines: Iterable[bytes], id: str, where: str, source: str | None, limits: Limits
) -> Iterator[Bulletin | ReadError]:
    from corpus.readers.jsonl import read_row

    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            if len(line) > limits.text_bytes:
                raise TooLargeError(
                    f"the line is longer than {size(limits.text_bytes)}",
                    remedy="check its line ends, or raise the limit",
                )
            decoded = decode(line)
            row = read_row(decoded.text)
            _check_text(row.content.text, limits)
        except ReadError as error:
            yield at(error, f"{where}:{number}")
            continue
        content = Content(row.content.text, row.content.hints, decoded.encoding)
        yield _bulletin(content, row.id or f"{id}#{number}", f"{source}#{number}" if source else None, line)


def _bounded_lines(stream: BinaryIO, longest: int) -> Iterator[bytes]:
    """The lines of `stream`; of one that is too long only as much as shows that it is."""
    while line := stream.readline(longest + 1):
        yield line
        while len(line) > longest and not line.endswith(b"\n"):
            line = stream.readline(longest + 1)
            if len(line) <= longest:
                break


def _check_text(text: str, limits: Limits) -> None:
    if not text.strip():
        raise NoTextError("holds no text", remedy="remove it, or fetch it again")
    if len(text) > limits.characters:
        raise TooLargeError(
            f"holds {len(text):,} characters, more than {limits.characters:,}",
            remedy="split it into one bulletin per file, or raise the limit",
        )


def _bulletin(content: Content, id: str, source: str | None, data: bytes) -> Bulletin:
    return Bulletin(
        id=id,
        text=content.text,
        hints=content.hints,
        source=source,
        sha256=hashlib.sha256(data).hexdigest(),
        encoding=content.encoding,
    )
