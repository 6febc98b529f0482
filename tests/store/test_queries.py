"""docs/queries.md and Datasette's metadata: every query is run on the shipped samples, on both databases.

UPDATE_DOCS=1 writes what the queries give now into the document.
"""

import datetime as dt
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from sqlalchemy import text
from store_support import rows

from schemas import Record
from store import SqlStore, views
from store.groups import Group, Item

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "queries.md"
METADATA = ROOT / "store" / "datasette.yaml"
# A query, for one kind of database or both, and the table of its answer.
BLOCK = re.compile(r"```sql(?: (\w+))?\n(.*?)\n```((?:\n\n\|[^\n]*(?:\n\|[^\n]*)*)?)", re.DOTALL)


@pytest.fixture(scope="module")
def samples() -> list[Record]:
    """The shipped samples' records, with sources as a user in the repository's folder has them."""
    from corpus import read_all
    from jianbao import Bulletin, Extractor

    extractor = Extractor(ner="rules")
    bulletins = read_all([str(ROOT / "corpus" / "samples")])
    return [extractor.record(b) for b in bulletins if isinstance(b, Bulletin)]


@pytest.fixture
def store(url: str, samples: list[Record]) -> Iterator[SqlStore]:
    with SqlStore(url) as store:
        store.write(Group([Item(record) for record in samples]))
        yield store


def shown(value: object) -> str:
    """A value as the document shows it: the databases differ in trailing zeros and in how they keep days."""
    if value is None:
        return ""
    if isinstance(value, float | Decimal):
        return f"{Decimal(str(value)).normalize():f}"
    if isinstance(value, dt.date):
        return value.isoformat()
    return " ".join(str(value).split()).replace("|", "\\|")


def answer(store: SqlStore, query: str) -> str:
    """What a query gives, as a Markdown table."""
    with store.engine.connect() as connection:
        result = connection.execute(text(query.replace(":", "\\:")))
        lines = [list(result.keys()), ["---"] * len(result.keys())]
        lines += [[shown(value) for value in row] for row in result]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def test_the_document_tells_what_the_queries_give(store: SqlStore) -> None:
    dialect = store.engine.dialect.name

    def rewritten(block: re.Match[str]) -> str:
        only, query, _ = block.groups()
        if only not in (None, dialect):
            return block[0]
        head = block[0][: block.start(3) - block.start()]
        return f"{head}\n\n{answer(store, query)}"

    page = PAGE.read_text(encoding="utf-8")
    now = BLOCK.sub(rewritten, page)
    if os.environ.get("UPDATE_DOCS"):
        PAGE.write_text(now, encoding="utf-8")
        return
    assert now == page, "if the new answers are right: UPDATE_DOCS=1 pytest tests/store/test_queries.py"


def test_the_document_asks_ten_questions_that_have_answers() -> None:
    page = PAGE.read_text(encoding="utf-8")
    questions = page.partition("## Ten questions")[2].partition("\n## ")[0]
    assert questions.count("\n### ") == 10
    assert all(block[3].count("\n|") > 2 for block in BLOCK.finditer(page))
    for name, view in views.metadata.tables.items():
        [row] = re.findall(rf"^\| `{name}` .*", page, re.MULTILINE)
        told = set(re.findall(r"`(\w+)`", row)) - {name}
        tail = {"bulletin_id", "bulletin", "bulletin_title", "publisher", "published", "source", "position"}
        assert told == set(view.columns.keys()) - tail


def test_datasette_is_told_of_what_is_there(sqlite_path: Path) -> None:
    SqlStore(str(sqlite_path)).close()
    told = yaml.safe_load(METADATA.read_text(encoding="utf-8"))["databases"]["jianbao"]
    for name, table in told["tables"].items():
        columns = {row[1] for row in rows(str(sqlite_path), f"PRAGMA table_info({name})")}
        named = {*table.get("facets", []), *table.get("sortable_columns", []), *table.get("columns", {})}
        named |= {table[key] for key in ("fts_pk", "label_column", "sort_desc") if key in table}
        assert columns, name
        assert named <= columns, name
    for query in told["queries"].values():
        rows(str(sqlite_path), query["sql"])


def test_datasette_shows_it(tmp_path: Path, samples: list[Record]) -> None:
    with SqlStore(str(tmp_path / "jianbao.db")) as store:
        store.write(Group([Item(record) for record in samples]))
    page = "/jianbao/v_metrics.json?_search=执行案件&_shape=objects"
    command = [sys.executable, "-m", "datasette", "jianbao.db", "-m", str(METADATA), "--get", page]
    shown = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True)  # noqa: S603
    told = json.loads(shown.stdout)
    assert set(told["facet_results"]) == {"year", "division", "office", "indicator_normalised", "unit"}
    assert {row["bulletin"] for row in told["rows"]} == {"court-jiaxing"}
