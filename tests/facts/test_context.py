from collections.abc import Callable
from typing import Any

import pytest

from extract.layers import Layers

CASES: list[dict[str, Any]] = [
    {
        "id": "full name in the headline",
        "text": "海丰县民政局推进养老服务\n今年以来，全县新建养老驿站8个。",
        "orgs": ["海丰县民政局"],
        "expected": ("海丰县", "海丰县民政局"),
    },
    {
        "id": "place only in an office of the text",
        "text": "法律援助暖民心\n今年以来，全市办理案件820件。青禾市司法局开展培训，市司法局印发办法。",
        "orgs": ["青禾市司法局", "市司法局"],
        "expected": ("青禾市", "青禾市司法局"),
    },
    {
        "id": "source line",
        "text": "护航开学季\n来源：云岭县公安局\n全县出动警力300人次。",
        "expected": ("云岭县", "云岭县公安局"),
    },
    {
        "id": "a newspaper is no city, 我市 no name",
        "text": "半月都市报2月14日讯 记者从市城管支队获悉，春节假期间我市出动队员800名，全市清理占道经营120处。",
        "orgs": ["半月都市报", "市城管支队"],
        "expected": (None, "市城管支队"),
    },
    {
        "id": "places in passing",
        "text": "春运圆满收官\n为期四十天的春运结束。全市发送旅客38万人次，其中开往昆明280班、开往丽江80班。",
        "places": ["昆明", "丽江"],
        "expected": (None, None),
    },
    {
        "id": "the whole country",
        "text": "本报北京7月9日电 记者从水利部获悉，上半年全国新建水库32座。我国水土流失面积减少1.2万平方公里。",
        "orgs": ["水利部"],
        "places": ["北京"],
        "expected": ("全国", "水利部"),
    },
    {
        "id": "the county is not named",
        "text": "端午假期市场旺\n我县接待游客21万人次，全县实现旅游收入2亿元。合肥来的自驾车占三成。",
        "places": ["合肥"],
        "expected": (None, None),
    },
    {
        "id": "a community that the headline begins with",
        "text": "桃李社区办起百姓议事厅\n5月6日，云岭县桃李社区开会议事，收集意见32条。",
        "places": ["桃李社区", "云岭县桃李社区"],
        "expected": ("云岭县桃李社区", None),
    },
    {
        "id": "a town that the office at the top and 全镇 tell",
        "text": "强村工作简报\n第6期\n青禾县云岭镇党政办公室编　2025年7月8日\n\n各村收入情况\n上半年，全镇集体收入900万元。县供销社助销200万元。",
        "orgs": ["青禾县云岭镇党政办公室", "县供销社"],
        "expected": ("云岭镇", "青禾县云岭镇党政办公室"),
    },
    {
        "id": "counties told one by one are parts of the city that puts the briefing out",
        "text": "邮政工作交流\n第27期\n陇南市邮政管理局办公室编　2023年9月6日\n\n快递进村\n1至8月，全市业务量2300万件。\n"
        "一、成县跑出加速度。全县设站17个，成县代运9万件。\n二、康县建起冷链仓。全县寄出8万单。\n三、徽县整治网点。徽县检查64处。",
        "orgs": ["陇南市邮政管理局办公室"],
        "places": ["成县", "康县", "徽县"],
        "expected": ("陇南市", "陇南市邮政管理局"),
    },
    {
        "id": "an account of a city, a bureau of one of its counties",
        "text": "云上襄阳报道（记者　林晓）近日，谷城县水利局组织巡河，清理岸线9公里。全县设河长620名。",
        "orgs": ["谷城县水利局"],
        "places": ["襄阳"],
        "expected": ("谷城县", "谷城县水利局"),
    },
    {
        "id": "only a name in quotes tells the city",
        "text": "市司法局便民举措多\n今年以来，全市办理案件900件。持“西宁市敬老优待卡”的群众优先受理。市司法局开展宣讲12场。",
        "orgs": ["市司法局"],
        "expected": ("西宁市", "西宁市司法局"),
    },
    {
        "id": "a city's bureau on one of its counties",
        "text": "孝昌县资金专项审计调查结果\n发布机构：孝感市审计局\n孝昌县实际拨付3945万元，全县欠拨1855万元。孝昌县抽查设施80处。",
        "places": ["孝昌县"],
        "expected": ("孝昌县", "孝感市审计局"),
    },
    {
        "id": "a street that the text opens with",
        "text": "电梯装好了\n桃李街道今年新装电梯12部。桃李县财政局拨款80万元。",
        "orgs": ["桃李县财政局"],
        "places": ["桃李街道"],
        "expected": ("桃李街道", None),
    },
    {
        "id": "a village is where a story opens",
        "text": "虾田里的保姆\n清早，云岭县河头镇流水村的田埂上站满了人。今年以来，云岭县培训养殖户800人。",
        "places": ["云岭县河头镇流水村", "云岭县"],
        "expected": ("云岭县", None),
    },
    {
        "id": "a bare province before the county",
        "text": "福建安溪县茶农增收\n今年以来，安溪县新建茶园1200亩。",
        "places": ["福建安溪县", "安溪县"],
        "expected": ("安溪县", None),
    },
    {
        "id": "a county's bulletin names its city too",
        "text": "平安建设显成效\n全县化解纠纷320件，全县命案全破。经验被明德市推广，白沙县列全市第一。",
        "places": ["明德市", "白沙县"],
        "expected": ("白沙县", None),
    },
    {
        "id": "autonomous region behind its short form",
        "text": "律师服务大局\n全区律师提供咨询3600次。全区建站38家。\n内蒙古天平律师事务所走访社区。",
        "orgs": ["内蒙古天平律师事务所"],
        "expected": ("内蒙古自治区", None),
    },
    {
        "id": "bare name in the headline",
        "text": "明德检察守护成长\n全市检察机关起诉案件716件。安和市检察院、安和市教育局走访学校，明德市检察院牵头。",
        "orgs": ["安和市检察院", "安和市教育局", "明德市检察院"],
        "expected": ("明德市", None),
    },
    {
        "id": "short office completed by the place",
        "text": "寒冬送暖\n市救助管理站救助412人。市救助管理站增设床位120张。全市出动车辆900台次，临河市火车站设点3个。",
        "orgs": ["市救助管理站"],
        "places": ["临河市"],
        "expected": ("临河市", "临河市救助管理站"),
    },
    {
        "id": "the office of an office's own bulletin",
        "text": "工作简报\n第12期\n国家税务总局江洲市税务局办公室编    2024年12月5日\n服务走在前\n全市办税提速。",
        "orgs": ["国家税务总局江洲市税务局办公室"],
        "expected": ("江洲市", "国家税务总局江洲市税务局"),
    },
    {
        "id": "the brigade that a headline begins with",
        "text": "江洲市公安局交警支队2024年工作总结\n全年办理业务512件。",
        "orgs": ["江洲市公安局交警支队"],
        "expected": ("江洲市", "江洲市公安局交警支队"),
    },
    {
        "id": "a province before the county that it is about",
        "text": "青海天峻送法进牧区\n近日，青海天峻组织宣讲12场。",
        "places": ["青海天峻"],
        "expected": ("天峻县", None),
    },
    {
        "id": "of two levels told as often the one whose place is told more",
        "text": "普法赶大集\n根据全省会议精神和《甘肃省普法办法》，皋兰县司法局走遍全县。",
        "orgs": ["皋兰县司法局"],
        "expected": ("皋兰县", "皋兰县司法局"),
    },
    {
        "id": "whose leaders they are",
        "text": "远安县委常委、总工会主席周明带队，走访工地10个。远安县总工会送去清凉包1000份。远安县总工会还义诊2场。",
        "orgs": ["远安县委", "远安县总工会"],
        "expected": ("远安县", "远安县总工会"),
    },
    {
        "id": "a village's own account",
        "text": "我村2023年集体收益公布\n全年接待游客71.2万人次。石桥旅游学院实习12人。\n青坪村村民委员会\n2024年1月20日",
        "orgs": ["石桥旅游学院"],
        "expected": ("青坪村", "青坪村村民委员会"),
    },
    {
        "id": "the headline is about the whole country",
        "text": "全国铁路公安严查倒票800起\n新华社北京9月3日电 节前，全国铁路公安部门办案1109起。",
        "places": ["北京"],
        "expected": ("全国", None),
    },
    {
        "id": "the level of the headline",
        "text": "1至7月全市园区收入超1500亿元\n上饶市园区收入1500亿元，全省第四。鄱阳县90亿元，全省第九；全省第十的是江西省万年县。",
        "places": ["上饶市", "鄱阳县", "江西省万年县"],
        "expected": ("上饶市", None),
    },
    {
        "id": "where somebody lives",
        "text": "跑赢时间\n4月28日，家住坡头镇的常某入院。济源市人民医院收治390例，济源市人民医院溶栓143例。",
        "orgs": ["济源市人民医院"],
        "places": ["坡头镇"],
        "expected": ("济源市", "济源市人民医院"),
    },
    {
        "id": "by whose arrangement",
        "text": "按照竹溪县公安局部署，5月9日晚，竹溪县交警大队夜查超载。竹溪县交警大队查获20起。",
        "orgs": ["竹溪县公安局", "竹溪县交警大队"],
        "expected": ("竹溪县", "竹溪县交警大队"),
    },
    {
        "id": "a newspaper is nobody's office",
        "text": "夜市添烟火\n江洲日报讯（记者 段誉）昨日，全市夜市开街。江洲市城管局出动120人次。",
        "orgs": ["江洲日报", "江洲市城管局"],
        "expected": ("江洲市", None),
    },
    {
        "id": "headline names the place without its level",
        "text": "前三季度萍乡经济稳中有进\n1至9月，全市增长5.7%，山羊养殖莲花县占一半。",
        "places": ["萍乡", "莲花县"],
        "expected": ("萍乡市", None),
    },
    {
        "id": "civil affairs: the level is not part of the word after it",
        "text": "殡葬服务整治见实效\n来源：营口市民政局\n全市整改问题52个。盖州市整改4个，盖州市殡仪馆接待260人次。",
        "orgs": ["盖州市殡仪馆"],
        "places": ["盖州市"],
        "expected": ("营口市", "营口市民政局"),
    },
    {
        "id": "a city named only by its counties",
        "text": "全市春耕备耕忙\n全市整地160万亩。固镇县备肥2万吨，怀远县备种800吨，五河县检修农机1.2万台。",
        "places": ["固镇县", "怀远县", "五河县"],
        "expected": ("蚌埠市", None),
    },
    {
        "id": "a bare name of several owners: the one whose counties are named",
        "text": "朝阳抢墒播种\n全市播种玉米120万亩，北票市播种30万亩。",
        "places": ["朝阳", "北票市"],
        "expected": ("朝阳市", None),
    },
    {
        "id": "district of a municipality: the last of the chain",
        "text": "食品抽检公告\n来源：上海市黄浦区市场监督管理局\n我局抽检样品526批次。",
        "orgs": ["上海市黄浦区市场监督管理局"],
        "expected": ("黄浦区", "上海市黄浦区市场监督管理局"),
    },
    {
        "id": "branch named for its district",
        "text": "整改进展公示\n来源：滨州市生态环境局沾化分局\n我区整改问题12项。",
        "expected": ("沾化区", "滨州市生态环境局沾化分局"),
    },
    {
        "id": "a college, not a city",
        "text": "文明校园创建\n兰州城市学院投入3500万元，我校新增图书12万册。",
        "orgs": ["兰州城市学院"],
        "expected": ("兰州市", "兰州城市学院"),
    },
    {
        "id": "several districts told of in the headline",
        "text": "禅城区等三个区资金审计结果\n来源：佛山市审计局\n佛山市审计局抽查项目80个。",
        "orgs": ["佛山市审计局"],
        "places": ["禅城区"],
        "expected": ("佛山市", "佛山市审计局"),
    },
    {
        "id": "an account is no office",
        "text": "海上追踪\n来源：平安湛江\n湛江市公安局抓获18人，徐闻县公安局出动40人次。湛江市公安局缴获渔船2艘。",
        "orgs": ["湛江市公安局", "徐闻县公安局"],
        "expected": ("湛江市", "湛江市公安局"),
    },
    {"id": "nothing to go by", "text": "春风行动暖人心。", "expected": (None, None)},
    {"id": "empty", "text": "", "expected": (None, None)},
]


@pytest.mark.parametrize("case", CASES, ids=[c["id"] for c in CASES])
def test_context(case: dict[str, Any], layers_for: Callable[[dict[str, Any]], Layers]) -> None:
    context = layers_for(case).context
    assert (context.place, context.office) == case["expected"]
