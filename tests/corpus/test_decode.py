from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import EncodingError
from corpus.decode import decode

TEXT = "据统计，全县共调解各类纠纷三百余起，涉及金额1200万元。\n下一步将继续排查。"
TRADITIONAL = "據統計，臺灣的法律顧問團隊開展調解工作，總計八百件。" * 10

ENCODINGS = {
    "utf-8": (TEXT.encode(), None, "utf-8"),
    "utf-8 with mark": (TEXT.encode("utf-8-sig"), None, "utf-8"),
    "gb18030": (TEXT.encode("gb18030"), None, "gb18030"),
    "gb18030 with four-byte characters": ((TEXT + "㐂𠮷").encode("gb18030"), None, "gb18030"),
    "utf-16 with mark": (TEXT.encode("utf-16"), None, "utf-16-le"),
    "utf-16 without mark": (TEXT.encode("utf-16-be"), None, "utf-16-be"),
    "utf-32 with mark": (TEXT.encode("utf-32"), None, "utf-32-le"),
    "declared gb2312 is read as gb18030": (TEXT.encode("gb18030"), "gb2312", "gb18030"),
    "declared gbk is read as gb18030": (TEXT.encode("gb18030"), "GBK", "gb18030"),
    "declared utf-8 but gb18030": (TEXT.encode("gb18030"), "utf-8", "gb18030"),
    "declared gb2312 but utf-8": (TEXT.encode(), "gb2312", "utf-8"),
    "declared nonsense": (TEXT.encode(), "x-unknown", "utf-8"),
    "declared a codec that is no encoding": (TEXT.encode(), "base64", "utf-8"),
    "ascii": (b"abc 123", None, "utf-8"),
    "empty": (b"", None, "utf-8"),
}


@pytest.mark.parametrize(("data", "declared", "encoding"), ENCODINGS.values(), ids=ENCODINGS)
def test_the_encoding_is_told(data: bytes, declared: str | None, encoding: str) -> None:
    decoded = decode(data, declared=declared)
    assert decoded.encoding == encoding
    if encoding != "utf-8" or declared:
        assert decoded.text.startswith(TEXT)


def test_big5_is_left_to_the_guess() -> None:
    assert decode(TRADITIONAL.encode("big5")).text == TRADITIONAL


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_text_cut_off_within_a_character_is_read_to_there(encoding: str) -> None:
    decoded = decode(TEXT.encode(encoding)[:-1])
    assert decoded.text == TEXT[:-1] + "\ufffd"
    assert decoded.encoding == f"{encoding}, damaged"


BINARY = {
    "NUL bytes": b"abc\0def\0",
    "a picture": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 4,
    "control characters": bytes(range(1, 32)) * 20,
    "a mark and then rubbish": b"\xef\xbb\xbf\xff\xfe\xfd",
    "utf-16 cut off": "\ufeff甲乙".encode("utf-16-le")[:-1],
}


@pytest.mark.parametrize("data", BINARY.values(), ids=BINARY)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(EncodingError):
        decode(data)


def test_line_ends_become_newlines() -> None:
    assert decode("甲\r\n乙\r丙\n丁\r\r\n".encode()).text == "甲\n乙\n丙\n丁\n\n"


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1))
def test_any_utf8_text_is_read_as_it_is(text: str) -> None:
    decoded = decode(("好" + text).encode())
    assert decoded.text == "好" + text


@given(st.binary(max_size=300), st.sampled_from([None, "gb2312", "utf-8", "big5", "utf-16"]))
def test_bytes_are_text_or_refused(data: bytes, declared: str | None) -> None:
    with suppress(EncodingError):
        assert "\r" not in decode(data, declared=declared).text
