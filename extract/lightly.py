"""Loads spaCy without torch; to be imported before spaCy.

spaCy's thinc imports torch wherever it is installed, for wrappers that no rule needs: 1.4 s and some 200 MB at every
start. While spaCy loads, torch therefore looks absent. A program that wants both in one process imports torch, or
spaCy, before jianbao: then nothing is hidden.
"""

import sys

if "spacy" not in sys.modules and "torch" not in sys.modules:
    sys.modules["torch"] = None  # type: ignore[assignment]  # None makes `import torch` an ImportError
    try:
        import spacy  # noqa: F401
    finally:
        del sys.modules["torch"]
