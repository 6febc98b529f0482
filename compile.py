"""Compile the rules of `extract` to machine code with mypyc, in place; `make compile` does it, never anything else.

usage: python compile.py [--clean]

Beside each module appears a shared library, which Python then loads instead of it: the same records in four fifths of
the time. A module that has been changed since has to be compiled again, or all of them cleaned away (`--clean`).
Needs a C compiler, the extra `test` (for mypy) and some minutes.
"""

import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).parent
# What the libraries have in common stands in one of this name at the root.
GROUP = "jianbao"

# What mypyc cannot take, and what has nothing to gain.
LEFT_OUT = {
    "extract/components.py",  # spaCy's calls, as the next four
    "extract/data.py",
    "extract/ner/tagger.py",
    "extract/pipeline.py",
    "extract/segment/tokenizer.py",
    "extract/lightly.py",  # decides what spaCy imports, before anything else
    "extract/ner/lexicon.py",  # an IntEnum
}
# Of the libraries only their names are wanted: to read their types would take minutes and gigabytes.
MYPY = """
[mypy]
ignore_missing_imports = True
[mypy-numpy.*,onnxruntime.*,pydantic.*,pydantic_core.*,spacy.*,srsly.*,thinc.*,torch.*,transformers.*,models.*]
follow_imports = skip
follow_imports_for_stubs = True
"""


def sources() -> list[Path]:
    """The modules to compile."""
    left_out = {ROOT / name for name in LEFT_OUT}
    return [
        path for path in sorted(ROOT.glob("extract/**/*.py")) if path.name != "__init__.py" and path not in left_out
    ]


def libraries() -> list[Path]:
    """What has been compiled."""
    return [*ROOT.glob("extract/**/*.so"), *ROOT.glob(f"{GROUP}__mypyc*.so")]


def clean() -> None:
    """Leave pure Python."""
    for path in libraries():
        path.unlink()
    shutil.rmtree(ROOT / "build" / "compiled", ignore_errors=True)


def build() -> None:
    """Compile all `sources`."""
    from mypyc.build import mypycify
    from setuptools import setup

    clean()
    folder = "build/compiled"
    settings = ROOT / folder / "mypy.ini"
    settings.parent.mkdir(parents=True)
    settings.write_text(MYPY)
    modules = mypycify(
        [f"--config-file={settings}", *(str(path.relative_to(ROOT)) for path in sources())],
        group_name=GROUP,
        opt_level="3",
        multi_file=True,
        target_dir=folder,
    )
    places = [f"--build-temp={folder}", f"--build-lib={folder}"]
    setup(name=GROUP, packages=[], ext_modules=modules, script_args=["--quiet", "build_ext", "--inplace", *places])
    print(f"{len(sources())} modules compiled; `make clean-compiled` undoes it")


if __name__ == "__main__":
    clean() if "--clean" in sys.argv else build()
