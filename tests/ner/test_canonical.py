"""Canonical names: levels, shortened offices, pieces of names."""

import pytest

from extract.layers import Context
from extract.ner.abbreviations import FullNames, shortens, split_place
from extract.ner.canonical import with_canonical
from tests.ner.test_mentions import layers_of


@pytest.mark.parametrize(
    ("text", "words", "canonical"),
    [
        ("盐城市民政局发布通告。市民政局提醒群众。", "市民政局", "盐城市民政局"),
        ("盐城市中级人民法院开庭。市中院院长出席。", "市中院", "盐城市中级人民法院"),
        ("盐城市城管行政执法局清理占道。市执法局出动40人。", "市执法局", "盐城市城管行政执法局"),
        ("盐城市公共资源交易中心开标。市交易中心受理。", "市交易中心", "盐城市公共资源交易中心"),
        ("盐城市第一人民医院义诊。市一院派出专家。", "市一院", "盐城市第一人民医院"),
        ("盐城市公安局交通警察支队通报。市交警支队查处。", "市交警支队", "盐城市公安局交通警察支队"),
        ("盐城市森林公安局通报。市公安局查处。", "市公安局", "盐城市公安局"),
        ("盐城市第二人民医院义诊。市人民医院参加。", "市人民医院", "盐城市人民医院"),
        ("盐城市不动产登记中心办证。盐城不动产登记中心加班。", "盐城不动产登记中心", "盐城市不动产登记中心"),
        ("永州市公安局冷水滩分局通报。近日，冷水滩公安分局破案。", "冷水滩公安分局", "永州市公安局冷水滩分局"),
        ("国网射阳县供电公司抢修。射阳供电公司出动。", "射阳供电公司", "国网射阳县供电公司"),
        ("中国农业银行射阳县支行放贷。农行射阳支行走访。", "农行射阳支行", "中国农业银行射阳县支行"),
        ("射阳县开会。中共射阳县委宣传部主办。县委宣传部部署。", "县委宣传部", "中共射阳县委宣传部"),
        ("近日，团盐城市委举行助学活动。团市委筹集资金。", "团市委", "团盐城市委"),
        (
            "盐城市住房和城乡建设局发文。市住建局村镇建设科负责。",
            "市住建局村镇建设科",
            "盐城市住房和城乡建设局村镇建设科",
        ),
        ("江苏东台律师事务所成立。东台、正大等2家律师事务所签约。", "东台", "江苏东台律师事务所"),
        ("省民政厅部署，盐城市民政局落实。", "省民政厅", "省民政厅"),
        ("射阳县公安局通报，县公安局海通派出所破案。", "县公安局海通派出所", "射阳县公安局海通派出所"),
        ("射阳县召开会议。建湖县、县委参加。", "县委", "建湖县委"),
        ("盐城市消防救援支队通报。盐城消防提醒市民。", "盐城消防", "盐城市消防救援支队"),
        ("中国农业银行盐城分行签约，农行发放贷款。", "农行", "中国农业银行盐城分行"),
        ("共青团亭湖区委主办，亭湖团区委副书记出席。", "亭湖团区委", "共青团亭湖区委"),
        (
            "盐城市工业和信息化局运行监测科供稿。盐城市召开会议，市工信局负责。",
            "市工信局",
            "盐城市工业和信息化局",
        ),
        ("盐城市林业和草原局发文。（盐城市林草局办公室）", "盐城市林草局办公室", "盐城市林业和草原局办公室"),
        ("滁州市司法局办公室编\n◆市政管护所　修路。\n◆园林所　种树。", "市政管护所", "市政管护所"),
        ("海南师范大学主办，海南大学协办。", "海南大学", "海南大学"),
        ("长沙市公安局雨花分局通报。雨花分局破案3起。", "雨花分局", "长沙市公安局雨花分局"),
        ("日喀则市生态环境局桑珠孜区分局检查。桑珠孜分局立案。", "桑珠孜分局", "日喀则市生态环境局桑珠孜区分局"),
        ("武威市凉州医院开诊。凉州医院义诊。", "凉州医院", "武威市凉州医院"),
        ("市民政局、财政局联合发文。盐城市召开会议。", "财政局", "盐城市财政局"),
    ],
    ids=lambda value: value[:12],
)
def test_the_full_name_that_the_text_gives(text: str, words: str, canonical: str) -> None:
    names = [m.canonical for m in layers_of(text).mentions if m.text == words]
    assert names
    assert names[-1] == canonical


def test_the_context_decides_between_places_of_one_level() -> None:
    layers = layers_of("盐城市与南通市、南通市结对。市民政局参加。", canonical=False)
    layers.context = Context(place="江苏省盐城市")
    assert [m.canonical for m in with_canonical(layers) if m.text == "市民政局"] == ["盐城市民政局"]


@pytest.mark.parametrize(
    ("text", "context", "words", "canonical"),
    [
        (
            "泰州市兴化生态环境局检查。市公安局、市水务局参加。",
            Context(place="泰州市", office="泰州市兴化生态环境局"),
            "市水务局",
            "兴化市水务局",
        ),
        (
            "互助土族自治县召开会议。互助县发文，互助县落实，县水利局到场。",
            Context(place="互助土族自治县"),
            "县水利局",
            "互助县水利局",
        ),
    ],
    ids=["branch", "as-called"],
)
def test_the_place_of_the_bulletin_as_the_text_calls_it(
    text: str, context: Context, words: str, canonical: str
) -> None:
    layers = layers_of(text, canonical=False)
    layers.context = context
    assert [m.canonical for m in with_canonical(layers) if m.text == words] == [canonical]


@pytest.mark.parametrize(
    ("short", "full", "answer"),
    [
        ("中院", "中级人民法院", True),
        ("法院", "人民法院", True),
        ("政府", "人民政府", True),
        ("人社局", "人力资源和社会保障局", True),
        ("卫健委", "卫生健康委员会", True),
        ("妇联", "妇女联合会", True),
        ("司法局", "公安局", False),
        ("委", "卫生健康委员会", False),
        ("住建局", "住建", False),
        ("教育局", "民政局", False),
        ("中医院", "中心医院", False),
    ],
)
def test_shortened_offices(short: str, full: str, answer: bool) -> None:
    assert shortens(short, full) is answer


def test_a_place_is_split_off() -> None:
    assert split_place("浙江省兰溪市司法局") == ("浙江省兰溪市", "司法局")
    assert split_place("东序律师事务所") == ("", "东序律师事务所")


def test_names_without_a_fuller_form_stay() -> None:
    names = FullNames(["盐城市公安局", "盐城市公安局亭湖分局"])
    assert names.of("盐城市公安局亭湖分局") == "盐城市公安局亭湖分局"
    assert names.of("盐城市民政局") == "盐城市民政局"
    assert names.of("东台队") == "东台队"
