"""jianbao turns Chinese government press releases into typed, grounded records.

>>> from jianbao import Extractor
>>> record = Extractor().extract("2022年，全市办理法律援助案件1889件。", published="2023-01-10")
>>> [(m.name, m.from_date.isoformat()) for m in record.metrics]
[('办理法律援助案件', '2022-01-01')]
"""

from typing import TYPE_CHECKING, Any

from schemas import Bulletin, HeadHints, JianbaoError, Record

if TYPE_CHECKING:
    from extract.pipeline import Extractor

__all__ = ["Bulletin", "Extractor", "HeadHints", "JianbaoError", "Record"]


def __getattr__(name: str) -> Any:
    # spaCy takes most of a second to load: `import jianbao` and `jianbao --help` do without.
    if name == "Extractor":
        from extract.pipeline import Extractor

        return Extractor
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
