"""What the tests of facts share: layers made from a text and the names in it, without the entity rules."""

import datetime as dt
import re
from collections.abc import Callable
from itertools import accumulate
from typing import Any

import pytest

from extract.facts.context import find_context
from extract.facts.head import find_head
from extract.facts.scopes import Scopes
from extract.layers import Context, Layers
from extract.numbers import find_quantities
from extract.segment.segmenters import load_segmenter
from extract.segment.sentences import find_clauses, find_sentences
from extract.segment.view import make_view
from extract.segment.word_index import WordIndex
from extract.times import find_times
from schemas import HeadHints, Mention


def _layers_for(case: dict[str, Any]) -> Layers:
    """Layers up to the scopes. `orgs`, `places` and `people` are marked wherever they stand, the longest first;
    `full` gives the full names of short ones; `place` and `office` replace what the context finds."""
    view = make_view(case["text"].strip("\n"))
    published = dt.date.fromisoformat(case["published"]) if "published" in case else None
    layers = Layers(view=view, published=published)
    layers.head = find_head(view, HeadHints(), published)
    layers.sentences = find_sentences(view.text)
    layers.clauses = [c for s in layers.sentences for c in find_clauses(view.text, s)]
    words, tags = load_segmenter("jieba")(view.text)
    bounds = list(accumulate(map(len, words), initial=0))
    layers.words = WordIndex(words, tags, starts=bounds[:-1], ends=bounds[1:])
    layers.times = find_times(view.text, published)
    layers.quantities = find_quantities(view.text)
    kinds = {n: k for k, key in (("ORG", "orgs"), ("PLACE", "places"), ("PERSON", "people")) for n in case.get(key, [])}
    full = case.get("full", {})
    names = re.compile("|".join(sorted(map(re.escape, kinds), key=len, reverse=True)) or "(?!)")
    for match in names.finditer(view.text):
        name = match[0]
        layers.mentions.append(
            Mention(start=match.start(), end=match.end(), text=name, type=kinds[name], canonical=full.get(name, name))
        )
    layers.context = (
        Context(case.get("place"), case.get("office")) if {"place", "office"} & set(case) else find_context(layers)
    )
    layers.scopes = Scopes(layers)
    return layers


@pytest.fixture
def layers_for() -> Callable[[dict[str, Any]], Layers]:
    return _layers_for
