"""Where the values under a heading go."""

from __future__ import annotations

from dataclasses import dataclass, replace

from danju.exchange.paths import row_path, steps_of
from danju.model.field import Field, RecordType

__all__ = ["Target", "target_at"]


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
        if self.parent is None or self.table is None:
            return self.dotted
        return row_path(self.parent.name, row if self.row is None else self.row, self.field.name)

    def at_row(self, row: int) -> Target:
        """The same place in a fixed row of its table."""
        return replace(self, row=row)


def target_at(path: str, record_type: RecordType) -> Target | None:
    """The place that a path such as `contacts[1].mobile` names; None when there is no such field."""
    (name, row), *inner = steps_of(path) or (("", ""),)
    top = record_type.field(name)
    if top is None or not inner:
        return Target(top) if top is not None else None
    member = top.member(inner[0][0]) if len(inner) == 1 else None
    return Target(member, top, int(row) if row.isdigit() else None) if member is not None else None
