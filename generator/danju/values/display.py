"""Values as people read them: on paper, in running text, in a message."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from math import isfinite

from danju.values.months import Month
from danju.values.numbers import decimal_from_float
from danju.values.pictures import PictureData
from danju.values.times import text_of_time

__all__ = ["date_text", "display_anything", "display_date", "display_number", "shown", "words_of"]


def shown(value: object) -> str:
    """Any typed value as the paper shows it, whatever its field; "" when empty."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(display_number(Decimal(value)) if isinstance(value, int) else display_anything(value))


def display_date(day: date) -> str:
    """2026年3月18日"""
    return f"{day.year}年{day.month}月{day.day}日"


def display_number(number: Decimal, decimals: int | None = None) -> str:
    """1,200.5; with `decimals` given exactly that many, rounded half away from zero."""
    if decimals is not None:
        return f"{number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP):,f}"
    plain = number.normalize()
    exponent = plain.as_tuple().exponent
    return f"{plain:,.{max(0, -exponent) if isinstance(exponent, int) else 0}f}"


def display_anything(value: object) -> object:
    """Dates, times and numbers inside running text as the paper shows them, everything else unchanged."""
    if isinstance(value, datetime):
        return f"{display_date(value)} {value:%H:%M}"
    if isinstance(value, date):
        return display_date(value)
    if isinstance(value, Decimal):
        return display_number(value)
    if isinstance(value, PictureData):
        return "图片"
    if isinstance(value, Month):
        return f"{value.year}年{value.month}月"
    return text_of_time(value) if isinstance(value, time) else value


def date_text(value: date | time) -> str:
    """2026-08-24, 2026-08-24 09:30, 09:30."""
    if isinstance(value, time):
        return text_of_time(value)
    return f"{value:%Y-%m-%d %H:%M}" if isinstance(value, datetime) else value.isoformat()


def words_of(raw: object) -> str:
    """A raw value as a person reads it in its cell."""
    if isinstance(raw, bool):
        return "是" if raw else "否"
    if isinstance(raw, float) and isfinite(raw):
        return format(decimal_from_float(raw), "f")
    if isinstance(raw, datetime):
        return f"{raw:%Y-%m-%d}" if raw.time() == time(0) else f"{raw:%Y-%m-%d %H:%M}"
    return str(raw)
