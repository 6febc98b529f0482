"""What a group does to sources, stories, failures and runs."""

import datetime as dt
from collections.abc import Sequence

import pytest
from store_support import rows

from schemas import Metric, Office, Provenance, Quantity, Record
from store import SqlStore
from store.groups import Failure, Group, Item, Outcome, Sighting, Versions
from store.rows import text_digest

OLD, NEW = Versions("0.1.0", "a" * 64, None), Versions("0.2.0", "b" * 64, "tagger")


def bulletin(text: str, source: str | None = None, published: str | None = None, versions: Versions = OLD) -> Record:
    """A record of `text` with one quantity and one metric, its figure being the text's length."""
    quantity = Quantity(start=0, end=1, text=text[0], value=len(text))
    return Record(
        id=source or text,
        text=text,
        published=published,
        quantities=(quantity,),
        metrics=(Metric(quantity=(0, 1), name="字数"),),
        provenance=Provenance(source=source, sha256=f"bytes of {text}", **versions._asdict()),
    )


def put(store: SqlStore, *records: Record, refresh: bool = False, **twins: str) -> Outcome:
    return store.write(Group([Item(r, twin=twins.get(r.id)) for r in records]), refresh=refresh)


def counted(url: str) -> list[str]:
    """The texts that the views count."""
    return sorted(text for (text,) in rows(url, "SELECT text FROM v_bulletins"))


def digests(*texts: str) -> tuple[str, ...]:
    return tuple(map(text_digest, texts))


def test_a_group_is_stored(url: str) -> None:
    every = [bulletin("甲", "a.txt"), bulletin("乙", "b.txt"), bulletin("丙")]
    with SqlStore(url) as store:
        assert put(store, *every) == Outcome(stored=digests("甲", "乙", "丙"))
        assert put(store, *every) == Outcome(known=digests("甲", "乙", "丙"))
        assert list(store.records()) == every
        assert store.known(digests("甲", "丁")) == {text_digest("甲"): OLD}
        assert store.sources(["a.txt", "c.txt"]) == {"a.txt": Sighting("a.txt", "bytes of 甲", text_digest("甲"))}


def test_one_text_twice_in_a_group_is_one_bulletin(url: str) -> None:
    with SqlStore(url) as store:
        assert put(store, bulletin("甲", "a.txt"), bulletin("甲", "copy.txt")) == Outcome(stored=digests("甲"))
        assert [(r["source"], r["copies"]) for r in store.stream("v_bulletins")] == [("a.txt", 2)]


def test_a_changed_file_is_a_new_version_of_its_source(url: str) -> None:
    with SqlStore(url) as store:
        for text in ("第一稿", "第二稿子"):
            put(store, bulletin(text, "a.txt"))
        assert counted(url) == ["第二稿子"]
        assert store.load("a.txt").text == "第二稿子"
        assert [(r["indicator"], r["value"]) for r in store.stream("v_metrics")] == [("字数", 4)]
        assert [r.text for r in store.records()] == ["第二稿子"]
        assert [r.text for r in store.records(current=False)] == ["第一稿", "第二稿子"]
        put(store, bulletin("第一稿", "a.txt"))
        assert counted(url) == ["第一稿"]
    history = """
        SELECT v.version, b.text, b.is_current FROM source_versions v
        JOIN bulletins b ON b.id = v.bulletin_id JOIN sources s ON s.id = v.source_id
        WHERE s.name = 'a.txt' ORDER BY v.version
    """
    assert rows(url, history) == [(1, "第一稿", True), (2, "第二稿子", False), (3, "第一稿", True)]


def test_a_bulletin_is_current_while_a_source_holds_it(url: str) -> None:
    with SqlStore(url) as store:
        put(store, bulletin("甲", "a.txt"), bulletin("甲", "b.txt"))
        store.write(Group(sightings=[Sighting("c.txt", None, text_digest("甲"))]))
        for name, expected in (("a", ["乙", "甲"]), ("b", ["乙", "甲"]), ("c", ["乙"])):
            put(store, bulletin("乙", f"{name}.txt"))
            assert counted(url) == expected


def test_other_bytes_of_the_same_text_are_no_new_version(url: str) -> None:
    with SqlStore(url) as store:
        put(store, bulletin("甲", "a.txt"))
        store.write(Group(sightings=[Sighting("a.txt", "other bytes", text_digest("甲"))]))
        assert store.sources(["a.txt"])["a.txt"].sha256 == "other bytes"
    assert rows(url, "SELECT version FROM source_versions") == [(1,)]


