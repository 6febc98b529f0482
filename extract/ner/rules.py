"""Entities by lexicons and morphology: all rule sources over one text, merged."""

from spacy.tokens import Doc

from extract.layers import Layers
from extract.ner.lexicon import scan
from extract.ner.merge import merge
from extract.ner.offices import find_organisations
from extract.ner.persons import find_persons
from extract.ner.places import find_chains, find_places
from extract.ner.programmes import find_programmes
from extract.ner.words import Words
from schemas import Mention


def find_mentions(doc: Doc, layers: Layers) -> list[Mention]:
    """The mentions of `doc` in order, without overlap; offsets are view offsets."""
    words = Words(doc)
    hits = scan(doc.text)
    chains = find_chains(words, hits)
    organisations = find_organisations(words, hits, chains)
    candidates = [
        *organisations,
        *find_places(words, hits, chains),
        *find_persons(words),
        *find_programmes(words),
    ]
    return merge(doc.text, candidates)
