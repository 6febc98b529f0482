"""The command `eval`: records against gold. Heavy imports wait until it runs."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jianbao.console import errors as reporting
from jianbao.console import say, stdout
from jianbao.options import Config, Device, Ner, Segmenter
from schemas import Bulletin, Record

if TYPE_CHECKING:
    from eval import Report
    from jianbao.batch import ExtractorSettings

EPILOG = (
    "Examples:\n\n`jianbao eval gold/ --records records.jsonl --errors 'metric named'`\n\n"
    "`jianbao eval gold/ --report report.html`\n\n"
    "`jianbao eval gold/ --compare old.jsonl new.jsonl`\n\n"
    "`jianbao eval gold/ --min 'metric named=50' --floors floors.toml`"
)


def evaluate(
    gold_dir: Annotated[Path, typer.Argument(help="Folder of gold records (*.json).")],
    records: Annotated[
        Path | None, typer.Option("--records", help="Score these records (JSON Lines) instead of extracting.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
    errors: Annotated[
        str | None,
        typer.Option(
            "--errors",
            metavar="LAYER",
            help="Also list what was missed or spurious in LAYER; with --compare, what was won and lost.",
        ),
    ] = None,
    details: Annotated[
        bool, typer.Option("--details", help="Also show scores by type, bulletin, kind of bureau and genre.")
    ] = False,
    report: Annotated[
        Path | None, typer.Option("--report", metavar="FILE.html", help="Write a page to read the errors in a browser.")
    ] = None,
    compare: Annotated[
        tuple[Path, Path] | None,
        typer.Option("--compare", metavar="A.jsonl B.jsonl", help="Compare two files of records instead."),
    ] = None,
    minimum: Annotated[
        list[str] | None,
        typer.Option("--min", metavar="LAYER=F1", help="Exit with 1 if a figure is lower; may be repeated."),
    ] = None,
    floors: Annotated[
        Path | None, typer.Option("--floors", metavar="FILE.toml", help="The same for all figures of its [floors].")
    ] = None,
    config: Config = None,
    segmenter: Segmenter = None,
    ner: Ner = None,
    device: Device = None,
) -> None:
    """Score records against hand-labelled gold, layer by layer.

    The exit code is 1 if a figure lies under its floor (--min, --floors; with --compare, those of B count).
    """
    if compare and (records or report):
        raise typer.BadParameter("compares two files; leave out --records and --report", param_hint="--compare")
    with reporting():
        from corpus.gold import load_gold
        from eval import load_records, score
        from eval.floors import load_floors, parse_floors
        from jianbao.batch import ExtractorSettings

        limits = (load_floors(floors) if floors else {}) | parse_floors(minimum or [])
        gold = load_gold(gold_dir)
        if compare:
            before, scored = (score(gold, load_records(path)) for path in compare)
            _show_comparison(before, scored, as_json, errors)
        else:
            scored = score(
                gold,
                load_records(records)
                if records
                else _extracted(gold, ExtractorSettings(config, segmenter, ner, device)),
            )
            _show(scored, gold_dir, as_json, errors, details)
            if report is not None:
                _write_page(scored, gold_dir, report)
        fallen = _fallen(scored, limits)
    if fallen:
        raise typer.Exit(1)


def _extracted(gold: Iterable[Record], settings: "ExtractorSettings") -> Iterator[Record]:
    """Records of the gold's bare texts."""
    bare = (Bulletin(id=record.id, text=record.text) for record in gold)
    return settings.build().pipe(bare)


def _show(report: "Report", gold_dir: Path, as_json: bool, errors: str | None, with_details: bool) -> None:
    from eval.details import breakdowns, details
    from eval.index import load_index

    index = load_index(gold_dir)
    if as_json:
        typer.echo(json.dumps(details(report, index), ensure_ascii=False))
        return
    from eval.resampling import intervals
    from eval.tables import document_table, group_table, score_tables, type_table

    stdout.print(score_tables(report, intervals(report)))
    if with_details:
        stdout.print(type_table(report))
        for column, groups in breakdowns(report, index).items():
            stdout.print(group_table(column, groups))
        stdout.print(document_table(report))
    if errors is not None:
        for line in report.error_lines(errors):
            typer.echo(line)


def _show_comparison(before: "Report", after: "Report", as_json: bool, errors: str | None) -> None:
    from eval.comparison import compare

    comparison = compare(before, after)
    if as_json:
        typer.echo(json.dumps(comparison.to_json(), ensure_ascii=False))
        return
    from eval.tables import comparison_table

    stdout.print(comparison_table(comparison))
    if errors is not None:
        for change in comparison.changes:
            if errors in change.error.layer:
                typer.echo(str(change))


def _write_page(report: "Report", gold_dir: Path, path: Path) -> None:
    from eval.index import load_index
    from eval.page import page
    from store import replacing

    with replacing(path) as file:
        file.write(page(report, load_index(gold_dir), name=gold_dir.resolve().name))


def _fallen(report: "Report", floors: dict[str, float]) -> bool:
    """Tells of every figure under its floor; whether there is one."""
    from eval.floors import shortfalls

    fallen = shortfalls(report, floors)
    for shortfall in fallen:
        say(str(shortfall), style="red")
    return bool(fallen)
