"""Times of day in all the ways people write them: 8:17, 8点17分, 下午2点."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from danju.issues import Fault
from danju.values.dates import TIME, DatetimeReading, hour_of, in_china, parse_datetime, split_time, tidy
from danju.values.text import clean

__all__ = ["TimeReading", "parse_time", "text_of_time"]

_READ_AS = "F124"
_LAST_EPOCH_YEAR = 1904  # programs that keep times only as moments give them a day before their calendar begins
_ANY_DAY = date(2000, 1, 1)  # completes days that are left out anyway
_SECONDS = 86400  # of a day


@dataclass(frozen=True, slots=True)
class TimeReading:
    """A time of day as read, to the second.

    Attributes:
        value: The time.
        assumed: Code of the warning (places value and result) that tells what was taken for granted, or None.
    """

    value: time
    assumed: str | None = None


def parse_time(raw: str | float | Decimal | time | datetime | timedelta) -> TimeReading | Fault:
    """The time of day that a text, an Excel number, a time or a moment stands for; that a day is left out is told."""
    match raw:
        case datetime():
            moment = in_china(raw)
            return TimeReading(_to_second(moment.time()), _READ_AS if moment.year > _LAST_EPOCH_YEAR else None)
        case time():
            return TimeReading(_to_second(raw))
        case timedelta():
            return _of_seconds(raw.total_seconds(), raw)
        case str():
            return _of_text(raw)
        case _:
            if isinstance(raw, Decimal) and not raw.is_finite():
                return Fault("F150", {"value": raw})
            days = float(raw)
            if 1 <= days < 1e7 and days % 1:  # a moment in a cell without a format
                return TimeReading(_clock(days % 1 * _SECONDS), _READ_AS)
            return _of_seconds(days * _SECONDS, raw)


def text_of_time(moment: time) -> str:
    """08:17; seconds only when there are some."""
    return f"{moment:%H:%M:%S}" if moment.second else f"{moment:%H:%M}"


def _of_text(raw: str) -> TimeReading | Fault:
    day, text = split_time(tidy(raw)[0])
    if day:
        moment = parse_datetime(raw, today=_ANY_DAY)
        if text and isinstance(moment, DatetimeReading):
            return TimeReading(moment.value.time(), _READ_AS)
        return Fault("F150", {"value": clean(raw)})
    found = TIME.fullmatch(text)
    if found is None or found["zone"]:
        return Fault("F150", {"value": clean(raw)})
    hour = hour_of(int(found["hour"]), found["before"] or found["after"])
    minute = 30 if found["half"] else int(found["minute"] or 0)
    second = int(found["second"] or 0)
    if hour is None or hour > 23 or minute > 59 or second > 59:
        return Fault("F150", {"value": clean(raw)})
    return TimeReading(time(hour, minute, second))


def _of_seconds(seconds: float, raw: object) -> TimeReading | Fault:
    return TimeReading(_clock(seconds)) if 0 <= seconds < _SECONDS else Fault("F150", {"value": raw})


def _clock(seconds: float) -> time:
    whole = min(round(seconds), _SECONDS - 1)
    return time(whole // 3600, whole // 60 % 60, whole % 60)


def _to_second(moment: time) -> time:
    return moment.replace(microsecond=0, tzinfo=None)
