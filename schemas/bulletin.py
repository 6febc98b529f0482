"""A bulletin as it comes in: decoded text, what its file format says of it, and where it came from."""

import datetime as dt

from pydantic import BaseModel, ConfigDict, Field


class HeadHints(BaseModel):
    """What the container of a bulletin (html meta tags, docx properties, jsonl fields) says of its head.

    Hints are claims of the format, not of the text; the extractor uses them where the text is silent.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str | None = None
    publisher: str | None = None
    published: dt.date | None = None
    authors: tuple[str, ...] = ()


class Bulletin(BaseModel):
    """One press release to be extracted.

    `text` is the decoded document with `\\n` line ends and nothing else changed; every offset of the record made
    from it is a code point index into this string.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(min_length=1, description="stable within its source: the file's stem, or stem#line for JSON Lines")
    text: str
    hints: HeadHints = HeadHints()
    source: str | None = Field(None, description="path or URL that the bulletin was read from; no two have the same")
    sha256: str | None = Field(None, description="hex digest of the source's bytes")
    encoding: str | None = Field(None, description="how the bytes were decoded, e.g. utf-8, gb18030")
