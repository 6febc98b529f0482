"""Which type of activity an object phrase names, and whether it names one at all."""

from extract.facts.activity_reading import Lexicon, Verb
from schemas import ActivityType


def event_type(lex: Lexicon, phrase: str) -> ActivityType | None:
    """The type that the event noun at the end of `phrase` gives, or None if there is none.

    A bare head (活动, 工作) leaves it to the noun before it: 宣传活动 is publicity, 检查工作 inspection.
    """
    phrase = phrase.removesuffix("等")
    ending = lex.event(phrase)
    if ending is not None:
        kind = lex.events[ending]
        return kind or _type_before(lex, phrase[: -len(ending)], ending)
    if not phrase.endswith("”"):
        return None
    inside = phrase[phrase.rfind("“") + 1 : -1]
    ending = lex.event(inside)
    if ending is not None:
        return lex.events[ending] or "campaign"
    return "publicity" if "普法" in inside or "宣传" in inside else "campaign"


def kind_told(lex: Lexicon, verb: Verb, phrase: str) -> ActivityType | None:
    """The type of the event `phrase` as `verb` tells it: what is started (启动…宣传活动) is a campaign."""
    kind = verb.type if verb.opens else event_type(lex, phrase)
    starts = verb.role == "light" and verb.type == "campaign"
    return "campaign" if starts and kind in ("publicity", "training", "service") else kind


def _type_before(lex: Lexicon, inner: str, ending: str) -> ActivityType | None:
    if ending == "活动" and (inner.endswith("”") or "专项" in inner):
        return "campaign"
    before = lex.event(inner)
    if before is not None and lex.events[before] is not None:
        named = inner.startswith("“") and ending == "活动" and lex.events[before] == "visit"
        return "campaign" if named else lex.events[before]
    return "campaign" if "活动" in ending and len(inner) >= 2 else None


def founded_type(lex: Lexicon, verb: Verb, phrase: str) -> ActivityType | None:
    """The type of 建立 + `phrase`: issuance of an institution, establishment of a body, or None."""
    head = phrase.rstrip("”").split("（")[0]
    if verb.type == "agreement":
        return "agreement" if head.endswith(lex.agreements) else None
    # 方案, 解决方案: an institution has a name.
    if phrase.endswith("》") or (head.endswith(lex.institutions) and len(head) > 4):
        return "issuance"
    if "y" in verb.options:
        return event_type(lex, head) or verb.type
    return "establishment" if verb.type == "establishment" and head.endswith(lex.bodies) else None


def is_vague(lex: Lexicon, phrase: str) -> bool:
    """Whether nothing but a bare event noun is said: 开展各类宣传活动."""
    ending = lex.event(phrase)
    if ending is None:
        return False
    inner = phrase[: -len(ending)]
    if lex.events[ending] is None:
        inner = inner.removesuffix(lex.event(inner) or "")
    bare = phrase[len(inner) :].removesuffix("活动").removesuffix("工作")
    return bool({inner, inner.rstrip("的")} & lex.words["vague"]) or (not inner and bare in lex.words["bare_events"])


def has_head(lex: Lexicon, phrase: str) -> bool:
    """Whether `phrase` ends as the object of an activity may end."""
    return phrase.endswith(lex.heads) or bool(lex.event(phrase))
