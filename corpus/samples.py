"""Where the sample bulletins, which are shipped with the package, lie on disk."""

from pathlib import Path

SAMPLES = Path(__file__).with_name("samples")
