"""Paths in, bulletins out: one at a time, in constant memory, no bad file stopping the rest."""

import hashlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from corpus.archives import BadMember, read_members
from corpus.content import Content
from corpus.decode import decode
from corpus.errors import (
    MalformedError,
    NoTextError,
    ReadError,
    TooLargeError,
    UnreadableError,
    at,
    openable,
    printable,
)
from corpus.files import SourceFile, find_files, stem_id
from corpus.formats import ARCHIVE_SUFFIXES, LIST_SUFFIXES, format_of, is_json_lines, suffix_of
from corpus.limits import DEFAULT_LIMITS, Limits, size
from corpus.lists import read_list
from schemas import Bulletin

_PEEK = 1 << 16


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a bulletin comes from: its id and its source (None: standard input).

    `where` is how errors name it.
    """

    id: str
    where: str
    source: str | None

    def member(self, name: str) -> "Origin":
        """The file called `name` in this archive; its id keeps the suffix, since a stream may bring its like later."""
        inner = printable(name)
        where = f"{self.where}!/{inner}"
        return Origin(f"{self.id}/{inner}", where, where)

    def row(self, number: int, id: str | None = None) -> "Origin":
        """The line of this number, which may give itself an id."""
        source = f"{self.source}#{number}" if self.source else None
        return Origin(id or f"{self.id}#{number}", f"{self.where}:{number}", source)

    def of(self, error: ReadError) -> ReadError:
        """`error` as one of this place."""
        return at(error, self.where, source=self.source, id=self.id)


def read_all(
    paths: Iterable[str | os.PathLike[str]], *, limits: Limits = DEFAULT_LIMITS
) -> Iterator[Bulletin | ReadError]:
    """The bulletins of files, folders and glob patterns, in order; archives and lists of pages are gone into.

    What cannot be read comes as a `ReadError` in its place: one per bad file, or per bad line of a JSON Lines file.
    The error is not raised; `str(error)` is one line, ``where: cause; remedy``.
    """
    for found in find_files(paths):
        if isinstance(found, SourceFile):
            yield from read_file(found, limits=limits)
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
    origin = Origin(id, printable(source or id), source)
    if is_json_lines(data[:_PEEK], Path(source or "").suffix):
        yield from _rows(data.splitlines(keepends=True), origin, limits)
    else:
        yield _document(data, origin, Path(origin.where).suffix, limits)


def read_again(
    sources: Iterable[str], id_of: Callable[[Path], str] = stem_id, *, limits: Limits = DEFAULT_LIMITS
) -> Iterator[Bulletin | ReadError]:
    """The bulletins of sources met before; what is in one archive or file of lines is read in one go.

    Pages that came by a list of URLs cannot be told from their URLs: for them an error says so.

    Args:
        sources: as bulletins and read errors state them.
        id_of: the id of a file.
        limits: see `Limits`.
    """
    by_file: dict[Path, set[str]] = {}
    for source in sources:
        by_file.setdefault(_file_of(source), set()).add(source)
    for file, wanted in by_file.items():
        if not file.exists():
            for source in sorted(wanted):
                cause, remedy = "is gone", "put it back"
                if "://" in source:
                    cause, remedy = "is a page of a list", "give the list to `jianbao run` again"
                yield at(UnreadableError(cause, remedy=remedy), source, source=source)
            continue
        for item in read_file(SourceFile(file, id_of(file)), limits=limits):
            if item.source in wanted:
                yield item


def _file_of(source: str) -> Path:
    """The file that holds a source: itself, its archive, or the file of lines that it is a line of."""
    for name in (source, source.partition("!/")[0], source.rpartition("#")[0]):
        file = Path(openable(name))
        if name and file.exists():
            return file
    return Path(source)


def read_file(file: SourceFile, *, limits: Limits = DEFAULT_LIMITS) -> Iterator[Bulletin | ReadError]:
    """The bulletins of one file: one, those of an archive, those of a list of pages, or one per line."""
    where = printable(file.path)
    origin = Origin(file.id, where, file.source or where)
    is_empty = True
    try:
        for item in _contents(file, origin, limits):
            is_empty = False
            yield item
    # A name that no file system takes is a ValueError.
    except (OSError, ValueError) as error:
        cause = getattr(error, "strerror", None) or str(error)
        yield origin.of(UnreadableError(f"cannot be read ({cause})", remedy="check path and permissions"))
    else:
        if is_empty:
            yield origin.of(NoTextError("holds no bulletin", remedy="remove it, or fetch it again"))


def _contents(file: SourceFile, origin: Origin, limits: Limits) -> Iterator[Bulletin | ReadError]:
    path = file.path
    suffix = suffix_of(path.name)
    # A pipe or a device in a folder would never end, or block before the first byte.
    if not stat.S_ISREG(path.stat().st_mode):
        yield origin.of(UnreadableError("is no regular file", remedy="give a file, or '-' for standard input"))
    elif suffix in ARCHIVE_SUFFIXES:
        yield from _archive(path, origin, limits)
    elif suffix in LIST_SUFFIXES:
        yield from _list(file, limits)
    else:
        with path.open("rb") as stream:
            yield from _stream(stream, stream.peek(_PEEK)[:_PEEK], origin, path.suffix, limits)


def _archive(path: Path, origin: Origin, limits: Limits) -> Iterator[Bulletin | ReadError]:
    for member in read_members(path, limits):
        if isinstance(member, BadMember):
            yield (origin if member.name is None else origin.member(member.name)).of(member.error)
            continue
        place = origin.member(member.name)
        try:
            head = member.stream.read(_PEEK)
            suffix = suffix_of(member.name)
            yield from _stream(_Rest(head, member.stream), head, place, suffix, limits)
        except ReadError as error:
            yield place.of(error)


def _list(file: SourceFile, limits: Limits) -> Iterator[Bulletin | ReadError]:
    folder = file.path.parent
    # Pages are called what they would be called if they were found by themselves in the list's folder.
    prefix = file.id.rpartition("/")[0]
    for found in read_list(file.path, limits):
        if isinstance(found, ReadError):
            yield found
            continue
        url, page = found
        id = printable(page.relative_to(folder).with_suffix("").as_posix())
        yield from read_file(SourceFile(page, f"{prefix}/{id}" if prefix else id, url), limits=limits)


class _Rest:
    """A stream whose first bytes have been looked at."""

    def __init__(self, head: bytes, stream: IO[bytes]) -> None:
        self._head = head
        self._stream = stream

    def read(self, count: int) -> bytes:
        head, self._head = self._head[:count], self._head[count:]
        return head + self._stream.read(count - len(head)) if len(head) < count else head

    def readline(self, count: int) -> bytes:
        if not self._head:
            return self._stream.readline(count)
        end = self._head.find(b"\n", 0, count) + 1
        if end or len(self._head) >= count:
            return self.read(end or count)
        head, self._head = self._head, b""
        return head + self._stream.readline(count - len(head))


def _stream(
    stream: IO[bytes] | _Rest, head: bytes, origin: Origin, suffix: str, limits: Limits
) -> Iterator[Bulletin | ReadError]:
    if is_json_lines(head, suffix):
        yield from _rows(_bounded_lines(stream, limits.text_bytes), origin, limits)
    else:
        data = stream.read(max(limits.text_bytes, limits.document_bytes) + 1)
        yield _document(data, origin, suffix, limits)


def _document(data: bytes, origin: Origin, suffix: str, limits: Limits) -> Bulletin | ReadError:
    try:
        if not data.strip():
            raise NoTextError("is empty", remedy="remove it, or fetch it again")
        kind = format_of(data, suffix)
        allowed = limits.text_bytes if kind.size == "text" else limits.document_bytes
        if len(data) > allowed:
            raise TooLargeError(
                f"is larger than {size(allowed)}", remedy="split it into one bulletin per file, or raise the limit"
            )
        content = kind.reader()(data, limits)
        _check_text(content.text, limits)
    except ReadError as error:
        return origin.of(error)
    # A damaged file can make a format's library fail in any way.
    except Exception as error:  # noqa: BLE001
        cause = f"{type(error).__name__}: {' '.join(str(error).split())}"
        fault = MalformedError(f"cannot be read ({cause})", remedy="open it in its program and save it again")
        fault.__cause__ = error
        return origin.of(fault)
    return _bulletin(content, origin, data)


def _rows(lines: Iterable[bytes], origin: Origin, limits: Limits) -> Iterator[Bulletin | ReadError]:
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
            yield origin.row(number).of(error)
            continue
        content = Content(row.content.text, row.content.hints, decoded.encoding)
        yield _bulletin(content, origin.row(number, row.id), line)


def _bounded_lines(stream: IO[bytes] | _Rest, longest: int) -> Iterator[bytes]:
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


def _bulletin(content: Content, origin: Origin, data: bytes) -> Bulletin:
    return Bulletin(
        id=origin.id,
        text=content.text,
        hints=content.hints,
        source=origin.source,
        sha256=hashlib.sha256(data).hexdigest(),
        encoding=content.encoding,
    )
