"""A tagger as a source of mentions, beside the rules or alone."""

import re
from functools import cache
from pathlib import Path
from typing import cast

from spacy.tokens import Doc

from extract.data import load_toml
from extract.layers import Layers
from extract.ner.candidates import Candidate
from extract.ner.kinds import is_kind
from extract.ner.places import SLOGANS
from extract.ner.rules import Source, find_by_rules
from extract.segment.word_index import words_of
from models.loading import load_tagger
from models.tagger import SHIPPED, SpanTagger
from schemas import EntityType

RULES, NEURAL, JOINED = "rules", "neural", "joined"
# Below this a label is little better than any other: not worth a place in the merge.
_LEAST = 0.2
# 肥东、肥西 | 两县公安局
_OF_SEVERAL = re.compile("[两三四五六七八九十][省市县区州旗地](?:[一-龥]{2,8}(?:局|院|厅|委)$)")


def sources_of(ner: str, device: str = "cpu") -> tuple[tuple[Source, ...], str | None]:
    """The sources that `ner` names, and the name of the model among them.

    Args:
        ner: "rules", "neural" (the shipped tagger alone), "joined" (both), or the folder of a model, to be joined with
            the rules.
        device: of a checkpoint.

    Raises:
        ModelError: the model is missing or damaged or has other labels, or the device is absent.
    """
    if ner == RULES:
        return (find_by_rules,), None
    tagger = _tagger(SHIPPED if ner in (NEURAL, JOINED) else Path(ner), device)
    source = _source(tagger)
    return ((source,) if ner == NEURAL else (find_by_rules, source)), tagger.name


@cache
def _tagger(path: Path, device: str) -> SpanTagger:
    return load_tagger(path, device=device)


def _source(tagger: SpanTagger) -> Source:
    name = "model:tagger"

    def find(doc: Doc, layers: Layers) -> list[Candidate]:
        words, text = words_of(doc, layers), layers.view.text
        lengths = [end - start for start, end in zip(words.starts, words.ends, strict=True)]
        return [
            Candidate(_with_quote(text, start, end), end, cast(EntityType, type_), name, score=score)
            for start, end, type_, score in tagger.tag(text, lengths, words.tags)
            if score >= _LEAST
            and _is_name(text[start:end], type_)
            and not (type_ == "PLACE" and text.endswith(SLOGANS, 0, start))
        ]

    return find


def _with_quote(text: str, start: int, end: int) -> int:
    """Where the name begins whose first quote the tagger left out: “青岚大米”检测中心."""
    close = text.find("”", start, end)
    return start - 1 if close >= 0 and text[start - 1] == "“" and text.find("“", start, close) < 0 else start


def _is_name(text: str, type_: str) -> bool:
    """Corpora of news label kinds of organisations and surnames too, which our guide does not."""
    if type_ == "ORG" and _OF_SEVERAL.search(text):
        return False
    if type_ == "PLACE":
        return text not in _no_places()
    return not is_kind(text) if type_ == "ORG" else len(text) > 1 or type_ != "PERSON"


@cache
def _no_places() -> frozenset[str]:
    return frozenset(load_toml("ner/data/words.toml")["no_places"])
