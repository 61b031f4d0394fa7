"""Cell values as the spreadsheet libraries give them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TypeGuard

from danju.readers.words import ERROR_VALUES

__all__ = ["UNCACHED", "BrokenCell", "as_text", "is_empty", "is_error_text"]


@dataclass(frozen=True, slots=True)
class BrokenCell:
    """A cell without a usable value.

    Attributes:
        text: The formula error it shows, e.g. `#N/A`; "" for a formula whose result was never stored.
    """

    text: str


UNCACHED = BrokenCell("")


def is_empty(value: object) -> bool:
    """True for a cell in which nothing can be seen."""
    return value is None or value == "" or (isinstance(value, str) and not value.strip())


def is_error_text(value: object) -> TypeGuard[str]:
    """True for the text of a formula error, as exports leave it behind."""
    return isinstance(value, str) and value[:1] == "#" and value.strip().upper() in ERROR_VALUES


def as_text(value: object) -> str:
    """The value as a person would read it in its cell: 3.0 is `3`, a date is ISO."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e16 else repr(value)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, BrokenCell):
        return value.text
    if isinstance(value, int | Decimal | timedelta):
        return str(value)
    return str(value)
