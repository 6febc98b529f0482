"""The frame of a web page that copies of it carry along: menus, controls, counters, the site's name, its disclaimers.

Notes for a newcomer. The frame differs from site to site, so it is told by form and not by a list of its lines: a menu
is a row of short words, a control is made of the few words that all sites use (打印, 上一篇, 分享), a counter is such a
word with a number. What only looks like a frame (a site's name, a column's) is dropped where its place says so too, see
`without_frame`.
"""

import re
from functools import lru_cache
from typing import Any

from extract.data import load_toml
from extract.facts.head_names import are_people, is_media, is_office, is_unit_and_name
from extract.patterns import any_of

_DATA: dict[str, Any] = load_toml("facts/data/head.toml")["frame"]
_HAN = re.compile(r"[一-鿿]")
# The date may stand right behind it: www.…cn2014-11-24.
_ADDRESS = re.compile(r"(?:https?[：:]|www\.)(?:(?!20\d\d-\d)[^ 一-鿿])*|[\w.-]+@[\w.-]+")
# 返回某市要闻
_BACK = re.compile(r"返回[一-鿿]{2,8}")
# …数据库（1946-2021）
_YEARS = re.compile(r"[（(]\d{4}[-—]\d{4}[)）]$")
# 1.jpg, 微信图片_20230506.png
_FILE = re.compile(r"[^ ，。]{0,40}\.(?:jpe?g|png|gif|bmp|webp|mp4|docx?|pdf|xlsx?|rar|zip)", re.IGNORECASE)
_SEPARATOR = re.compile(r"[\s|/丨<>›»«→←↑↓★☆■●•▪▶>·—–_+×:：()（）\[\]【】{}\-0-9A-Za-z.,%~]+")
# A post shows the region that it came from.
_CONTROLS = frozenset(_DATA["controls"]) | frozenset(load_toml("facts/data/head.toml")["accounts"]["regions"])
# Only a site speaks so: no headline and no sentence of a report has these.
_TELLING = re.compile(any_of(_DATA["telling"]))
_SITES: tuple[str, ...] = tuple(_DATA["sites"])
# 当前版：03版, 文章字数：612: a counter, or a field to fill in (文章搜索：).
_COUNTER = re.compile(
    rf"[一-鿿]{{0,6}}(?:{any_of(_DATA['counters'])})[一-鿿]{{0,2}}[：:]?[^一-鿿]{{0,40}}[一-鿿]{{0,3}}"
)
# 新闻爆料：0551-123456
_PHONE = re.compile(r"[一-鿿]{2,8}[：:][ ]?[\d\- ]{6,}")
_PAGE = re.compile(
    r"[A-Z]叠.{0,20}|(?:第?[ ]?[A-Z]?\d{1,5}[ ]?|第?[一二三四五六七八九十]{1,2})版(?:[：: ].{0,40})?|头版"
)
_SPACED = re.compile(r"(?<=(?<![^ ])[一-鿿]) (?=[一-鿿](?![^ ]))")
_DISCLAIMER = re.compile(any_of(_DATA["disclaimers"]))
_LATIN = re.compile("[A-Za-z ]+")
_SENTENCE = re.compile(r"[，。；“”《》？！]")
_LONGEST_CONTROL = 60
_LONGEST_SITE = 24
_COLUMN = 6
# Fewer words in a row are a headline's (强党建　惠民生).
_SHORTEST_MENU = 4
_LONGEST_BARE = 3
_SLOGAN = 3
_LEVELS = ("省", "市", "县", "区", "旗", "州")
_LONGEST_DISCLAIMER = 400


@lru_cache(maxsize=1024)
def is_frame(text: str) -> bool:
    """Whether the line `text` is a menu, a control or a counter of the page, by its form alone."""
    rest = _ADDRESS.sub(" ", text).strip() if "www" in text or "http" in text or "@" in text else text
    if not _HAN.search(rest) or _FILE.fullmatch(text):
        return True
    if "。" in rest:
        return False
    if rest != text and len(rest) <= _LONGEST_SITE:
        # A site's name with its address.
        return True
    if len(rest) <= _LONGEST_CONTROL:
        words = [word for word in _SEPARATOR.split(rest) if word]
        if "".join(words) in _CONTROLS or all(word in _CONTROLS for word in words) or _PAGE.fullmatch(rest):
            return True
        if _PHONE.fullmatch(rest) or (_BACK.fullmatch(rest) and ends_like_site(rest)):
            return True
        if not _SENTENCE.search(rest) and all(map(_COUNTER.fullmatch, rest.split("|"))):
            return True
    return (len(rest) <= 2 * _LONGEST_CONTROL and _TELLING.search(rest) is not None) or is_menu(rest)


def is_menu(text: str) -> bool:
    """Whether `text` is a row of short words (首页　要闻　政情) or of offices that a site links (县委　县政府)."""
    if _SENTENCE.search(text):
        return False
    words = [word for word in re.split(r"[\s|丨•▪·/>\-]+", text) if word]
    if len(words) == _SHORTEST_MENU and not re.search(r"\s\s|[|丨•▪·/>\-]", text) and _are_slogans(words):
        return False
    return (
        len(words) >= (_SHORTEST_MENU if "|" not in text else _SHORTEST_MENU - 1)
        and all(len(word) <= 10 for word in words)
        and 2 * len(words) <= sum(map(len, words)) <= 6 * len(words)
        and (not any(is_office(word) and not is_media(word) for word in words) or all(map(_is_bare_office, words)))
        and (not _CONTROLS.isdisjoint(words) or not (are_people(text) or is_unit_and_name(text)))
    )


def _are_slogans(words: list[str]) -> bool:
    """Whether `words` are as long as each other, as a headline's are (重实干　强执行　抓落实), and none is a menu's."""
    if {len(word) for word in words} != {_SLOGAN}:
        return False
    return _CONTROLS.isdisjoint(words) and not any(map(ends_like_site, words))


def _is_bare_office(word: str) -> bool:
    """Whether `word` names an office of a place nobody names: 县委, 市政协."""
    return len(word) <= _LONGEST_BARE and word.startswith(_LEVELS)


def is_site_name(text: str) -> bool:
    """Whether `text` may name a site, its channel or its column: 青禾论坛-青禾门户网站, 党务公开.

    A short headline or the line over one may read so too; the place must say the rest.
    """
    # China Road Academy某某网
    if len(_LATIN.sub("", text)) > _LONGEST_SITE or _SENTENCE.search(text.rstrip("！!~")):
        return False
    return all(len(word) <= _COLUMN or word.isascii() or ends_like_site(word) for word in _words(text))


def names_site(text: str) -> bool:
    """Whether `text` names a site by a word of its own: 青禾论坛-青禾门户网站."""
    return is_site_name(text) and any(map(ends_like_site, _words(text)))


def _words(text: str) -> list[str]:
    return [word for word in re.split(r"[\s|丨•▪·_\-]+", _YEARS.sub("", text)) if word]


def ends_like_site(text: str) -> bool:
    """Whether `text` ends like the name of a site or its channel: 青禾新闻."""
    return _YEARS.sub("", text).rstrip("！!~～").endswith(_SITES)


def is_disclaimer(text: str) -> bool:
    """Whether the site speaks in `text`, of rights, sources and liability, and not the report."""
    if len(text) >= _LONGEST_DISCLAIMER:
        return False
    # 版 权 所 有
    return _DISCLAIMER.search(_SPACED.sub("", text) if " " in text else text) is not None
