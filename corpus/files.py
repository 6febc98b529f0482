"""Which files a list of paths stands for, in which order, and under which ids.

Notes for a newcomer. A path is a file, a folder (searched through all its levels, in sorted order, symbolic links
followed but no folder read twice) or a glob pattern. In a folder only files with a known suffix are
taken, so that pictures and style sheets beside saved pages are no failures; a file named by itself is always read.
Pages named in a list of URLs (`corpus.lists`) that lies in the folder, or above them in it, are left to the list.

The id of a file is its stem. Below a folder it is the path from that folder without the suffix (`2023/05/001`).
Where two would be equal, they are told apart by as little as possible: the suffix for two files of one stem in one
folder, parent folders for files or folders given side by side. So an id depends on how files are given, never on
which other files happen to be in the batch, unless they collide.
"""

import glob
import os
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import NoFilesError, ReadError, UnreadableError, UnsupportedFormatError, at, printable
from corpus.formats import (
    ARCHIVE_SUFFIXES,
    DOCUMENTS,
    JSONL_SUFFIXES,
    LIST_SUFFIXES,
    READABLE,
    UNREADABLE,
    split_name,
)
from corpus.limits import DEFAULT_LIMITS
from corpus.lists import read_list

_KINDS = "txt, html, docx, pdf, jsonl, zip, tar or urls"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to be read, the id of the bulletin in it, and its source where that is not the path."""

    path: Path
    id: str
    source: str | None = None


def find_files(paths: Iterable[str | os.PathLike[str]]) -> Iterator[SourceFile | ReadError]:
    """The files that `paths` stand for, in their order; an error in the place of what cannot be listed.

    Args:
        paths: files, folders and glob patterns (`**` matches any depth).
    """
    # Given twice under two spellings, a path is still read once.
    roots: dict[object, Path | ReadError] = {}
    for path in paths:
        for root in _expand(path):
            roots.setdefault(os.path.realpath(root) if isinstance(root, Path) else root, root)
    known = [root for root in roots.values() if isinstance(root, Path)]
    folders = {root for root in known if root.is_dir()}
    ids = _distinct(_stem_path(path) for path in known if path not in folders)
    prefixes = _distinct(root for root in known if root in folders) if len(known) > 1 else {}
    taken = Counter(_stem_path(path) for path in known if path not in folders)
    for root in roots.values():
        if isinstance(root, ReadError):
            yield root
        elif root in folders:
            yield from _walk(root, prefixes.get(root, ""))
        else:
            same_stem = taken[_stem_path(root)] > 1
            yield SourceFile(root, ids[_stem_path(root)] + (root.suffix if same_stem else ""))


def count_bulletins(paths: Iterable[str | os.PathLike[str]]) -> int | None:
    """About how many bulletins `paths` hold, without reading them; None if that cannot be told.

    Lines of JSON Lines and members of zip files are counted; what is in a tar file cannot be known without reading it.
    """
    total = 0
    for found in find_files(path for path in paths if path != "-"):
        count = _count(found.path) if isinstance(found, SourceFile) else 1
        if count is None:
            return None
        total += count
    return total


def _count(path: Path) -> int | None:
    suffix = split_name(path.name)[1]
    try:
        if suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                return sum(split_name(entry.filename)[1] in DOCUMENTS for entry in archive.infolist())
        if suffix in JSONL_SUFFIXES or suffix in LIST_SUFFIXES:
            with path.open("rb") as stream:
                return sum(chunk.count(b"\n") for chunk in iter(lambda: stream.read(1 << 20), b""))
    except (OSError, ValueError, zipfile.BadZipFile):
        return 1
    return None if suffix in ARCHIVE_SUFFIXES else 1


def stem_id(path: Path) -> str:
    """The id of a file given by itself."""
    return printable(_stem_path(path).name)


def _stem_path(path: Path) -> Path:
    stem = split_name(path.name)[0]
    return path.with_name(stem) if stem else path


def _expand(path: str | os.PathLike[str]) -> list[Path | ReadError]:
    name = os.fspath(path)
    # A file may be called "a[1].txt"; only what is no path is a pattern.
    if not name or "\0" in name or os.path.lexists(name):
        return [Path(name) if name and "\0" not in name else _nothing(name)]
    if glob.has_magic(name):
        matches = sorted(glob.glob(name, recursive=True))
        # "**" gives a folder and the files in it.
        files = [Path(match) for match in matches if not os.path.isdir(match)]
        return [*files] if files else [Path(match) for match in matches] or [_nothing(name)]
    return [_nothing(name)]


def _nothing(name: str) -> ReadError:
    return NoFilesError("does not exist", where=printable(name) or "''", remedy="check the path")


def _distinct(paths: Iterable[Path]) -> dict[Path, str]:
    """The shortest endings of `paths`, cut at folder borders, that tell them apart."""
    names: dict[Path, str] = {}
    waiting = {path: Path(os.path.abspath(path)).parts for path in paths}
    length = 1
    while waiting:
        endings = {path: "/".join(parts[-length:]) for path, parts in waiting.items()}
        counts = Counter(endings.values())
        for path, ending in endings.items():
            if counts[ending] == 1 or length >= len(waiting[path]):
                names[path] = printable(ending)
        waiting = {path: parts for path, parts in waiting.items() if path not in names}
        length += 1
    return names


def find_among(root: Path, wanted: Iterable[Path]) -> Iterator[SourceFile | ReadError]:
    """Some files below the folder `root`, under the ids they have when `find_files` is given that folder.

    Args:
        root: the folder.
        wanted: paths below it. For a page that a list of URLs names, that list comes.
    """
    by_folder: dict[Path, set[Path]] = {}
    for path in wanted:
        by_folder.setdefault(path.parent, set()).add(path)
    listed: set[Path] = set()
    for path in sorted({path for folder in by_folder for path in _lists_above(folder, root)}):
        pages = _pages(path)
        listed |= pages
        if any(page.resolve() in pages for paths in list(by_folder.values()) for page in paths):
            by_folder.setdefault(path.parent, set()).add(path)
    for folder, paths in sorted(by_folder.items()):
        inner = folder.relative_to(root).as_posix()
        found, _ = _entries(folder, "" if inner == "." else printable(inner), listed)
        for one in found:
            if (one.path if isinstance(one, SourceFile) else Path(one.source or "")) in paths:
                yield one


def _lists_above(folder: Path, root: Path) -> Iterator[Path]:
    """The lists of URLs in `folder` and in the folders above it, up to `root`."""
    while True:
        for suffix in LIST_SUFFIXES:
            yield from folder.glob(f"*{suffix}")
        if folder == root or folder.parent == folder:
            return
        folder = folder.parent


def _walk(root: Path, prefix: str) -> Iterator[SourceFile | ReadError]:
    """The files below `root`, depth first, each folder's entries in the order of their names."""
    is_empty = True
    # Symbolic links may lead in circles or to a folder met before; each folder is read once.
    visited: set[tuple[int, int]] = set()
    # Pages that a list names are read by way of the list, which knows their URLs.
    listed: set[Path] = set()
    stack = [(root, prefix)]
    while stack:
        folder, id_prefix = stack.pop()
        try:
            status = folder.stat()
            key = (status.st_dev, status.st_ino)
            if key in visited:
                continue
            visited.add(key)
            found, deeper = _entries(folder, id_prefix, listed)
        except OSError as error:
            is_empty = False
            yield UnreadableError(
                f"cannot be listed ({error.strerror})", where=printable(folder), remedy="check its permissions"
            )
            continue
        is_empty = is_empty and not found
        yield from found
        stack.extend(reversed(deeper))
    if is_empty:
        yield NoFilesError("holds no readable file", where=printable(root), remedy=f"give a folder with {_KINDS} files")


