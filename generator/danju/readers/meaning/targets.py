"""Where the values under a heading go."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from danju.model.field import Field, RecordType

__all__ = ["STEPS", "Target", "target_at"]

STEPS = re.compile(r"(\w+)(?:\[(\d+)\])?(?:\.(\w+))?")
"""A property path: field, row, member."""


@dataclass(frozen=True, slots=True)
class Target:
    """A place in a record.

    Attributes:
        field: The field, or the table or group as a whole.
        parent: The table or group it is a member of, or None.
        row: 0-based row of the table, or None for the row being read.
        unit: Unit named by the heading where it differs from the field's, or "".
        option: Constant of the option that is ticked there, or "" for the value itself.
    """

    field: Field
    parent: Field | None = None
    row: int | None = None
    unit: str = ""
    option: str = ""

    @property
    def table(self) -> Field | None:
        """The table that the value belongs to, or None."""
        if self.parent is not None:
            return self.parent if self.parent.kind.is_table else None
        return self.field if self.field.kind.is_table else None

    @property
    def top(self) -> Field:
        """The field of the record itself."""
        return self.parent or self.field

    @property
    def key(self) -> tuple[str, int | None, str]:
        """Equal for two headings that mean the same place."""
        return self.top.name, self.row, (self.field.name if self.parent else "") + self.option

    @property
    def place(self) -> tuple[str, str]:
        """Field and member name, whatever the row."""
        return self.top.name, self.field.name if self.parent else ""

    @property
    def dotted(self) -> str:
        """Dotted path without a row."""
        return f"{self.parent.name}.{self.field.name}" if self.parent is not None else self.field.name

    def path(self, row: int = 0) -> str:
        """Property path such as `contacts[1].mobile`."""
        if self.parent is None:
            return self.field.name
        index = f"[{self.row if self.row is not None else row}]" if self.table is not None else ""
        return f"{self.parent.name}{index}.{self.field.name}"

    def at_row(self, row: int) -> Target:
        """The same place in a fixed row of its table."""
        return replace(self, row=row)


def target_at(path: str, record_type: RecordType) -> Target | None:
    """The place that a path such as `contacts[1].mobile` names; None when there is no such field."""
    steps = STEPS.fullmatch(path)
    top = record_type.field(steps[1]) if steps else None
    if steps is None or top is None:
        return None
    if not steps[3]:
        return Target(top)
    member = top.member(steps[3])
    return Target(member, top, int(steps[2]) if steps[2] else None) if member else None
