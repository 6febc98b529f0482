"""What all formats share: which files an export makes, and that they are whole or not there."""

import builtins
import json
import resource
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import make_record

from schemas import Record
from store import StoreError
from store.export import Format, LayerName, export, format_of
from store.export.layers import FLAT

FLAT_NAMES = list(FLAT)

PLANS: dict[str, tuple[str, Format, list[str], list[str]]] = {
    "records to a file": ("out.jsonl", Format.JSONL, [], ["out.jsonl"]),
    "records to Parquet": ("out.parquet", Format.PARQUET, [], ["out.parquet"]),
    "one layer to a file": ("out.csv", Format.CSV, ["metrics"], ["out.csv"]),
    "the same layer twice": ("out.csv", Format.CSV, ["metrics", "metrics"], ["out.csv"]),
    "upper-case suffix": ("OUT.CSV", Format.CSV, ["metrics"], ["OUT.CSV"]),
    "another suffix": ("out.txt", Format.CSV, ["metrics"], ["out.txt"]),
    "all flat layers to a folder": ("out", Format.CSV, [], [f"out/{name}.csv" for name in FLAT_NAMES]),
    "all layers to a folder": ("out", Format.PARQUET, [], [f"out/{name}.parquet" for name in LayerName]),
    "some layers to a folder": (
        "out",
        Format.JSONL,
        ["records", "metrics"],
        ["out/records.jsonl", "out/metrics.jsonl"],
    ),
    "a folder that is there": ("there.d", Format.CSV, ["metrics"], ["there.d/metrics.csv"]),
    "a workbook": ("out.xlsx", Format.XLSX, ["metrics", "entities"], ["out.xlsx"]),
}

CONTRADICTIONS: dict[str, tuple[str, Format, list[str], str]] = {
    "whole records as CSV": ("out", Format.CSV, ["records"], "csv holds no records; choose of bulletins, metrics"),
    "whole records in a workbook": ("out.xlsx", Format.XLSX, ["records"], "xlsx holds no records"),
    "two layers in one file": (
        "out.csv",
        Format.CSV,
        ["metrics", "entities"],
        "a csv file holds one layer; name one of bull",
    ),
    "no layer named for CSV": ("out.csv", Format.CSV, [], "a csv file holds one layer"),
    "a folder of workbooks": ("out", Format.XLSX, [], "a workbook is one file; let its name end in .xlsx"),
    "the suffix of another format": ("out.csv", Format.PARQUET, [], "the name says csv, the format is parquet"),
    "no such folder": ("none/out.jsonl", Format.JSONL, [], "cannot write"),
    "a file for a folder": ("file", Format.CSV, [], "cannot be made a folder"),
}


def layers(names: list[str]) -> list[LayerName]:
    return [LayerName(name) for name in names]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "there.d").mkdir()
    (tmp_path / "file").write_text("old")
    return tmp_path


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} - {"file"}


@pytest.mark.parametrize(("target", "format", "chosen", "expected"), PLANS.values(), ids=list(PLANS))
def test_the_files_of_an_export(
    folder: Path, record: Record, target: str, format: Format, chosen: list[str], expected: list[str]
) -> None:
    done = export([record, record], folder / target, format, layers(chosen))
    assert files(folder) == set(expected)
    assert {path.relative_to(folder).as_posix() for path in done.files} == set(expected)
    assert done.records == 2
    assert all(count for count in done.rows.values())


@pytest.mark.parametrize(("target", "format", "chosen", "message"), CONTRADICTIONS.values(), ids=list(CONTRADICTIONS))
def test_what_does_not_go_together_is_refused(
    folder: Path, record: Record, target: str, format: Format, chosen: list[str], message: str
) -> None:
    with pytest.raises(StoreError, match=message):
        export([record], folder / target, format, layers(chosen))
    assert files(folder) == set()
    assert (folder / "file").read_text() == "old"


