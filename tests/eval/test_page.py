"""The page of a report, as a tree of elements: what is in it, and that words stay words."""

import base64
import hashlib
import re

import pytest
from eval_support import records
from hypothesis import given, settings
from page_support import HOSTILE, INDEX, NAME, QUIET, TEXT, report
from selectolax.lexbor import LexborHTMLParser

from eval import Report, score
from eval.document import score_document
from eval.findings import findings
from eval.marks import gold_marks, predicted_marks, segments
from eval.page import page
from schemas import Record


@pytest.fixture(scope="module")
def html() -> str:
    return page(report(), INDEX, name="柳溪 <gold>")


@pytest.fixture(scope="module")
def tree(html: str) -> LexborHTMLParser:
    return LexborHTMLParser(html)


def test_each_bulletin_stands_with_gold_and_record_side_by_side(tree: LexborHTMLParser) -> None:
    panes = [pane.text() for pane in tree.css(".panes .text")]
    assert [pane.strip("\n") for pane in panes] == [TEXT, TEXT, QUIET, QUIET]


def test_words_stay_words(html: str, tree: LexborHTMLParser) -> None:
    # One script and one style, both ours; nothing that could load or run anything.
    assert len(tree.css("script")) == len(tree.css("style")) == 1
    assert not tree.css("img, iframe, object, embed, link, base, b b, .text *:not(mark)")
    assert [d.attributes["data-name"] for d in tree.css(".bulletin")] == [NAME, "quiet"]
    names = [row.css("td")[3].text() for row in tree.css(".faults tr[data-g=metric]")]
    assert names == [HOSTILE]
    assert HOSTILE not in html
    attributes = {name for node in tree.css("*") for name in node.attributes}
    assert not {name for name in attributes if name.startswith("on") or name == "style"}


def test_nothing_is_loaded_from_anywhere(html: str, tree: LexborHTMLParser) -> None:
    assert not re.search(r"@import|url\(", tree.css_first("style").text())
    targets = [node.attributes["href"] or "" for node in tree.css("[href]")]
    assert all(target.startswith("#") for target in targets)
    assert not tree.css("[src]")
    assert "://" not in re.sub(r"<div class=\"text\".*?</div>", "", html, flags=re.DOTALL)


@pytest.mark.parametrize("part", ["style", "script"])
def test_only_our_style_and_script_are_allowed(part: str, html: str, tree: LexborHTMLParser) -> None:
    policy = tree.css_first("meta[http-equiv=Content-Security-Policy]").attributes["content"] or ""
    (content,) = re.findall(rf"<{part}>(.*?)</{part}>", html, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
    assert "default-src 'none'" in policy
    assert f"{part}-src 'sha256-{digest}'" in policy


def test_scores_stand_with_their_intervals(tree: LexborHTMLParser) -> None:
    rows = {row.css_first("th").text(): [c.text() for c in row.css("td")] for row in tree.css("#scores tbody tr")}
    assert rows["time found"] == ["100.0", "50.0", "66.7", "0.0–100.0", "2", "1", "0", "1"]
    assert "all strict macro" in rows
    # One line of the plot per layer and attribute.
    scored = report()
    assert len(tree.css("svg.spread")) == len(scored.layers) + len(scored.accuracies)


def test_confusions_and_groups_are_tables(tree: LexborHTMLParser) -> None:
    cells = {row.css_first("th").text(): [c.text() for c in row.css("td")] for row in tree.css("#types tbody tr")}
    assert cells["PROGRAM"] == ["", "", "1", "", "0"]
    assert [t.css_first("th").text() for t in tree.css("#groups table")] == ["kind", "genre"]


def test_every_error_is_a_row_that_the_filters_know(tree: LexborHTMLParser) -> None:
    rows = [(r.attributes["data-g"], r.attributes["data-k"]) for r in tree.css(".faults tbody tr")]
    assert sorted(rows) == [
        ("mention", "boundary"),
        ("mention", "type"),
        ("metric", "value"),
        ("quantity", "spurious"),
        ("time", "missed"),
    ]
    layers, kinds = ({o.text() for o in tree.css(f"select[name={n}] option")} for n in ("layer", "kind"))
    assert {g for g, _ in rows} < layers
    assert {k for _, k in rows} < kinds
    patterns = [(r.attributes["data-g"], r.attributes["data-k"]) for r in tree.css(".patterns tbody tr")]
    assert set(patterns) == set(rows)


def test_without_index_there_is_nothing_to_group_by() -> None:
    tree = LexborHTMLParser(page(report(), {}, name="gold"))
    assert not tree.css("#groups, select[name=bureau], select[name=genre]")


def test_a_missing_record_is_told() -> None:
    tree = LexborHTMLParser(page(score([Record(id="lost", text="柳溪县。")], []), {}, name="gold"))
    assert [w.text() for w in tree.css(".warning")] == [
        "No record for 1 of them: lost",
        "There is no record for this bulletin.",
    ]


def test_no_bulletins_make_a_page() -> None:
    assert "0 bulletins" in page(Report(), {}, name="gold")


@settings(max_examples=50)
@given(records(), records())
def test_pieces_are_the_text_and_marked_where_items_stand(gold: Record, predicted: Record) -> None:
    found = findings(score_document(gold, predicted))
    for marks in (list(gold_marks(found, gold.text)), list(predicted_marks(found, gold.text))):
        at = 0
        for piece in segments(gold.text, marks):
            assert gold.text[at : at + len(piece.text)] == piece.text
            over = {f"{m.group}-{m.status}" for m in marks if m.span[0] <= at and at + len(piece.text) <= m.span[1]}
            assert set(piece.states.split()) == over
            at += len(piece.text)
        assert at == len(gold.text)
