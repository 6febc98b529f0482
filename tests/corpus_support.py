"""Documents made on the spot: a PDF with a text layer, without one, or encrypted; a Word file."""

import io
import zlib

import docx


def make_pdf(pages: list[str], *, encrypted: bool = False) -> bytes:
    """A PDF file with one line of text per line of each page.

    It embeds no font: characters are written as UTF-16 codes that a ToUnicode map translates to themselves.
    """
    to_unicode = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def\n"
        b"1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        b"1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap end end"
    )
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        3: b"<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H /DescendantFonts [4 0 R]"
        b" /ToUnicode 5 0 R >>",
        4: b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /DW 1000"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        5: _stream(to_unicode),
    }
    kids = []
    for number, page in enumerate(pages):
        rows = [
            f"1 0 0 1 50 {780 - 20 * row} Tm <{line.encode('utf-16-be').hex()}> Tj"
            for row, line in enumerate(page.split("\n"))
            if line
        ]
        content = f"BT /F 12 Tf {' '.join(rows)} ET" if rows else "0 0 m 10 10 l S"
        objects[6 + 2 * number] = _stream(content.encode())
        objects[7 + 2 * number] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {6 + 2 * number} 0 R"
            " /Resources << /Font << /F 3 0 R >> >> >>"
        ).encode()
        kids.append(f"{7 + 2 * number} 0 R")
    objects[2] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    trailer = f"/Size {max(objects) + 1} /Root 1 0 R".encode()
    if encrypted:
        secret = b"<" + b"41" * 32 + b">"
        trailer += b" /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O " + secret + b" /U " + secret + b" >>"
        trailer += b" /ID [<00> <00>]"
    return _assemble(objects, trailer)


def _stream(content: bytes) -> bytes:
    packed = zlib.compress(content)
    return b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed)


def _assemble(objects: dict[int, bytes], trailer: bytes) -> bytes:
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    offsets = {}
    for number in sorted(objects):
        offsets[number] = out.tell()
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, objects[number]))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for number in sorted(objects):
        out.write(b"%010d 00000 n \n" % offsets[number])
    out.write(b"trailer << %s >>\nstartxref\n%d\n%%%%EOF\n" % (trailer, start))
    return out.getvalue()


def make_docx(paragraphs: list[str], *, title: str = "", table: list[list[str]] | None = None) -> bytes:
    """A Word file: paragraphs, then a table after the first of them."""
    document = docx.Document()
    document.core_properties.title = title
    for number, paragraph in enumerate(paragraphs):
        document.add_paragraph(paragraph)
        if number == 0 and table:
            rows = document.add_table(len(table), len(table[0])).rows
            for row, texts in zip(rows, table, strict=True):
                for cell, text in zip(row.cells, texts, strict=True):
                    cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