@pytest.mark.parametrize("format", Format, ids=str)
def test_an_error_midway_leaves_nothing_new_and_all_that_was_old(
    tmp_path: Path, record: Record, format: Format
) -> None:
    def broken() -> Iterator[Record]:
        yield record
        raise StoreError("the database is gone")

    old = tmp_path / f"old.{format}"
    old.write_text("old")
    for target in [old, *([] if format is Format.XLSX else [tmp_path / "new"])]:
        with pytest.raises(StoreError, match="the database is gone"):
            export(broken(), target, format, [LayerName.METRICS])
    assert list(tmp_path.iterdir()) == [old]
    assert old.read_text() == "old"


@pytest.mark.parametrize("format", Format, ids=str)
def test_a_full_disk_leaves_nothing(tmp_path: Path, format: Format) -> None:
    records = [make_record(id=str(i)) for i in range(400)]
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, limits[1]))
    try:
        with pytest.raises(StoreError, match="cannot write"):
            export(records, tmp_path / f"out.{format}", format, [LayerName.ENTITIES])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("format", Format, ids=str)
def test_no_records_are_no_error(tmp_path: Path, format: Format) -> None:
    path = tmp_path / f"out.{format}"
    assert export([], path, format, [LayerName.METRICS]).rows == {"metrics": 0}
    assert path.exists()


@pytest.mark.parametrize(
    ("format", "package"), [(Format.PARQUET, "pyarrow"), (Format.XLSX, "openpyxl")], ids=["parquet", "xlsx"]
)
def test_a_missing_package_is_named_with_its_extra(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, format: Format, package: str
) -> None:
    real = builtins.__import__

    def missing(name: str, *rest: Any, **options: Any) -> Any:
        if name == f"store.export.{format}":
            raise ModuleNotFoundError(f"No module named {package!r}", name=package)
        return real(name, *rest, **options)

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(StoreError, match=rf"needs the package {package}.*pip install 'jianbao\[export\]'"):
        export([], tmp_path / f"out.{format}", format)


def test_formats_are_told_by_suffix() -> None:
    assert [format_of(Path(name)) for name in ("a.CSV", "a.b.parquet", "a.txt", "a")] == [
        Format.CSV, Format.PARQUET, None, None,
    ]  # fmt: skip


def test_every_layer_but_records_is_flat() -> None:
    assert [LayerName.RECORDS, *FLAT] == list(LayerName)
    for layer in FLAT.values():
        names = [column.name for column in layer.columns]
        assert len(names) == len(set(names))


def test_whole_records_are_the_lines_of_the_records(tmp_path: Path, record: Record) -> None:
    export([record], tmp_path / "out.jsonl", Format.JSONL)
    assert (tmp_path / "out.jsonl").read_text(encoding="utf-8") == record.to_json() + "\n"


def test_rows_as_json_keep_decimals_dates_and_lists(tmp_path: Path, record: Record) -> None:
    export([record], tmp_path, Format.JSONL, [LayerName.METRICS, LayerName.ACTIVITIES])
    metric = json.loads((tmp_path / "metrics.jsonl").read_text(encoding="utf-8").splitlines()[2])
    assert (metric["value"], metric["published"], metric["total"]) == ("365000", "2024-01-09", None)
    activity = json.loads((tmp_path / "activities.jsonl").read_text(encoding="utf-8").splitlines()[1])
    assert activity["participants"] == ["各司法所"]


@pytest.mark.parametrize("format", [Format.JSONL, Format.CSV, Format.PARQUET, Format.XLSX], ids=str)
def test_memory_does_not_grow_with_the_records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, format: Format) -> None:
    if format is Format.PARQUET:
        monkeypatch.setattr("store.export.parquet.ROWS_OF_A_GROUP", 100)
    most = {"early": 0, "late": 0}

    def records() -> Iterator[Record]:
        for i in range(320):
            part = "early" if 80 <= i < 160 else "late" if i >= 240 else "between"
            most[part] = max(most.get(part, 0), tracemalloc.get_traced_memory()[0])
            yield make_record(id=str(i))

    tracemalloc.start()
    try:
        export(records(), tmp_path / f"out.{format}", format, [LayerName.METRICS])
    finally:
        tracemalloc.stop()
    # The records are 10 kB each: a format that kept the rows alone would show it.
    assert most["late"] < most["early"] + 30_000
