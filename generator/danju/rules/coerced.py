"""The outcome of coercing one value."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time
from math import isfinite

from danju.issues import Fault
from danju.values.numbers import decimal_from_float

__all__ = ["Coerced", "words_of"]


@dataclass(slots=True)
class Coerced:
    """The outcome for one value.

    Attributes:
        value: Typed value; None when empty or when a fault prevents one.
        faults: Errors and warnings.
    """

    value: object = None
    faults: list[Fault] = field(default_factory=list)


def words_of(raw: object) -> str:
    """A raw value as a person reads it in its cell."""
    if isinstance(raw, bool):
        return "是" if raw else "否"
    if isinstance(raw, float) and isfinite(raw):
        return format(decimal_from_float(raw), "f")
    if isinstance(raw, datetime):
        return f"{raw:%Y-%m-%d}" if raw.time() == time(0) else f"{raw:%Y-%m-%d %H:%M}"
    return str(raw)
