"""Names that stand alone: credits, bylines, signatures in brackets, between spaces and on lines of their own."""

import re
from collections.abc import Iterator

from extract.ner.names import NAME_TAGS, NameReader

# A search is quick where a pattern begins with a character or words: what must stand before them is asked second.
_SIGNATURE = re.compile(r"（ ?([一-龥]{2,4}(?:[ 、]{1,2}[一-龥]{2,4}){0,3}) ?）(?=[ \n]*(?:\n|$))")
_BEFORE_PHOTO = re.compile(r"(?<![一-龥])([一-龥]{2,3}?) ?(?:[摄文图]|摄影|供图|制图|文/图)(?![一-龥])")
# 规划核算处 赵洪涛 at the end of a line: an office and who wrote for it.
_LINE_END = re.compile(r" (?<=[一-龥0-9] ) {0,3}((?:[一-龥]{2,3} {1,4}){0,3}[一-龥]{2,3}) *(?=）|\n|$)")
# 第五检察部 马志军 2021年7月22日: who signs, between the office and the date.
_BEFORE_DATE = re.compile(r" (?<=[一-龥）] ) {0,3}([一-龥]{2,3}) {1,4}(?=\d{4}[年-])")
# 作者：巴图那生: after such a word and a colon whatever stands alone is a name.
_CREDIT = re.compile(
    "(?:文字|图文|海报|视频|制图|配图|图片|策划|统筹|监制|设计|剪辑|配音|漫画|作者|通讯员|编辑|责编|签发|核稿|审核|校对|摄影|撰稿"
    "|撰文|主编|审签|初审|复审|终审|一校|二校|三校|初校|终校|一审|二审|三审|责任校对|图文编辑|执行编辑)[：｜丨|]"
)
_CREDITED = re.compile(r" ?([一-龥]{2,5})(?=[ 、，；。）/\n]|$)")
_MADE_BY = re.compile(r"(?<=由)([一-龥]{2,3}?)(?=拍摄|摄影|供图|提供|绘制|摄)")
# 县水利局 艾尼瓦尔·托合提 马建军 供稿: names in spaces before what they did.
_WROTE = re.compile(r" (?<=[一-龥）] ) {0,3}((?:[一-龥·]{2,10} {1,4}){1,4})(?=供稿|撰稿|供图|投稿|摄影报道|文/图)")
# A line that holds a name alone is a byline at the head of a text and a signature at its end.
_ALONE = re.compile(r"(?m)^ *([一-龥]{2,3}) *$")
_WORD = re.compile("[一-龥]+")
# 作者：红门天下网
# 作者：投资科 陶国富
_UNITS = ("科", "处", "室", "股")
_MEDIA = ("网", "报", "台", "发布", "融媒")
_HEAD_LENGTH, _FOOT_LENGTH = 300, 200


def find_bylines(reader: NameReader) -> Iterator[tuple[int, int, str]]:
    """The names that no title and no verb is needed for: start, end, source."""
    yield from _signatures(reader)
    yield from _in_spaces(reader)
    yield from _credits(reader)


def _signatures(reader: NameReader) -> Iterator[tuple[int, int, str]]:
    for match in _SIGNATURE.finditer(reader.text):
        position = match.start(1)
        for name in re.split("([ 、]+)", match[1]):
            surname = reader.surname(position)
            long = len(name) - surname > 2 or name[-1] == "司"  # 高发公司
            if name.strip(" 、") and surname and not long and name not in reader.lists.not_names:
                yield position, position + len(name), "rule:signature"
            position += len(name)
    for match in _BEFORE_PHOTO.finditer(reader.text):
        if reader.surname(match.start(1)) and reader.words.begins(match.start(1)):
            yield *match.span(1), "rule:signature"


def _in_spaces(reader: NameReader) -> Iterator[tuple[int, int, str]]:
    text = reader.text
    for match in _LINE_END.finditer(text):
        spans = [name.span() for name in _WORD.finditer(text, *match.span(1))]
        if all(_signs(reader, *span) for span in spans) and any(_nominal(reader, start) for start, _ in spans):
            for start, end in spans:
                yield start, end, "rule:signature"
    for match in _WROTE.finditer(text):
        for name in _WORD.finditer(text, *match.span(1)):
            if 2 <= len(name[0]) <= 3 and _signs(reader, *name.span()):
                yield *name.span(), "rule:signature"
    for pattern in (_BEFORE_DATE, _MADE_BY, _ALONE):
        for match in pattern.finditer(text):
            start, end = match.span(1)
            if pattern is _ALONE and _HEAD_LENGTH < start < len(text) - _FOOT_LENGTH:
                continue
            dated = pattern is _BEFORE_DATE and end - start == 3
            if _signs(reader, start, end) and (dated or _nominal(reader, start) or _in_pieces(reader, start, end)):
                yield start, end, "rule:signature"


def _credits(reader: NameReader) -> Iterator[tuple[int, int, str]]:
    text, words, lists = reader.text, reader.words, reader.lists
    for match in _CREDIT.finditer(text):
        position = match.end()
        while credited := _CREDITED.match(text, position):
            start, end = credited.span(1)
            odd = words.word_at(start) != credited[1] or words.tag_at(start) in NAME_TAGS
            titled = end - start > 3 and lists.titles.search(text, start + 2, end)
            if (
                credited[1] in lists.not_names
                or credited[1].endswith(_UNITS)
                or not odd
                or titled
                or credited[1].endswith(_MEDIA)
            ):
                break
            yield start, end, "rule:credit"
            position = end + (text[end : end + 1] in {" ", "、"})


def _nominal(reader: NameReader, start: int) -> bool:
    return reader.words.begins(start) and reader.words.tag_at(start) in NAME_TAGS


def _signs(reader: NameReader, start: int, end: int) -> bool:
    """Whether `[start, end)`, which stands alone, looks like a name."""
    name, lists = reader.text[start:end], reader.lists
    return bool(reader.surname(start)) and name not in lists.not_names and name[-1] not in lists.not_last


def _in_pieces(reader: NameReader, start: int, end: int) -> bool:
    """Whether jieba knows no word there but a surname and what is left of a name."""
    words = reader.words
    cut = words.ends[words.index[start]] < end
    return cut and end - start == 3 and reader.text[start] in reader.lists.common
