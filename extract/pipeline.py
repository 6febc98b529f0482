"""The one entry of the extraction: `Extractor`, a spaCy pipeline assembled from a config file."""

import extract.lightly  # noqa: F401  (before spaCy)

# isort: split

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeVar

import spacy
import spacy.util
from spacy.language import Language
from spacy.tokens import Doc

from extract.components import ENTITIES, Entities, layers_of, reads_words_only, register
from extract.data import lexicon_digest
from extract.groups import READ_AHEAD, collector_off, in_groups
from extract.layers import Layers
from extract.segment.segmenters import Segment
from extract.segment.tokenizer import WordTokenizer
from extract.segment.view import View, make_view
from extract.segment.word_index import index_of
from schemas import Activity, Bulletin, HeadHints, JianbaoError, Metric, PolicyDocument, Provenance, Record, Span

DEFAULT_CONFIG = Path(__file__).with_name("pipeline.cfg")

_S = TypeVar("_S", bound=Span)
_F = TypeVar("_F", PolicyDocument, Metric, Activity)
# The fields of facts that hold offsets.
_OFFSETS = {"mentions", "quantity", "part_of", "comparison", "trigger"}


class ConfigError(JianbaoError):
    """The pipeline's config file cannot be read or names something unknown."""


class TextTooLongError(JianbaoError):
    """The text is longer than the pipeline takes."""


class Extractor:
    """Reads bulletins and writes records.

    Args:
        config: a spaCy config file; the default one holds the rules-only pipeline.
        segmenter: "jieba" or "rjieba" (quicker, the extra `rjieba`), in place of the config's.
        ner: how entities are found, in place of the config's: "rules" (quicker), "neural" (the shipped tagger alone),
            "joined" (both), or the folder of a model of your own, to be joined with the rules.
        device: of a Hugging Face checkpoint given by `ner`: "cpu", "cuda".

    Raises:
        ConfigError: the config file is missing, malformed or names an unknown component.
        ModelError: the model is missing or damaged or has other labels, or the device is absent.
        SegmenterError: the segmenter is unknown or not installed.
    """

    def __init__(
        self,
        config: str | Path | None = None,
        *,
        segmenter: str | None = None,
        ner: str | Path | None = None,
        device: str | None = None,
    ) -> None:
        register()
        settings = {
            "nlp.tokenizer.segmenter": segmenter,
            f"components.{ENTITIES}.ner": ner and str(ner),
            f"components.{ENTITIES}.device": device,
        }
        overrides = {name: value for name, value in settings.items() if value}
        self.nlp = _assemble(Path(config) if config else DEFAULT_CONFIG, overrides)
        self._pipeline_version = version("jianbao")
        # A pipeline of a user's own may do without entities.
        entities = self.nlp.get_pipe(ENTITIES) if self.nlp.has_pipe(ENTITIES) else None
        self._model = entities.model if isinstance(entities, Entities) else None

    def extract(self, text: str, *, published: dt.date | str | None = None, id: str = "text") -> Record:
        """The record of one text.

        Args:
            text: the bulletin; offsets in the record are code points into it.
            published: the day of publication (a date or an ISO string), for texts that do not say it.
            id: the record's id.

        Raises:
            ValueError: `published` is no ISO date.
        """
        if isinstance(published, str):
            published = dt.date.fromisoformat(published)
        return self.record(Bulletin(id=id, text=text, hints=HeadHints(published=published)))

    def pipe(self, bulletins: Iterable[Bulletin], *, read_ahead: int = READ_AHEAD) -> Iterator[Record]:
        """The records of `bulletins` in their order, in constant memory.

        Args:
            bulletins: any number of them.
            read_ahead: how many characters of text are read before they are worked on together, component by
                component, which takes a sixth less time; 0 reads no further than the record asked for.
        """
        for group in in_groups(bulletins, read_ahead):
            try:
                records = self.records(group)
            except Exception:  # noqa: BLE001  (raised again, at its bulletin)
                # One by one, so that the records before the fault come out first.
                yield from map(self.record, group)
            else:
                yield from records

    def record(self, bulletin: Bulletin) -> Record:
        """The record of one bulletin.

        Raises:
            TextTooLongError: the text is longer than `nlp.max_length`, a million characters unless changed.
        """
        return self.records([bulletin])[0]

    def records(self, bulletins: Sequence[Bulletin]) -> list[Record]:
        """The records of a few bulletins, all of which are held in memory until the last is done.

        Raises:
            TextTooLongError: as `record`.
        """
        with collector_off():
            tokenizer = self.nlp.tokenizer
            cut = tokenizer.cut if isinstance(tokenizer, WordTokenizer) and reads_words_only(self.nlp) else None
            docs = [self._doc(bulletin, cut) for bulletin in bulletins]
            # A component finds its code and its words still in the processor's caches at the next text.
            for _, component in self.nlp.pipeline:
                docs = [component(doc) for doc in docs]
            records = list(map(self._record, bulletins, docs))
            del docs
        return records

    def _doc(self, bulletin: Bulletin, cut: Segment | None) -> Doc:
        """The Doc of a bulletin; one without tokens, which take a while to make, where `cut` gives the words."""
        if len(bulletin.text) > self.nlp.max_length:
            raise TextTooLongError(
                f"the text has {len(bulletin.text):,} characters, more than {self.nlp.max_length:,}",
                where=bulletin.source or bulletin.id,
                remedy="split it into one bulletin per text, or raise extractor.nlp.max_length",
            )
        view = make_view(bulletin.text)
        doc = Doc(self.nlp.vocab) if cut else self.nlp.make_doc(view.text)
        doc._.layers = Layers(view=view, hints=bulletin.hints, words=index_of(*cut(view.text)) if cut else None)
        return doc

    def _record(self, bulletin: Bulletin, doc: Doc) -> Record:
        layers = layers_of(doc)
        view, text = layers.view, bulletin.text
        return Record(
            id=bulletin.id,
            title=layers.head.title,
            publisher=layers.head.publisher,
            published=layers.head.published,
            authors=layers.head.authors,
            text=text,
            mentions=_to_source(layers.mentions, view, text),
            times=_to_source(layers.times, view, text),
            quantities=_to_source(layers.quantities, view, text),
            documents=tuple(_moved(layers.documents, view)),
            metrics=tuple(_moved(layers.metrics, view)),
            activities=tuple(_moved(layers.activities, view)),
            offices=layers.offices,
            provenance=Provenance(
                source=bulletin.source,
                sha256=bulletin.sha256,
                pipeline=self._pipeline_version,
                lexicon=lexicon_digest(),
                model=self._model,
            ),
        )


