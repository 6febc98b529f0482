"""Word, PDF and JSON Lines files, and which reader a file goes to."""

import datetime as dt
import io
import json
import random
import zipfile
from contextlib import suppress

import docx
import pytest
from corpus_support import make_docx, make_pdf

from corpus import (
    DEFAULT_LIMITS,
    Limits,
    MalformedError,
    NoTextError,
    ReadError,
    TooLargeError,
    UnsupportedFormatError,
)
from corpus.formats import DOCX, HTML, PDF, TXT, format_of, is_json_lines
from corpus.readers.docx import read_docx
from corpus.readers.jsonl import read_row
from corpus.readers.pdf import read_pdf

TITLE = "关于开展安全检查的通知"


def test_docx_paragraphs_and_tables_come_in_order() -> None:
    data = make_docx([TITLE, "请遵照执行。"], table=[["单位", "数量"], ["甲县", "3"]])
    assert read_docx(data, DEFAULT_LIMITS).text == f"{TITLE}\n单位\t数量\n甲县\t3\n请遵照执行。"


def test_docx_insertions_controls_and_boxes_are_read_and_deletions_are_not() -> None:
    document = docx.Document()
    namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    runs = (
        "<w:r><w:t>全县</w:t></w:r><w:ins><w:r><w:t>共</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>约</w:delText><w:t>约</w:t></w:r></w:del><w:r><w:t>调解</w:t><w:br/><w:t>十件</w:t></w:r>"
        "<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>工作简报</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>"
    )
    body = document.element.body
    for xml in (
        f"<w:p {namespace}>{runs}</w:p>",
        f"<w:sdt {namespace}><w:sdtContent><w:p><w:r><w:t>控件中的段落</w:t></w:r></w:p></w:sdtContent></w:sdt>",
    ):
        body.insert(len(body) - 1, docx.oxml.parse_xml(xml))
    out = io.BytesIO()
    document.save(out)
    assert read_docx(out.getvalue(), DEFAULT_LIMITS).text == "工作简报\n全县共调解\n十件\n控件中的段落"


def test_docx_tables_within_tables_are_read_once() -> None:
    document = docx.Document()
    outer = document.add_table(1, 2)
    outer.cell(0, 0).text = "甲县"
    inner = outer.cell(0, 1).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "3", "5"
    out = io.BytesIO()
    document.save(out)
    assert read_docx(out.getvalue(), DEFAULT_LIMITS).text.split() == ["甲县", "3", "5"]


@pytest.mark.parametrize(
    ("title", "hint"),
    [
        (TITLE, TITLE),
        ("关于开展 安全检查的通知", "关于开展 安全检查的通知"),
        ("Word Document", None),
        ("通知", None),
        ("", None),
    ],
    ids=["as printed", "spaced", "of the template", "too short", "none"],
)
def test_docx_title_property_is_a_hint_if_the_text_repeats_it(title: str, hint: str | None) -> None:
    assert read_docx(make_docx([TITLE, "请遵照执行。"], title=title), DEFAULT_LIMITS).hints.title == hint


def _laughs() -> bytes:
    """A Word file whose XML entities expand to ten thousand million characters."""
    entities = '<!ENTITY a "aaaaaaaaaa">'
    entities += "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(make_docx([TITLE]))) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/document.xml":
                content = content.replace(b"?>", f"?><!DOCTYPE x [{entities}]>".encode(), 1)
                content = content.replace(TITLE.encode(), b"&j;")
            target.writestr(name, content)
    return out.getvalue()


WORD_FAULTS = {
    "cut off": make_docx([TITLE])[:9000],
    "a beginning": b"PK\x03\x04",
    "no archive": b"text",
    "entities": _laughs(),
}


@pytest.mark.parametrize("data", WORD_FAULTS.values(), ids=WORD_FAULTS)
def test_damaged_and_hostile_docx_files_are_refused(data: bytes) -> None:
    with pytest.raises(MalformedError, match="damaged"):
        read_docx(data, DEFAULT_LIMITS)


def test_docx_files_are_limited_in_what_they_unpack_to() -> None:
    with pytest.raises(TooLargeError):
        read_docx(make_docx([TITLE]), Limits(unpacked_bytes=1000))


