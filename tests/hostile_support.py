"""Files that no reader should trust: damaged, mislabelled, oversized, explosive, oddly named; more than two hundred."""

import gzip
import io
import os
import random
import socket
import struct
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from corpus_support import make_docx, make_pdf

from corpus.tools.invented import bulletin

MEGABYTE = 1 << 20
TEXT = bulletin(7)
HTML = f"<html><head><meta charset='utf-8'><title>简报</title></head><body><p>{TEXT}</p></body></html>"


def write_hostile(folder: Path) -> list[Path]:
    """Fill `folder`; the paths of all files and links in it that a batch has to say something about."""
    written = []
    for name, content in _all():
        path = Path(os.fsdecode(os.fsencode(folder) + b"/" + name))
        path.parent.mkdir(parents=True, exist_ok=True)
        if callable(content):
            content(path)
        else:
            path.write_bytes(content)
        written.append(path)
    # Folders that lead back to themselves hold nothing new.
    (folder / "links").mkdir(exist_ok=True)
    (folder / "links" / "up").symlink_to(folder)
    (folder / "links" / "here").symlink_to(".")
    return written


Content = bytes | Callable[[Path], None]


def _all() -> Iterator[tuple[bytes, Content]]:
    for group in (_cut, _mutated, _encodings, _names, _texts, _pages, _packed, _mislabelled, _special, _lines):
        for name, content in group():
            yield f"{group.__name__[1:]}/".encode() + (name if isinstance(name, bytes) else name.encode()), content


def _good() -> dict[str, bytes]:
    members = {"a.txt": TEXT.encode(), "b/c.html": HTML.encode(), "d.txt": bulletin(8).encode("gb18030")}
    return {
        "plain.txt": TEXT.encode(),
        "gb.txt": TEXT.encode("gb18030"),
        "page.html": HTML.encode(),
        "word.docx": make_docx(TEXT.split("\n"), title="简报", table=[["项目", "数量"], ["案件", "12件"]]),
        "print.pdf": make_pdf([TEXT]),
        "rows.jsonl": "".join(f'{{"id": "r{n}", "text": "第{n}份，共办理{n}件。"}}\n' for n in range(20)).encode(),
        "pack.zip": make_zip(members),
        "pack.tar.gz": gzip.compress(make_tar(members)),
    }


