"""Floors that scores must not fall under."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from os import PathLike
from pathlib import Path

from eval.report import Report
from schemas import JianbaoError


class FloorsError(JianbaoError):
    """A floor cannot be read, or names no figure."""


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A figure under its floor, both in per cent."""

    name: str
    reached: float
    floor: float

    def __str__(self) -> str:
        return f"{self.name}: {self.reached:.1f} is {self.floor - self.reached:.1f} under its floor of {self.floor:g}"


def load_floors(path: str | PathLike[str]) -> dict[str, float]:
    """The floors of a TOML file: its table `[floors]`, figures in per cent by name.

    Raises:
        FloorsError: the file cannot be read, or holds anything but numbers in one table `floors`.
    """
    where = str(path)
    try:
        data = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        cause = error.strerror if isinstance(error, OSError) else " ".join(str(error).split())
        raise FloorsError(f"cannot be read ({cause})", where=where, remedy="correct the file") from error
    floors = data.get("floors")
    if set(data) != {"floors"} or not isinstance(floors, dict):
        raise FloorsError("holds something else than one table [floors]", where=where, remedy="write [floors] above it")
    for name, floor in floors.items():
        if isinstance(floor, bool) or not isinstance(floor, int | float) or not 0 <= floor <= 100:
            raise FloorsError(f"floor of {name!r} is no number from 0 to 100", where=where, remedy="give per cent")
    return {name: float(floor) for name, floor in floors.items()}


def parse_floors(texts: Iterable[str]) -> dict[str, float]:
    """Floors written `NAME=PERCENT`.

    Raises:
        FloorsError: one is not written so.
    """
    floors = {}
    for text in texts:
        name, _, number = text.rpartition("=")
        try:
            floor = float(number)
        except ValueError:
            floor = -1.0
        if not name.strip() or not 0 <= floor <= 100:
            raise FloorsError(
                f"{text!r} is no floor", remedy="write LAYER=F1 with F1 from 0 to 100, e.g. 'metric named=50'"
            )
        floors[name.strip()] = floor
    return floors


def shortfalls(report: Report, floors: Mapping[str, float]) -> list[Shortfall]:
    """The figures of `report.figures()` that lie under their floors.

    Raises:
        FloorsError: a floor is set for a figure that the report has not.
    """
    figures = report.figures()
    for name in floors:
        if name not in figures:
            raise FloorsError(f"{name!r} is no figure of this evaluation", remedy=f"one of: {', '.join(figures)}")
    return [Shortfall(name, figures[name], floor) for name, floor in floors.items() if figures[name] < floor]
