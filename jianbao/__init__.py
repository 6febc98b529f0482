"""jianbao turns Chinese government press releases into typed, grounded records.

>>> from jianbao import Extractor
>>> record = Extractor().extract("2022年，全市办理法律援助案件1889件。", published="2023-01-10")
"""

from extract.pipeline import Extractor
from schemas import Bulletin, HeadHints, JianbaoError, Record

__all__ = ["Bulletin", "Extractor", "HeadHints", "JianbaoError", "Record"]
