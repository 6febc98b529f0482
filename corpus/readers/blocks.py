"""An html page as a sequence of text blocks, the lines a reader would see.

Notes for a newcomer. Everything the article finder wants to know of a page is said of blocks, not of the tree: how
much of a line is links, whether it stands in furniture (navigation, share buttons, footers, hidden elements), which
named containers it lies in. One walk over the tree collects that; a container is a range of block indices. The walk
keeps its own stack, for pages nest as deep as they like, and never asks the tree for the text of a subtree.
"""

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_SPACE = re.compile(r"[ \t\r\n\f\xa0\u200b\ufeff]+")
# A line end in the source between two ideographs or full-width marks is no space in Chinese.
_SOURCE_BREAK = re.compile(
    r"(?<=[\u2e80-\u9fff\u3000-\u303f\uff00-\uffef])[ \t]*[\r\n]\s*(?=[\u2e80-\u9fff\u3000-\u303f\uff00-\uffef])"
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_WORD = re.compile(r"[a-z]+")


@dataclass(slots=True)
class Block:
    """One line of a page.

    Attributes:
        text: its visible text, white space collapsed.
        links: how many of its characters are link text.
        heading: 1..6 for h1..h6, else 0.
        furniture: how many furniture elements enclose it.
    """

    text: str
    links: int = 0
    heading: int = 0
    furniture: int = 0

    @property
    def prose(self) -> int:
        """How many characters are not link text."""
        return len(self.text) - self.links


@dataclass(frozen=True, slots=True)
class Container:
    """A named element: its blocks `[start, end)`, and how many furniture elements enclose the element itself."""

    kind: str
    start: int
    end: int
    furniture: int


@dataclass(slots=True)
class Page:
    """The blocks of a page and the containers among them."""

    blocks: list[Block] = field(default_factory=list)
    containers: list[Container] = field(default_factory=list)


class Vocabulary:
    """The names that mean something in a page's markup, from `corpus/data/html.toml`."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.invisible = frozenset(data["invisible_tags"])
        self.furniture_tags = frozenset(data["furniture_tags"])
        self.furniture_words = frozenset(data["furniture_words"])
        self.block = frozenset(data["block_tags"])
        self._containers = dict.fromkeys(data["article"], "article") | dict.fromkeys(data["body"], "body")

    def container(self, tag: str, attributes: dict[str, str | None]) -> str | None:
        """`body`, `article` or None: what kind of container an element is."""
        names = [f"#{(attributes.get('id') or '').lower()}"]
        names += [f".{name}" for name in (attributes.get("class") or "").lower().split()]
        kinds = {self._containers.get(name) for name in names}
        if "body" in kinds:
            return "body"
        return "article" if "article" in kinds or tag in ("article", "main") else None

    def is_furniture(self, tag: str, attributes: dict[str, str | None]) -> bool:
        """Whether an element is furniture by its tag, its names or its style."""
        if tag in self.furniture_tags or is_hidden(attributes):
            return True
        names = f"{attributes.get('id') or ''} {attributes.get('class') or ''}".lower()
        return any(word in self.furniture_words for word in _WORD.findall(names))


def is_hidden(attributes: dict[str, str | None]) -> bool:
    """Whether an element's own attributes hide it."""
    return "hidden" in attributes or bool(_HIDDEN.search(attributes.get("style") or ""))


def read_blocks(root: "LexborNode", vocabulary: Vocabulary) -> Page:
    """The blocks and containers below `root`, in document order."""
    walk = _Walk(vocabulary)
    walk.run(root)
    return walk.page


@dataclass(slots=True)
class _Open:
    """What has to be undone or recorded when an element closes."""

    tag: str
    furniture: bool
    kind: str | None
    start: int
    cells: list[int] = field(default_factory=list)


class _Walk:
    def __init__(self, vocabulary: Vocabulary) -> None:
        self.page = Page()
        self._vocabulary = vocabulary
        self._pieces: list[str] = []
        self._links = self._in_link = self._furniture = self._heading = 0
        self._rows: list[_Open] = []

    def run(self, root: "LexborNode") -> None:
        stack: list[LexborNode | _Open] = [root]
        while stack:
            top = stack.pop()
            if isinstance(top, _Open):
                self._close(top)
                continue
            # Siblings wait below the subtree of the element before them.
            if top.next is not None and top is not root:
                stack.append(top.next)
            if top.is_text_node:
                self._add(top.text_content or "")
            elif top.is_element_node and not self._is_invisible(top):
                stack.append(self._open(top))
                if top.child is not None:
                    stack.append(top.child)
        self._flush()

    def _is_invisible(self, node: "LexborNode") -> bool:
        """Whether a subtree is no text. Hidden blocks are furniture instead: scripts may show them later."""
        if node.tag in self._vocabulary.invisible:
            return True
        return node.tag not in self._vocabulary.block and is_hidden(node.attributes)

    def _open(self, node: "LexborNode") -> _Open:
        tag, attributes = node.tag or "", node.attributes
        if tag in self._vocabulary.block:
            self._flush()
        opened = _Open(
            tag,
            furniture=self._vocabulary.is_furniture(tag, attributes),
            kind=self._vocabulary.container(tag, attributes),
            start=len(self.page.blocks),
        )
        self._furniture += opened.furniture
        if tag == "a":
            self._in_link += 1
        elif len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self._heading = int(tag[1])
        elif tag == "tr":
            self._rows.append(opened)
        elif tag in ("td", "th") and self._rows:
            self._rows[-1].cells.append(len(self.page.blocks))
        return opened

    def _close(self, opened: _Open) -> None:
        if opened.tag in self._vocabulary.block:
            self._flush()
        self._furniture -= opened.furniture
        if opened.tag == "a":
            self._in_link -= 1
        elif opened.tag == f"h{self._heading}":
            self._heading = 0
        elif opened.tag == "tr":
            self._rows.pop()
            self._join_cells(opened)
        if opened.kind:
            furniture = self._furniture + opened.furniture
            self.page.containers.append(Container(opened.kind, opened.start, len(self.page.blocks), furniture))

    def _join_cells(self, row: _Open) -> None:
        """Makes one line of a row whose cells hold at most one line each; other rows only lay out the page."""
        blocks = self.page.blocks
        borders = [*row.cells, len(blocks)]
        if len(row.cells) < 2 or any(b - a > 1 for a, b in pairwise(borders)):
            return
        cells = blocks[row.start :]
        if len(cells) < 2:
            return
        joined = Block(
            "\t".join(cell.text for cell in cells), sum(cell.links for cell in cells), furniture=cells[0].furniture
        )
        blocks[row.start :] = [joined]

    def _add(self, text: str) -> None:
        if not text:
            return
        self._pieces.append(text)
        if self._in_link:
            self._links += len("".join(text.split()))

    def _flush(self) -> None:
        if not self._pieces:
            return
        raw = _SOURCE_BREAK.sub("", "".join(self._pieces))
        text = _SPACE.sub(" ", raw).strip(" \u3000")
        self._pieces.clear()
        if text:
            links = min(self._links, len(text))
            self.page.blocks.append(Block(text, links, self._heading, self._furniture))
        self._links = 0
