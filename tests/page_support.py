"""A report with every kind of error, over bulletins whose words try to be markup."""

from typing import Any

from eval import Report, score
from eval.index import Entry
from schemas import Record

HOSTILE = (
    "<script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">"
    "</mark></div></details><style>body{display:none}</style>&lt;b&gt;&amp;{{ 7 * 7 }}{% raw %}\"'`<!--"
)
TEXT = f"{HOSTILE}\n柳溪县水务局6月1日巡河，清理河道12公里，植树300棵。"
QUIET = "柳溪县林业局植树40棵，5月20日结束。"
NAME = "a\"><script>document.title='taken'</script>&#<b>"

INDEX = {NAME: Entry("水利", "江西", "news <i>report</i>"), "quiet": Entry("林业", "江西", "notice")}


def at(text: str, words: str, **fields: Any) -> dict[str, Any]:
    start = text.index(words)
    return {"start": start, "end": start + len(words), "text": words, **fields}


def record(name: str, text: str, **fields: Any) -> Record:
    return Record.model_validate({"id": name, "text": text, "title": text[:20], **fields})


def report() -> Report:
    """Errors: in the hostile bulletin mention type, boundary, spurious and value; in the quiet one a missed time."""
    script = at(TEXT, "<script>document.title='taken'</script>", type="PROGRAM", canonical=HOSTILE)
    trees = at(TEXT, "300棵", value="300", unit="棵")
    gold = [
        record(
            NAME,
            TEXT,
            mentions=[script, at(TEXT, "柳溪县水务局", type="ORG", canonical="柳溪县水务局")],
            times=[at(TEXT, "6月1日", from_date="2024-06-01", to_date="2024-06-01")],
            quantities=[trees],
            metrics=[{"quantity": (trees["start"], trees["end"]), "name": HOSTILE}],
        ),
        record("quiet", QUIET, times=[at(QUIET, "5月20日")], quantities=[at(QUIET, "40棵", value="40", unit="棵")]),
    ]
    predicted = [
        record(
            NAME,
            TEXT,
            mentions=[{**script, "type": "PLACE"}, at(TEXT, "水务局", type="ORG", canonical="柳溪县水务局")],
            times=[at(TEXT, "6月1日", from_date="2024-06-01", to_date="2024-06-01")],
            quantities=[trees, at(TEXT, "12公里", value="12", unit="公里", dimension="length")],
            metrics=[{"quantity": (trees["start"], trees["end"]), "name": "植树"}],
        ),
        record("quiet", QUIET, quantities=[at(QUIET, "40棵", value="40", unit="棵")]),
    ]
    return score(gold, predicted)
