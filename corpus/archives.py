"""The files in a zip or tar file, one at a time, never unpacked to disk.

Notes for a newcomer. An archive of a few kilobytes can unpack to terabytes, so nothing here trusts a size: what is
read of a member is bounded by the reader, what is unpacked of the whole by `Limits`, whether the directory says so
(zip) or the stream shows it (tar, which is read from front to back, once). Names in zip files made on Chinese Windows
are GBK without saying so; zipfile would read them as code page 437.
"""

import bz2
import gzip
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

from corpus.errors import MalformedError, ReadError, TooLargeError, UnsupportedFormatError
from corpus.formats import ARCHIVE_SUFFIXES, DOCUMENTS, UNREADABLE, suffix_of
from corpus.limits import Limits, size

_UTF8_NAME = 0x800
_ENCRYPTED = 0x1
_LONGEST_HEADER = 1 << 20
# What zipfile, tarfile and the decompressors raise on damaged files.
_DAMAGE = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    OverflowError,
)


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive: its path in there, its size if that is known, and its bytes."""

    name: str
    size: int
    stream: BinaryIO


@dataclass(frozen=True, slots=True)
class BadMember:
    """A file in an archive that cannot be read; without a name, the archive itself cannot be read any further."""

    name: str | None
    error: ReadError


def read_members(path: Path, limits: Limits) -> Iterator[Member | BadMember]:
    """The documents in the archive at `path`, in its order; a member is to be read before the next is asked for.

    Files of no known suffix and hidden ones are left out, as in a folder; archives in archives are errors.
    """
    members = _zip if suffix_of(path.name) == ".zip" else _tar
    try:
        yield from members(path, limits)
    except ReadError as error:
        yield BadMember(None, error)
    except _DAMAGE as error:
        cause = " ".join(str(error).split()) or type(error).__name__
        yield BadMember(None, MalformedError(f"is a damaged archive ({cause})", remedy="pack or fetch it again"))


def _zip(path: Path, limits: Limits) -> Iterator[Member | BadMember]:
    packed = path.stat().st_size
    with zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
        if len(entries) > limits.members:
            raise TooLargeError(
                f"holds {len(entries):,} files, more than {limits.members:,}", remedy="split it, or raise the limit"
            )
        _check_ratio(sum(entry.file_size for entry in entries), packed, limits)
        for entry in entries:
            name = _zip_name(entry)
            if entry.is_dir() or not (wanted := _wanted(name)):
                continue
            if isinstance(wanted, ReadError):
                yield BadMember(name, wanted)
                continue
            if entry.flag_bits & _ENCRYPTED:
                yield BadMember(name, MalformedError("is encrypted", remedy="unpack the archive with its password"))
                continue
            try:
                with archive.open(entry) as stream:
                    yield Member(name, entry.file_size, cast(BinaryIO, _Guarded(stream)))
            except _DAMAGE as error:
                yield BadMember(name, _damaged(error))


def _zip_name(entry: zipfile.ZipInfo) -> str:
    if entry.flag_bits & _UTF8_NAME:
        return entry.filename
    try:
        raw = entry.filename.encode("cp437")
    except UnicodeEncodeError:
        return entry.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return entry.filename


def _tar(path: Path, limits: Limits) -> Iterator[Member | BadMember]:
    packed = path.stat().st_size
    with _decompressed(path) as unpacked:
        budget = cast(BinaryIO, _Budget(unpacked, packed, limits))
        with tarfile.open(fileobj=budget, mode="r|", tarinfo=_TarInfo, encoding="utf-8") as archive:
            for entry in archive:
                # A stream's list of all that was passed would grow without end.
                archive.members = []  # type: ignore[attr-defined]
                if not entry.isreg() or not (wanted := _wanted(entry.name)):
                    continue
                stream = archive.extractfile(entry)
                if isinstance(wanted, ReadError):
                    yield BadMember(entry.name, wanted)
                elif stream is not None:
                    yield Member(entry.name, entry.size, cast(BinaryIO, stream))


def _decompressed(path: Path) -> IO[bytes]:
    suffix = suffix_of(path.name)
    if suffix in {".tar.gz", ".tgz"}:
        return cast(IO[bytes], gzip.open(path))
    if suffix in {".tar.bz2", ".tbz2"}:
        return cast(IO[bytes], bz2.open(path))
    if suffix in {".tar.xz", ".txz"}:
        return cast(IO[bytes], lzma.open(path))
    return path.open("rb")


def _wanted(name: str) -> bool | ReadError:
    """Whether the member of this name is a document; an error for what should be read and cannot."""
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".")]
    # What a browser saved beside a page, what macOS puts beside a file, hidden files, Word's owner files.
    if not parts or any(part.startswith((".", "~$", "__MACOSX")) for part in parts):
        return False
    if any(part.endswith(("_files", ".files")) for part in parts[:-1]):
        return False
    suffix = suffix_of(parts[-1])
    if suffix in ARCHIVE_SUFFIXES:
        return UnsupportedFormatError("is an archive in an archive", remedy="unpack the outer one first")
    if suffix in UNREADABLE:
        return UnsupportedFormatError(f"is a {suffix} file, which is not read", remedy=UNREADABLE[suffix])
    return suffix in DOCUMENTS


def _check_ratio(unpacked: int, packed: int, limits: Limits) -> None:
    if unpacked > limits.unpacked_bytes and unpacked > packed * limits.archive_ratio:
        raise TooLargeError(
            f"unpacks from {size(packed)} to {size(unpacked)}, more than {limits.archive_ratio} times its size",
            remedy="unpack it if you trust it, or raise the limit",
        )


def _damaged(error: BaseException) -> MalformedError:
    cause = " ".join(str(error).split()) or type(error).__name__
    return MalformedError(f"is damaged in its archive ({cause})", remedy="pack or fetch the archive again")


class _Guarded:
    """A member's stream whose decompression errors are `MalformedError`s."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream

    def read(self, count: int = -1) -> bytes:
        return self._guard(self._stream.read, count)

    def readline(self, count: int = -1) -> bytes:
        return self._guard(self._stream.readline, count)

    @staticmethod
    def _guard(read: Any, count: int) -> bytes:
        try:
            return cast(bytes, read(count))
        except _DAMAGE as error:
            raise _damaged(error) from error


class _Budget:
    """A decompressed tar stream that ends with an error when far more comes out than went in."""

    def __init__(self, stream: IO[bytes], packed: int, limits: Limits) -> None:
        self._stream = stream
        self._packed = packed
        self._limits = limits
        self._unpacked = 0

    def read(self, count: int = -1) -> bytes:
        data = self._stream.read(count)
        self._unpacked += len(data)
        _check_ratio(self._unpacked, self._packed, self._limits)
        return data


_LONG_HEADERS = {
    tarfile.GNUTYPE_LONGNAME,
    tarfile.GNUTYPE_LONGLINK,
    tarfile.XHDTYPE,
    tarfile.XGLTYPE,
    tarfile.SOLARIS_XHDTYPE,
}


class _TarInfo(tarfile.TarInfo):
    """A tar header; one that announces a name or attributes of more than a megabyte is damaged."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> "_TarInfo":
        header = super().frombuf(buf, encoding, errors)
        if header.type in _LONG_HEADERS and header.size > _LONGEST_HEADER:
            raise tarfile.ReadError("a header of more than a megabyte")
        return header
