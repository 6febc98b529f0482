"""The head stays what it is whatever a copy of a web page carries along around the text."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.facts.head import find_head
from extract.facts.page_frame import is_disclaimer, is_frame
from extract.segment.view import make_view
from schemas import HeadHints

CASES = tomllib.loads(Path(__file__).with_name("frame_cases.toml").read_text(encoding="utf-8"))
BULLETINS: list[dict[str, Any]] = CASES["bulletin"]
# A paper's name together with its page and their navigation is a masthead: the paper is then the publisher.
ABOVE = [frame for frame in CASES["above"] if "数字报纸" not in frame]


def head_of(bulletin: dict[str, Any], above: str = "", under: str = "", below: str = "") -> tuple[Any, ...]:
    parts = [above, "", bulletin["head"], bulletin["meta"], under, "", bulletin["text"].strip("\n"), "", below]
    head = find_head(make_view("\n".join(parts).strip("\n")), HeadHints(), None)
    return head.title, head.publisher, head.published and head.published.isoformat(), list(head.authors)


def expected(bulletin: dict[str, Any]) -> tuple[Any, ...]:
    return bulletin["head"], bulletin["publisher"], bulletin["published"], bulletin["authors"]


@pytest.mark.parametrize("bulletin", BULLETINS, ids=[b["head"] for b in BULLETINS])
@pytest.mark.parametrize(
    ("place", "frame"),
    [(place, frame) for place in ("above", "under", "below") for frame in CASES[place]],
    ids=[f"{place}-{i}" for place in ("above", "under", "below") for i in range(len(CASES[place]))],
)
def test_one_frame(bulletin: dict[str, Any], place: str, frame: str) -> None:
    assert head_of(bulletin, **{place: frame}) == expected(bulletin)


@given(
    st.sampled_from(BULLETINS),
    st.lists(st.sampled_from(ABOVE), max_size=3),
    st.lists(st.sampled_from(CASES["below"]), max_size=3),
)
def test_several_frames(bulletin: dict[str, Any], above: list[str], below: list[str]) -> None:
    found = head_of(bulletin, "\n\n".join(above), "", "\n\n".join(below))
    assert found == expected(bulletin)


@pytest.mark.parametrize(
    "text",
    [
        "云岭县设立诉讼服务热线",
        "云岭县图书馆启动全民阅读活动",
        "强党建 促发展",
        "市教育局 市财政局 市人社局 市公安局",
        "周敏 李晓娜 吴砚秋 方远程",
        "云岭县：两千名党员下村",
        "云岭县法院上线微信小程序立案",
        "同志们：",
        "云岭县残疾人联合会",
        "2023年第3期（总第58期）",
        "云残发〔2023〕12号",
    ],
)
def test_no_frame(text: str) -> None:
    assert not is_frame(text)


@pytest.mark.parametrize("text", ["云岭县查处侵权案件12起。", "供稿：云岭县司法局", "未成年人保护条例3月起施行。"])
def test_no_disclaimer(text: str) -> None:
    assert not is_disclaimer(text)
