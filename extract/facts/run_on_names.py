"""People's names with nothing between them: 张三李四王五."""

from collections.abc import Iterator

from extract.data import load_toml
from extract.facts.head_names import is_office, is_person, may_be_person

# 宁远司法 is nobody's name.
_ACCOUNTS: tuple[str, ...] = tuple(load_toml("facts/data/head.toml")["accounts"]["endings"])

# The hundred most frequent family names or so.
_FREQUENT = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏"
    "钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪"
)
# More names than four run together are none; the ways to part a run double with every few characters.
_LONGEST_RUN = 12
# 巴图那生 is one name.
_LONGEST_NAME = 4


def parted(text: str) -> list[str]:
    """The people's names that make up `text`, with a space between them or none; empty if anything else does."""
    names: list[str] = []
    for piece in text.split():
        part = _names_of(piece) if len(piece) <= _LONGEST_RUN and not piece.endswith(_ACCOUNTS) else []
        if not part:
            return []
        names += part
    return names


def is_run(text: str) -> bool:
    """Whether `text` is several people's names run together."""
    if len(text) <= _LONGEST_NAME or is_person(text) or is_office(text):
        return False
    names = parted(text)
    # 那仁满都拉 falls into names as well, but of two rare families.
    return len(names) > 1 and _frequent(names) > 0


def _names_of(piece: str) -> list[str]:
    """The names of two or three characters that `piece` falls into; empty if it does not."""
    return max(_ways(piece), key=_frequent, default=[])


def _ways(piece: str) -> Iterator[list[str]]:
    """All ways to part `piece` into names."""
    for length in (3, 2):
        name, rest = piece[:length], piece[length:]
        if len(name) == length and is_person(name) and may_be_person(name):
            if not rest:
                yield [name]
            yield from ([name, *others] for others in _ways(rest))


def _frequent(names: list[str]) -> int:
    """How many of `names` have a frequent family name: 李某|卢某某 rather than 李某卢|某某."""
    return sum(_FREQUENT.find(name[0]) >= 0 for name in names)
