import tomllib
from pathlib import Path
from typing import Any

import pytest

from extract.facts.credits import read_credit
from extract.facts.head import find_head
from extract.segment.view import make_view
from schemas import HeadHints

CASES = tomllib.loads(Path(__file__).with_name("byline_cases.toml").read_text(encoding="utf-8"))["case"]
TITLE = "云岭县扎实开展燃气安全检查"
BODY = """\
连日来，云岭县住建局组织人员走进餐饮场所，检查燃气管道87处，发现隐患12处，均已督促整改。

下一步，该局将建立长效机制，守护群众用气安全。"""


@pytest.mark.parametrize("case", CASES, ids=[c["id"] for c in CASES])
def test_bylines(case: dict[str, Any]) -> None:
    lines = [case.get("above", ""), TITLE, case.get("under", ""), case.get("opening", "") + BODY]
    text = "\n".join(line for line in lines if line)
    text += case.get("ending", "") if case.get("run_on") else "\n" + case.get("ending", "")
    head = find_head(make_view(text), HeadHints(), None)
    found = (head.title, head.publisher, head.published and head.published.isoformat(), sorted(head.authors))
    assert found == (TITLE, case.get("publisher"), case.get("published"), sorted(case.get("authors", [])))


@pytest.mark.parametrize(
    "role",
    [
        "审校",
        "美编",
        "版面",
        "二校",
        "值班领导",
        "填报人",
        "副总编",
        "新媒体编辑",
        "监审",
        "插画",
        "网编",
        "统计",
        "记录",
        "主持人",
        "本期责编",
    ],
)
def test_who_only_helped_is_no_author(role: str) -> None:
    assert read_credit(f"通讯员 贺雨桐 {role} 江砚秋").authors == ("贺雨桐",)
    assert read_credit(f"通讯员：贺雨桐 {role}：江砚秋").authors == ("贺雨桐",)


@pytest.mark.parametrize(
    "role", ["信息采编", "采访撰文", "原文作者", "采访记者", "起草人", "网评员", "资料提供", "文案", "笔者"]
)
def test_who_has_written_is(role: str) -> None:
    assert read_credit(f"{role}：江砚秋").authors == ("江砚秋",)


@pytest.mark.parametrize("office", ["云溪县统计局", "云溪县行政审批局", "云溪县委编委办", "云溪县运营中心"])
def test_roles_within_offices_are_none(office: str) -> None:
    assert read_credit(f"{office} 江砚秋").offices == (office,)


@pytest.mark.parametrize(
    "name", ["扎西多吉", "旦增", "斯琴高娃", "巴图那生", "布和", "其其格", "阿依夏木", "努尔古丽", "吉克阿支", "禤雪"]
)
@pytest.mark.parametrize("place", ["{0}\n\n{1}", "□ {0}\n\n{1}", "{1}（{0}）", "{1}\n（{0}）", "{1}\n{0}"])
def test_names_of_other_peoples_need_no_role(name: str, place: str) -> None:
    text = f"{TITLE}\n{place.format(name, BODY)}\n"
    assert find_head(make_view(text), HeadHints(), None).authors == (name,)


def test_the_bar_parts_a_role_from_its_name() -> None:
    assert read_credit("采写丨汤轩 图丨何梅 监制丨黄岚").authors == ("汤轩",)


def test_a_long_run_of_surnames_is_read_at_once() -> None:
    text = f"{TITLE}\n{BODY}（{'王李' * 29}）\n"
    assert find_head(make_view(text), HeadHints(), None).authors == ()
