"""The labels of those who contribute a text, of a verb and who does it: 供稿单位, 撰稿人员, 报送科室."""

from extract.data import load_toml

_DATA: dict[str, list[str]] = load_toml("facts/data/head.toml")["contributors"]
# 供稿部门：某局法制科
OF_OFFICES = frozenset(verb + end for verb in _DATA["verbs"] for end in _DATA["offices"])
OF_PEOPLE = frozenset(verb + end for verb in (*_DATA["verbs"], *_DATA["hands_in"]) for end in _DATA["people"])
# 报送单位：某县司法局 hands a text in to whoever puts it out, and where nobody else does it puts it out itself.
HANDED_IN = frozenset(verb + end for verb in _DATA["hands_in"] for end in _DATA["offices"])
EITHER = frozenset(_DATA["either"])
TIMES = frozenset(verb + end for verb in (*_DATA["verbs"], *_DATA["hands_in"]) for end in ("时间", "日期"))
