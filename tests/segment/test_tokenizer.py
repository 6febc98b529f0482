import pickle
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.vocab import Vocab

from extract.layers import Layers
from extract.segment.segmenters import SegmenterError, load_segmenter
from extract.segment.tokenizer import WordTokenizer
from extract.segment.view import make_view
from extract.segment.word_index import words_of

TEXT = "县司法局的云岭调解室调解纠纷12件"
WORD = ("云岭调解室", "nt")

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:jieba")


@pytest.fixture(params=["jieba", "rjieba"])
def segmenter(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


def words(tokenizer: WordTokenizer) -> list[tuple[str, str]]:
    return [(token.text, token.tag_) for token in tokenizer(TEXT)]


def test_words_cover_the_text_and_carry_their_part_of_speech(segmenter: str) -> None:
    doc = WordTokenizer(Vocab(), segmenter)(TEXT + "\n （完）")
    assert doc.text == TEXT + "\n （完）"
    assert ("司法局", "nt") in [(token.text, token.tag_) for token in doc]


def test_the_words_kept_are_those_of_the_tokens_also_after_a_merge(segmenter: str) -> None:
    doc = WordTokenizer(Vocab(), segmenter)(TEXT)
    for _ in range(2):
        index = words_of(doc, Layers(view=make_view(TEXT)))
        assert (index.words, index.tags) == ([t.text for t in doc], [t.tag_ for t in doc])
        assert index.starts == [t.idx for t in doc]
        with doc.retokenize() as retokenizer:
            retokenizer.merge(doc[:2])


def test_a_user_word_is_kept_whole(segmenter: str) -> None:
    assert WORD not in words(WordTokenizer(Vocab(), segmenter))
    assert WORD in words(WordTokenizer(Vocab(), segmenter, [WORD]))


def test_user_words_survive_pickle_bytes_and_disk(segmenter: str, tmp_path: Path) -> None:
    tokenizer = WordTokenizer(Vocab(), segmenter, [WORD])
    expected = words(tokenizer)
    tokenizer.to_disk(tmp_path / "tokenizer")
    copies = (
        pickle.loads(pickle.dumps(tokenizer)),  # noqa: S301
        WordTokenizer(Vocab()).from_bytes(tokenizer.to_bytes()),
        WordTokenizer(Vocab()).from_disk(tmp_path / "tokenizer"),
    )
    for copy in copies:
        assert copy.segmenter == segmenter
        assert words(copy) == expected


@given(st.text(st.one_of(st.sampled_from("司法局调解员云岭的和了一三件"), st.characters(codec="gb18030")), max_size=60))
def test_words_are_those_of_jieba(text: str) -> None:
    import jieba

    assert load_segmenter("jieba")(text)[0] == jieba.lcut(text)


def test_user_words_stay_private(segmenter: str) -> None:
    import jieba

    WordTokenizer(Vocab(), segmenter, [WORD])
    assert WORD[0] not in jieba.lcut(TEXT)


def test_the_cache_gives_the_same_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    results = []
    for damage in (False, False, True):
        load_segmenter.cache_clear()
        if damage:
            next(tmp_path.rglob("*.marshal")).write_bytes(b"\x00damaged")
        results.append(load_segmenter("jieba", (WORD,))(TEXT))
    assert results[0] == results[1] == results[2]
    assert len(list(tmp_path.rglob("jieba-*.marshal"))) == 1


def test_a_folder_that_cannot_be_written_only_costs_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    load_segmenter.cache_clear()
    assert "".join(load_segmenter("jieba")(TEXT)[0]) == TEXT


def test_an_unknown_segmenter_is_named() -> None:
    with pytest.raises(SegmenterError, match="unknown segmenter 'hanlp'; choose jieba or rjieba"):
        load_segmenter("hanlp")


def test_a_segmenter_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rjieba", None)
    load_segmenter.cache_clear()
    with pytest.raises(SegmenterError, match="pip install"):
        load_segmenter("rjieba", (("x", "n"),))


@given(st.text(max_size=100))
def test_any_text_is_the_sum_of_its_words(text: str) -> None:
    for name in ("jieba", "rjieba"):
        assert "".join(load_segmenter(name)(text)[0]) == text
