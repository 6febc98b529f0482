"""Options that several commands have."""

import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Annotated

import typer

from jianbao.logs import log
from schemas import Bulletin, JianbaoError

Paths = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH...",
        help="Files, folders, globs, archives (zip, tar), .urls lists, or - for text on standard input.",
    ),
]
Config = Annotated[
    Path | None, typer.Option("--config", help="A spaCy config of the pipeline, in place of the default one.")
]
Segmenter = Annotated[
    str | None, typer.Option("--segmenter", help="jieba, or rjieba (quicker; needs the extra of that name).")
]
Ner = Annotated[
    str | None,
    typer.Option(
        "--ner", help="How names are found: rules (quicker), neural, joined, or the folder of a model of your own."
    ),
]
Device = Annotated[str | None, typer.Option("--device", help="Of a Hugging Face checkpoint (--ner): cpu or cuda.")]
DB_HELP = "jianbao.db, sqlite:///jianbao.db or postgresql://user@host/name."
Db = Annotated[str, typer.Option("--db", metavar="URL", help=DB_HELP)]
Workers = Annotated[int, typer.Option("--workers", min=1, help="Processes that extract.")]
Timeout = Annotated[
    float, typer.Option("--timeout", min=1, help="Seconds a worker may take for one bulletin (with --workers).")
]
LogJson = Annotated[bool, typer.Option("--log-json", help="One JSON object a line on standard error.")]


def read_paths(paths: list[str]) -> Iterator[Bulletin | JianbaoError]:
    """The bulletins of files and of standard input, in their order."""
    from corpus import read_all, read_bytes

    for is_stdin, group in groupby(paths, lambda path: path == "-"):
        for item in read_bytes(sys.stdin.buffer.read()) if is_stdin else read_all(group):
            if isinstance(item, Bulletin) and (item.encoding or "").endswith("damaged"):
                place = item.source or item.id
                message = f"{place}: some bytes are damaged and read as \ufffd; fetch the file again"
                log("damaged", message, level="warning", source=item.source)
            yield item
