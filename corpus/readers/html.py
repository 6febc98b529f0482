"""Web pages: their encoding, what their meta tags say of the head, and the article in them."""

import re
from typing import TYPE_CHECKING

from corpus.content import Content, parse_date
from corpus.decode import decode
from corpus.errors import MalformedError, NoTextError
from corpus.limits import Limits
from corpus.readers.article import Rules, find_article, load_rules
from corpus.readers.blocks import Page, read_blocks
from schemas import HeadHints

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w-]{2,20})|<\?xml[^>]{0,100}encoding=["']([\w-]{2,20})""",
    re.IGNORECASE,
)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_LONGEST_TITLE = 500


def read_html(data: bytes, limits: Limits) -> Content:
    """The article of a web page: headline, publication line as printed, and one paragraph per line.

    Args:
        data: the page's bytes; its declared encoding is found in them.
        limits: `depth` bounds the nesting of elements.

    Raises:
        NoTextError: the page holds no article.
        MalformedError: elements are nested too deep.
        EncodingError: see `decode`.
    """
    from selectolax.lexbor import LexborHTMLParser

    declared = _DECLARED.search(data[:4096])
    decoded = decode(data, declared=(declared[1] or declared[2]).decode("ascii") if declared else None)
    rules = load_rules()
    _check_depth(decoded.text, rules.flat, limits)
    tree = LexborHTMLParser(decoded.text)
    hints = _hints(tree, rules)
    page = read_blocks(tree.body, rules.vocabulary) if tree.body else Page()
    page_title = tree.css_first("title")
    # A title is a line; more of it would only cost time.
    title = " ".join(page_title.text()[:_LONGEST_TITLE].split()) if page_title else ""
    text = find_article(page, title, hints.title, rules)
    if not text:
        raise NoTextError("holds no article text", remedy="save the page itself, not a frame or a list of links")
    return Content(text, hints, decoded.encoding)


def _check_depth(text: str, flat: frozenset[str], limits: Limits) -> None:
    depth = deepest = 0
    for closing, name in _TAG.findall(text):
        if name.lower() in flat:
            continue
        depth = max(depth - 1, 0) if closing else depth + 1
        deepest = max(deepest, depth)
    if deepest > limits.depth:
        raise MalformedError(
            f"nests elements {deepest} deep, more than {limits.depth}", remedy="save the page anew as text"
        )


def _hints(tree: "LexborHTMLParser", rules: Rules) -> HeadHints:
    found: dict[str, str] = {}
    for node in tree.css("meta"):
        name = (node.attributes.get("name") or node.attributes.get("property") or "").lower()
        content = " ".join((node.attributes.get("content") or "").split())
        if name and content:
            found.setdefault(name, content)

    def first(field: str) -> str | None:
        return next((found[name] for name in rules.meta[field] if name in found), None)

    published = first("published")
    # The tag often holds the site's name or the editor's login; only what reads like names is believed.
    authors = re.split(r"[\s,，、;；]+", first("authors") or "")
    return HeadHints(
        title=(first("title") or "")[:_LONGEST_TITLE] or None,
        publisher=first("publisher"),
        published=parse_date(published) if published else None,
        authors=tuple(authors) if all(rules.person.fullmatch(author) for author in authors) else (),
    )
