"""After `make compile`: the libraries are loaded, current, and find what pure Python finds."""

import importlib
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LIBRARIES = sorted(ROOT.glob("extract/**/*.so"))

pytestmark = pytest.mark.skipif(not LIBRARIES, reason="nothing is compiled")

PRINTS_RECORDS = """
import sys, warnings
warnings.simplefilter("ignore")
import extract.facts.metrics
from corpus import read_all
from jianbao import Extractor
print(extract.facts.metrics.__file__, file=sys.stderr)
for record in Extractor(ner="rules").pipe(read_all(["corpus/samples"])):
    print(record.to_json())
"""


@pytest.mark.parametrize("library", LIBRARIES, ids=lambda path: path.stem)
def test_a_module_is_loaded_from_its_library_which_is_current(library: Path) -> None:
    stem = library.with_name(library.name.split(".")[0])
    assert library.stat().st_mtime >= stem.with_suffix(".py").stat().st_mtime, "compiled before its last change"
    assert importlib.import_module(".".join(stem.relative_to(ROOT).parts)).__file__ == str(library)


def _records(folder: Path) -> tuple[str, str]:
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", PRINTS_RECORDS], cwd=folder, check=True, capture_output=True, text=True
    )
    return done.stdout, done.stderr


def test_compiled_and_pure_python_find_the_same(tmp_path: Path) -> None:
    for package in ("schemas", "corpus", "extract", "models", "jianbao"):
        shutil.copytree(
            ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("*.so", "gold", "__pycache__")
        )
    compiled, library = _records(ROOT)
    pure, module = _records(tmp_path)
    assert ".so" in library
    assert module.strip() == str(tmp_path / "extract" / "facts" / "metrics.py")
    assert compiled == pure
    assert compiled.count("\n") > 20
