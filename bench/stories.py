"""How well reprints are told from other bulletins: variants of the gold bulletins, by the thresholds of the batch.

usage: python bench/stories.py

Reprints must be recognised: other furniture, another headline, a sentence less or more, words changed, cut off. Other
bulletins must not: the same form filled with other figures, and any two different bulletins. For each kind of variant
the share that is found by its bands and the share that counts as one story is printed, then how the shares of runs in
common lie, from which the thresholds in jianbao/batch/stories.py were chosen.
"""

import random
import re
from collections.abc import Callable
from itertools import combinations

from corpus.gold import GOLD, load_gold
from jianbao.batch import stories
from jianbao.batch.stories import Sketch, likeness, sketch

FURNITURE = (
    "首页 > 新闻中心 > 部门动态\n",
    "\n责任编辑：办公室 浏览次数：3120 【打印】【关闭】\n版权所有 主办单位：市政务服务中心 备案号：20011873号 网站地图",
)
SENTENCE = re.compile(r"[^。！？\n]+[。！？]?\n*")
FIGURE = re.compile(r"\d+")


def furniture(text: str, dice: random.Random) -> str:
    return FURNITURE[0] + text + FURNITURE[1]


def headline(text: str, dice: random.Random) -> str:
    first, _, rest = text.partition("\n")
    return f"我市{first[2:6]}工作再上新台阶\n{rest}" if len(rest) > len(first) else text


def a_sentence_less(text: str, dice: random.Random) -> str:
    sentences = SENTENCE.findall(text)
    del sentences[dice.randrange(len(sentences))]
    return "".join(sentences)


def a_sentence_more(text: str, dice: random.Random) -> str:
    return text.rstrip() + "\n下一步，该局将持续巩固工作成果，不断提升服务水平，以实际行动回应群众关切。\n"


def words_changed(text: str, dice: random.Random) -> str:
    sentences = SENTENCE.findall(text)
    for index in dice.sample(range(len(sentences)), max(1, len(sentences) // 5)):
        sentence = sentences[index]
        at = dice.randrange(len(sentence))
        sentences[index] = sentence[:at] + "进一步" + sentence[at + 2 :] if not FIGURE.search(sentence) else sentence
    return "".join(sentences)


def cut_off(text: str, dice: random.Random) -> str:
    return text[: len(text) * 7 // 10]


def other_figures(text: str, dice: random.Random) -> str:
    def other(match: re.Match[str]) -> str:
        size = len(match[0])
        return str(dice.randint(10 ** (size - 1), 10**size - 1))

    return FIGURE.sub(other, text)


def half_of_the_figures(text: str, dice: random.Random) -> str:
    return FIGURE.sub(lambda m: other_figures(m[0], dice) if dice.random() < 0.5 else m[0], text)


Variant = Callable[[str, random.Random], str]
REPRINTS: tuple[Variant, ...] = (furniture, headline, a_sentence_less, a_sentence_more, words_changed, cut_off)
OTHERS: tuple[Variant, ...] = (other_figures, half_of_the_figures)


def main() -> None:
    dice = random.Random(1)  # noqa: S311
    texts = [record.text for record in load_gold(GOLD)]
    sketches = [sketch(text) for text in texts]
    print(f"{len(texts)} bulletins; share found by bands, share counted as one story, lowest and highest run share")
    for variant in (*REPRINTS, *OTHERS):
        pairs = [(one, sketch(variant(text, dice))) for one, text in zip(sketches, texts, strict=True)]
        report(variant.__name__, pairs)
    report("any two", list(combinations(sketches, 2)))


def report(name: str, pairs: list[tuple[Sketch, Sketch]]) -> None:
    found = sum(bool(set(one.bands) & set(other.bands)) for one, other in pairs)
    same = sum(likeness(one.signature, other.signature) > 0 for one, other in pairs)
    runs = sorted(shared_runs(one, other) for one, other in pairs)
    spread = " ".join(f"{runs[min(len(runs) - 1, int(share * len(runs)))]:.2f}" for share in (0, 0.01, 0.05, 0.5, 0.99))
    print(f"  {name:22} {len(pairs):6} pairs  bands {found / len(pairs):7.2%}  one story {same / len(pairs):7.2%}")
    print(f"  {'':22} runs in common at 0, 1, 5, 50, 99 %: {spread}")


def shared_runs(one: Sketch, other: Sketch) -> float:
    first, second = (stories.Signature.read(s.signature) for s in (one, other))
    return stories.shared_runs(first, second) if first and second else 0.0


if __name__ == "__main__":
    main()
