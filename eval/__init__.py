"""Records against gold: matching, scores, reports."""

from eval.report import Accuracy, Counts, LayerError, Report
from eval.scoring import RecordsError, load_records, score

__all__ = ["Accuracy", "Counts", "LayerError", "RecordsError", "Report", "load_records", "score"]
