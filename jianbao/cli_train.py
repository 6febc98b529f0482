"""The command `train ner`: the shipped tagger from its data, or a checkpoint of the user's own."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jianbao.console import errors, say

if TYPE_CHECKING:
    from models.scores import Score

train = typer.Typer(name="train", help="Train the models.", no_args_is_help=True, rich_markup_mode="markdown")


@train.callback()
def main() -> None:
    """Train the models."""


@train.command(
    epilog="Examples:\n\n`jianbao train ner --data data/ --out models/ner`\n\n"
    "`jianbao train ner --from chinese-roberta/ --gold corrected/ --out my-model/`"
)
def ner(
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="Folder of the result.")],
    data: Annotated[
        Path | None, typer.Option("--data", metavar="DIR", help="Folder of the public data; see docs/training.md.")
    ] = None,
    config: Annotated[Path | None, typer.Option("--config", help="A recipe, in place of the shipped one.")] = None,
    gold: Annotated[
        list[Path] | None, typer.Option("--gold", metavar="DIR", help="Gold of your own, beside jianbao's; repeatable.")
    ] = None,
    from_: Annotated[
        Path | None,
        typer.Option("--from", metavar="DIR", help="Fine-tune this local Hugging Face checkpoint instead."),
    ] = None,
    epochs: Annotated[float, typer.Option("--epochs", min=0.01, help="Passes over the gold (with --from).")] = 5.0,
    device: Annotated[str, typer.Option("--device", help="cpu or cuda (with --from).")] = "cpu",
) -> None:
    """Train the entity tagger, and tell its scores.

    A run that was interrupted goes on when the command is given again. Gold corrected in Label Studio becomes training
    data by `jianbao gold import`.
    """
    with errors():
        if from_ is not None:
            from jianbao.training_run import finetune_on_gold

            scores = finetune_on_gold(from_, out, gold or [], epochs=epochs, device=device, say=say)
        else:
            from jianbao.recipe import RECIPE, load_recipe
            from jianbao.training_run import TrainingRun

            if data is None:
                raise typer.BadParameter("give the folder of the public data", param_hint="--data")
            scores = TrainingRun(load_recipe(config or RECIPE), data, out, gold or [], say).run()
    _show(scores)


def _show(scores: "list[Score]") -> None:
    typer.echo(f"{'corpus':<16}{'type':<10}{'P':>7}{'R':>7}{'F1':>7}{'gold':>8}")
    for s in scores:
        typer.echo(f"{s.corpus:<16}{s.type:<10}{s.precision:>7.1%}{s.recall:>7.1%}{s.f1:>7.1%}{s.wanted:>8,}")
