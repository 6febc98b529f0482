import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.facts.credits import read_credit
from extract.facts.head import find_head
from extract.facts.head_names import is_person
from extract.facts.publication_dates import find_date
from extract.segment.view import make_view
from schemas import HeadHints

CASES = tomllib.loads(Path(__file__).with_name("head_cases.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=[c["id"] for c in CASES])
def test_head(case: dict[str, Any]) -> None:
    view = make_view(case["text"].strip("\n"))
    head = find_head(view, HeadHints(), None)
    found = {
        "title": head.title,
        "publisher": head.publisher,
        "published": head.published and head.published.isoformat(),
        "authors": list(head.authors),
        "body": view.text[head.body :][: len(case["body"])],
    }
    assert found == {
        "title": case.get("title"),
        "publisher": case.get("publisher"),
        "published": case.get("published"),
        "authors": case.get("authors", []),
        "body": case["body"],
    }


TEXT = "青禾县落实惠民政策\n发布日期：2022-03-01\n今年以来，青禾县发放补贴。"
HINTS = HeadHints(title="另一标题", publisher="青禾县财政局", published=dt.date(2022, 3, 2), authors=("林芳",))


def test_hints_fill_what_the_text_does_not_say() -> None:
    head = find_head(make_view(TEXT), HINTS, None)
    assert (head.title, head.publisher, head.authors) == ("青禾县落实惠民政策", "青禾县财政局", ("林芳",))


@pytest.mark.parametrize(
    ("hints", "given_date", "expected"),
    [
        (HeadHints(), None, dt.date(2022, 3, 1)),
        (HINTS, None, dt.date(2022, 3, 2)),
        (HINTS, dt.date(2022, 4, 1), dt.date(2022, 4, 1)),
    ],
    ids=["text", "hint wins", "caller wins"],
)
def test_published(hints: HeadHints, given_date: dt.date | None, expected: dt.date) -> None:
    assert find_head(make_view(TEXT), hints, given_date).published == expected


def test_title_span_points_at_the_headline() -> None:
    view = make_view("【要闻】青禾县落实惠民政策\n今年以来，青禾县发放补贴300万元。")
    span = find_head(view, HeadHints(), None).title_span
    assert span is not None
    assert view.text[slice(*span)] == "青禾县落实惠民政策"


@pytest.mark.parametrize(
    ("text", "authors", "offices", "media"),
    [
        ("云岭日报记者 王平 通讯员 李晓娜", ("王平", "李晓娜"), (), "云岭日报"),
        ("本报记者●王平 通讯员●李晓娜", ("王平", "李晓娜"), (), None),
        ("记者王平 通讯员李晓娜", ("王平", "李晓娜"), (), None),
        ("全媒体记者 欧阳文静 特约通讯员 王 伟", ("欧阳文静", "王伟"), (), None),
        ("法规科供稿", ("法规科",), ("法规科",), None),
        ("青禾县司法局供稿", ("青禾县司法局",), ("青禾县司法局",), None),
        ("青禾县司法局王平 供稿", ("青禾县司法局", "王平"), ("青禾县司法局",), None),
        ("供稿：青禾县司法局 张晓丰", ("青禾县司法局", "张晓丰"), ("青禾县司法局",), None),
        ("王平、通讯员李晓娜", ("王平", "李晓娜"), (), None),
        ("王 平 李 娜", ("王平", "李娜"), (), None),
        ("记者 王平 文/图 责任编辑 李娜", ("王平",), (), None),
        ("张晓丰 李娜 文/图", ("张晓丰", "李娜"), (), None),
        ("记者 张记文 摄影报道", ("张记文",), (), None),
        ("作者：李小明 单位：青禾县教育局", ("李小明",), ("青禾县教育局",), None),
        ("图片由受访者提供", (), (), None),
        ("摄影 王平", (), (), None),
        ("含续建项目", (), (), None),
        ("通讯员 王平/文　李娜/图", ("王平",), (), None),
        ("运行监测科 阿依古丽·买买提供稿", ("运行监测科", "阿依古丽·买买提"), ("运行监测科",), None),
        ("云岭日报全媒体记者 王平 实习生 李晓娜", ("王平", "李晓娜"), (), "云岭日报"),
    ],
)
def test_credit(text: str, authors: tuple[str, ...], offices: tuple[str, ...], media: str | None) -> None:
    credit = read_credit(text)
    assert (credit.authors, credit.media) == (authors, media)
    assert set(offices) <= set(credit.offices)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023-05-10 09:30", dt.date(2023, 5, 10)),
        ("2023/5/1", dt.date(2023, 5, 1)),
        ("2023.05.10", dt.date(2023, 5, 10)),
        ("2023年5月1日", dt.date(2023, 5, 1)),
        ("2023 年 5 月 1 日", dt.date(2023, 5, 1)),
        ("20230510", dt.date(2023, 5, 10)),
        ("二〇二三年五月十日", dt.date(2023, 5, 10)),
        ("二○二一年十二月三十一日", dt.date(2021, 12, 31)),
        ("二〇二三年五月二十日", dt.date(2023, 5, 20)),
        ("2023-13-40", None),
        ("2023年5月", None),
        ("电话0312-20230510", dt.date(2023, 5, 10)),
        ("", None),
    ],
)
def test_date(text: str, expected: dt.date | None) -> None:
    found = find_date(text)
    assert (found and found.date) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("王晓燕", True),
        ("欧阳文静", True),
        ("阿依古丽·买买提", True),
        ("法规科", False),
        ("含续建", False),
        ("完", False),
    ],
)
def test_person(text: str, expected: bool) -> None:
    assert is_person(text) is expected


@given(st.text(alphabet="来源：:记者（）供稿 \n　2023年5月10日《》—|王凯局厅讯。，“”", max_size=200))
def test_never_fails(text: str) -> None:
    view = make_view(text)
    head = find_head(view, HeadHints(), None)
    assert 0 <= head.body <= len(view.text)
    if head.title_span:
        assert 0 <= head.title_span[0] < head.title_span[1] <= len(view.text)
