"""Options that go with another choice only: the rules that follow from `x-depends` and `x-for` of a schema."""

from __future__ import annotations

import json
from collections.abc import Iterator

from danju.model.field import Field, RecordType
from danju.model.form import Check

__all__ = ["dependence_checks"]


def dependence_checks(record_type: RecordType) -> tuple[Check, ...]:
    """A check for each choice that depends on another; records without either of the two pass."""
    return tuple(_checks(record_type.fields, record_type.fields, "", None))


def _checks(fields: tuple[Field, ...], record: tuple[Field, ...], prefix: str, table: str | None) -> Iterator[Check]:
    for field in fields:
        if field.members:
            is_table = field.kind.is_table
            yield from _checks(
                field.members, record, "" if is_table else f"{field.name}.", field.name if is_table else None
            )
        if not field.depends:
            continue
        beside = next((each for each in fields if each.name == field.depends), None)
        owner = beside or next(each for each in record if each.name == field.depends)
        owners = {option.value: list(option.owners) for option in field.options if option.owners}
        words = json.dumps(owners, ensure_ascii=False)
        name = f"{prefix if beside else ''}{owner.name}"
        yield Check(
            that=f"{name} in lookup({prefix}{field.name}, {words})",
            fields=(f"{prefix}{field.name}", name),
            message=(
                f"“{field.label}”与所选的“{owner.label}”不相配",
                f"“{field.label}” does not go with the chosen “{owner.label}”",
            ),
            remedy=(f"请核对“{owner.label}”和“{field.label}”。", "Check both fields."),
            each=table,
        )
