"""Invented bulletins, as many as wanted, for load and fault tests: without gold or sense, but built like real ones.

The same number gives the same bulletin, on every machine.
"""

# ruff: noqa: SIM905  (words are read best as words)

import random
from collections.abc import Iterator
from pathlib import Path

_CITIES = "云州 临川 青河 安平 永宁 东阳 西陵 南溪 北辰 和顺 长岭 石桥 金水 白沙 清源 宝山 玉田 平湖".split()
_COUNTIES = "云岭 青禾 泽山 临溪 石门 望江 怀远 靖安 丰乐 洛水 松桃 梅川 沙河 柳城 桐山 永兴 太和 固镇".split()
_TOWNS = "河口 新桥 大柳 双塘 李庄 马坡 北关 泉水 东湖 红旗 黄土 西林 团结 龙潭 石湾".split()
_BUREAUS = (
    "司法局 教育局 卫生健康局 民政局 人力资源和社会保障局 公安局 应急管理局 市场监督管理局 农业农村局 税务局 "
    "生态环境局 交通运输局 住房和城乡建设局 统计局 医疗保障局 退役军人事务局 水利局 商务局 审计局 林业局"
).split()
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_GIVEN = "建国 丽华 志强 晓燕 文博 雪梅 振宇 桂芳 明远 秀英 家豪 思雨 国栋 婷婷 永康 春兰".split()
_CASES = "法律援助案件 矛盾纠纷 行政处罚案件 群众来信 投诉举报 安全隐患 执法检查 专项检查 复查案件 行政复议案件".split()
_PEOPLE = "群众 企业职工 学生 老年人 残疾人 农民工 困难家庭 退役军人 青年志愿者 个体工商户".split()
_CAMPAIGNS = "清风 护苗 春风 暖冬 平安 净土 利剑 惠民 晨光 砺剑".split()
_TOPICS = "安全生产 乡村振兴 优化营商环境 防汛备汛 食品安全 普法宣传 医保征缴 就业帮扶 校园安全 污染防治".split()
_SITES = "社区广场 中心小学 文化礼堂 工业园区 农贸市场 便民服务中心 建筑工地 敬老院".split()

_SENTENCES = (
    "{period}，{office}共办理{case}{n}件，同比增长{p}%，其中涉及{people}{part}件。",
    "截至{day}，全{level}累计走访{people}{n}人次，发放宣传资料{m}余份，解答咨询{part}次。",
    "{day}，{office}召开{topic}工作推进会，{level}领导{person}出席会议并讲话。",
    "{office}印发《{county}{topic}三年行动方案》（{mark}发〔{year}〕{small}号），明确{small}项重点任务。",
    "一是强化组织领导。成立由{person}任组长的工作专班，建立台账{small}本，落实责任人{part}名。",
    "二是突出重点领域。组织开展“{campaign}行动”，检查经营单位{n}家，发现问题{part}处，已整改{rest}处，整改率{p}%。",
    "三是注重宣传引导。先后在{site}等地举办讲座{small}场，{n}名{people}参加，微信公众号阅读量达{w}万次。",
    "全{level}完成投资{w}亿元，占年度计划的{p}%，比上年同期提高{q}个百分点。",
    "{period}，{town}镇新增就业{n}人，发放创业担保贷款{w}万元，为{people}追回工资{m}万余元。",
    "据统计，全{level}现有村（社区）调解委员会{part}个，人民调解员{n}人，调解成功率保持在{p}%以上。",
    "{office}联合{other}在{site}开展“{campaign}{year}”主题宣传活动，吸引{n}余名群众参与。",
    "{person}表示，下一步将继续做好{topic}工作，切实增强人民群众的获得感、幸福感、安全感。",
    "平均每件办理时间由{small}天缩短到{tiny}天，群众满意率达到{p}%。",
    "{county}{town}镇投入资金{w}万元，修复水毁道路{part}公里，惠及农户{n}户。",
)
_READ_ON = "点击数：{n} 【字体：大 中 小】 打印 关闭"
_FOOTER = "版权所有：{city}市人民政府办公室 网站标识码：{m}0{n} 联系电话：0{part}-{m}"


