"""More labelled sentences from what there is: gold with its names exchanged, and plain text tagged by the rules."""

import random
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from extract.data import load_toml
from extract.layers import Layers
from extract.ner.lexicon import divisions
from extract.pipeline import Extractor
from extract.segment.view import make_view
from models.corpora import Labelled
from models.labels import Span
from models.pieces import pieces
from schemas import Record

_PLACE_ENDINGS = "省市区县旗州盟"
_FOREIGN_TAGS = {"nr", "nrt", "nrfg", "ns", "nt"}


def sentences_of(record: Record) -> Iterator[Labelled]:
    """The sentences of a gold record as the tagger will read them, with their mentions; optional ones are unsure."""
    view = make_view(record.text)
    to_view = {view.source(i, i + 1)[0]: i for i in range(len(view.text))}
    spans: list[Span] = []
    unsure: list[Span] = []
    for mention in record.mentions:
        first, last = to_view.get(mention.start), to_view.get(mention.end - 1)
        if first is not None and last is not None:
            (unsure if mention.optional else spans).append((first, last + 1, mention.type))
    yield from cut(view.text, spans, [(s, e) for s, e, _ in unsure])


def cut(text: str, spans: Sequence[Span], unsure: Sequence[tuple[int, int]] = ()) -> Iterator[Labelled]:
    """The pieces of `text` as the tagger will read them, each with the spans that lie within it."""
    for start, end in pieces(text):
        yield Labelled(
            text[start:end],
            _within(spans, start, end),
            tuple((max(s, start) - start, min(e, end) - start) for s, e in unsure if s < end and e > start),
        )


def exchanged(sentence: Labelled, names: list[str], generator: random.Random) -> Labelled:
    """`sentence` with most of its people and divisions replaced by others of the same form.

    Args:
        names: of people, to draw from.
    """
    text, at = "", 0
    spans: list[Span] = []
    unsure: list[tuple[int, int]] = []
    moved: list[tuple[int, int]] = []  # source offset, shift after it
    for start, end, label in sorted(sentence.spans):
        text += sentence.text[at:start]
        name = sentence.text[start:end]
        if generator.random() < 0.75:
            if label == "PERSON" and names and name[0] in _surnames() and len(name) in (2, 3):
                name = generator.choice(names)
            elif label in ("PLACE", "ORG"):
                name = _elsewhere(name, generator)
        spans.append((len(text), len(text) + len(name), label))
        text += name
        at = end
        moved.append((end, len(text) - end))
    text += sentence.text[at:]
    ends = [end for end, _ in moved]
    for start, stop in sentence.unsure:
        index = bisect_left(ends, start + 1) - 1
        shift = moved[index][1] if index >= 0 else 0
        unsure.append((start + shift, stop + shift))
    return Labelled(text, tuple(spans), tuple(unsure))


def person_names(corpora: Iterable[Iterable[Labelled]], labels: set[str]) -> list[str]:
    """The Chinese names of two or three characters that the corpora label."""
    return sorted(
        {
            text[start:end]
            for corpus in corpora
            for text, spans, _ in corpus
            for start, end, label in spans
            if label in labels and end - start in (2, 3) and text[start] in _surnames()
        }
    )


def tagged_by_rules(extractor: Extractor, texts: Iterable[str]) -> Iterator[Labelled]:
    """Sentences of `texts` that the rules are sure of.

    A sentence is kept if it names something, and if every word that jieba's dictionary holds for a name of a person,
    place or organisation is within what the rules found: two sources that agree.
    """
    for text in texts:
        view = make_view(text)
        doc = extractor.nlp.make_doc(view.text)
        doc._.layers = layers = Layers(view=view)
        extractor.nlp(doc)
        spans = [(m.start, m.end, m.type) for m in layers.mentions]
        if not spans or layers.words is None:
            continue
        covered = bytearray(len(view.text))
        for start, end, _ in spans:
            covered[start:end] = b"\1" * (end - start)
        words = layers.words
        doubts = [
            start
            for start, end, tag in zip(words.starts, words.ends, words.tags, strict=True)
            if tag in _FOREIGN_TAGS and end - start > 1 and not covered[start]
        ]
        for start, end in pieces(view.text):
            index = bisect_left(doubts, start)
            if index < len(doubts) and doubts[index] < end:
                continue
            inside = _within(spans, start, end)
            if inside:
                yield Labelled(view.text[start:end], inside)


def joined_names(sentence: Labelled, mapping: dict[str, str]) -> Labelled:
    """`sentence` of a corpus that splits chains, with places that touch joined, and a place joined to its office."""
    spans: list[Span] = []
    for start, end, label in sorted(sentence.spans):
        type_ = mapping.get(label)
        if type_ is None:
            continue
        if spans and spans[-1][1] == start and spans[-1][2] == "PLACE" and type_ in ("PLACE", "ORG"):
            spans[-1] = (spans[-1][0], end, type_)
        else:
            spans.append((start, end, type_))
    return Labelled(sentence.text, tuple(spans), sentence.unsure)


def _within(spans: Iterable[Span], start: int, end: int) -> tuple[Span, ...]:
    return tuple((s - start, e - start, label) for s, e, label in spans if start <= s and e <= end)


@cache
def _surnames() -> frozenset[str]:
    return frozenset(load_toml("ner/data/persons.toml")["common_surnames"])


@cache
def _by_ending() -> dict[str, list[tuple[str, ...]]]:
    """The divisions by their last character, each with what it belongs to: (county, city, province)."""
    full, _ = divisions()
    found: dict[str, list[tuple[str, ...]]] = {}
    for name, division in full.items():
        chain = [name]
        while division.parent and division.parent in full and len(chain) < 3:
            division = full[division.parent]
            chain.append(division.name)
        found.setdefault(name[-1], []).append(tuple(chain))
    return found


def _elsewhere(name: str, generator: random.Random) -> str:
    """`name` with the chain of divisions that it begins with replaced by another of the same form."""
    full, _ = divisions()
    at, count, last = 0, 0, ""
    while count < 3:
        size = next(
            (n for n in range(9, 1, -1) if name[at : at + n] in full and name[at : at + n][-1] in _PLACE_ENDINGS), 0
        )
        if not size:
            break
        last = name[at : at + size]
        at, count = at + size, count + 1
    if not count:
        return name
    chain = generator.choice(_by_ending()[last[-1]])[:count]
    return "".join(reversed(chain)) + name[at:]
