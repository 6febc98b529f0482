"""What ties the facts of one bulletin to those of others: keys of offices and documents."""

from collections.abc import Iterable, Iterator

from extract.facts.division_chains import own_chain
from extract.facts.document_keys import document_key
from extract.facts.head_names import is_office
from extract.facts.office_keys import offices_of
from extract.layers import Layers
from schemas import Office


def link_offices(layers: Layers) -> tuple[Office, ...]:
    """The distinct organisation names that the record uses, with their keys, in the order of the text.

    Reads all layers: mentions, head, documents, metrics, activities.
    """
    names = [m.canonical or m.text for m in layers.mentions if m.type == "ORG"]
    no_offices = {m.canonical or m.text for m in layers.mentions if m.type != "ORG"}
    others = (n for n in dict.fromkeys(_names_in_facts(layers)) if n not in no_offices and is_office(n))
    places = (m.canonical or m.text for m in layers.mentions if m.type == "PLACE")
    own = own_chain(layers.context.place, tuple(dict.fromkeys((*names, *places))))
    head = [layers.head.publisher] if layers.head.publisher else []
    return offices_of((*names, *head, *others), own)


def link_documents(layers: Layers) -> None:
    """Give each document its key."""
    layers.documents = [
        d.model_copy(update={"key": key}) if (key := document_key(d.title, d.number)) else d for d in layers.documents
    ]


def _names_in_facts(layers: Layers) -> Iterator[str]:
    yield from layers.head.authors
    for document in layers.documents:
        yield from document.issuers
    for metric in layers.metrics:
        yield from _some(metric.subject)
    for activity in layers.activities:
        yield from (*activity.actors, *activity.participants)


def _some(name: str | None) -> Iterable[str]:
    return (name,) if name else ()
