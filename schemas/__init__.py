"""What a record is: pydantic models of bulletins and of everything extracted from them, nothing else."""

from schemas.bulletin import Bulletin, HeadHints
from schemas.errors import JianbaoError
from schemas.record import (
    Activity,
    ActivityType,
    Comparison,
    Dimension,
    DocumentAction,
    DocumentKind,
    EntityType,
    Mention,
    Metric,
    Modifier,
    Office,
    PolicyDocument,
    Provenance,
    Quantity,
    Record,
    Span,
    SpanError,
    TimeExpression,
)

__all__ = [
    "Activity",
    "ActivityType",
    "Bulletin",
    "Comparison",
    "Dimension",
    "DocumentAction",
    "DocumentKind",
    "EntityType",
    "HeadHints",
    "JianbaoError",
    "Mention",
    "Metric",
    "Modifier",
    "Office",
    "PolicyDocument",
    "Provenance",
    "Quantity",
    "Record",
    "Span",
    "SpanError",
    "TimeExpression",
]
