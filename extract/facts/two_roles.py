"""Roles that one person has together: 文字、图片：张三."""

import re

from extract.data import load_toml

_ROLES: dict[str, list[str]] = load_toml("facts/data/head.toml")["roles"]
# 记 者 张三, beside 实习生 李四: as wide as the role over it.
_SPACED = re.compile(
    "|".join(
        " {1,3}".join(role) + "(?= )"
        for role in (*_ROLES["before"], *_ROLES["ignored"])
        if len(role) == 2 and not role.isascii()
    )
)

_TWO_ROLES = re.compile(
    r"(?P<role>作者|文字|撰稿|撰文|采写|采访|图文|文案|供稿|记者|文)[、/及和与&](?:图片|摄影|照片|拍摄|制图|排版|编辑|美编|图)(?=[：:丨|])"
    # 文、图/张三, （图、文　张三）
    r"|(?<![一-鿿])(?:(?P<text>文)[、及和与&]图|图[、及和与&](?P<words>文))(?=[：:丨|/ ]|$)"
    # 文 图/张三; 张三 文 图/李四 are two people
    r"|(?:^|(?<=[（(【\[]))(?:(?P<first>文) 图|图 (?P<second>文))(?=[：:丨|/])"
)
# One of these is in every second role.
_SECOND = re.compile("[图摄照排编]")
# “某某视点”记者
_COLUMN_OF = re.compile("“[^”]{2,10}”(?=记者)")


def one_role(text: str) -> str:
    """`text` with the first role of those that one person has: 文字、图片：张三 → 文字：张三."""
    if text[1:2] == " " and (spaced := _SPACED.match(text)):
        text = "".join(spaced[0].split()) + text[spaced.end() :]
    if "”记者" in text:
        # “某某视点”记者: the column that the reporter writes for.
        text = _COLUMN_OF.sub("", text)
    if _SECOND.search(text) is None:
        return text
    return _TWO_ROLES.sub(lambda match: match[match.lastgroup or 0], text)
