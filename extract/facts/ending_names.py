"""Names alone at the end of a text: whose they may be."""

import re

from extract.facts.head_lines import Line
from extract.facts.head_names import are_people, is_person, is_unit_and_name, may_be_people, names_in

_HEADS_LIST = re.compile(r"名单|名册|(?:人员|成员)[：:]?$")


def names_writers(text: str) -> bool:
    """Whether `text` is people's names, or an office with people's names: 某司法所　张三."""
    return are_people(text) or is_unit_and_name(text)


def are_vouched(text: str) -> bool:
    """Whether `text` is two names or more of which one is a person's beyond doubt, so that the others may be rare."""
    return " " in text and may_be_people(text) and any(map(is_person, names_in(text)))


def is_listed(lines: list[Line], i: int) -> bool:
    """Whether line `i` is names alone under the heading of a list (附：小组成员名单), of which they are part."""
    if not are_people(lines[i].text):
        return False
    heading = next((line for line in reversed(lines[:i]) if not are_people(line.text)), None)
    return heading is not None and _HEADS_LIST.search(heading.text) is not None