def bulletin(number: int) -> str:
    """The text of invented bulletin `number`: a headline, a dateline, paragraphs, often a signature."""
    dice = random.Random(f"bulletin {number}")  # noqa: S311
    city, county, town = dice.choice(_CITIES), dice.choice(_COUNTIES) + dice.choice("县区"), dice.choice(_TOWNS)
    office = county + dice.choice(_BUREAUS)
    year = dice.randint(2018, 2025)
    month = dice.randint(1, 12)

    def fill(template: str) -> str:
        n = dice.randint(60, 9000)
        return template.format(
            city=city,
            county=county,
            town=town,
            office=dice.choice((office, office, "该局", f"{city}市{dice.choice(_BUREAUS)}")),
            other=f"{county}{dice.choice(_BUREAUS)}",
            level=county[-1],
            year=year,
            mark=county[0],
            period=dice.choice((f"{year}年", f"{year}年上半年", f"{year}年1至{month}月", "今年以来", f"{month}月份")),
            day=dice.choice((f"{month}月{dice.randint(1, 28)}日", f"{year}年{month}月底")),
            person=dice.choice(_SURNAMES) + dice.choice(_GIVEN),
            case=dice.choice(_CASES),
            people=dice.choice(_PEOPLE),
            topic=dice.choice(_TOPICS),
            campaign=dice.choice(_CAMPAIGNS),
            site=dice.choice(_SITES),
            n=n,
            m=dice.randint(1000, 60000),
            part=dice.randint(2, 59),
            rest=dice.randint(1, 40),
            small=dice.randint(3, 28),
            tiny=dice.randint(1, 3),
            w=f"{dice.uniform(0.3, 900):.2f}",
            p=f"{dice.uniform(3, 99):.1f}",
            q=f"{dice.uniform(0.1, 9):.1f}",
        )

    lines = [fill(f"{county}{{topic}}工作取得新成效（{number}）")]
    if dice.random() < 0.5:
        lines.append(fill(f"来源：{office}  发布时间：{year}-{month:02}-{dice.randint(1, 28):02}"))
    lines += ["".join(map(fill, dice.sample(_SENTENCES, dice.randint(2, 4)))) for _ in range(dice.randint(2, 6))]
    if dice.random() < 0.4:
        lines.append(f"（通讯员 {dice.choice(_SURNAMES)}{dice.choice(_GIVEN)}）")
    return "\n".join(lines) + "\n"


def reprint(number: int) -> str:
    """Invented bulletin `number` as another site prints it: other furniture, a word changed."""
    dice = random.Random(f"reprint {number}")  # noqa: S311
    headline, *rest = bulletin(number).rstrip("\n").split("\n")
    values = {"n": dice.randint(100, 999), "m": dice.randint(10000, 99999), "part": dice.randint(10, 99)}
    body = "\n".join(rest).replace("召开", "组织召开").replace("共办理", "累计办理", 1)
    furniture = _FOOTER.format(city=dice.choice(_CITIES), **values)
    return "\n".join((_READ_ON.format(**values), headline.replace("取得新成效", "成效明显"), body, furniture))


def write_folder(folder: Path, count: int) -> Iterator[Path]:
    """Fill `folder` with `count` files: bulletins, and among them copies, reprints and files that cannot be read.

    Of a hundred files two are copies of earlier ones, two reprints, one is empty and one is binary; some are GB18030.
    """
    for number in range(count):
        path = folder / f"{number // 100:04}" / f"{number:06}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_content(number))
        yield path


def _content(number: int) -> bytes:
    kind = number % 100
    if kind in (31, 64):
        return bulletin(number - 17).encode()
    if kind in (42, 87):
        return reprint(number - 5).encode()
    if kind == 53:
        return b""
    if kind == 76:
        return bytes(range(256)) * 8
    return bulletin(number).encode("gb18030" if kind % 10 == 8 else "utf-8")
