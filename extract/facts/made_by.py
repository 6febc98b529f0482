"""Whoever is named behind a title as the one who issued it: 《…》由某局印发, 以某政府名义公布, 经某人大常委会通过.

Of a document that one body passes and another puts out the latter is the issuer.
"""

import re

from extract.facts.head_names import is_office
from extract.facts.joint_names import JointNames

# 《…》是由某局印发的: the doer stands between title and verb.
_MADE_BY = re.compile(
    r"[^。；，《]{0,16}(?:由(?P<doer>[^。；，《]{2,40}?)(?:联合|共同|牵头|组织)*(?:印发|出台|制定|发布|编制|下发|编印|编写|起草|修订)"
    r"|是(?P<whose>[^。；，《]{2,30}?)(?:[于在][^。；，《]{1,10})?(?:联合|共同)?(?:印发|出台|制定|发布|编制|下发|公布|颁布)的)"
    # 《某措施》，5月18日经市政府印发
    r"|[ ，]?[^。；，《]{0,12}[已业]?经(?P<by>[^。；，《]{2,12}?)(?:正式|联合|批准)?(?:印发|出台|发布|公布|颁布|下发)"
)
# 《某办法》经常务会议审定，8月初由某办公室印发; 以某政府名义印发
_PUT_OUT_BY = re.compile(
    r"[^。；《]{0,40}?(?:由(?P<doer>[^。；，《]{2,40}?)|以(?P<name>[^。；，《]{3,24}?)的?名义)"
    r"(?:[于在][^。；，《]{1,10})?(?:联合|共同|正式|对外|统一)*(?:印发|出台|发布|公布|颁布|下发)(?!了?[《“]|通知|公告)"
)
# 《某条例》经市人大常委会第3次会议审议通过: whoever passed it made it.
_PASSED_BY = re.compile(
    r"[^。；《]{0,30}?(?:[经由]|提请)(?P<body>[^。；，《]{2,24}?)(?:第?[^。；，《经由]{0,14})"
    r"(?:审议|表决|研究|讨论|会议)(?:并?通过|(?=[、，][^。；，《]{2,16}批准))"
)


def is_put_out(text: str, tail: int) -> bool:
    """Whether the words behind a title that ends at `tail` say who issued it."""
    return _MADE_BY.match(text, tail) is not None or _PUT_OUT_BY.match(text, tail) is not None


def is_passed(text: str, tail: int) -> bool:
    """Whether the words behind a title that ends at `tail` say which body passed it."""
    return _PASSED_BY.match(text, tail) is not None


def makers_behind(text: str, tail: int, names: JointNames, *, may_pass: bool) -> tuple[str, ...]:
    """The canonical names of those who issued the title that ends at `tail`, by the words behind it; () if none.

    `may_pass`: whether it is of a kind that a body passes.
    """
    passed = _PASSED_BY.match(text, tail) if may_pass else None
    match = _PUT_OUT_BY.match(text, tail) or passed or _MADE_BY.match(text, tail)
    if match is None:
        return ()
    group = match.lastgroup or 0
    return names.named_at(match.start(group)) or ((match[group],) if is_office(match[group]) else ())
