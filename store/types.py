"""Column types that mean the same on SQLite and PostgreSQL."""

import datetime as dt
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, Numeric, TypeDecorator
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeEngine, UserDefinedType

# SQLite's NUMERIC keeps a text as a number only where 15 digits tell it, or 64 bits hold it.
_EXACT_DIGITS = 15
_EXACT_INTEGER = 2**63

Json = JSON().with_variant(JSONB(), "postgresql")


class _SqliteNumeric(UserDefinedType[Any]):
    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        return "NUMERIC"


class PlainNumeric(TypeDecorator[Decimal]):
    """NUMERIC, exact where the database has it.

    SQLite has no decimals: there the value is bound as text, which NUMERIC affinity turns into an integer or a float,
    so sums and comparisons work. A value that neither holds exactly is bound as bytes, which the affinity leaves alone.
    """

    impl = Numeric
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """NUMERIC in both, without SQLAlchemy's conversion by float on SQLite."""
        return dialect.type_descriptor(_SqliteNumeric() if dialect.name == "sqlite" else Numeric())

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Any:
        """Decimal to what the driver takes."""
        return sqlite_number(value) if value is not None and dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        """What the driver gives to Decimal."""
        if isinstance(value, bytes):
            value = value.decode("ascii")
        return None if value is None else Decimal(str(value))


def sqlite_number(value: Decimal) -> str | bytes:
    """What to bind for `value` to a NUMERIC column of SQLite so that it comes back exact."""
    text = format(value, "f")
    if len(value.as_tuple().digits) <= _EXACT_DIGITS:
        return text
    whole = value == value.to_integral_value()
    return format(value.to_integral_value(), "f") if whole and abs(value) < _EXACT_INTEGER else text.encode("ascii")


class UtcTime(TypeDecorator[dt.datetime]):
    """A moment: TIMESTAMP WITH TIME ZONE, and on SQLite, which has no zones, its text in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """An aware moment to what the driver takes."""
        return value.astimezone(dt.UTC).replace(tzinfo=None) if value and dialect.name == "sqlite" else value

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """What the driver gives to an aware moment."""
        return value.replace(tzinfo=dt.UTC) if value and value.tzinfo is None else value
