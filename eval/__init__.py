"""Records against gold: matching, scores, reports."""

from eval.counts import Accuracy, Counts, LayerError
from eval.report import Report
from eval.scoring import RecordsError, load_records, score

__all__ = ["Accuracy", "Counts", "LayerError", "RecordsError", "Report", "load_records", "score"]
