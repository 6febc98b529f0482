"""Files, folders and patterns, and every way in which one of them can fail."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from corpus_support import make_docx, make_pdf

from corpus import (
    EncodingError,
    Limits,
    MalformedError,
    NoFilesError,
    NoTextError,
    ReadError,
    TooLargeError,
    UnreadableError,
    UnsupportedFormatError,
    read,
    read_all,
    read_bytes,
)
from schemas import Bulletin

TEXT = "云岭县召开秋收工作会议。"


def make(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TEXT, encoding="utf-8")


def outcome(paths: list[Path | str], **limits: int) -> tuple[list[str], list[ReadError]]:
    """The ids of the bulletins, and the errors."""
    items = list(read_all(paths, limits=Limits(**limits)))
    return [i.id for i in items if isinstance(i, Bulletin)], [i for i in items if isinstance(i, ReadError)]


def test_a_bulletin_says_where_it_came_from(tmp_path: Path) -> None:
    path = tmp_path / "001.txt"
    path.write_bytes(TEXT.encode("gb18030"))
    (bulletin,) = read(path)
    assert bulletin.id == "001"
    assert bulletin.text == TEXT
    assert bulletin.source == str(path)
    assert bulletin.encoding == "gb18030"
    assert bulletin.sha256 == hashlib.sha256(TEXT.encode("gb18030")).hexdigest()


def test_a_folder_is_read_through_in_order(tmp_path: Path) -> None:
    make(tmp_path, "b.txt", "a.txt", "2023/10.txt", "2023/09.htm", "2022/x.txt", "logo.png", ".hidden.txt", "~$a.docx")
    ids, errors = outcome([tmp_path])
    assert ids == ["a", "b", "2022/x", "2023/09", "2023/10"]
    assert not errors


def test_what_a_browser_saved_beside_a_page_is_no_bulletin(tmp_path: Path) -> None:
    make(tmp_path, "page.html", "page_files/frame.html", "annual_files/report.txt")
    assert outcome([tmp_path])[0] == ["page", "annual_files/report"]


def test_a_pattern_matches_files_of_any_depth(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", "b.md", "2023/c.txt")
    assert outcome([f"{tmp_path}/*.txt"])[0] == ["a"]
    assert outcome([f"{tmp_path}/**/*.txt"])[0] == ["c", "a"]


def test_a_file_named_like_a_pattern_is_a_file(tmp_path: Path) -> None:
    make(tmp_path, "a[1].txt")
    assert outcome([tmp_path / "a[1].txt"])[0] == ["a[1]"]


def test_ids_are_told_apart_by_as_little_as_possible(tmp_path: Path) -> None:
    make(tmp_path, "x/1.txt", "y/1.txt", "y/2.txt", "y/2.html", "z/3.txt")
    assert outcome([tmp_path / "x/1.txt", tmp_path / "y/1.txt", tmp_path / "z/3.txt"])[0] == ["x/1", "y/1", "3"]
    assert outcome([tmp_path / "y"])[0] == ["1", "2.html", "2.txt"]
    assert outcome([tmp_path / "y/2.txt", tmp_path / "y/2.html"])[0] == ["2.txt", "2.html"]
    assert outcome([tmp_path / "x", tmp_path / "y"])[0] == ["x/1", "y/1", "y/2.html", "y/2.txt"]
    assert outcome([tmp_path])[0] == ["x/1", "y/1", "y/2.html", "y/2.txt", "z/3"]


def test_a_path_given_twice_is_read_once(tmp_path: Path) -> None:
    make(tmp_path, "a.txt")
    assert outcome([tmp_path / "a.txt", tmp_path / "a.txt", os.path.relpath(tmp_path / "a.txt")])[0] == ["a"]


def test_links_are_followed_but_not_in_circles(tmp_path: Path) -> None:
    make(tmp_path, "folder/a.txt", "elsewhere/b.txt")
    (tmp_path / "folder" / "up").symlink_to("..")
    (tmp_path / "folder" / "self").symlink_to(".")
    (tmp_path / "folder" / "dangling.txt").symlink_to("nowhere.txt")
    (tmp_path / "folder" / "link").symlink_to(tmp_path / "elsewhere")
    ids, errors = outcome([tmp_path / "folder"])
    assert ids == ["a", "link/b"]
    assert [type(error) for error in errors] == [UnreadableError]


def test_a_folder_is_named_by_its_name_however_it_is_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, "x/1.txt", "y/1.txt")
    monkeypatch.chdir(tmp_path / "x")
    assert outcome([".", "../y"])[0] == ["x/1", "y/1"]
    assert outcome(["."])[0] == ["1"]


def test_json_lines_give_a_bulletin_or_a_failure_per_line(tmp_path: Path) -> None:
    path = tmp_path / "batch.jsonl"
    path.write_text(
        f'{{"text": "{TEXT}"}}\n\n{{broken\n{{"text": "{TEXT}", "id": "own"}}\n{{"text": " "}}', encoding="utf-8"
    )
    items = list(read_all([path]))
    assert [i.id for i in items if isinstance(i, Bulletin)] == ["batch#1", "own"]
    assert [i.where for i in items if isinstance(i, ReadError)] == [f"{path}:3", f"{path}:5"]
    first = items[0]
    assert isinstance(first, Bulletin)
    assert first.source == f"{path}#1"


def test_an_overlong_line_costs_only_itself(tmp_path: Path) -> None:
    path = tmp_path / "batch.jsonl"
    rows = [f'{{"text": "{word * 400}"}}' for word in ("短", "长" * 5, "末")]
    path.write_text("\n".join(rows), encoding="utf-8")
    ids, errors = outcome([path], text_bytes=2000)
    assert ids == ["batch#1", "batch#3"]
    assert [type(error) for error in errors] == [TooLargeError]


FAULTS: dict[str, tuple[bytes, type[ReadError], str]] = {
    "empty.txt": (b"", NoTextError, "is empty"),
    "blank.txt": (" \n　\n".encode(), NoTextError, "no text"),
    "mark.txt": (b"\xef\xbb\xbf", NoTextError, "no text"),
    "binary.txt": (bytes(range(256)) * 4, EncodingError, "binary"),
    "large.txt": (b"a" * 3000, TooLargeError, "larger than"),
    "long.txt": ("字".encode() * 600, TooLargeError, "600 characters"),
    "page.html": (b"<html><body><script>1</script></body></html>", NoTextError, "no article"),
    "locked.pdf": (make_pdf(["甲"], encrypted=True), UnsupportedFormatError, "encrypted"),
    "scan.pdf": (make_pdf([""]), NoTextError, "text layer"),
    "broken.docx": (b"PK\x03\x04 and no more", MalformedError, "damaged"),
    "bomb.docx": (make_docx(["甲"]), TooLargeError, "unpacks to"),
    "old.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", UnsupportedFormatError, ".doc"),
    "rows.jsonl": (b"{broken", MalformedError, "no valid JSON"),
}


@pytest.mark.parametrize(("name", "fault"), FAULTS.items(), ids=FAULTS)
def test_a_bad_file_is_one_line_and_the_rest_is_read(
    name: str, fault: tuple[bytes, type[ReadError], str], tmp_path: Path
) -> None:
    data, kind, cause = fault
    make(tmp_path, "0-before.txt", "z-after.txt")
    (tmp_path / name).write_bytes(data)
    limits = {"unpacked_bytes": 500} if name == "bomb.docx" else {"text_bytes": 2000, "characters": 500}
    ids, errors = outcome([tmp_path], **limits)
    assert ids == ["0-before", "z-after"]
    (error,) = errors
    assert type(error) is kind
    assert str(error).startswith(f"{tmp_path / name}")
    assert cause in error.cause
    assert error.remedy
    assert "\n" not in str(error)
    with pytest.raises(kind):
        list(read(tmp_path / name, limits=Limits(**limits)))


def test_a_50_megabyte_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(50 << 20)
    assert [type(error) for error in outcome([path])[1]] == [TooLargeError]


@pytest.mark.parametrize("name", ["missing.txt", "missing/*.txt", "", "a\0b"])
def test_paths_that_name_nothing(name: str, tmp_path: Path) -> None:
    _, (error,) = outcome([str(tmp_path / name) if name else name])
    assert type(error) is NoFilesError


def test_a_folder_without_bulletins_is_a_failure(tmp_path: Path) -> None:
    make(tmp_path, "picture.png")
    (tmp_path / "deeper").mkdir()
    assert [type(error) for error in outcome([tmp_path])[1]] == [NoFilesError]


def test_pipes_and_devices_are_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    make(tmp_path, "z.txt")
    ids, errors = outcome([tmp_path, "/dev/null"])
    assert len(ids) == 1
    assert [type(error) for error in errors] == [UnreadableError, UnreadableError]


def test_files_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Whoever runs the tests may be root, whom no mode bits stop.
    make(tmp_path, "a.txt", "b.txt")
    real = Path.open

    def refuse(self: Path, *args: object, **kwargs: object) -> object:
        if self.name == "a.txt":
            raise PermissionError(13, "Permission denied")
        return real(self, *args, **kwargs)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", refuse)
    ids, (error,) = outcome([tmp_path])
    assert ids == ["b"]
    assert str(error) == f"{tmp_path / 'a.txt'}: cannot be read (Permission denied); check path and permissions"


def test_names_that_cannot_be_printed_are_escaped(tmp_path: Path) -> None:
    (tmp_path / "two\nlines.txt").write_text(TEXT, encoding="utf-8")
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/not\xffutf8.txt")).write_bytes(b"")
    ids, (error,) = outcome([tmp_path])
    assert ids == ["two\\nlines"]
    assert "\n" not in str(error)
    str(error).encode()


def test_standard_input_is_text_or_json_lines() -> None:
    (text,) = read_bytes(TEXT.encode("gb18030"))
    assert isinstance(text, Bulletin)
    assert (text.id, text.text, text.source) == ("stdin", TEXT, None)
    rows = list(read_bytes(f'{{"text": "{TEXT}"}}\n{{"text": "乙"}}\n'.encode()))
    assert [row.id for row in rows if isinstance(row, Bulletin)] == ["stdin#1", "stdin#2"]
    (empty,) = read_bytes(b"")
    assert str(empty) == "stdin: is empty; remove it, or fetch it again"


def test_readers_are_loaded_when_they_are_needed(tmp_path: Path) -> None:
    make(tmp_path, "a.txt")
    code = (
        "import sys, corpus; list(corpus.read_all(sys.argv[1:]));"
        "print(*{'selectolax', 'docx', 'lxml', 'pypdfium2', 'trafilatura', 'charset_normalizer'} & sys.modules.keys())"
    )
    run = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == ""
