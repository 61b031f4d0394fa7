"""Values as the paper shows them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from danju.model.field import Field, Kind


def display(field: Field, value: object) -> str:
    """The printed text of a typed value; "" when empty. Line breaks of multi-line texts are kept."""
    if value is None:
        return ""
    if type(value) is str and field.kind is not Kind.CHOICE:  # most values, so it is asked first
        return value
    if isinstance(value, datetime):
        return f"{display_date(value)} {value:%H:%M}"
    if isinstance(value, date):
        return display_date(value)
    if field.kind is Kind.CHOICE and isinstance(value, str):
        option = field.option(value)
        return option.label if option else value
    if isinstance(value, list):
        labels = [option.label for option in field.options if option.value in value]
        return "、".join(labels)
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        return display_number(Decimal(value), field.decimals) + (f" {field.unit}" if field.unit else "")
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(value)


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
    """Dates and numbers inside running text as the paper shows them, everything else unchanged."""
    if isinstance(value, datetime):
        return f"{display_date(value)} {value:%H:%M}"
    if isinstance(value, date):
        return display_date(value)
    if isinstance(value, Decimal):
        return display_number(value)
    return value
