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
        (
            "简况\n自今年1月1日新规施行以来，全市严查。\n截至6月30日，共检查企业90家。",
            "90家",
            ("2024-01-01", "2024-06-30"),
        ),
        ("简况\n该工作自5月8日启动以来，到目前共完成企业40家。", "40家", ("2024-05-08", "2024-07-10")),
        (
            "立案90件\n2023年，全市立案90件。下乡核查。 在立案的90件中，10万元以下的60件。",
            "60件",
            ("2023-01-01", "2023-12-31"),
        ),
        (
            "简况\n记者日前从某局了解到，2023年全市受理案件90件。为群众挽回损失70万元。",
            "70万元",
            ("2023-01-01", "2023-12-31"),
        ),
        (
            "行动\n自7月1日起至9月底在全市开展整治行动。据了解，行动开展一周已检查企业80家。",
            "80家",
            ("2024-07-01", "2024-07-07"),
        ),
        ("简况\n2021年、2022年、2023年收案分别为300件、320件、350件。", "320件", ("2022-01-01", "2022-12-31")),
        ("简况\n2022年和2023年收案、结案分别为300件、290件、350件、340件。", "290件", ("2022-01-01", "2022-12-31")),
        ("简况\n2021年、2022年和2023年，全市累计收案970件。", "970件", ("2021-01-01", "2023-12-31")),
        ("简况\n今年，会员为职工。据统计，25年来，共慰问职工3万人，发放慰问金90万元。", "90万元", ("", "")),
        ("简况\n2021年至2022年，慰问职工9万人，中心成立10年来，共帮扶职工2万人。", "2万人", ("", "")),
        ("2024年上半年简况\n截至7月10日，在册台账19件。", "19件", ("", "2024-07-10")),
        ("截至4月，2024年要改造的20所学校，已开工7所。", "7所", ("", "2024-04-30")),
        ("2024年“五一”国际劳动节即将来临，我局开展整治。此次整治共检查90户。", "90户", ("", "")),
        ("简况\n去年签下的合同，让公司成本降了30万元。", "30万元", ("", "")),
        ("启动2023年度补贴申报\n日前，我市启动2023年度补贴申报工作。申报企业18家。", "18家", ("", "")),
        ("2023年法院情况\n全市法院现有干警90人，其中法官30人。", "30人", ("", "")),
        ("2024年上半年简况\n全市执法90次。\n目前，网格化完成。全市划分网格30个。", "30个", ("", "")),
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
