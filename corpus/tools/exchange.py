"""Export of gold to a tool's format and import of what comes back."""

from dataclasses import dataclass, field
from os import PathLike
from pathlib import Path
from types import ModuleType

from corpus.errors import GoldError, printable
from corpus.gold import gold_paths, load_gold_file, write_gold_file
from corpus.tools import brat, conll, doccano, label_studio
from corpus.tools.build import to_record
from corpus.tools.flatten import to_annotation
from corpus.tools.merge import merged
from corpus.tools.paths import path_for
from schemas import Record

FORMATS: dict[str, ModuleType] = {"label-studio": label_studio, "doccano": doccano, "brat": brat, "conll": conll}


@dataclass(slots=True)
class Exchanged:
    """How many bulletins went over and how many files of gold that changed; what to tell the user: losses, doubts."""

    bulletins: int = 0
    changed: int = 0
    notes: list[str] = field(default_factory=list)


def export_gold(gold: str | PathLike[str], format: str, folder: str | PathLike[str]) -> Exchanged:
    """Writes the gold of a folder (or one file) in a tool's format.

    Args:
        gold: a gold file, or a folder that is searched through all its levels.
        format: a key of `FORMATS`.
        folder: where the tool's files go; made if it does not exist.

    Raises:
        GoldError: gold cannot be read, or the files cannot be written.
    """
    module = FORMATS[format]
    source = Path(gold)
    done = Exchanged(notes=[f"{format} does not carry {module.NOT_CARRIED}"])
    annotations = []
    for path in [source] if source.is_file() else gold_paths(source):
        annotation, lost = to_annotation(load_gold_file(path))
        annotations.append(annotation)
        done.notes += [f"{annotation.id}: {line}" for line in lost]
    done.notes += module.write(annotations, Path(folder))
    done.bulletins = len(annotations)
    return done


def import_gold(source: str | PathLike[str], format: str, folder: str | PathLike[str]) -> Exchanged:
    """Reads a tool's files and writes gold, over that of the same names where `folder` or one below it has some.

    What the format does not carry is kept from the gold that is there. All is read before anything is written, and
    files that would not change are left alone.

    Raises:
        GoldError: the tool's files are malformed, or were made from another text; names the file and the item.
    """
    module = FORMATS[format]
    root, where = Path(folder), printable(source)
    paths = sorted(root.rglob("*.json")) if root.is_dir() else []
    # Gold of a split lies in the split's folder, that of the id 2023/05/001 in 2023/05.
    known = {path.stem: path for path in paths}
    known |= {path.relative_to(root).with_suffix("").as_posix(): path for path in paths}
    done = Exchanged()
    made: dict[str, tuple[Path, Record]] = {}
    unchanged: set[str] = set()
    for annotation in module.read(Path(source)):
        if annotation.id in made:
            raise GoldError(f"{annotation.id} occurs twice", where=where, remedy="leave one of the two")
        path = known.get(annotation.id)
        if path is None:
            made[annotation.id] = (path_for(root, annotation.id, ".json"), to_record(annotation, where))
            continue
        gold = load_gold_file(path)
        record, notes = merged(annotation, gold, module.CARRIES, where)
        made[annotation.id] = (path, record)
        done.notes += notes
        if record == gold:
            unchanged.add(annotation.id)
    for id, (path, record) in made.items():
        if id not in unchanged:
            write_gold_file(record, path)
    done.bulletins, done.changed = len(made), len(made) - len(unchanged)
    return done
