"""Examples: a record that shows how a form is filled in, made from its schema alone."""

from __future__ import annotations

from danju.kinds.coercion import coerce
from danju.kinds.date import EXAMPLE_DAY
from danju.model.field import MISSING, Field, RecordType

__all__ = ["example_of"]


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
    if field.kind.is_group:
        return _group(field.members, known) or None
    if field.kind.is_table:
        row = _group(field.members, known)
        return [row] if row else None
    if field.example is not MISSING:
        return coerce(field.example, field, EXAMPLE_DAY).value
    return field.kind.example(field, known) if field.required or field.options else None
