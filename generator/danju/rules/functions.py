"""Functions and filters that expressions of form files may use. docs/forms.md lists them; a test compares the two."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from itertools import pairwise
from typing import Any

from jinja2 import Undefined
from jinja2.exceptions import UndefinedError

from danju.rules.workdays import workdays_after as _workdays_after
from danju.rules.workdays import workdays_between as _workdays_between
from danju.values.amounts import rmb_upper as _rmb_upper


def _given(*values: object) -> None:
    """Stop with “no value” when an argument is empty."""
    for value in values:
        if value is None or isinstance(value, Undefined):
            raise UndefinedError("empty argument")


def _day(moment: Any) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _numbers(values: Iterable[object], member: str | None) -> list[Decimal]:
    _given(values)
    items = (row.get(member) if member is not None and isinstance(row, Mapping) else row for row in values)
    return [Decimal(str(item)) for item in items if item is not None and not isinstance(item, Undefined | str)]


def workdays_after(moment: Any, count: Any) -> date:
    """The `count`-th working day after the day of `moment` (State Council calendar)."""
    _given(moment, count)
    return _workdays_after(_day(moment), int(count))


def workdays_between(start: Any, end: Any) -> int:
    """Working days after `start` up to and including `end`; 0 when `end` is not later."""
    _given(start, end)
    return _workdays_between(_day(start), _day(end))


def days_between(start: Any, end: Any) -> int:
    """Calendar days from `start` to `end`; negative when `end` is earlier."""
    _given(start, end)
    return (_day(end) - _day(start)).days


def minutes_between(start: Any, end: Any) -> Decimal:
    """Minutes from `start` to `end`, times of one day or moments; negative when `end` is earlier."""
    _given(start, end)
    if isinstance(start, time) and isinstance(end, time):
        start, end = (datetime.combine(date.min, moment) for moment in (start, end))
    return Decimal((end - start) // timedelta(seconds=1)) / 60


def rmb_upper(amount: Any) -> str:
    """An amount in capitals: 壹万贰仟元整."""
    _given(amount)
    return _rmb_upper(amount)


def grade(value: Any, thresholds: Sequence[Sequence[Any]]) -> object:
    """The word of the highest threshold reached: grade(x, [[0, '普通'], [1000, '一星']])."""
    _given(value)
    reached = [word for least, word in sorted(thresholds, key=lambda pair: pair[0]) if value >= least]
    if not reached:
        raise UndefinedError("below every threshold")
    return reached[-1]


def lookup(key: Any, table: Mapping[Any, Any]) -> object:
    """The entry of a mapping, no value when it has none."""
    _given(key)
    if key not in table:
        raise UndefinedError("no such entry")
    return table[key]


def total(values: Iterable[object], member: str | None = None) -> Decimal:
    """Sum of numbers, or of a member of each row; empty ones are left out."""
    return sum(_numbers(values, member), Decimal(0))


def mean(values: Iterable[object], member: str | None = None) -> Decimal:
    """Average of numbers, or of a member of each row; no value when there is none."""
    numbers = _numbers(values, member)
    if not numbers:
        raise UndefinedError("nothing to average")
    return sum(numbers, Decimal(0)) / len(numbers)


def count(values: Any) -> int:
    """How many rows or items there are; 0 for an empty field."""
    return 0 if values is None or isinstance(values, Undefined) else len(values)


def filled(*values: Any) -> int:
    """How many of the values are given: 0 for a single empty field; an empty list counts as empty."""
    return sum(not (value is None or isinstance(value, Undefined) or value in ("", [], {})) for value in values)


def in_order(*moments: Any) -> bool:
    """Whether dates (or moments) do not go back; empty ones are left out.

    A date among moments is compared by the day.
    """
    given = [moment for moment in moments if filled(moment)]
    return all(
        earlier <= later
        if isinstance(earlier, datetime) == isinstance(later, datetime)
        else _day(earlier) <= _day(later)
        for earlier, later in pairwise(given)
    )


def distinct(values: Any, member: str | None = None) -> bool:
    """Whether no value (or member of the rows) occurs twice; empty ones are left out."""
    if not filled(values):
        return True
    items = [row.get(member) if member is not None and isinstance(row, Mapping) else row for row in values]
    given = [item for item in items if filled(item)]
    return all(item not in given[:index] for index, item in enumerate(given))


def least(*values: Any) -> object:
    """The smallest argument."""
    _given(*values)
    return min(values)


def greatest(*values: Any) -> object:
    """The largest argument."""
    _given(*values)
    return max(values)


def round_half_up(value: Any, decimals: int = 0) -> Decimal:
    """A number rounded as offices do: half away from zero."""
    _given(value)
    try:
        return Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    except InvalidOperation:
        raise UndefinedError("not a number") from None


def month(moment: Any) -> str:
    """2026-11"""
    _given(moment)
    return f"{moment:%Y-%m}"


def quarter(moment: Any) -> str:
    """2026年第4季度"""
    _given(moment)
    return f"{moment.year}年第{(moment.month + 2) // 3}季度"


def year(moment: Any) -> str:
    """2026年"""
    _given(moment)
    return f"{moment.year}年"


def as_date(moment: Any) -> date:
    """The day of a date and time."""
    _given(moment)
    return _day(moment)


FUNCTIONS: Mapping[str, Callable[..., object]] = {
    "workdays_after": workdays_after,
    "workdays_between": workdays_between,
    "days_between": days_between,
    "minutes_between": minutes_between,
    "rmb_upper": rmb_upper,
    "grade": grade,
    "lookup": lookup,
    "sum": total,
    "mean": mean,
    "count": count,
    "filled": filled,
    "in_order": in_order,
    "distinct": distinct,
    "min": least,
    "max": greatest,
    "round": round_half_up,
}

FILTERS: Mapping[str, Callable[..., object]] = {
    "month": month,
    "quarter": quarter,
    "year": year,
    "date": as_date,
    "round": round_half_up,
    "rmb_upper": rmb_upper,
    "sum": total,
    "mean": mean,
}
