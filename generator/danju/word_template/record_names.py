"""A form's record as templates see it."""

from __future__ import annotations

from collections.abc import Mapping

from danju.model.field import MISSING, Field, Kind
from danju.model.form import Form
from danju.rules.expressions import OptionWord

__all__ = ["fill_names"]


def fill_names(form: Form, values: Mapping[str, object]) -> dict[str, object]:
    """Names for `WordTemplate.fill`: choices know their label and attributes, empty fields are absent."""
    return _names(form.record_type.fields, values)


def _names(fields: tuple[Field, ...], values: Mapping[str, object]) -> dict[str, object]:
    given = ((field, values.get(field.name)) for field in fields)
    return {field.name: _name(field, value) for field, value in given if value not in (None, MISSING, "")}


def _name(field: Field, value: object) -> object:
    if field.kind is Kind.CHOICE and isinstance(value, str):
        return _word(field, value)
    if field.kind is Kind.GROUP and isinstance(value, Mapping):
        return _names(field.members, value)
    if field.kind is Kind.TABLE and isinstance(value, list | tuple):
        return [_names(field.members, row) for row in value if isinstance(row, Mapping)]
    if field.kind is Kind.CHOICES and isinstance(value, list | tuple):
        return [_word(field, each) for each in value]
    return value


def _word(field: Field, value: str) -> OptionWord:
    option = field.option(value)
    return OptionWord(value, {} if option is None else {**option.attributes, "label": option.label})
