"""Errors of the models."""

from schemas import JianbaoError


class ModelError(JianbaoError):
    """A model cannot be loaded, run, trained or exported."""


class TrainingDataError(JianbaoError):
    """Training data is missing or malformed."""
