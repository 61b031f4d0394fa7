"""Examples: a record that shows how a form is filled in, made from its schema alone."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from danju.model.field import MISSING, Field, Kind, Option, RecordType
from danju.rules.coerce import coerce

__all__ = ["example_of"]

_DAY = date(2026, 1, 5)  # a Monday; an example must not change with the calendar


def example_of(record_type: RecordType) -> dict[str, object]:
    """Typed values by property name; fields whose schema gives no example, and that may be empty, are absent."""
    return _group(record_type.fields, {})


def _group(fields: tuple[Field, ...], known: dict[str, object]) -> dict[str, object]:
    values: dict[str, object] = {}
    for field in fields:
        value = _value(field, {**known, **values})
        if value is not None:
            values[field.name] = value
    return values


def _value(field: Field, known: dict[str, object]) -> object:
    if field.computed:
        return None
    if field.kind is Kind.GROUP:
        return _group(field.members, known) or None
    if field.kind is Kind.TABLE:
        row = _group(field.members, known)
        return [row] if row else None
    if field.example is not MISSING:
        return coerce(field.example, field, _DAY).value
    if field.kind is Kind.CHOICE:
        return next((option.value for option in field.options if _goes_with(option, field, known)), None)
    if field.kind is Kind.CHOICES:
        return [field.options[0].value]
    return _made_up(field) if field.required else None


def _made_up(field: Field) -> object:
    """A value for a required field without an example; None where only a true one makes sense."""
    match field.kind:
        case Kind.DATE:
            return _DAY
        case Kind.DATETIME:
            return datetime(_DAY.year, _DAY.month, _DAY.day, 9, 30)
        case Kind.INTEGER | Kind.NUMBER:
            low = field.minimum if field.minimum is not None else Decimal(1)
            return int(low) if field.kind is Kind.INTEGER else low
        case Kind.BOOLEAN:
            return True
        case Kind.TEXT if field.format is None:
            return ("示例" + field.label)[: field.max_length]
    return None


def _goes_with(option: Option, field: Field, known: dict[str, object]) -> bool:
    return not field.depends or not option.owners or known.get(field.depends) in option.owners
