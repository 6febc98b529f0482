"""Everything an evaluation knows, as JSON: the scores, their intervals, and the scores of every part."""

from collections.abc import Mapping
from typing import Any

from eval.confusion import Confusion, confusions
from eval.counts import percent
from eval.findings import findings
from eval.index import Entry
from eval.report import Report
from eval.resampling import intervals

# The columns of the index by which scores are broken down.
BREAKDOWNS = ("kind", "genre")


def details(report: Report, index: Mapping[str, Entry]) -> dict[str, Any]:
    """Scores of everything.

    Besides `report.to_json()`: `intervals` by figure; `types` by match, group and type, with `macro` over the types;
    `documents` by id; `by` kind and genre. Documents and groups have the F1 of each family by lenient matching, of
    the families they hold, and `all`.
    """
    found = [finding for document in report.documents for finding in findings(document)]
    return report.to_json() | {
        "intervals": {name: list(interval) for name, interval in intervals(report).items()},
        "types": {match: _by_type(confusions(found, strict=match == "strict")) for match in ("strict", "lenient")},
        "documents": {document.gold.id: _scores(Report([document])) for document in report.documents},
        "by": {
            column: {name: _scores(part) | {"documents": len(part.documents)} for name, part in groups.items()}
            for column, groups in breakdowns(report, index).items()
        },
    }


def breakdowns(report: Report, index: Mapping[str, Entry]) -> dict[str, dict[str, Report]]:
    """A report per value of each column of the index, by column and value; bulletins not indexed are in none."""
    found = {
        column: report.grouped({name: getattr(entry, column) for name, entry in index.items()}) for column in BREAKDOWNS
    }
    return {column: groups for column, groups in found.items() if groups}


def _by_type(tables: Mapping[str, Confusion]) -> dict[str, dict[str, Any]]:
    return {
        group: {name: counts.to_json() for name, counts in table.counts().items()} | {"macro": percent(table.macro())}
        for group, table in tables.items()
    }


def _scores(report: Report) -> dict[str, float]:
    lenient = report.to_json()["lenient"]
    scores: dict[str, float] = {family: figures["f"] for family, figures in lenient.items() if figures["n"]}
    return scores | {"all": report.averages()["all lenient micro"]}
