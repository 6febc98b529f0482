"""What a clause begins with before or in place of a named subject: topics, references, connectives, list marks."""

import re

from extract.facts.scope_words import DATA, either

# What a clause may begin with, in one pattern: the name of the group that matches says which.
_BEGINNING = re.compile(
    r"(?:全|我|本)(?P<ours>市|省|区|县|州|旗|盟|镇|乡|村|街道)(?!域|内外)"
    r"|该(?P<that>市|省|区|县|州|旗|盟|镇|乡|村|街道)(?!场|局|委|法院|检)"
    r"|(?:该|本|这[支个家所座]|我(?:们(?![办会处所队社科]))?)(?P<anaphor>厅|局|委|办|所|站|院|校|处|科|队|支队|大队|总队|中心|医院|公司|协会|会|社|馆|关|行|台|部|厂|园|段|单位|机构|企业|学校|分局)"
    r"|(?P<level>[省市县区州旗])(?:本级|级|直)(?!以)"
    r"|(?P<treasury>[省市县区州旗])财政(?![局厅所部收支系预管干奖评票])"
    r"|(?P<within>[省市县区州旗镇乡村园局院校厂社站段])里(?!面|程|弄|巷|坊)"
    r"|[省市县区州旗](?P<bureau>局|厅|院|委|支队|大队)(?=[一-鿿])"
    r"|(?P<ourselves>我们(?!的)|局(?:领导)?班子|局(?:党[组委]|领导|机关))"
    r"|(?P<source>(?:本报|本网)?记者.{2,40}?(?:获悉|了解到|得知|看到)|据.{2,40}?(?:介绍|统计|透露|通报|测算|反映|消息)|《[^》\n]{1,24}》(?:显示|披露))"
    r"|全(?P<whole>公司|校|院|厂|社|站|园|局|所|行|段)(?!长)"
    r"|(?P<penalty>(?:被|并|另)?(?:处以?)?罚(?:款|(?=\d))|没收|责令)"
    r"|(?P<party>当事人)(?!的)"
    r"|(?P<partner>对方)(?!的)"
    r"|(?P<regions>(?:东北|[东中西])部?(?:地区)?(?:[、和](?:东北|[东中西])部?(?:地区)?)+)"
    r"|(?P<itself>中央(?:财政|单位|企业)|(?:东|中|西|东北)部(?:地区|省[份市区]))(?=[一-鿿])(?!资金|补助|投资|预算)"
    r"|(?P<town>[市城县]区|城乡)(?=[^，。；：人民]{2})"
    r"|(?P<several>[两二三四五六七](?:地|方|院|局|家|县|市|区|省|校|所|单位|部门|村|镇|乡|社区))(?![^，。；：、]{0,3}[”企])"
    r"|(?P<others>各(?:地|级|市|县|区|旗|镇|乡|街道|部门|单位|所|局|院|校|律师)|其余(?!\d)|其[他它](?=[省市县区旗乡镇街部单])|广大|全体|双方|全国(?:首|重点|先进|优秀|文明|模范|劳|人大|政协))"
    r"|(?P<nation>[全我]国)"
    r"|(?P<force>警方|公安机关|检察机关|(?:税务|消防|民政|教育|人社|医保|水利|住建|审计|公安|应急管理|市场监管|生态环境|交通运输|农业农村)部门"
    r"|审计(?=已|查出|发现|抽查|指出|认为|建议))"
    r"|(?P<addressee>你们(?!的)|你(?=[\d入参在荣服为])|[你贵](?![^，。；：、]的)(?=[省市县区州旗镇村社厅局委办所院校处队会公中医厂园单馆关行台])[^，。；：、]{1,2})"
    rf"|(?P<team>(?:{either('teams')})(?:组|队|团|人员)|{either('team_words')})"
    # 街道兜底的18个: which of those counted, not who acts.
    rf"|(?P<head>(?!大学生)(?:{either('heads')}))(?![一-鿿]{{1,4}}的\d)"
    rf"|(?P<opener>(?:{either('openers')})[，,]?"
    r"|(?:[他她其]|他们|她们|贵[省市县区州旗镇村])的"
    r"|[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[、.)）．]|[一二三四五六七八九十]是(?=[^，])"
    r"|[【［\[][^】］\]\n]{1,12}[】］\]]"
    r"|[“”（■●★◆▲▶▪•◦►➤☆◎○·—\- ]+"
    # Emoji and other pictographs open the lines of posts.
    r"|[\u2600-\u27bf\ufe0f\U0001f000-\U0001faff]+"
    # A run-in heading: 打击犯罪　1至6月…
    r"|(?!来自|由|在|从|与|和|及)[^，。；：、\d\s]{2,12}[ 　](?=\S))"
)
# How far behind the beginning of a clause the space after its run-in heading may stand.
_RUN_IN = 14
# Most clauses begin with none of it, which their first character tells at once.
_FIRST = frozenset(w[0] for key in ("openers", "heads", "teams", "team_words") for w in DATA[key]) | frozenset(
    "《全我本该省市县区州旗记据城各广这警公检税消你贵他她其镇乡村当园局院校厂社站段东中西被并另处罚没责对两一二三四五六七八九十"
)


def begins_with(text: str, start: int, end: int) -> re.Match[str] | None:
    """What the clause `[start, end)` begins with, by the name of the matching group; None if nothing of the kind."""
    if text[start] not in _FIRST and "一" <= text[start] <= "鿿":
        run_in = start + _RUN_IN
        if text.find(" ", start, run_in) < 0 and text.find("\u3000", start, run_in) < 0:
            return None
    return _BEGINNING.match(text, start, end)
