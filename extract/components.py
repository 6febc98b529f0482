"""The spaCy factories: each binds one component's logic to its layer.

A Doc made by `Extractor` carries its `Layers` as `doc._.layers`; a Doc from `nlp(text)` gets fresh ones here, so the
pipeline also works as an ordinary spaCy pipeline.
"""

from collections.abc import Callable
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc

from extract.facts.activities import find_activities
from extract.facts.context import find_context, in_full
from extract.facts.documents import find_documents
from extract.facts.head import find_head
from extract.facts.linking import link_documents, link_offices
from extract.facts.metrics import find_metrics
from extract.facts.scopes import Scopes
from extract.layers import Layers
from extract.ner.canonical import with_canonical
from extract.ner.rules import find_mentions
from extract.ner.tagger import JOINED, sources_of
from extract.numbers import scan
from extract.segment.sentences import find_clauses, find_sentences
from extract.segment.view import View, fold
from extract.times import scan_times

Component = Callable[[Doc], Doc]

ENTITIES = "jianbao_entities"

if not Doc.has_extension("layers"):
    Doc.set_extension("layers", default=None)


def layers_of(doc: Doc) -> Layers:
    """The layers of `doc`, made now if it has none."""
    layers: Layers | None = doc._.layers
    if layers is None:
        text = doc.text
        # Folded only: taking out line breaks would move the view's offsets away from the Doc's.
        layers = doc._.layers = Layers(view=View(fold(text), text))
    return layers


def _segment(doc: Doc, layers: Layers) -> None:
    text = layers.view.text
    layers.sentences = find_sentences(text)
    layers.clauses = [c for s in layers.sentences for c in find_clauses(text, s)]


def _head(doc: Doc, layers: Layers) -> None:
    layers.head = find_head(layers.view, layers.hints, layers.published)
    layers.published = layers.head.published


def _times(doc: Doc, layers: Layers) -> None:
    layers.times = scan_times(layers.view.text, layers.published)


def _quantities(doc: Doc, layers: Layers) -> None:
    taken = {i for t in layers.times for i in range(t.start, t.end)}
    # A calendar expression is never a quantity as well; durations are left to the quantities by `scan_times`.
    layers.quantities = [q for q in scan(layers.view.text) if q.start not in taken and q.end - 1 not in taken]


class Entities:
    """Finds the mentions by rules, by a model, or by both; see `extract.ner.tagger.sources_of` for the arguments."""

    def __init__(self, ner: str, device: str) -> None:
        self._sources, self.model = sources_of(ner, device)

    def __call__(self, doc: Doc) -> Doc:
        """Fill the layer of `doc`."""
        layers = layers_of(doc)
        layers.mentions = find_mentions(doc, layers, self._sources)
        return doc


def _context(doc: Doc, layers: Layers) -> None:
    layers.context = find_context(layers)
    layers.mentions = with_canonical(layers)
    layers.context = in_full(layers)
    layers.scopes = Scopes(layers)


def _documents(doc: Doc, layers: Layers) -> None:
    layers.documents = find_documents(layers)


def _metrics(doc: Doc, layers: Layers) -> None:
    layers.metrics = find_metrics(doc, layers)


def _activities(doc: Doc, layers: Layers) -> None:
    layers.activities = find_activities(doc, layers)


def _linking(doc: Doc, layers: Layers) -> None:
    link_documents(layers)
    layers.offices = link_offices(layers)


_STEPS: dict[str, Callable[[Doc, Layers], None]] = {
    "jianbao_segment": _segment,
    "jianbao_head": _head,
    "jianbao_times": _times,
    "jianbao_quantities": _quantities,
    "jianbao_context": _context,
    "jianbao_documents": _documents,
    "jianbao_metrics": _metrics,
    "jianbao_activities": _activities,
    "jianbao_linking": _linking,
}


def _register(name: str, step: Callable[[Doc, Layers], None]) -> None:
    def component(doc: Doc) -> Doc:
        step(doc, layers_of(doc))
        return doc

    def factory(nlp: Language, name: str) -> Component:
        return component

    Language.factory(name, func=factory)


def _entities(nlp: Language, name: str, ner: str, device: str) -> Component:
    return Entities(ner, device)


def reads_words_only(nlp: Language) -> bool:
    """Whether all components of `nlp` are those of this module, which never look at a Doc's tokens."""
    return all(nlp.get_pipe_meta(name).factory in (ENTITIES, *_STEPS) for name in nlp.pipe_names)


@cache
def register() -> None:
    """Make the factories known to spaCy (entry points would need the package to be installed)."""
    Language.factory(ENTITIES, func=_entities, default_config={"ner": JOINED, "device": "cpu"})
    for name, step in _STEPS.items():
        _register(name, step)