TWINS: dict[str, tuple[Sequence[tuple[str, str | None]], Sequence[tuple[str, str]], list[str]]] = {
    "the one published first": ([("甲", "2024-03-02"), ("乙", "2024-03-01")], [("甲", "乙")], ["乙"]),
    "a day is before none": ([("甲", None), ("乙", "2024-03-01")], [("甲", "乙")], ["乙"]),
    "chain": ([("甲", "2024-03-01"), ("乙", "2024-03-02"), ("丙", "2024-03-03")], [("甲", "乙"), ("乙", "丙")], ["甲"]),
    "two chains joined": (
        [("甲", "2024-03-01"), ("乙", "2024-03-02"), ("丙", "2024-03-03"), ("丁", "2024-03-04")],
        [("甲", "乙"), ("丙", "丁"), ("丁", "乙")],
        ["甲"],
    ),
    "others stay": ([("甲", "2024-03-01"), ("乙", "2024-03-02"), ("丙", None)], [("乙", "甲")], ["丙", "甲"]),
    "itself and the unknown": ([("甲", None), ("乙", None)], [("甲", "甲"), ("乙", "无")], ["乙", "甲"]),
}


@pytest.mark.parametrize(("texts", "links", "expected"), TWINS.values(), ids=list(TWINS))
def test_a_story_is_counted_once(
    url: str, texts: Sequence[tuple[str, str | None]], links: Sequence[tuple[str, str]], expected: list[str]
) -> None:
    with SqlStore(url) as store:
        put(store, *(bulletin(text, published=day) for text, day in texts))
        store.link((text_digest(a), text_digest(b)) for a, b in links)
        assert counted(url) == expected
        assert len(list(store.stream("v_metrics"))) == len(expected)
        assert sorted(r.text for r in store.records()) == expected


def test_a_twin_may_come_in_the_same_group(url: str) -> None:
    with SqlStore(url) as store:
        put(store, bulletin("甲", "a", "2024-03-01"), bulletin("乙", "b", "2024-03-02"), a=text_digest("乙"))
        assert counted(url) == ["甲"]
        assert [(r["story_id"], r["copies"]) for r in store.stream("v_bulletins")] == [(1, 2)]
        # When the one that speaks is superseded, the other speaks.
        put(store, bulletin("丙", "a"))
        assert counted(url) == ["丙", "乙"]


def test_refresh_replaces_what_another_version_extracted(url: str) -> None:
    with SqlStore(url) as store:
        put(store, bulletin("甲", "a"), bulletin("乙", "b"), a=text_digest("乙"))
        newer = bulletin("甲", "a", versions=NEW).model_copy(update={"metrics": (), "title": "题"})
        assert put(store, newer) == Outcome(known=digests("甲"))
        assert store.load("a").title is None
        assert put(store, newer, bulletin("丙"), refresh=True) == Outcome(stored=digests("丙"), refreshed=digests("甲"))
        assert store.load("a") == newer
        assert store.known(digests("甲")) == {text_digest("甲"): NEW}
        assert rows(url, "SELECT count(*) FROM v_bulletins") == [(2,)]
        assert store.search("甲") == ["a"]
    assert rows(url, "SELECT name FROM bulletins ORDER BY id") == [("a",), ("b",), ("丙",)]


def test_near_gives_who_shares_a_band(url: str) -> None:
    items = [
        Item(bulletin("甲"), bands=(1, -(2**63)), signature=b"\x00\xff"),
        Item(bulletin("乙"), bands=(1, 2**63 - 1, 1)),
    ]
    with SqlStore(url) as store:
        store.write(Group(items))
        found = store.near([1, 7])
        assert sorted(found) == sorted(
            [(text_digest("甲"), b"\x00\xff", 1), (text_digest("乙"), None, 1)], key=lambda n: n[0]
        )
        assert store.near([-(2**63)]) == [(text_digest("甲"), b"\x00\xff", -(2**63))]
        assert len(store.near([1], limit=1)) == 1
        assert store.near([]) == []
        store.write(Group([Item(bulletin("甲"), bands=(5,))]), refresh=True)
        assert sorted(n[:2] for n in store.near([1, 5])) == sorted((digest, None) for digest in digests("甲", "乙"))


