"""What the functions of measures gather: count, sum, mean, share, min, max."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

Figure = int | Decimal | date | None
"""A result; None where nothing could be counted."""

Slot = int | Decimal | date | None
"""A running figure; a measure has one or two of them."""


@dataclass(frozen=True, slots=True)
class Reduction:
    """How a measure's function gathers values.

    Attributes:
        start: Slots of a group without records.
        parts: What one value adds to the slots; empty for a value that does not count, such as a word among numbers.
        result: The figure the slots stand for.
        replaces: For slots that hold an extreme: whether the new value takes the old one's place.
    """

    start: tuple[Slot, ...]
    parts: Callable[[object], tuple[Slot, ...]]
    result: Callable[[Sequence[Any]], Figure]
    replaces: Callable[[Any, Any], bool] | None = None


def _number(value: object) -> int | Decimal | None:
    if isinstance(value, float):
        return Decimal(repr(value))
    return value if isinstance(value, int | Decimal) else None


def _comparable(value: object) -> tuple[Slot, ...]:
    number = value if isinstance(value, date) else _number(value)
    return () if number is None else (number,)


def _number_parts(*more: int) -> Callable[[object], tuple[Slot, ...]]:
    def parts(value: object) -> tuple[Slot, ...]:
        number = _number(value)
        return () if number is None else (number, *more)

    return parts


def _ratio(slots: Sequence[Any]) -> Decimal | None:
    return Decimal(slots[0]) / slots[1] if slots[1] else None


REDUCTIONS: Mapping[str, Reduction] = {
    "count": Reduction((0,), lambda _: (1,), lambda slots: int(slots[0])),
    "sum": Reduction((0,), _number_parts(), lambda slots: slots[0]),
    "mean": Reduction((0, 0), _number_parts(1), _ratio),
    "share": Reduction((0, 0), lambda value: (1 if value else 0, 1), _ratio),
    "min": Reduction((None,), _comparable, lambda slots: slots[0], operator.lt),
    "max": Reduction((None,), _comparable, lambda slots: slots[0], operator.gt),
}