@pytest.mark.parametrize("seed", range(40))
def test_mutated_docx_files_are_read_or_refused(seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311
    mutation = bytearray(make_docx([TITLE, "请遵照执行。"]))
    for _ in range(rng.choice((1, 4, 40))):
        mutation[rng.randrange(len(mutation))] = rng.randrange(256)
    with suppress(ReadError):
        read_docx(bytes(mutation), DEFAULT_LIMITS)


def test_pdf_pages_follow_each_other_without_their_numbers() -> None:
    data = make_pdf([f"{TITLE}\n各单位：\n- 1 -", "请遵照执行。\n第 2 页 共 2 页"])
    assert read_pdf(data, DEFAULT_LIMITS).text == f"{TITLE}\n各单位：\n请遵照执行。"


PDF_FAULTS = {
    "encrypted": (make_pdf(["甲"], encrypted=True), UnsupportedFormatError, "encrypted"),
    "no text": (make_pdf(["", ""]), NoTextError, "text layer"),
    "cut off": (make_pdf(["甲"])[:400], MalformedError, "damaged"),
    "garbage": (b"%PDF-1.7\n" + b"garbage" * 50, MalformedError, "damaged"),
}


@pytest.mark.parametrize(("data", "kind", "cause"), PDF_FAULTS.values(), ids=PDF_FAULTS)
def test_pdf_files_that_cannot_be_read(data: bytes, kind: type[ReadError], cause: str) -> None:
    with pytest.raises(kind, match=cause):
        read_pdf(data, DEFAULT_LIMITS)


def test_pdf_pages_are_limited() -> None:
    with pytest.raises(TooLargeError, match="3 pages"):
        read_pdf(make_pdf(["甲", "乙", "丙"]), Limits(pages=2))


def test_json_row() -> None:
    row = read_row(
        json.dumps(
            {
                "text": "甲\r\n乙",
                "id": 7,
                "title": "题",
                "publisher": "某局",
                "published": "2023年5月6日",
                "authors": ["田禾"],
                "url": "https://example.org",
            }
        )
    )
    assert row.id == "7"
    assert row.content.text == "甲\n乙"
    assert row.content.hints.published == dt.date(2023, 5, 6)
    assert row.content.hints.authors == ("田禾",)
    assert read_row('{"text": "甲", "authors": "田禾", "title": null, "published": ""}').content.hints.authors == (
        "田禾",
    )


BAD_ROWS = {
    "no JSON": "{text}",
    "no object": '["text"]',
    "no text": '{"title": "题"}',
    "text is no string": '{"text": 5}',
    "half a surrogate pair": '{"text": "\\ud83d"}',
    "a NUL character": '{"text": "a\\u0000"}',
    "no date": '{"text": "甲", "published": "近日"}',
    "no such day": '{"text": "甲", "published": "2023-02-30"}',
    "date is no string": '{"text": "甲", "published": 2023}',
    "authors is no list": '{"text": "甲", "authors": {"a": 1}}',
    "id is a list": '{"text": "甲", "id": [1]}',
    "nested deep": "[" * 100_000,
}


@pytest.mark.parametrize("line", BAD_ROWS.values(), ids=BAD_ROWS)
def test_bad_json_rows_are_refused(line: str) -> None:
    with pytest.raises(MalformedError):
        read_row(line)


SNIFFED = {
    "text": (b"abc", ".txt", TXT),
    "unknown suffix": (b"abc", ".dat", TXT),
    "html named txt": (b"\xef\xbb\xbf <!DOCTYPE html><p>a", ".txt", HTML),
    "html after a comment": (b"<!-- saved from url --><html><p>a", "", HTML),
    "fragment named html": (b"<p>a</p>", ".html", HTML),
    "text named html": (b"abc", ".html", TXT),
    "pdf named txt": (make_pdf(["a"]), ".txt", PDF),
    "docx named doc": (make_docx(["a"]), ".doc", DOCX),
    "text named docx": (b"abc", ".docx", DOCX),
}


@pytest.mark.parametrize(("data", "suffix", "kind"), SNIFFED.values(), ids=SNIFFED)
def test_content_decides_on_the_format(data: bytes, suffix: str, kind: object) -> None:
    assert format_of(data, suffix) is kind


UNSUPPORTED = {
    "old Word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(9), ".doc"),
    "encrypted docx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(9), ".docx"),
    "rtf": (b"{\\rtf1 a}", ".rtf"),
    "zip": (b"PK\x03\x04" + bytes(30), ".zip"),
    "json": (b'{"text": "a"}', ".json"),
}


@pytest.mark.parametrize(("data", "suffix"), UNSUPPORTED.values(), ids=UNSUPPORTED)
def test_other_formats_are_refused_with_a_remedy(data: bytes, suffix: str) -> None:
    with pytest.raises(UnsupportedFormatError) as caught:
        format_of(data, suffix)
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("head", "suffix", "expected"),
    [
        (b'{"text": "a"}\n{', ".txt", True),
        (b"anything", ".jsonl", True),
        (b'{"a": 1}\n', ".txt", False),
        (b"{curly}", ".txt", False),
        (b'{"text": "a"}', ".json", False),
    ],
)
def test_json_lines_are_told(head: bytes, suffix: str, expected: bool) -> None:
    assert is_json_lines(head, suffix) is expected
