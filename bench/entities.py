"""Entities on one core: speed, load time and F1 of the rules, the tagger, both joined, and Baidu LAC; jieba for scale.

usage: python bench/entities.py [--rounds N] [--gold DIR] [--lac PYTHON]   (default gold: corpus/gold/test)

Every contender reads the same texts, those of the gold bulletins, in a process of its own that is bound to one core,
taken in turn; seconds are those of the processor, and figures are medians over the rounds. Ours goes from the text to
merged mentions: view, words, sources, merge. F1 is that of the eval package, strict and (overlap), against that gold.

LAC 2.1.2 needs an environment of its own, since it wants an older numpy than ours, and its python is given by --lac:

    python -m venv lac && lac/bin/pip install "setuptools<70" wheel "paddlepaddle==2.6.2" "numpy<2"
    lac/bin/pip install --no-build-isolation LAC

Where it cannot be imported it is left out, as the tagger is where its weights are missing, and the output says so. LAC
gets the lines of a text in one batch; it knows no programmes; its words LOC that touch are read as one place, as the
annotation guide has it.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

GOLD = Path(__file__).parent.parent / "corpus" / "gold" / "test"
CONTENDERS = ("jieba", "rules", "neural", "joined", "lac")
LAYERS = ("ORG", "PLACE", "PERSON", "PROGRAM")
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
LAC_TYPES = {"ORG": "ORG", "LOC": "PLACE", "PER": "PERSON"}
# How long a contender goes on reading the texts, in seconds, after a pass that is not counted.
MEASURED = 3.0

Spans = list[tuple[int, int, str]]
Finder = Callable[[str], Spans]


def load_jieba() -> Finder:
    import jieba

    jieba.initialize()

    def find(text: str) -> Spans:
        jieba.lcut(text)
        return []

    return find


def load_ours(ner: str) -> Finder:
    from spacy.vocab import Vocab

    from extract.layers import Layers
    from extract.ner.rules import find_mentions
    from extract.ner.tagger import sources_of
    from extract.segment.sentences import find_clauses, find_sentences
    from extract.segment.tokenizer import WordTokenizer
    from extract.segment.view import make_view

    words, (sources, _) = WordTokenizer(Vocab()), sources_of(ner)

    def find(text: str) -> Spans:
        view = make_view(text)
        layers = Layers(view=view, sentences=find_sentences(view.text))
        layers.clauses = [clause for s in layers.sentences for clause in find_clauses(view.text, s)]
        mentions = find_mentions(words(view.text), layers, sources)
        return [(*view.source(m.start, m.end), m.type) for m in mentions]

    find("东河市司法局")
    return find


def load_lac() -> Finder:
    import paddle
    import paddle.base.core

    # What LAC calls by its old name.
    sys.modules |= {"paddle.fluid": paddle.base, "paddle.fluid.core": paddle.base.core}
    from LAC import LAC

    tagger = LAC(mode="lac")

    def find(text: str) -> Spans:
        spans: Spans = []
        position = 0
        lines = [line for line in text.splitlines() if line.strip()]
        for words, tags in tagger.run(lines) if lines else ():
            for word, tag in zip(words, tags, strict=True):
                start = max(text.find(word, position), position)
                position = start + len(word)
                if tag == "LOC" and spans and spans[-1][1:] == (start, "PLACE"):
                    spans[-1] = (spans[-1][0], position, "PLACE")
                elif tag in LAC_TYPES:
                    spans.append((start, position, LAC_TYPES[tag]))
        return spans

    return find


def work(contender: str, texts: list[str]) -> dict[str, Any]:
    """One contender's load time in seconds, its characters per second, and what it finds in each text."""
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    start = time.process_time()
    find = {"jieba": load_jieba, "lac": load_lac}.get(contender, lambda: load_ours(contender))()
    loaded = time.process_time() - start
    found = [find(text) for text in texts]
    passes, start = 0, time.process_time()
    while (seconds := time.process_time() - start) < MEASURED:
        for text in texts:
            find(text)
        passes += 1
    return {"load": loaded, "rate": passes * sum(map(len, texts)) / seconds, "found": found}


def run(contender: str, python: str, texts: Path) -> dict[str, Any] | None:
    """What `work` gives in a process of its own; None, with a message, where the contender cannot be loaded."""
    command = [python, __file__, "--work", contender, str(texts)]
    done = subprocess.run(command, capture_output=True, text=True, env=os.environ | ONE_THREAD)  # noqa: S603
    if done.returncode:
        cause = (done.stderr.strip().splitlines() or ["no message"])[-1]
        print(f"{contender} is left out: {cause}", file=sys.stderr)
        return None
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def accuracy(gold: list[Any], found: list[Spans]) -> str:
    """F1 strict and (overlap) by type."""
    from eval import score
    from schemas import Record

    predicted = [
        Record.model_validate(
            {
                "id": record.id,
                "text": record.text,
                "mentions": [
                    {"start": start, "end": end, "type": type_, "text": record.text[start:end]}
                    for start, end, type_ in spans
                ],
            }
        )
        for record, spans in zip(gold, found, strict=True)
    ]
    figures = score(gold, predicted).figures()
    return "".join(
        f"   {type_} {figures[f'mention {type_} strict']:5.1f} ({figures[f'mention {type_} overlap']:5.1f})"
        for type_ in LAYERS
    )


def compare(folder: Path, rounds: int, lac: str) -> None:
    from corpus.gold import load_gold

    gold = load_gold(folder)
    results: dict[str, list[dict[str, Any]]] = {name: [] for name in CONTENDERS}
    with tempfile.TemporaryDirectory() as scratch:
        texts = Path(scratch) / "texts.json"
        texts.write_text(json.dumps([record.text for record in gold]), encoding="utf-8")
        for number in range(rounds):
            for name in list(results):
                result = run(name, lac if name == "lac" else sys.executable, texts)
                if result:
                    results[name].append(result)
                elif number == 0:
                    del results[name]
    characters = sum(len(record.text) for record in gold)
    print(f"{len(gold)} texts, {characters:,} characters, one core, {rounds} rounds, medians")
    rates = {name: statistics.median(r["rate"] for r in measured) for name, measured in results.items()}
    for name, measured in results.items():
        loaded = statistics.median(r["load"] for r in measured)
        ratio = f"   {rates[name] / rates['lac']:5.2f} × LAC" if "lac" in rates else ""
        print(f"  {name:8} loads in {loaded:5.2f} s   {rates[name]:10,.0f} characters/s{ratio}")
    print("F1, strict (overlap)")
    for name, measured in results.items():
        if name != "jieba":
            print(f"  {name:8}{accuracy(gold, measured[0]['found'])}")


def main() -> None:
    if sys.argv[1:2] == ["--work"]:
        print(json.dumps(work(sys.argv[2], json.loads(Path(sys.argv[3]).read_text(encoding="utf-8")))))
        return
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=GOLD)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--lac", default=sys.executable, metavar="PYTHON", help="the python that LAC is installed for")
    arguments = parser.parse_args()
    compare(arguments.gold, arguments.rounds, arguments.lac)


if __name__ == "__main__":
    main()
