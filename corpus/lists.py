"""Lists of URLs with the pages saved on disk: the source of a bulletin is then where it was published.

A list is a text file with the suffix `.urls`, one page a line: the URL, then, after a tab, the saved file's path from
the list's folder. Without it the page is looked for where `wget --force-directories` puts it (`host/path`), or by its
bare name. Blank lines and lines that start with `#` are left out. Nothing is fetched.
"""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from corpus.decode import decode
from corpus.errors import MalformedError, NoFilesError, ReadError, TooLargeError, UnreadableError, at, printable
from corpus.limits import Limits, size


def read_list(path: Path, limits: Limits) -> Iterator[tuple[str, Path] | ReadError]:
    """The URLs of the list at `path`, each with its saved page; an error in the place of a line without one."""
    where = printable(path)
    try:
        with path.open("rb") as stream:
            data = stream.read(limits.document_bytes + 1)
        if len(data) > limits.document_bytes:
            raise TooLargeError(f"is larger than {size(limits.document_bytes)}", remedy="split it, or raise the limit")
        lines = decode(data).text.split("\n")
    except OSError as error:
        yield UnreadableError(f"cannot be read ({error.strerror})", where=where, remedy="check path and permissions")
        return
    except ReadError as error:
        yield at(error, where, source=where)
        return
    folder = path.parent
    for number, line in enumerate(lines, 1):
        url, _, name = line.partition("\t")
        url, name = printable(url.strip()), name.strip()
        if not url or url.startswith("#"):
            continue
        try:
            yield url, _page(folder, url, name)
        except ReadError as error:
            yield at(error, f"{where}:{number}", source=url)


def _page(folder: Path, url: str, name: str) -> Path:
    candidates = [name] if name else list(_saved_as(url))
    for candidate in candidates:
        page = Path(folder, candidate)
        try:
            if not page.resolve().is_relative_to(folder.resolve()):
                raise MalformedError("leads out of the list's folder", remedy="keep pages beside their list")
            if page.is_file():
                return page
        # A name too long, with a NUL, or a circle of links: nothing is there.
        except (OSError, ValueError, RuntimeError):
            continue
    remedy = "check the path after the tab" if name else "save the page, or write its path after a tab"
    raise NoFilesError(f"there is no saved page for {url[:200]!r}", remedy=remedy)


def _saved_as(url: str) -> Iterator[str]:
    """The paths under which a page of this URL may have been saved."""
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise MalformedError(f"no URL ({error})", remedy="correct the line") from error
    path = parts.path.lstrip("/")
    if not path or path.endswith("/"):
        path += "index.html"
    for one in dict.fromkeys((path, unquote(path))):
        if parts.query:
            yield f"{parts.netloc}/{one}?{parts.query}"
            yield f"{parts.netloc}/{one}@{parts.query}"
        yield f"{parts.netloc}/{one}"
        yield one.rpartition("/")[2]
