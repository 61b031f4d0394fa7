"""Months: `2026-10` in all the ways people write it."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Self

from danju.issues import Fault
from danju.values.dates import NO_DAY, parse_date, tidy
from danju.values.text import clean, half_width

__all__ = ["Month", "MonthReading", "parse_month"]

_COMPACT = re.compile(r"([12][0-9]{3})(0[1-9]|1[0-2])")
_TURNED = re.compile(r"(0?[1-9]|1[0-2])[/.-]([12][0-9]{3})")
_NO_YEAR = re.compile(r"(0?[1-9]|1[0-2])月份?")
_YEARLESS, _READ_AS, _SAME = "F121", "F124", "F138"  # messages with the places value and result


class Month(str):
    """A month as `2026-10`, which knows its year and month: sorts and compares as that text does.

    A text, because that is what forms compare it with: a constant (`period >= '2026-07'`), the month of a day
    (`visit_date | month`). Not the first day of the month, which would compare with any day and print as one.
    """

    __slots__ = ()

    def __new__(cls, year: int, month: int) -> Self:
        return super().__new__(cls, f"{year:04d}-{month:02d}")

    @classmethod
    def of(cls, day: date) -> Self:
        """The month of a day."""
        return cls(day.year, day.month)

    @property
    def year(self) -> int:
        """2026"""
        return int(self[:4])

    @property
    def month(self) -> int:
        """1 to 12"""
        return int(self[5:])

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return date(self.year, self.month, monthrange(self.year, self.month)[1])

    def __format__(self, pattern: str) -> str:
        """As a date does for patterns such as `%Y%m`."""
        return format(self.first, pattern) if "%" in pattern else format(str(self), pattern)

    def __getnewargs__(self) -> tuple[int, int]:  # type: ignore[override]  # a str's own are its text
        return self.year, self.month


@dataclass(frozen=True, slots=True)
class MonthReading:
    """A month as read.

    Attributes:
        value: The month.
        assumed: Code of the message (places value and result) that tells what was made of it, or None.
    """

    value: Month
    assumed: str | None = None


def parse_month(raw: str | float | Decimal | date, *, today: date) -> MonthReading | Fault:
    """The month that a text, an Excel number or a day stands for; a day other than the first is told.

    Args:
        today: Gives the year of months without one and the century of two-digit years.
    """
    if isinstance(raw, date):
        return _of_day(raw, None)
    text = half_width(clean(raw if isinstance(raw, str) else format(raw, ".15g")))
    if (found := _COMPACT.fullmatch(text)) is not None:
        return MonthReading(Month(int(found[1]), int(found[2])))
    if (found := _TURNED.fullmatch(text)) is not None and len(found[1]) == 2:
        return MonthReading(Month(int(found[2]), int(found[1])))
    if (found := _NO_YEAR.fullmatch(text)) is not None:
        return MonthReading(Month(today.year, int(found[1])), _YEARLESS)
    reading = parse_date(raw, today=today)
    if isinstance(reading, Fault):
        return Fault("F149", {"value": raw}) if reading.code == "F105" else reading
    if reading.assumed == NO_DAY:
        is_short = isinstance(raw, str) and str(reading.value.year) not in tidy(raw)[0]
        return MonthReading(Month.of(reading.value), _READ_AS if is_short else None)
    return _of_day(reading.value, reading.assumed)


def _of_day(day: date, assumed: str | None) -> MonthReading:
    """The first of a month is how spreadsheets keep one."""
    is_first = day.day == 1 and not (isinstance(day, datetime) and day.time() != datetime.min.time())
    return MonthReading(Month.of(day), assumed or (None if is_first else _SAME))
