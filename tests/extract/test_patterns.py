import re

from extract.patterns import Cues, any_of


def test_any_of_prefers_the_longest() -> None:
    pattern = re.compile(any_of(["法", "法院", "法官", "检察院"]))
    assert pattern.findall("法院的法官依法") == ["法院", "法官", "法"]


def test_cues_begin_within_one_another() -> None:
    cues = Cues(re.compile("活动期间|期间活动|活动"), "本次活动期间活动")
    assert [at for at in range(8) if cues.begin_in(at, at + 1)] == [2, 4, 6]
    assert cues.begin_in(0, 3)
    assert not cues.begin_in(0, 2)
    assert not cues.begin_in(7, 20)
