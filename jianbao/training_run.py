"""A run of the recipe of a tagger, from a folder of data to an ONNX file, in stages that are kept.

Notes for a newcomer. Every stage writes one file into the output folder and is skipped where that file is there, so a
run that was interrupted goes on: vocabulary, plain text as numbers, the pretrained encoder, the corpora as numbers,
the trained network (with checkpoints within), the ONNX file and its description.
"""

import lzma
import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path

import numpy as np
import torch

from corpus.gold import GOLD, load_gold
from extract.pipeline import Extractor
from extract.segment.segmenters import load_segmenter
from extract.segment.view import fold
from jianbao.recipe import CorpusTable, Recipe, TextTable
from jianbao.silver import cut, exchanged, joined_names, person_names, sentences_of, tagged_by_rules
from models.checkpoint import CheckpointTagger, finetune
from models.corpora import Labelled, labels_of, read_cluener, read_columns, read_slashed
from models.embeddings import context_embeddings
from models.encoded import Encoded, Sequence
from models.errors import TrainingDataError
from models.export import export
from models.features import Vocabulary, word_features
from models.labels import load_schemes
from models.network import Architecture, Encoder, Tagger
from models.pieces import LONGEST, pieces
from models.pretraining import pretrain
from models.scores import Score, scores_of
from models.tagger import DESCRIPTION, NETWORK, Description
from models.training import Corpus, Settings, tag, train

Say = Callable[[str], None]
_READERS = {"columns": read_columns, "cluener": read_cluener, "slashed": read_slashed}
_HEADS = ("bulletin", "msra")
# Shorter pieces of plain text tell nothing; shorter lines of news are headings.
_SHORTEST_PIECE = 6
_SHORTEST_NEWS = 60


_Encode = Callable[..., Sequence]


