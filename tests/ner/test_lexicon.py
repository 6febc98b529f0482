"""The data files of the entity rules."""

from extract.ner.lexicon import Flag, divisions, namesakes, scan


def test_divisions_know_what_they_belong_to() -> None:
    full, short = divisions()
    assert full["盐城市"].parent == "江苏省"
    assert full["亭湖区"].parent == "盐城市"
    assert full["万州区"].parent == "重庆市"
    assert {d.name for d in short["吉林"]} >= {"吉林省", "吉林市"}
    assert full["凉山州"].level == Flag.CITY
    assert {d.parent for d in namesakes("郊区")} >= {"铜陵市", "佳木斯市"}


def test_one_entry_may_be_several_things() -> None:
    hits = scan("盐城市检察院")
    assert [(h.start, h.end) for h in hits.divisions][:1] == [(0, 3)]
    court = next(h for h in hits.heads if (h.start, h.end) == (3, 6))
    assert court.flags & Flag.TOUCHING
    assert court.flags & Flag.PROPER
