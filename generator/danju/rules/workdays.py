"""Working days after the State Council calendar, with its holidays and make-up days (调休)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

__all__ = ["covers", "is_workday", "workdays_after", "workdays_between"]

_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class _Calendar:
    """Days that differ from the plain week, as the State Council announced them.

    Attributes:
        holidays: Days off, weekends within a holiday included.
        make_up_days: Saturdays and Sundays that are worked.
    """

    holidays: frozenset[date]
    make_up_days: frozenset[date]


@lru_cache(maxsize=1)
def _calendar() -> _Calendar:
    # Late: only forms with time limits need the table.
    from chinese_calendar import constants

    return _Calendar(frozenset(constants.holidays), frozenset(constants.workdays))


def covers(year: int) -> bool:
    """True when the holidays of the year are known; other years count every Monday to Friday as worked.

    National Day tells: the announcement of a year may reach into the next January, never into its October.
    """
    return 1 <= year <= 9999 and date(year, 10, 1) in _calendar().holidays


def is_workday(day: date) -> bool:
    """True when offices work on that day."""
    calendar = _calendar()
    if day.weekday() < _SATURDAY:
        return day not in calendar.holidays
    return day in calendar.make_up_days


def workdays_after(start: date, count: int) -> date:
    """The count-th working day after the start, which itself never counts, be it worked or not.

    A complaint that comes in at night or on a holiday is thus counted from the next working day.

    Raises:
        ValueError: The count is less than 1.
    """
    if count < 1:
        raise ValueError(f"count must be at least 1, not {count}")
    day = start
    while count:
        day += _DAY
        count -= is_workday(day)
    return day


def workdays_between(start: date, end: date) -> int:
    """How many working days lie after the start, up to and including the end; 0 when the end is not later."""
    return sum(is_workday(start + timedelta(days=days)) for days in range(1, (end - start).days + 1))