class TrainingRun:
    """A run of a recipe.

    Args:
        recipe: what to do.
        data: the folder of the public data.
        out: the folder of the results and what is kept on the way.
        gold: folders of further gold (of users), beside our own.
        say: told what happens, a line each.
    """

    def __init__(self, recipe: Recipe, data: Path, out: Path, gold: Iterable[Path] = (), say: Say = print) -> None:
        self.recipe, self.data, self.out, self.say = recipe, data, out, say
        self.gold = [GOLD / "train", *gold]
        self.schemes = load_schemes()
        self._segment = load_segmenter("jieba")
        out.mkdir(parents=True, exist_ok=True)

    def run(self) -> list[Score]:
        """All stages; returns the scores of the network."""
        vocabulary = self.vocabulary()
        encoder = self.encoder(vocabulary)
        corpora = self.corpora(vocabulary)
        tagger = self.tagger(vocabulary, encoder, corpora)
        scores = self.scores(vocabulary, tagger)
        self.export(vocabulary, tagger)
        return scores

    def vocabulary(self) -> Vocabulary:
        """The characters of all texts, the commonest first."""
        path = self.out / "vocabulary.txt"
        bits = self.recipe.network.pair_bits
        if path.is_file():
            return Vocabulary(path.read_text(encoding="utf-8"), bits)
        self.say("counting characters")
        counts: Counter[str] = Counter()
        for piece in self._plain():
            counts.update(piece)
        for corpus in self.recipe.corpora:
            for sentence in self._read(corpus):
                counts.update(fold(sentence.text))
        least = self.recipe.pretraining.least
        vocabulary = Vocabulary.of((c for c, n in counts.most_common() if n >= least), bits)
        path.write_text(vocabulary.characters, encoding="utf-8")
        return vocabulary

    def encoder(self, vocabulary: Vocabulary) -> Encoder:
        """The pretrained encoder."""
        path = self.out / "encoder.pt"
        encoder = Encoder(self._architecture(vocabulary), self.recipe.pretraining.dropout)
        if path.is_file():
            encoder.load_state_dict(torch.load(path, weights_only=True))
            return encoder
        if not self.recipe.texts:
            return encoder
        data = self._kept("text.npz", (), lambda: map(self._encoder_of(vocabulary), self._plain()))
        self.say(f"plain text: {len(data.chars):,} characters")
        a = self._architecture(vocabulary)
        chars, pairs = context_embeddings(data, vocabulary, a.char_size, a.pair_size)
        encoder.start_from(chars, pairs)
        self.say("embeddings made")
        p = self.recipe.pretraining
        torch.manual_seed(self.recipe.training.seed)
        pretrain(encoder, a.channels, data, vocabulary, p.steps, p.characters, p.rate, self._progress("pretraining"))
        torch.save(encoder.state_dict(), path)
        return encoder

    def corpora(self, vocabulary: Vocabulary) -> list[Corpus]:
        """All labelled sequences for training."""
        recipe, encode = self.recipe, self._encoder_of(vocabulary)
        made = []
        for table in recipe.corpora:
            heads = (table.scheme, "bulletin") if table.joined else (table.scheme,)
            data = self._kept(f"{table.name}.npz", heads, lambda table=table: self._labelled(table, encode))  # type: ignore[misc]
            made.append(Corpus(table.name, data, weights={"bulletin": table.joined}))
        gold = [sentence for folder in self.gold for record in load_gold(folder) for sentence in sentences_of(record)]
        people = {label for s in self.schemes.values() for label, type_ in s.mapping if type_ == "PERSON"}
        names = person_names([gold, *map(self._read, recipe.corpora)], people)
        generator = random.Random(recipe.training.seed)  # noqa: S311  (no secret)
        others = [exchanged(s, names, generator) for _ in range(recipe.gold.exchanged) for s in gold]
        for name, sentences, repeat in (("gold", gold, recipe.gold.repeat), ("exchanged", others, 1)):
            data = Encoded.of((encode(s.text, {"bulletin": s}) for s in sentences), ["bulletin"])
            made.append(Corpus(name, data, repeat))
        if recipe.silver:
            data = self._kept("silver.npz", ["bulletin"], lambda: self._silver(encode))
            made.append(Corpus("silver", data, weights={"bulletin": recipe.silver.weight}))
        for corpus in made:
            self.say(f"{corpus.name}: {len(corpus.data):,} sentences, {len(corpus.data.chars):,} characters")
        return [corpus for corpus in made if len(corpus.data)]

    def tagger(self, vocabulary: Vocabulary, encoder: Encoder, corpora: list[Corpus]) -> Tagger:
        """The trained network."""
        path = self.out / "tagger.pt"
        heads = {name: self.schemes[name].size for name in sorted({h for c in corpora for h in c.data.labels})}
        tagger = Tagger(self._architecture(vocabulary), heads, self.recipe.training.dropout)
        if path.is_file():
            tagger.load_state_dict(torch.load(path, weights_only=True))
            return tagger.eval()
        tagger.encoder.load_state_dict(encoder.state_dict())
        settings = Settings(**self.recipe.training.model_dump(exclude={"dropout"}))
        train(tagger, corpora, vocabulary, settings, self.out / "checkpoint.pt", self._progress("training"))
        torch.save(tagger.state_dict(), path)
        return tagger

    def scores(self, vocabulary: Vocabulary, tagger: Tagger) -> list[Score]:
        """Strict scores on what was kept for measuring: of the corpora, and the gold's dev split."""
        encode, found = self._encoder_of(vocabulary), []
        for table in self.recipe.corpora:
            if table.held_out:
                kept = islice(self._read(table), 0, None, table.held_out)
                found += self._scored(f"{table.name} held out", table.scheme, kept, encode, vocabulary, tagger)
        for table in self.recipe.tests:
            found += self._scored(table.name, table.scheme, self._read(table), encode, vocabulary, tagger)
        dev = (sentence for record in load_gold(GOLD / "dev") for sentence in sentences_of(record))
        return found + self._scored("gold dev", "bulletin", dev, encode, vocabulary, tagger)

    def export(self, vocabulary: Vocabulary, tagger: Tagger) -> None:
        """Write the ONNX file, and beside it what is needed to use it."""
        heads = tuple(head for head in _HEADS if head in tagger.heads)
        export(tagger, self.out / NETWORK, heads)
        types = {head: self.schemes[head].types for head in heads}
        gap = max(self.recipe.network.spans)
        Description(vocabulary.characters, vocabulary.pair_bits, types, gap).write(self.out / DESCRIPTION)

    def _scored(
        self,
        name: str,
        head: str,
        sentences: Iterable[Labelled],
        encode: _Encode,
        vocabulary: Vocabulary,
        tagger: Tagger,
    ) -> list[Score]:
        scheme = self.schemes[head]
        data = Encoded.of((encode(s.text, {head: s}) for s in sentences), [head])
        return scores_of(name, scheme, data.labels[head], data.bounds, tag(tagger, data, vocabulary, head, scheme))

    def _labelled(self, table: CorpusTable, encode: _Encode) -> Iterator[Sequence]:
        mapping = dict(self.schemes[table.scheme].mapping)
        for index, sentence in enumerate(self._read(table)):
            if table.held_out and index % table.held_out == 0:
                continue
            labels = {table.scheme: sentence}
            if table.joined:
                labels["bulletin"] = joined_names(sentence, mapping)
            yield encode(sentence.text, labels)

    def _silver(self, encode: _Encode) -> Iterator[Sequence]:
        silver = self.recipe.silver
        if silver is None:
            return
        self.say("tagging plain text by the rules")
        extractor = Extractor(ner="rules")
        facts = ("jianbao_documents", "jianbao_metrics", "jianbao_activities")
        extractor.nlp.select_pipes(disable=[name for name in extractor.nlp.pipe_names if name in facts])
        # Every second line: the other half of the news is left to pretraining.
        news = (line for line in self._lines(TextTable(path=silver.path, every=2)) if len(line) > _SHORTEST_NEWS)
        characters = 0
        for sentence in tagged_by_rules(extractor, news):
            if characters > silver.characters:
                return
            characters += len(sentence.text)
            yield encode(sentence.text, {"bulletin": sentence})

    def _read(self, table: CorpusTable) -> Iterator[Labelled]:
        """The sentences of a corpus; those that are too long are cut."""
        for sentence in _READERS[table.format](self.data / table.path):
            if len(sentence.text) <= LONGEST:
                yield sentence
            else:
                yield from cut(sentence.text, sentence.spans)

    def _lines(self, table: TextTable) -> Iterator[str]:
        path = self.data / table.path
        try:
            with lzma.open(path, "rt", encoding="utf-8") as file:
                for line in islice(file, 0, None, table.every):
                    yield line.strip()
        except (OSError, lzma.LZMAError, UnicodeDecodeError) as error:
            raise TrainingDataError(
                f"cannot be read ({error})", where=str(path), remedy="give the folder of the training data"
            ) from error

    def _plain(self) -> Iterator[str]:
        """The pieces of all plain texts."""
        for table in self.recipe.texts:
            for line in self._lines(table):
                folded = fold(line)
                for start, end in pieces(folded):
                    if end - start >= _SHORTEST_PIECE:
                        yield folded[start:end]

    def _encoder_of(self, vocabulary: Vocabulary) -> _Encode:
        def encode(text: str, labels: Mapping[str, Labelled] | None = None) -> Sequence:
            text = fold(text)
            words, tags = self._segment(text)
            made = {}
            for head, sentence in (labels or {}).items():
                made[head] = labels_of(self.schemes[head], sentence)
            return Sequence(vocabulary.ids(text), word_features([len(word) for word in words], tags), made)

        return encode

    def _kept(self, name: str, heads: Iterable[str], sequences: Callable[[], Iterable[Sequence]]) -> Encoded:
        """What `sequences` gives, from the file of this name if it is there."""
        path = self.out / name
        if path.is_file():
            return Encoded.read(path, heads)
        data = Encoded.of(sequences(), heads)
        data.write(path)
        return data

    def _architecture(self, vocabulary: Vocabulary) -> Architecture:
        return Architecture(characters=vocabulary.size, **self.recipe.network.model_dump())

    def _progress(self, what: str) -> Callable[[int, int, float, float], None]:
        def tell(step: int, steps: int, loss: float, speed: float) -> None:
            self.say(f"{what}: step {step:,} of {steps:,}, loss {loss:.3f}, {speed:,.0f} characters/s")

        return tell