def test_a_failure_stands_until_its_source_gives_a_record(url: str) -> None:
    broken = Failure("a.pdf", "MalformedError", "half a file\x00", "fetch it again", "ab" * 32, "cd" * 32)
    with SqlStore(url) as store:
        for _ in range(2):
            assert store.write(Group(failures=[broken, Failure("b.pdf", "OSError", "gone")])).failures
        standing = store.failures()
        assert [(f.source, f.attempts, f.cause) for f in standing] == [
            ("a.pdf", 2, "half a file\\x00"),
            ("b.pdf", 2, "gone"),
        ]
        first, last = standing[0].first_seen, standing[0].last_seen
        assert first is not None
        assert last is not None
        assert dt.datetime.now(dt.UTC) - dt.timedelta(minutes=5) < first <= last
        put(store, bulletin("甲", "a.pdf"))
        assert [f.source for f in store.failures()] == ["b.pdf"]
        assert [(f.source, f.resolved is not None) for f in store.failures(resolved=True)] == [("a.pdf", True)]
        store.write(Group(failures=[broken]))
        assert [(f.source, f.attempts, f.resolved) for f in store.failures()] == [
            ("b.pdf", 2, None),
            ("a.pdf", 3, None),
        ]


def test_runs_tell_what_they_did(url: str) -> None:
    with SqlStore(url) as store:
        run = store.begin_run(NEW, {"paths": ["收件箱"], "workers": 2})
        store.write(Group([Item(bulletin("甲")), Item(bulletin("乙"))], read=2), run=run)
        store.write(
            Group([Item(bulletin("甲")), Item(bulletin("丙"))], failures=[Failure("x", "E", "c")], read=2), run=run
        )
        store.write(Group([Item(bulletin("甲"))], read=3, known=2), run=run, refresh=True)
        [row] = store.stream("runs")
        assert (row["status"], row["finished"], row["settings"]) == (
            "running",
            None,
            {"paths": ["收件箱"], "workers": 2},
        )
        store.finish_run(run)
        [row] = store.stream("runs")
    assert {name: row[name] for name in (*NEW._fields, "read", "stored", "refreshed", "known", "failed", "status")} == {
        **NEW._asdict(),
        "read": 7,
        "stored": 3,
        "refreshed": 1,
        "known": 3,
        "failed": 1,
        "status": "done",
    }
    assert row["started"] <= row["finished"]


OFFICE = Office(name="某局", key="某县某局")
REFUSED = {
    "half a surrogate": (bulletin("甲\ud800", "bad"), {"sqlite", "postgresql"}),
    "contradiction": (
        bulletin("戊", "bad").model_copy(update={"metrics": (Metric(quantity=(0, 9), name="无"),)}),
        {"sqlite", "postgresql"},
    ),
    "one office twice": (
        bulletin("戊", "bad").model_copy(update={"offices": (OFFICE, OFFICE)}),
        {"sqlite", "postgresql"},
    ),
    "NUL": (bulletin("戊\x00己", "bad"), {"postgresql"}),
    "a name too long for an index": (
        bulletin("戊", "bad").model_copy(
            update={"publisher": "".join(chr(0x4E00 + i * 7919 % 20000) for i in range(20000))}
        ),
        {"postgresql"},
    ),
}


@pytest.mark.parametrize(("bad", "refusing"), REFUSED.values(), ids=list(REFUSED))
def test_a_record_that_the_database_refuses_does_not_spoil_its_group(url: str, bad: Record, refusing: set[str]) -> None:
    with SqlStore(url) as store:
        run = store.begin_run(OLD)
        every = [bulletin("甲", "a"), bad, bulletin("乙", "b")]
        outcome = store.write(Group([Item(every[0], twin=text_digest("乙")), *map(Item, every[1:])], read=3), run=run)
        refused = store.engine.dialect.name in refusing
        assert [f.source for f in store.failures()] == ["bad"] * refused
        assert [f.source for f in outcome.failures] == ["bad"] * refused
        assert len(outcome.stored) == 3 - refused
        assert list(store.records(current=False)) == [r for r in every if not (refused and r is bad)]
        assert len(counted(url)) == 2 - refused
        [row] = store.stream("runs")
        assert (row["read"], row["stored"], row["failed"]) == (3, 3 - refused, int(refused))


def test_sources_may_have_any_name(url: str) -> None:
    names = ["a\x00b", "half \udcff", "x" * 5000, "引'号\"\n", "x" * 5000 + "y"]
    with SqlStore(url) as store:
        put(store, bulletin("甲"))
        sightings = [Sighting(name, None, text_digest("甲")) for name in names]
        store.write(Group(sightings=sightings, failures=[Failure(name, "E", "c") for name in names]))
        assert store.sources(names) == {s.source: s for s in sightings}
        assert len(store.failures()) == len(names)
