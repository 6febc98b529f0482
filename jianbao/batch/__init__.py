"""Batches: bulletins in, records stored, one bad bulletin never stopping the rest."""

from jianbao.batch.work import ExtractionError, ExtractorSettings, WorkerError, extract_all

__all__ = ["ExtractionError", "ExtractorSettings", "WorkerError", "extract_all"]
