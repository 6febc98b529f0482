"""The commands `gold …`: check, export, import and prefill labels made by hand."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jianbao.console import errors, report, say
from schemas import Bulletin, JianbaoError, Record

if TYPE_CHECKING:
    from corpus.tools.exchange import Exchanged

gold = typer.Typer(
    name="gold",
    help="Check gold, take it to annotators' tools and back, write drafts to correct.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
)


class ToolFormat(StrEnum):
    """What annotators' tools read and write."""

    LABEL_STUDIO = "label-studio"
    DOCCANO = "doccano"
    BRAT = "brat"
    CONLL = "conll"


Format = Annotated[ToolFormat, typer.Option("--format", "-f", help="The tool's format.")]


@gold.command(epilog="Example:\n\n`jianbao gold check corpus/gold`")
def check(folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder with gold files, at any depth.")]) -> None:
    """Prove that gold keeps the rules: offsets, links, bounds, overlaps.

    Each fault is a line on stdout; the exit code is 1 if there is one.
    """
    with errors():
        from corpus.check import check_folder

        count, faults = check_folder(folder)
    for fault in faults:
        typer.echo(str(fault))
    say(f"{count} gold files, {len(faults)} faults", style="red" if faults else "green")
    if faults:
        raise typer.Exit(1)


@gold.command(name="export", epilog="Example:\n\n`jianbao gold export corpus/gold/dev --format brat -o brat/dev`")
def export_(
    source: Annotated[Path, typer.Argument(metavar="PATH", help="A gold file, or a folder with gold at any depth.")],
    format: Format,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="Folder for the tool's files.")],
) -> None:
    """Write gold as the files of an annotation tool; what the format does not carry is said on stderr."""
    with errors():
        from corpus.tools.exchange import export_gold

        done = export_gold(source, format.value, output)
    _tell(done, f"{done.bulletins} bulletins written to {output}")


@gold.command(
    name="import",
    epilog="Example:\n\n`jianbao gold import export.json --format label-studio -o corpus/gold`\n\n"
    "`jianbao gold check corpus/gold`",
)
def import_(
    source: Annotated[Path, typer.Argument(metavar="PATH", help="The tool's export: a file or a folder.")],
    format: Format,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="Gold folder to correct or fill.")],
) -> None:
    """Bring corrections back from an annotation tool.

    Gold of the same names under DIR is corrected in place and keeps the layers that the format does not carry; other
    bulletins become new files in DIR.
    """
    with errors():
        from corpus.tools.exchange import import_gold

        done = import_gold(source, format.value, output)
    _tell(done, f"{done.bulletins} bulletins read, {done.changed} gold files written")


@gold.command(epilog="Example:\n\n`jianbao gold prefill inbox/ -o drafts/`")
def prefill(
    paths: Annotated[list[str], typer.Argument(metavar="PATH...", help="Bulletins: files, folders or globs.")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="Folder for the drafts.")],
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace gold files that exist already.")] = False,
) -> None:
    """Write what the extractor finds as drafts of gold, to be read and corrected word by word.

    The exit code is 1 if any bulletin could not be read, or its file existed already.
    """
    failures: list[JianbaoError] = []

    def on_failure(error: JianbaoError) -> None:
        failures.append(error)
        report(error)

    written = 0
    with errors():
        from corpus import GoldError, read_all
        from corpus.gold import write_gold_file
        from corpus.tools.paths import path_for
        from extract.pipeline import Extractor
        from jianbao.batch import extract_all

        def fresh(item: Bulletin | JianbaoError) -> Bulletin | JianbaoError:
            if isinstance(item, Bulletin) and not overwrite and path_for(output, item.id, ".json").exists():
                return GoldError("has gold already", where=item.id, remedy="give --overwrite to replace it")
            return item

        for record in extract_all(Extractor(), map(fresh, read_all(paths)), on_failure):
            write_gold_file(_draft(record), path_for(output, record.id, ".json"))
            written += 1
    say(f"{written} drafts written to {output}", style="green")
    if failures:
        raise typer.Exit(1)


def _draft(record: Record) -> Record:
    """`record` without what is computed from the labels: gold states neither."""
    bare = [q.model_copy(update={"canonical_value": None, "canonical_unit": None}) for q in record.quantities]
    return record.model_copy(update={"quantities": tuple(bare)})


def _tell(done: "Exchanged", summary: str) -> None:
    for note in done.notes:
        say(note)
    say(summary, style="green")
