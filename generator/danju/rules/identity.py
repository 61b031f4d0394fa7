"""Identity: what makes two records one and the same, however else they differ.

A number that a person typed always identifies; else the fields that the form names under `identity:`; a form without
them knows a record by its whole content.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from danju.model.form import Form
from danju.rules.numbering import value_in
from danju.values.text import fold

__all__ = ["JOINT", "identity_texts", "missing_identity", "typed_number"]

JOINT = " + "
"""Between the paths of fields that count together, as `unique:` writes it."""


def typed_number(form: Form, values: Mapping[str, object]) -> str:
    """The number that a checked record came with, or ""."""
    value = values.get(form.number_field) if form.number_field else None
    return str(value) if value else ""


def identity_texts(form: Form, values: Mapping[str, object]) -> tuple[str, ...]:
    """The folded texts of the fields that identify a record without a typed number; none when one of them is empty.

    Width, case and blanks make no other customer.
    """
    found = [value_in(values, path) for path in form.identity]
    if any(value is None or value == "" for value in found):
        return ()
    return tuple(fold(_text(value)) for value in found)


def missing_identity(form: Form, values: Mapping[str, object]) -> tuple[str, ...]:
    """Paths of the fields that should identify a record but are empty; none where its number was typed."""
    if not form.identity or typed_number(form, values):
        return ()
    return tuple(path for path in form.identity if value_in(values, path) in (None, ""))


def _text(value: object) -> str:
    """A value as it is compared: 1.0 is 1.00; dates are ISO."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return "、".join(map(str, value)) if isinstance(value, list) else str(value)
