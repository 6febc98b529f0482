"""Which files a list of paths stands for, in which order, and under which ids.

Notes for a newcomer. A path is a file, a folder (searched through all its levels, in sorted order, symbolic links
followed but no folder read twice) or a glob pattern. In a folder only files with a known suffix are
taken, so that pictures and style sheets beside saved pages are no failures; a file named by itself is always read.

The id of a file is its stem. Below a folder it is the path from that folder without the suffix (`2023/05/001`).
Where two would be equal, they are told apart by as little as possible: the suffix for two files of one stem in one
folder, parent folders for files or folders given side by side. So an id depends on how files are given, never on
which other files happen to be in the batch, unless they collide.
"""

import glob
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import NoFilesError, ReadError, UnreadableError, UnsupportedFormatError, printable
from corpus.formats import READABLE, UNREADABLE

_KINDS = "txt, html, docx, pdf or jsonl"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to be read and the id of the bulletin in it."""

    path: Path
    id: str


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
    ids = _distinct(path.with_suffix("") for path in known if path not in folders)
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


def _stem_path(path: Path) -> Path:
    return path.with_suffix("")


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


def _walk(root: Path, prefix: str) -> Iterator[SourceFile | ReadError]:
    """The files below `root`, depth first, each folder's entries in the order of their names."""
    found = False
    # Symbolic links may lead in circles or to a folder met before; each folder is read once.
    visited: set[tuple[int, int]] = set()
    stack = [(root, prefix)]
    while stack:
        folder, id_prefix = stack.pop()
        try:
            status = folder.stat()
            key = (status.st_dev, status.st_ino)
            if key in visited:
                continue
            visited.add(key)
            with os.scandir(folder) as entries:
                names = sorted(entry.name for entry in entries if not entry.name.startswith((".", "~$")))
        except OSError as error:
            found = True
            yield UnreadableError(
                f"cannot be listed ({error.strerror})", where=printable(folder), remedy="check its permissions"
            )
            continue
        subfolders = [name for name in names if (folder / name).is_dir()]
        files = sorted(set(names).difference(subfolders))
        stems = Counter(Path(name).stem for name in files if Path(name).suffix.lower() in READABLE)
        join = f"{id_prefix}/" if id_prefix else ""
        for name in files:
            path = folder / name
            suffix = path.suffix.lower()
            if suffix in UNREADABLE:
                found = True
                yield UnsupportedFormatError(
                    f"is a {suffix} file, which is not read", where=printable(path), remedy=UNREADABLE[suffix]
                )
            elif suffix in READABLE:
                found = True
                yield SourceFile(path, printable(join + (path.stem if stems[path.stem] == 1 else name)))
        deeper = [name for name in reversed(subfolders) if not _belongs_to_page(name, files)]
        stack.extend((folder / name, printable(join + name)) for name in deeper)
    if not found:
        yield NoFilesError("holds no readable file", where=printable(root), remedy=f"give a folder with {_KINDS} files")


def _belongs_to_page(folder: str, files: list[str]) -> bool:
    """Whether a folder holds what a browser saved beside a page (`page.html`, `page_files/`)."""
    for ending in ("_files", ".files"):
        stem = folder.removesuffix(ending)
        if stem != folder and any(f"{stem}{suffix}" in files for suffix in (".html", ".htm")):
            return True
    return False