def make_zip(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def make_tar(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def _cut() -> Iterator[tuple[str, Content]]:
    for name, data in _good().items():
        for share in (1, 5, 20, 50, 80, 99):
            yield f"{share:02}-{name}", data[: len(data) * share // 100]


def _mutated() -> Iterator[tuple[str, Content]]:
    for name, data in _good().items():
        for seed in range(8):
            dice = random.Random(f"{name} {seed}")  # noqa: S311
            changed = bytearray(data)
            for _ in range(2 ** (seed + 1)):
                changed[dice.randrange(len(changed))] = dice.randrange(256)
            yield f"{seed}-{name}", bytes(changed)


def _encodings() -> Iterator[tuple[str, Content]]:
    for encoding in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7", "hz", "utf-8-sig", "gbk"):
        yield f"{encoding}.txt", TEXT.encode(encoding)
    for encoding in ("big5", "shift_jis", "euc_kr", "latin-1"):
        yield f"{encoding}.txt", TEXT.encode(encoding, errors="replace")
    yield "two-in-one.txt", TEXT.encode() + TEXT.encode("gb18030")
    yield "bom-only.txt", b"\xff\xfe"
    yield "false-bom.txt", b"\xff\xfe\x00" + TEXT.encode()
    for declared in ("gb2312", "big5", "utf-16", "rot13", "nonsense", "\x00"):
        page = HTML.replace("utf-8", declared, 1).encode()
        yield f"declared-{declared.encode().hex()}.html", page


def _names() -> Iterator[tuple[str | bytes, Content]]:
    names: list[str | bytes] = [
        "new\nline.txt", "tab\tand 'quotes\".txt", "back\\slash.txt", "back\\nslash.txt", "-dash.txt", "#3.txt",
        "a#4.txt", "zip!.txt", "$(id).txt", "; drop table bulletins.txt", "%s%n.txt", "*.txt", "[a].txt", "🎉.txt",
        b"\xb1\xa8\xb8\xe6.txt", b"\xff\xfe.txt", "x" * 250 + ".txt", "\u202e.txt", "a.b.c.txt", "\r.txt",
    ]  # fmt: skip
    for number, name in enumerate(names):
        yield name, bulletin(100 + number).encode()


def _texts() -> Iterator[tuple[str, Content]]:
    size = 40_000
    patterns = [
        "第", "1", "1,", "《", "》", "（", "“", "其中", "2023年", "二〇二三年", "、", "同比增长", "一是", "县", "司法局", "%",
        "\u200b", "\u0301", "\u202e", "🎉", "a", "和", "由1升至", "约", "千万亿", "有限公司", "-", "\\", "<", "&#20013;",
    ]  # fmt: skip
    for number, pattern in enumerate(patterns):
        yield f"only-{number:02}.txt", (pattern * (size // len(pattern))).encode()
    yield "long.txt", (TEXT * (200_000 // len(TEXT))).encode()
    yield "dense.txt", ("1件，" * 60_000).encode()
    yield "too-long.txt", TEXT.encode() * 3000
    yield "one-line-of-100-mb.txt", _writer(b"\xe5\xb8\x82" * (MEGABYTE // 3), 100)
    yield "spaces.txt", b" \n" * MEGABYTE
    yield "newlines.txt", (TEXT.replace("\n", "\n" * 5000)).encode()
    yield "tabs.txt", ("数据\t12件\t" * 5000).encode()


def _writer(piece: bytes, times: int) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        with path.open("wb") as file:
            for _ in range(times):
                file.write(piece)

    return write


def _pages() -> Iterator[tuple[str, Content]]:
    for tag in ("div", "table><tr><td", "b", "ul><li", "blockquote", "span"):
        for depth in (400, 20_000):
            yield f"deep-{tag[:3]}-{depth}.html", f"<html><body>{f'<{tag}>' * depth}{TEXT}</body></html>".encode()
    rows = "".join(f"<tr><td>指标{n}</td><td>{n}件</td></tr>" for n in range(30_000))
    yield "table.html", f"<html><body><table>{rows}</table></body></html>".encode()
    yield "attributes.html", f"<html><body><p {'a=1 ' * 100_000}>{TEXT}</p></body></html>".encode()
    yield "comment.html", b"<html><!--" + b"-" * MEGABYTE + b"<body>"
    yield "entities.html", f"<html><body><p>{'&lt;&#x4e2d;&#0;&#1114112;' * 9000}</p></body></html>".encode()
    yield "unclosed.html", b"<html><body><p>" + b"<" * 200_000
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    yield "laughs.html", f'<!DOCTYPE html [<!ENTITY l0 "ha">{laughs}]><html><body><p>&l9;</p></body></html>'.encode()


def _packed() -> Iterator[tuple[str, Content]]:
    zeros = bytes(400 * MEGABYTE)
    word = _good()["word.docx"]
    laughs = '<!DOCTYPE d [<!ENTITY l0 "ha">' + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    deep = f"<w:document {space}><w:body>{'<w:sdt><w:sdtContent>' * 5000}"
    yield "bomb.zip", make_zip({"a.txt": zeros})
    yield "bomb.docx", _replaced(word, zeros)
    yield "laughs.docx", _replaced(word, f"{laughs}]><w:document {space}>&l9;</w:document>".encode())
    outside = f'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document {space}>&x;</w:document>'
    yield "outside.docx", _replaced(word, outside.encode())
    yield "deep.docx", _replaced(word, deep.encode())
    yield "table.docx", _replaced(word, _wide_table(space).encode())
    yield "bomb.tar.gz", gzip.compress(make_tar({"a.txt": zeros}), 1)
    yield "bomb-2.tar.gz", gzip.compress(zeros, 1)
    del zeros
    yield "nested.zip", make_zip({"in.zip": make_zip({"a.txt": TEXT.encode()}), "b.txt": TEXT.encode()})
    yield "many.zip", make_zip({f"{n}.css": b"" for n in range(5000)} | {"a.txt": TEXT.encode()})
    yield "climbing.zip", make_zip({"../../etc/a.txt": TEXT.encode(), "/root/b.txt": TEXT.encode()})
    yield "names.zip", make_zip({"a\nb.txt": bulletin(60).encode(), "c'd\".txt": bulletin(61).encode()})
    yield "twice.zip", _twice()
    yield "lying.zip", _lying()
    yield "encrypted.zip", _encrypted()
    yield "empty.zip", make_zip({})
    yield "pictures.zip", make_zip({"a.png": b"\x89PNG"})
    yield "long-name.tar", _long_header()
    yield "links.tar", _links()
    for method, name in ((zipfile.ZIP_BZIP2, "bzip2"), (zipfile.ZIP_LZMA, "lzma"), (zipfile.ZIP_STORED, "stored")):
        data = bytearray(make_zip({"a.txt": TEXT.encode(), "b.txt": TEXT.encode()}, method))
        data[60:70] = b"damage" * 2
        yield f"damaged-{name}.zip", bytes(data)


def _replaced(word: bytes, document: bytes) -> bytes:
    """A Word file with other content."""
    with zipfile.ZipFile(io.BytesIO(word)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    return make_zip(members | {"word/document.xml": document})


def _wide_table(space: str) -> str:
    cell = "<w:tc><w:p><w:r><w:t>12件</w:t></w:r></w:p></w:tc>"
    return f"<w:document {space}><w:body><w:tbl>{f'<w:tr>{cell * 50}</w:tr>' * 300}</w:tbl></w:body></w:document>"


def _twice() -> bytes:
    """One name, two texts."""
    return make_zip({"a.txt": TEXT.encode(), "b.txt": bulletin(9).encode()}).replace(b"b.txt", b"a.txt")


def _lying() -> bytes:
    """A member that says it is one byte long."""
    data = bytearray(make_zip({"a.txt": TEXT.encode()}))
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 1)
    return bytes(data)


def _encrypted() -> bytes:
    data = bytearray(make_zip({"a.txt": TEXT.encode()}))
    data[6] |= 1
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def _long_header() -> bytes:
    """A tar file whose first name is said to be a gigabyte long."""
    info = tarfile.TarInfo("././@LongLink")
    info.type, info.size = tarfile.GNUTYPE_LONGNAME, 1 << 30
    return info.tobuf(tarfile.GNU_FORMAT) + bytes(4 * MEGABYTE)


def _links() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, kind in (("a.txt", tarfile.SYMTYPE), ("b.txt", tarfile.CHRTYPE), ("c.txt", tarfile.FIFOTYPE)):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
    return out.getvalue()


def _mislabelled() -> Iterator[tuple[str, Content]]:
    good = _good()
    for source, suffix in (
        ("page.html", "pdf"), ("page.html", "txt"), ("page.html", "docx"), ("print.pdf", "txt"), ("print.pdf", "html"),
        ("word.docx", "txt"), ("word.docx", "pdf"), ("word.docx", "zip"), ("pack.zip", "docx"), ("pack.zip", "txt"),
        ("pack.zip", "tar"), ("pack.tar.gz", "txt"), ("pack.tar.gz", "tar"), ("plain.txt", "jsonl"),
        ("plain.txt", "zip"), ("plain.txt", "tar.gz"), ("rows.jsonl", "txt"), ("rows.jsonl", "urls"), ("gb.txt", "pdf"),
    ):  # fmt: skip
        yield f"{source.replace('.', '-')}.{suffix}", good[source]
    yield "picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20
    yield "program.docx", b"\x7fELF" + bytes(range(256)) * 20
    yield "old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    yield "rich.rtf", b"{\\rtf1 text}"


def _special() -> Iterator[tuple[str, Content]]:
    def to_itself(path: Path) -> None:
        path.symlink_to(path)

    def to_nothing(path: Path) -> None:
        path.symlink_to("nowhere.txt")

    def to_a_device(path: Path) -> None:
        path.symlink_to("/dev/zero")

    def unix_socket(path: Path) -> None:
        with socket.socket(socket.AF_UNIX) as server:
            # Names of sockets are short: it is bound from its folder.
            before = Path.cwd()
            os.chdir(path.parent)
            try:
                server.bind(path.name)
            finally:
                os.chdir(before)

    yield "loop.txt", to_itself
    yield "dangling.txt", to_nothing
    yield "zero.txt", to_a_device
    yield "pipe.txt", lambda path: os.mkfifo(path)
    yield "socket.txt", unix_socket
    yield "empty.txt", b""
    yield "empty.pdf", b""
    yield "empty.jsonl", b"\n\n"
    for place, data in enumerate((b"\0", b"\0" * 5000, TEXT.encode() + b"\0", b"\0" + TEXT.encode())):
        yield f"nul-{place}.txt", data
    yield "nul.html", HTML.replace("共", "\0").encode()


def _lines() -> Iterator[tuple[str, Content]]:
    yield "broken.jsonl", b'{"text": "a"}\n{"text": \n{"txt": 1}\n[]\nnull\n"x"\n' + b"[" * 100_000 + b"\n"
    yield "surrogate.jsonl", b'{"text": "\\ud800"}\n{"text": "a\\u0000b"}\n{"id": "\\u0000", "text": "b"}\n'
    yield "ids.jsonl", "".join(f'{{"id": "same", "text": "第{n}条。"}}\n' for n in range(5)).encode()
    yield "long-line.jsonl", _writer(b'{"text": "' + b"\xe5\xb8\x82" * MEGABYTE, 25)
    yield "numbers.jsonl", b'{"text": "c", "id": 1e999}\n{"text": "d", "id": ' + b"9" * 5000 + b"}\n"
    yield "bad.urls", b"http://a\tb.txt\nhttp://[\nhttp://c/../../etc/passwd\nx\t/etc/passwd\nftp://d\n"
