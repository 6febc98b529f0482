"""Labels of people who are no writers (出席：…, 受理人：…, 参与民警：…), known by being none that writers have."""

import re
from typing import Any

from extract.data import load_toml
from extract.facts.contributor_labels import EITHER, HANDED_IN, OF_OFFICES, OF_PEOPLE
from extract.facts.head_names import COMMON_SURNAMES, is_media, is_person
from extract.facts.places import is_place

_DATA: dict[str, Any] = load_toml("facts/data/head.toml")
_ROLES: dict[str, list[str]] = _DATA["roles"]
# 某县：张三, 大队：张三, 作者　单位：某局　姓名：张三
_KNOWN = (
    *(role for roles in _ROLES.values() if roles is not _ROLES["units"] for role in roles),
    *(OF_OFFICES | OF_PEOPLE | HANDED_IN | EITHER),
    *_DATA["names"]["offices"],
    *_DATA["accounts"]["endings"],
)
_LABELLED = re.compile(
    # 组　长：…
    r"(?<![一-鿿])(?P<label>[一-鿿]{2,8}|[一-鿿](?: {1,4}[一-鿿]){1,3})[：:]"
    r"[^：:；;。]*?(?=[ ，,；;]+[一-鿿]{1,8}[：:]|[；;。]|$)"
)


def without_unknown(text: str) -> str:
    """`text`, a credit, without the labels that writers do not have, and their values."""
    if "：" not in text and ":" not in text:
        return text
    return _LABELLED.sub(lambda match: match[0] if _is_known(match["label"]) else "", text)


def _is_known(label: str) -> bool:
    label = "".join(label.split())
    # 字幕 reads like a rare name, 申请人 like a name.
    is_name = not label.endswith(("人", "者", "员")) and label[0] in COMMON_SURNAMES and is_person(label)
    return label in ("单位", "姓名") or label.endswith(_KNOWN) or is_media(label) or is_name or is_place(label)
