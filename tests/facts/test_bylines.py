import tomllib
from pathlib import Path
from typing import Any

import pytest

from extract.facts.head import find_head
from extract.segment.view import make_view
from schemas import HeadHints

CASES = tomllib.loads(Path(__file__).with_name("byline_cases.toml").read_text(encoding="utf-8"))["case"]
TITLE = "云岭县扎实开展燃气安全检查"
BODY = """\
连日来，云岭县住建局组织人员走进餐饮场所，检查燃气管道87处，发现隐患12处，均已督促整改。

下一步，该局将建立长效机制，守护群众用气安全。"""


@pytest.mark.parametrize("case", CASES, ids=[c["id"] for c in CASES])
def test_bylines(case: dict[str, Any]) -> None:
    lines = [case.get("above", ""), TITLE, case.get("under", ""), case.get("opening", "") + BODY]
    text = "\n".join(line for line in lines if line)
    text += case.get("ending", "") if case.get("run_on") else "\n" + case.get("ending", "")
    head = find_head(make_view(text), HeadHints(), None)
    found = (head.title, head.publisher, head.published and head.published.isoformat(), sorted(head.authors))
    assert found == (TITLE, case.get("publisher"), case.get("published"), sorted(case.get("authors", [])))