def _entries(
    folder: Path, prefix: str, listed: set[Path]
) -> tuple[list[SourceFile | ReadError], list[tuple[Path, str]]]:
    """What is found in `folder` itself, and the folders in it with the prefixes of their ids.

    Pages that lists in it name are added to `listed` and left out.
    """
    with os.scandir(folder) as entries:
        names = sorted(entry.name for entry in entries if not entry.name.startswith((".", "~$")))
    subfolders = [name for name in names if (folder / name).is_dir()]
    files = sorted(set(names).difference(subfolders))
    stems = Counter(stem for stem, suffix in map(split_name, files) if suffix in READABLE)
    join = f"{prefix}/" if prefix else ""
    for name in files:
        if split_name(name)[1] in LIST_SUFFIXES:
            listed |= _pages(folder / name)
    found: list[SourceFile | ReadError] = []
    for name in files:
        path = folder / name
        stem, suffix = split_name(name)
        if listed and path.resolve() in listed:
            continue
        if suffix in UNREADABLE:
            fault = UnsupportedFormatError(f"is a {suffix} file, which is not read", remedy=UNREADABLE[suffix])
            found.append(at(fault, printable(path), source=printable(path), id=printable(join + name)))
        elif suffix in READABLE:
            found.append(SourceFile(path, printable(join + (stem if stems[stem] == 1 else name))))
    deeper = [(folder / name, printable(join + name)) for name in subfolders if not _belongs_to_page(name, files)]
    return found, deeper


def _pages(path: Path) -> set[Path]:
    """The saved pages of a list."""
    return {item[1].resolve() for item in read_list(path, DEFAULT_LIMITS) if isinstance(item, tuple)}


def _belongs_to_page(folder: str, files: list[str]) -> bool:
    """Whether a folder holds what a browser saved beside a page (`page.html`, `page_files/`)."""
    for ending in ("_files", ".files"):
        stem = folder.removesuffix(ending)
        if stem != folder and any(f"{stem}{suffix}" in files for suffix in (".html", ".htm")):
            return True
    return False
