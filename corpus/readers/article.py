"""The article among the blocks of a page: headline, publication line and body; everything around it left out.

Notes for a newcomer. The body is the fullest container that a known content management system names for it; failing
that, the run of blocks with the most prose in it, found as a maximum-sum run where prose counts for and links and
furniture against. The headline is the block before the body that the page's title repeats. Between the two stands
the publication line. Names and patterns are data (`corpus/data/html.toml`).
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path

from corpus.readers.blocks import Block, Page, Vocabulary

_DATA = Path(__file__).parents[1] / "data" / "html.toml"
_WORD = re.compile(r"\w")
_SENTENCE = re.compile("[，。；：！？、]")

_MAX_HEAD = 160
_LINE_COST = 12


@dataclass(frozen=True)
class Rules:
    """What is known of how pages are built, from `corpus/data/html.toml`."""

    vocabulary: Vocabulary
    flat: frozenset[str]
    meta: dict[str, list[str]]
    publication: re.Pattern[str]
    noise: re.Pattern[str]
    label_start: re.Pattern[str]
    labels: re.Pattern[str]
    table: re.Pattern[str]
    furniture: re.Pattern[str]
    end: re.Pattern[str]
    signature: re.Pattern[str]
    site_divider: re.Pattern[str]
    person: re.Pattern[str]


@cache
def load_rules() -> Rules:
    """The rules, read once."""
    data = tomllib.loads(_DATA.read_text(encoding="utf-8"))
    patterns = {name: re.compile(pattern) for name, pattern in data["patterns"].items()}
    return Rules(Vocabulary(data), frozenset(data["flat_tags"]), data["meta"], **patterns)


def find_article(page: Page, page_title: str, title_hint: str | None, rules: Rules) -> str:
    """The article as text: headline, publication line, then one line per paragraph; "" if there is none.

    Args:
        page: the page's blocks.
        page_title: what the page's `<title>` says, on one line.
        title_hint: the headline by the page's meta tags, if it has them.
        rules: see `load_rules`.
    """
    blocks = page.blocks
    start, end, floor = _body_range(page)
    if start >= end:
        return ""
    titles = [_squeeze(title) for title in (title_hint, page_title) if title]
    found = _headline(blocks, start, end, titles, rules)
    headline = found.text if found else title_hint or rules.site_divider.split(page_title)[0]
    # Publication data is printed between headline and body, or just above the headline, or in a disclosure table.
    begin = found.start if found else start
    head = {i for i in range(max(0, begin - 3), start) if not found or not found.start <= i < found.end}
    head |= {i for i in range(start) if "\t" in blocks[i].text or rules.table.search(blocks[i].text)}
    body = range(max(start, found.end if found else 0), end)
    top = _top_matter(blocks, body, headline, rules)
    publication = _publication([blocks[i] for i in sorted(head | top)], headline, rules)
    subtitle = [blocks[i].text for i in range(found.end if found else start, start) if blocks[i].text.startswith("—")]
    lines = _body_lines([blocks[i] for i in body if i not in top], floor, rules)
    lines += _signature(blocks[end : end + 6], floor, rules)
    if not lines:
        return ""
    return "\n".join(line for line in (headline, *publication, *subtitle, *lines) if line)


def _body_range(page: Page) -> tuple[int, int, int]:
    """The blocks of the body, `[start, end)`, and the number of furniture elements that enclose all of it."""
    best_start, best_end = _densest(page.blocks)
    prose = _Prose(page.blocks)
    run = prose(best_start, best_end, 0)
    for kind in ("body", "article"):
        sized = [(prose(c.start, c.end, c.furniture), c) for c in page.containers if c.kind == kind]
        fullest = max((length for length, _ in sized), default=0)
        # A named container with far less in it than elsewhere on the page was named for something else.
        if not fullest or fullest * 2 < run:
            continue
        # The tightest of the containers that hold nearly all of it.
        container = min((c for length, c in sized if length * 10 >= fullest * 9), key=lambda c: c.end - c.start)
        if kind == "body":
            return container.start, container.end, container.furniture
        start, end = _densest(page.blocks[container.start : container.end], container.furniture)
        return container.start + start, container.start + end, container.furniture
    return best_start, best_end, 0


class _Prose:
    """How many characters of prose stand in a range of blocks, by running sums: containers nest by the hundred."""

    def __init__(self, blocks: list[Block]) -> None:
        self._blocks = blocks
        self._sums: dict[int, list[int]] = {}

    def __call__(self, start: int, end: int, floor: int) -> int:
        if floor not in self._sums:
            lengths = (block.prose if block.furniture <= floor else 0 for block in self._blocks)
            self._sums[floor] = list(accumulate(lengths, initial=0))
        return self._sums[floor][end] - self._sums[floor][start]


def _densest(blocks: list[Block], floor: int = 0) -> tuple[int, int]:
    """The run of blocks with the greatest sum of weights (Kadane's algorithm)."""
    best = total = 0
    best_range = (0, 0)
    start = 0
    for index, block in enumerate(blocks):
        weight = block.prose - 2 * block.links - (0 if _SENTENCE.search(block.text) else _LINE_COST)
        if block.furniture > floor:
            weight = -len(block.text)
        if total <= 0:
            total, start = 0, index
        total += weight
        if total > best:
            best, best_range = total, (start, index + 1)
    if best:
        return best_range
    # Nothing reads like prose. Short lines may still be all there is, but a list of links is no article.
    links = sum(block.links for block in blocks)
    return (0, len(blocks)) if links * 3 < sum(len(block.text) for block in blocks) else (0, 0)


@dataclass(frozen=True, slots=True)
class _Headline:
    text: str
    start: int
    end: int


def _headline(blocks: list[Block], start: int, end: int, titles: list[str], rules: Rules) -> _Headline | None:
    """The block, or the neighbouring blocks, before or at the top of the body that the page's title repeats.

    Failing that, the highest heading, or the line above the publication line.
    """
    zone = range(min(end - 1, start + 6) - 1, -1, -1)
    best: _Headline | None = None
    for title in titles:
        for index in zone:
            text = _squeeze(blocks[index].text)
            if len(text) < 4 or text not in title or blocks[index].links * 2 > len(text):
                continue
            first = index
            while first and not blocks[first - 1].links and _squeeze(blocks[first - 1].text) + text in title:
                first -= 1
                text = _squeeze(blocks[first].text) + text
            if best is None or len(text) > len(_squeeze(best.text)):
                best = _Headline("".join(block.text for block in blocks[first : index + 1]), first, index + 1)
        if best:
            return best
    candidates = [
        i
        for i in zone
        if 5 <= len(blocks[i].text) <= 80 and not blocks[i].links and not _is_publication(blocks[i], rules)
    ]
    headings = [i for i in candidates if blocks[i].heading]
    above = [
        i for i in candidates if i + 1 < end and _is_publication(blocks[i + 1], rules) and "。" not in blocks[i].text
    ]
    if not headings and not above:
        return None
    index = min(headings, key=lambda i: (blocks[i].heading, -i)) if headings else above[0]
    return _Headline(blocks[index].text, index, index + 1)


def _top_matter(blocks: list[Block], body: range, headline: str, rules: Rules) -> set[int]:
    """The blocks at the top of the body that repeat the headline or hold publication data."""
    top: set[int] = set()
    others = 0
    for index in body[:8]:
        block = blocks[index]
        if (
            _squeeze(block.text) == _squeeze(headline)
            or _is_publication(block, rules)
            or rules.table.search(block.text)
        ):
            top.add(index)
            continue
        others += 1
        if others == 2 or block.prose > 30:
            break
    return top


def _is_publication(block: Block, rules: Rules) -> bool:
    if len(block.text) > _MAX_HEAD or "。" in block.text or block.links * 2 > len(block.text):
        return False
    return bool(rules.publication.search(block.text))


def _publication(head: list[Block], headline: str, rules: Rules) -> list[str]:
    """The publication data as lines: one for each row of a disclosure table, one for all that is printed otherwise."""
    rows: list[str] = []
    pieces: list[str] = []
    label = ""
    for block in head:
        text = block.text
        if "\t" in text or rules.table.search(text):
            rows.append(" ".join(_table_pieces(text, rules)))
        # A label may stand in one element and its value in the next.
        elif label and len(text) <= 30:
            pieces.append(label + text)
        elif _squeeze(text) != _squeeze(headline) and not text.endswith(("：", ":")) and _is_publication(block, rules):
            pieces.append(text)
        label = text if text.endswith(("：", ":")) and _is_publication(block, rules) else ""
    spaced = (rules.label_start.sub(r" \g<0>", piece) for piece in pieces)
    cleaned = (" ".join(rules.noise.sub(" ", piece).split()) for piece in spaced)
    return [*rows, " ".join(dict.fromkeys(piece for piece in cleaned if rules.publication.search(piece)))]


def _table_pieces(row: str, rules: Rules) -> list[str]:
    """The publication data of one row of a disclosure table, as `label：value`."""
    cells = [cell.strip() for cell in row.split("\t")]
    pieces = []
    for index, cell in enumerate(cells):
        label, _, value = cell.replace(":", "：", 1).partition("：")
        if not value and index + 1 < len(cells):
            value = cells[index + 1]
        if value and rules.labels.fullmatch("".join(label.split()).strip("【】[]")):
            pieces.append(f"{''.join(label.split()).strip('【】[]')}：{value}")
    return pieces


def _body_lines(body: list[Block], floor: int, rules: Rules) -> list[str]:
    kept: list[Block] = []
    for block in body:
        if rules.end.fullmatch(block.text) and kept:
            break
        if block.furniture > floor or (len(block.text) <= _MAX_HEAD and _is_furniture(block.text, rules)):
            continue
        kept.append(block)
    return [block.text for block in kept]


def _is_furniture(line: str, rules: Rules) -> bool:
    return bool(rules.furniture.fullmatch(line)) or not _WORD.search(rules.noise.sub("", line))


def _signature(after: list[Block], floor: int, rules: Rules) -> list[str]:
    """The lines after the body that sign it: editors, contributors, office and date."""
    lines = []
    for block in after:
        if rules.end.fullmatch(block.text):
            break
        if not block.links and block.furniture <= floor and rules.signature.fullmatch(block.text):
            lines.append(block.text)
    return lines


def _squeeze(text: str) -> str:
    return "".join(text.split())
