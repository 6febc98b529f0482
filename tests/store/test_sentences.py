import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.sentences import LONGEST, Sentences

CASES = {
    "marks": ("先开会。后培训30人！散会", "30人", "后培训30人！"),
    "marks in a row": ("真快！？！共3件。", "真快", "真快！？！"),
    "closing quote": ("他说：“共有3件。”随后离开。", "3件", "他说：“共有3件。”"),
    "title line": ("云岭县开展调解工作\n今年调解12件。", "12件", "今年调解12件。"),
    "paragraphs": ("今年调解12件\n\n去年调解9件", "9件", "去年调解9件"),
    "wrapped lines": ("今年以来全县司法所共\n调解矛盾纠纷十二件次\n并且按时全部已经办结\n完毕。", "十二件", "今年以来全县司法所共调解矛盾纠纷十二件次并且按时全部已经办结完毕。"),
    "comma before the break": ("全县" * 40 + "，\n共12件。", "12件", "全县" * 40 + "，共12件。"),
    "indented paragraph": ("今年以来全县司法所共调解\n　　去年调解矛盾9件次", "9件", "去年调解矛盾9件次"),
    "wrapped Latin": ("adopted by the committee,\nin all 12 cases of law.", "12 cases", "adopted by the committee, in all 12 cases of law."),
}  # fmt: skip


@pytest.mark.parametrize(("text", "item", "expected"), CASES.values(), ids=list(CASES))
def test_the_sentence_around_an_item(text: str, item: str, expected: str) -> None:
    start = text.index(item)
    assert Sentences(text).at(start, start + len(item)) == expected


def test_an_item_over_two_sentences_has_both() -> None:
    text = "一。《关于。的办法》施行。三。"
    assert Sentences(text).at(text.index("《"), text.index("》") + 1) == "《关于。的办法》施行。"


def test_of_an_endless_sentence_the_surroundings_are_shown() -> None:
    text = "前" * 5000 + "12件" + "后" * 5000
    shown = Sentences(text).at(5000, 5003)
    assert "前12件后" in shown
    assert len(shown) <= LONGEST + 2
    assert (shown[0], shown[-1]) == ("…", "…")


@given(st.text("甲，。！”\n　 a1", min_size=1, max_size=60), st.data())
def test_the_item_stands_in_its_sentence(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    sentence = Sentences(text).at(start, end)
    assert "".join(text[start:end].split()) in "".join(sentence.split())
    assert "\n" not in sentence
