"""Archives and lists of saved pages: what comes out of them, under which ids and sources."""

import gzip
import io
import tarfile
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hostile_support import make_tar, make_zip

from corpus import DEFAULT_LIMITS, ReadError, read_all
from corpus.files import SourceFile, count_bulletins, find_among, find_files
from corpus.read import read_again
from schemas import Bulletin

ONE, TWO = "第一份简报。", "第二份简报，共12件。"
MEMBERS = {
    "a.txt": ONE.encode(),
    "b/c.txt": TWO.encode("gb18030"),
    "b/rows.jsonl": f'{{"text": "{ONE}"}}\n{{"id": "own", "text": "{TWO}"}}\n'.encode(),
    "b/picture.png": b"\x89PNG",
    ".hidden.txt": b"no",
    "__MACOSX/a.txt": b"no",
    "page_files/frame.html": b"<p>no</p>",
    "d.doc": b"old",
}
PACKED: dict[str, Callable[[dict[str, bytes]], bytes]] = {
    "zip": make_zip,
    "tar": make_tar,
    "tar.gz": lambda members: gzip.compress(make_tar(members)),
    "tgz": lambda members: gzip.compress(make_tar(members)),
}


def items(*paths: Path) -> list[Bulletin | ReadError]:
    return list(read_all(paths))


def good(found: list[Bulletin | ReadError]) -> list[Bulletin]:
    return [item for item in found if isinstance(item, Bulletin)]


@pytest.mark.parametrize("suffix", PACKED)
@pytest.mark.parametrize("way", ["named", "in a folder"])
def test_what_is_in_an_archive_is_read(tmp_path: Path, suffix: str, way: str) -> None:
    archive = tmp_path / f"morning.{suffix}"
    archive.write_bytes(PACKED[suffix](MEMBERS))
    found = items(archive if way == "named" else tmp_path)
    assert [(b.id, b.text) for b in good(found)] == [
        ("morning/a.txt", ONE),
        ("morning/b/c.txt", TWO),
        ("morning/b/rows.jsonl#1", ONE),
        ("own", TWO),
    ]
    assert [b.source for b in good(found)] == [
        f"{archive}!/a.txt", f"{archive}!/b/c.txt", f"{archive}!/b/rows.jsonl#1", f"{archive}!/b/rows.jsonl#2",
    ]  # fmt: skip
    [bad] = [item for item in found if isinstance(item, ReadError)]
    assert (bad.source, bad.id) == (f"{archive}!/d.doc", "morning/d.doc")
    assert "save it as docx" in str(bad)


def test_names_of_chinese_zip_files_are_read(tmp_path: Path) -> None:
    data = make_zip({"XXXX/XX.txt": ONE.encode()}).replace(b"XXXX/XX", "简报/甲".encode("gb18030"))
    (tmp_path / "a.zip").write_bytes(data)
    assert [b.id for b in good(items(tmp_path / "a.zip"))] == ["a/简报/甲.txt"]


BAD = {
    "bomb": (lambda: make_zip({"a.txt": bytes(5 << 20)}), "zip", "unpacks from"),
    "bomb in tar": (lambda: gzip.compress(make_tar({"a.txt": bytes(5 << 20)})), "tar.gz", "unpacks from"),
    "too many": (lambda: make_zip({f"{n}": b"" for n in range(60)}), "zip", "holds 60 files, more than 50"),
    "nested": (lambda: make_zip({"b.zip": make_zip({})}), "zip", "is an archive in an archive"),
    "no zip": (lambda: b"text", "zip", "is a damaged archive"),
    "no tar": (lambda: b"text" * 300, "tar", "is a damaged archive"),
    "no gzip": (lambda: b"text" * 300, "tar.gz", "is a damaged archive"),
    "bad checksum": (lambda: make_zip({"a.txt": ONE.encode()}, zipfile.ZIP_STORED).replace(b"\xe7\xac\xac", b"xxx"),
                     "zip", "is damaged in its archive (Bad CRC-32"),
}  # fmt: skip


@pytest.mark.parametrize(("make", "suffix", "cause"), BAD.values(), ids=BAD)
def test_bad_archives_are_told(tmp_path: Path, make: Callable[[], bytes], suffix: str, cause: str) -> None:
    (tmp_path / f"a.{suffix}").write_bytes(make())
    limits = replace(DEFAULT_LIMITS, unpacked_bytes=1 << 20, members=50)
    # What a member's bytes show of the archive is told of both.
    *_, error = read_all([tmp_path / f"a.{suffix}"], limits=limits)
    assert isinstance(error, ReadError)
    assert cause in str(error)
    assert ";" in str(error)


