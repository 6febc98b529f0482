"""Each page in `pages/` stands beside the text that must come of it."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import DEFAULT_LIMITS, Limits, MalformedError, NoTextError, ReadError
from corpus.readers.html import read_html

PAGES = sorted(Path(__file__).with_name("pages").glob("*.html"))
PARAGRAPH = "<p>昨日，云岭县召开会议，部署秋收工作，参会人员120人。</p>"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_becomes_headline_publication_line_and_body(page: Path) -> None:
    text = read_html(page.read_bytes(), DEFAULT_LIMITS).text
    assert text == page.with_suffix(".txt").read_text(encoding="utf-8").rstrip("\n")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_page_in_another_encoding_gives_the_same_text(page: Path) -> None:
    first = read_html(page.read_bytes(), DEFAULT_LIMITS)
    other = "utf-8" if first.encoding == "gb18030" else "gb18030"
    again = page.read_bytes().decode(first.encoding or "").encode(other)
    assert read_html(again, DEFAULT_LIMITS).text == first.text


def test_meta_tags_are_hints() -> None:
    head = (
        '<meta name="ArticleTitle" content="云岭县部署秋收"><meta name="PubDate" content="2023-09-08 10:20">'
        '<meta name="ContentSource" content="云岭县农业农村局"><meta name="Author" content="田禾 江雨">'
    )
    hints = read_html(f"<html><head>{head}</head><body>{PARAGRAPH}</body></html>".encode(), DEFAULT_LIMITS).hints
    assert hints.title == "云岭县部署秋收"
    assert hints.published == dt.date(2023, 9, 8)
    assert hints.publisher == "云岭县农业农村局"
    assert hints.authors == ("田禾", "江雨")


@pytest.mark.parametrize("author", ["admin", "云岭县人民政府门户网站", "zhang01"])
def test_an_author_tag_that_names_no_person_is_no_hint(author: str) -> None:
    page = f'<meta name="author" content="{author}">{PARAGRAPH}'
    assert read_html(page.encode(), DEFAULT_LIMITS).hints.authors == ()


TEXTLESS = {
    "no body": "<html></html>",
    "frames": "<html><frameset><frame src='a.htm'></frameset></html>",
    "scripts only": "<html><body><script>document.write('你好，世界，这是一段文字。')</script></body></html>",
    "links only": "<body>" + "<li><a href='1'>关于召开年度工作会议的通知</a></li>" * 20 + "</body>",
}


@pytest.mark.parametrize("page", TEXTLESS.values(), ids=TEXTLESS)
def test_a_page_without_an_article_is_refused(page: str) -> None:
    with pytest.raises(NoTextError):
        read_html(page.encode(), DEFAULT_LIMITS)


def test_elements_nested_too_deep_are_refused() -> None:
    with pytest.raises(MalformedError, match="100000 deep"):
        read_html(("<div>" * 100_000 + PARAGRAPH).encode(), DEFAULT_LIMITS)
    assert read_html(("<div>" * 20 + PARAGRAPH).encode(), Limits(depth=20)).text


def test_unclosed_paragraphs_do_not_nest() -> None:
    assert len(read_html(("<p>各单位签订责任书，共12份。" * 2000).encode(), Limits(depth=3)).text.split("\n")) == 2000


LINES = {
    "entities and markup within a line": ("<p>甲<b>方</b>&ldquo;乙&rdquo;&nbsp;方，签约。</p>", "甲方“乙” 方，签约。"),
    "a source line break in Chinese is no space": ("<p>全县共签\n  约，共12件。</p>", "全县共签约，共12件。"),
    "a source line break in English is one": (
        "<p>按照 Smart\n City 要求，推进建设。</p>",
        "按照 Smart City 要求，推进建设。",
    ),
    "line breaks": ("<p>第一行，甲。<br>第二行，乙。</p>", "第一行，甲。\n第二行，乙。"),
    "table rows": (
        "<p>见下表，单位：个。</p><table><tr><td>甲县</td><td>3</td></tr></table>",
        "见下表，单位：个。\n甲县\t3",
    ),
    "indentation": ("<p>　　各单位，请执行。</p>", "各单位，请执行。"),
    "hidden text": ("<p>各单位，请执行。<span style='display:none'>密码</span></p>", "各单位，请执行。"),
}


@pytest.mark.parametrize(("body", "text"), LINES.values(), ids=LINES)
def test_lines(body: str, text: str) -> None:
    assert read_html(f'<div class="TRS_Editor">{body}</div>'.encode(), DEFAULT_LIMITS).text == text


_markup = st.lists(
    st.sampled_from(
        [
            "<p>",
            "</p>",
            "<div>",
            "</div>",
            "<table>",
            "<tr>",
            "<td>",
            "<a href=x>",
            "</a>",
            "<!--",
            "<h1>",
            "<span hidden>",
            "&#0;",
            "<br>",
            "甲乙，丙。",
            " \n",
            "<title>",
            '<div class="content">',
            "<svg>",
            "<template>",
        ]
    )
)


@given(_markup)
def test_any_markup_is_read_or_refused(pieces: list[str]) -> None:
    try:
        text = read_html("".join(pieces).encode(), DEFAULT_LIMITS).text
    except ReadError:
        return
    assert text.strip()
