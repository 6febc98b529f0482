"""Entities by lexicons and morphology: all rule sources over one text, merged.

A further source, such as a neural tagger, joins by adding its `Candidate`s (source `model:…`) to the list that
`extract.ner.merge` decides over.
"""

from spacy.tokens import Doc

from extract.layers import Layers
from extract.ner.coordination import find_listed, find_listed_places
from extract.ner.endings import find_endings
from extract.ner.lexicon import scan
from extract.ner.merge import merge
from extract.ner.offices import find_offices
from extract.ner.organisations import find_organisations
from extract.ner.persons import find_persons
from extract.ner.places import find_chains, find_divisions
from extract.ner.programmes import find_programmes
from extract.ner.unlisted import find_unlisted
from extract.ner.words import Words
from extract.segment.word_index import words_of
from schemas import Mention


def find_mentions(doc: Doc, layers: Layers) -> list[Mention]:
    """The mentions of `doc` in order, without overlap; offsets are view offsets."""
    text = layers.view.text
    words = Words(words_of(doc, layers), text)
    hits = scan(words.text)
    if unlisted := find_unlisted(words, hits):
        hits = hits._replace(divisions=sorted([*hits.divisions, *unlisted], key=lambda h: (h.start, -h.end)))
    chains = find_chains(words, hits)
    endings = find_endings(words, chains)
    offices = find_offices(words, hits, chains, endings)
    candidates = [
        *find_organisations(words, hits, chains, endings, offices),
        *find_listed(words),
        *find_listed_places(words),
        *endings,
        *find_divisions(words, hits, chains),
        *find_persons(words),
        *find_programmes(words),
    ]
    return merge(words.text, candidates)
