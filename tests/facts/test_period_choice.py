"""The choice of a figure's period: what is in reach, and what is chosen."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from extract.facts.period_choice import kind_of
from extract.layers import Layers

PUBLISHED = "2024-07-10"


@pytest.mark.parametrize(
    ("start", "end", "kind"),
    [
        (None, None, "none"),
        (None, "2024-06-30", "until"),
        ("2024-06-30", None, "from"),
        ("2024-06-30", "2024-06-30", "day"),
        ("2024-06-01", "2024-06-07", "days"),
        ("2024-06-01", "2024-06-30", "month"),
        ("2024-01-01", "2024-06-30", "part"),
        ("2023-01-01", "2023-12-31", "year"),
        ("2021-01-01", "2023-12-31", "years"),
    ],
)
def test_kinds(start: str | None, end: str | None, kind: str) -> None:
    days = [dt.date.fromisoformat(day) if day else None for day in (start, end)]
    assert kind_of((days[0], days[1])) == kind


def test_candidates(layers_for: Callable[[dict[str, Any]], Layers]) -> None:
    text = "全市简况\n2024年以来，办理案件80件。6月3日，目前在册120人。"
    layers = layers_for({"text": text, "published": PUBLISHED, "place": "明德市"})
    assert layers.scopes is not None
    found, about = layers.scopes.candidates(layers.view.text.index("120人"))
    assert found[(None, None)] == ["none"]
    assert {"lead-first", "lead-since", "last-range"} <= set(found[(dt.date(2024, 1, 1), dt.date(2024, 7, 10))])
    assert "sent-first" in found[(dt.date(2024, 6, 3), dt.date(2024, 6, 3))]
    assert {"stock", "now"} <= set(about)


@pytest.mark.parametrize(
    ("text", "words", "period"),
    [
        ("简况\n2023年，全市办理案件80件。", "80件", ("2023-01-01", "2023-12-31")),
        ("简况\n截至6月30日，全市今年新建工会74家。", "74家", ("2024-01-01", "2024-06-30")),
        ("行动\n7月1日，为期两天的行动打响。此次行动，全市出动警力368人次。", "368人次", ("2024-07-01", "2024-07-02")),
        ("查缉\n6月22日，两关出动警力。\n现场查扣废料16吨。\n初查案值60万元。", "60万元", ("2024-06-22", "2024-06-22")),
        ("简况\n2022年发放贷款3笔。\n近年来，扶持青年80人。", "80人", ("", "")),
        (
            "一、背景\n我市有残疾人3万。“十三五”期间，我市完成任务。出台文件。共培训2403人。",
            "2403人",
            ("2016-01-01", "2020-12-31"),
        ),
        ("简况\n某所2020年调解纠纷40件，深入企业。对27家企业进行体检。7月2日，办会1场。", "27家", ("", "")),
        ("某市2023年水产半年情况\n产量5万吨。", "5万吨", ("2023-01-01", "2023-06-30")),
    ],
)
def test_chosen(text: str, words: str, period: tuple[str, str], layers_for: Callable[[dict[str, Any]], Layers]) -> None:
    layers = layers_for({"text": text, "published": PUBLISHED, "place": "明德市"})
    assert layers.scopes is not None
    chosen = layers.scopes.period(layers.view.text.index(words))
    assert [d.isoformat() if d else "" for d in chosen] == list(period)


def test_long_input_takes_linear_time(layers_for: Callable[[dict[str, Any]], Layers]) -> None:
    layers = layers_for({"text": "2023年5月，全市办理案件80件，" * 1500, "published": PUBLISHED})
    assert layers.scopes is not None
    for quantity in layers.quantities:
        layers.scopes.period(quantity.start)
