"""Days and intervals of the calendar: the small arithmetic under the calendar expressions."""

import calendar
import datetime as dt
from dataclasses import dataclass

Days = tuple[dt.date | None, dt.date | None]

_LONGEST_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of days within a year that is not yet known: from one (month, day) to another, inclusive.

    Day 0 is the last day of its month; a month above 12 lies in the year after (13 is January).
    """

    first: tuple[int, int]
    last: tuple[int, int]

    def of(self, year: int) -> Days:
        """The days in `year`. Raises ValueError where that year lacks the day (29 February)."""
        return day(year, *self.first), day(year, *self.last)


def day(year: int, month: int, number: int) -> dt.date:
    """The day; number 0 is the last of the month, months above 12 or below 1 count on into other years.

    Raises:
        ValueError: there is no such day.
    """
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return dt.date(year, month, number or calendar.monthrange(year, month)[1])


def fits(month: int, number: int) -> bool:
    """Whether the month has that day in some year."""
    return 1 <= month <= 12 and 1 <= number <= _LONGEST_MONTH[month - 1]


def whole_month(month: int) -> Stretch:
    """The month, counted from January of the year."""
    return Stretch((month, 1), (month, 0))


def quarters(first: int, last: int) -> Stretch:
    """The quarters from `first` to `last`, 1 to 4."""
    return Stretch((3 * first - 2, 1), (3 * last, 0))


def years_later(value: dt.date, years: int) -> dt.date:
    """The same day `years` later; 29 February falls back to the 28th, and the last of February stays the last.

    Raises:
        ValueError: the year lies outside the calendar.
    """
    if value.month == 2 and (value + dt.timedelta(days=1)).month == 3:
        return day(value.year + years, 2, 0)
    return value.replace(year=value.year + years)
