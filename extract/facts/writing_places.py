"""Where someone writes from, told from people's names."""

from extract.facts.head_names import is_person
from extract.facts.places import is_place
from extract.ner.lexicon import Flag, divisions

_LONGEST_NAME = 3


def says_where(text: str) -> bool:
    """Whether `text` is where someone writes from, not a name that is a place's too: 广西大化, 江苏; not 高阳."""
    if not is_place(text):
        return False
    known = divisions()[1].get(text, ())
    return len(text) > _LONGEST_NAME or not is_person(text) or any(d.level in (Flag.PROVINCE, Flag.CITY) for d in known)