def _to_source(spans: Iterable[_S], view: View, text: str) -> tuple[_S, ...]:
    if view.text == text:
        return tuple(spans)
    mapped = []
    for span in spans:
        start, end = view.source(span.start, span.end)
        # Most spans read the same in the text as in its view: they need no copy.
        if start != span.start or text[start:end] != span.text:
            span = span.model_copy(update={"start": start, "end": end, "text": text[start:end]})
        mapped.append(span)
    return tuple(mapped)


def _moved(items: list[_F], view: View) -> Iterator[_F]:
    """Facts with their offsets led back to the source."""
    for item in items:
        if view.is_aligned:
            yield item
            continue
        changes: dict[str, Any] = {}
        for name in _OFFSETS & type(item).model_fields.keys():
            value = getattr(item, name)
            if name == "mentions":
                changes[name] = tuple(view.source(*offsets) for offsets in value)
            elif name == "comparison" and value is not None:
                changes[name] = value.model_copy(update={"quantity": view.source(*value.quantity)})
            elif value is not None:
                changes[name] = view.source(*value)
        yield item.model_copy(update=changes)


def _assemble(path: Path, overrides: dict[str, Any]) -> Language:
    try:
        config = spacy.util.load_config(path, overrides=overrides)
        return spacy.util.load_model_from_config(config, auto_fill=True)
    except (OSError, ValueError) as error:
        cause = " ".join(str(error).split())
        raise ConfigError(cause, where=str(path), remedy="compare with extract/pipeline.cfg") from error
