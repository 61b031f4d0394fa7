"""Example rows of blank registers: shown to people, never read unless somebody wrote over them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date, datetime, time

from danju.model.field import Field, Kind
from danju.model.form import Form
from danju.readers.spreadsheets.cells import as_text, is_empty
from danju.rules.examples import example_of
from danju.values.text import clean

__all__ = ["EXAMPLE_WORD", "TICK", "digest_of_row", "example_words"]

EXAMPLE_WORD = "示例"
"""Stands in an example row where others have their number."""
TICK = "√"
"""What a tick column holds for an option that applies."""


def digest_of_row(values: Iterable[object]) -> str:
    """The same for rows that say the same, whatever the order of their columns and the program that saved them."""
    texts = sorted(cell_words(value) for value in values if not is_empty(value))
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:32]


def example_words(form: Form) -> frozenset[str]:
    """Every text that the example row of today's form can hold."""
    return frozenset({TICK, *_words(form.record_type.fields, example_of(form.record_type))})


def cell_words(value: object) -> str:
    """A cell's value as text; a day is the same with or without midnight."""
    if isinstance(value, datetime):
        value = value.date() if value.time() == time(0) else value.replace(second=0, microsecond=0)
    return value.isoformat() if isinstance(value, date) else clean(as_text(value))


def _words(fields: tuple[Field, ...], values: object) -> Iterable[str]:
    known = values if isinstance(values, dict) else {}
    for field in fields:
        value = known.get(field.name)
        if value is None:
            continue
        if field.kind is Kind.GROUP:
            yield from _words(field.members, value)
        elif field.kind is Kind.TABLE:
            for row in value:
                yield from _words(field.members, row)
        elif field.kind is Kind.CHOICES:
            yield "、".join(option.label for option in field.options if option.value in value)
        else:
            option = field.option(value)
            yield option.label if option else cell_words(value)
