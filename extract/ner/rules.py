"""Entities: what the sources put forward over one text, merged into mentions.

A source is a function from a Doc and its layers to `Candidate`s. The rules are one; a neural tagger (source
`model:…`) joins by standing beside them in `sources`, and `extract.ner.merge` decides over what both give.
"""

from collections.abc import Callable, Sequence

from spacy.tokens import Doc

from extract.layers import Layers
from extract.ner.alike import find_alike
from extract.ner.candidates import Candidate
from extract.ner.coordination import find_listed, find_listed_places, find_listed_towns
from extract.ner.endings import find_endings
from extract.ner.grassroots import find_grassroots
from extract.ner.lexicon import scan
from extract.ner.merge import merge
from extract.ner.offices import find_offices
from extract.ner.organisations import find_organisations
from extract.ner.persons import find_persons
from extract.ner.places import find_chains, find_divisions
from extract.ner.programmes import find_programmes
from extract.ner.unlisted import find_unlisted, with_cooperatives
from extract.ner.words import Words
from extract.segment.word_index import words_of
from schemas import Mention

Source = Callable[[Doc, Layers], list[Candidate]]


def find_by_rules(doc: Doc, layers: Layers) -> list[Candidate]:
    """What lexicons and morphology put forward; offsets are view offsets."""
    words = Words(words_of(doc, layers), layers.view.text)
    hits = with_cooperatives(words.text, scan(words.text))
    if unlisted := find_unlisted(words, hits):
        hits = hits._replace(divisions=sorted([*hits.divisions, *unlisted], key=lambda h: (h.start, -h.end)))
    chains = find_chains(words, hits)
    endings = find_endings(words, chains)
    offices = find_offices(words, hits, chains, endings)
    return [
        *find_organisations(words, hits, chains, endings, offices),
        *find_grassroots(words, hits, offices),
        *find_alike(words, hits),
        *find_listed(words),
        *find_listed_places(words),
        *find_listed_towns(words),
        *endings,
        *find_divisions(words, hits, chains),
        *find_persons(words, hits.titles),
        *find_programmes(words, offices),
    ]


def find_mentions(doc: Doc, layers: Layers, sources: Sequence[Source] = (find_by_rules,)) -> list[Mention]:
    """The mentions of `doc` in order, without overlap; offsets are view offsets."""
    candidates = [candidate for source in sources for candidate in source(doc, layers)]
    return merge(layers.view.text, candidates, joined=len(sources) > 1)