def finetune_on_gold(
    checkpoint: Path, out: Path, gold: Iterable[Path], *, epochs: float, device: str, say: Say
) -> list[Score]:
    """Fine-tune a Hugging Face checkpoint on our own gold and that in the folders `gold`; its scores on the dev split.

    Raises:
        ModelError: see `models.checkpoint.finetune`.
    """
    folders = [GOLD / "train", *gold]
    sentences = (s for folder in folders for record in load_gold(folder) for s in sentences_of(record))
    finetune(checkpoint, sentences, out, epochs=epochs, device=device, say=say)
    tagger = CheckpointTagger(out, device=device)
    scheme = tagger.scheme
    labels, bounds = [], [0]
    answers: list[tuple[int, list[int]]] = []
    for record in load_gold(GOLD / "dev"):
        for index, sentence in enumerate(sentences_of(record), len(answers)):
            gold_labels = labels_of(scheme, sentence)
            labels.append(gold_labels)
            bounds.append(bounds[-1] + len(gold_labels))
            spans = [(s, e, t) for s, e, t, _ in tagger.tag(sentence.text, (), ())]
            answers.append((index, scheme.encode(len(sentence.text), spans).tolist()))
    return scores_of("gold dev", scheme, np.concatenate(labels), np.asarray(bounds), answers)