def test_a_link_in_an_archive_leads_nowhere(tmp_path: Path) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        info = tarfile.TarInfo("a.txt")
        info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(info)
    (tmp_path / "a.tar").write_bytes(out.getvalue())
    assert good(items(tmp_path)) == []


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """Pages as wget saves them, and a list of their URLs."""
    pages = {
        "www.a.gov.cn/art/1.html": "一",
        "www.a.gov.cn/art/index.html": "二",
        "www.a.gov.cn/view?id=3": "三",
        "saved/四.html": "四",
        "plain.txt": "五",
    }
    for name, text in pages.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(f"第{text}份简报。", encoding="utf-8")
    (tmp_path / "pages.urls").write_text(
        "# 今天\nhttp://www.a.gov.cn/art/1.html\nhttps://www.a.gov.cn/art/\nhttp://www.a.gov.cn/view?id=3\n"
        "http://b.gov.cn/x?y=4\tsaved/四.html\n\nhttp://c.gov.cn/none.html\nhttp://d.gov.cn/\t../out.txt\n",
        encoding="utf-8",
    )
    return tmp_path


@pytest.mark.parametrize("way", ["named", "in a folder"])
def test_pages_of_a_list_have_their_urls_as_sources(saved: Path, way: str) -> None:
    found = items(saved / "pages.urls" if way == "named" else saved)
    bulletins = {b.source: (b.id, b.text) for b in good(found)}
    expected = {
        "http://www.a.gov.cn/art/1.html": ("www.a.gov.cn/art/1", "第一份简报。"),
        "https://www.a.gov.cn/art/": ("www.a.gov.cn/art/index", "第二份简报。"),
        "http://www.a.gov.cn/view?id=3": ("www.a.gov.cn/view?id=3", "第三份简报。"),
        "http://b.gov.cn/x?y=4": ("saved/四", "第四份简报。"),
    }
    if way == "in a folder":
        expected[str(saved / "plain.txt")] = ("plain", "第五份简报。")
    assert bulletins == expected
    errors = {item.source: str(item) for item in found if isinstance(item, ReadError)}
    assert errors.keys() == {"http://c.gov.cn/none.html", "http://d.gov.cn/"}
    assert "there is no saved page" in errors["http://c.gov.cn/none.html"]
    assert "leads out of the list's folder" in errors["http://d.gov.cn/"]


def test_sources_are_read_again_under_their_ids(tmp_path: Path) -> None:
    (tmp_path / "pack.zip").write_bytes(make_zip(MEMBERS))
    (tmp_path / "line\nend.txt").write_text(TWO, encoding="utf-8")
    (tmp_path / "rows.jsonl").write_bytes(MEMBERS["b/rows.jsonl"] + b"{}\n")
    (tmp_path / "a#2.txt").write_text(ONE, encoding="utf-8")
    first = items(tmp_path)
    again = list(read_again(item.source or "" for item in reversed(first)))
    assert {(i.source, i.id) for i in again} == {(i.source, i.id) for i in first}
    assert {b.source: b.text for b in good(again)} == {b.source: b.text for b in good(first)}
    wanted = str(tmp_path / "pack.zip") + "!/b/c.txt"
    assert [(i.source, i.id) for i in read_again([wanted], lambda _: "in/pack")] == [(wanted, "in/pack/b/c.txt")]


GONE = {"/none/a.txt": "is gone", "/none/a.zip!/b.txt": "is gone", "http://a.gov.cn/1.html": "is a page of a list"}


@pytest.mark.parametrize(("source", "cause"), GONE.items(), ids=GONE)
def test_what_is_gone_is_told(source: str, cause: str) -> None:
    [error] = read_again([source])
    assert error.source == source
    assert cause in str(error)


def test_files_that_arrive_have_the_ids_of_the_whole_folder(saved: Path) -> None:
    (saved / "plain.html").write_text("<p>另一份。</p>", encoding="utf-8")
    whole = {(f.path, f.id) for f in find_files([saved]) if isinstance(f, SourceFile)}
    wanted = [saved / "plain.html", saved / "www.a.gov.cn/art/1.html"]
    some = {(f.path, f.id) for f in find_among(saved, wanted) if isinstance(f, SourceFile)}
    # The page belongs to its list, which is read again in its place.
    assert some == {(p, i) for p, i in whole if p in (saved / "plain.html", saved / "pages.urls")}
    assert {id for _, id in some} == {"plain.html", "pages"}


def test_bulletins_are_counted_without_reading_them(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(make_zip(MEMBERS))
    (tmp_path / "b.jsonl").write_text("{}\n{}\n", encoding="utf-8")
    (tmp_path / "c.txt").write_text(ONE, encoding="utf-8")
    assert count_bulletins([tmp_path]) == 6 + 2 + 1
    (tmp_path / "d.tar").write_bytes(make_tar(MEMBERS))
    assert count_bulletins([tmp_path]) is None
