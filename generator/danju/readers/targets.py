"""Where the values under a heading go."""

from __future__ import annotations

from dataclasses import dataclass, replace

from danju.model.field import Field, Kind

__all__ = ["Target"]


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
            return self.parent if self.parent.kind is Kind.TABLE else None
        return self.field if self.field.kind is Kind.TABLE else None

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

    def path(self, row: int = 0) -> str:
        """Property path such as `contacts[1].mobile`."""
        if self.parent is None:
            return self.field.name
        index = f"[{self.row if self.row is not None else row}]" if self.table is not None else ""
        return f"{self.parent.name}{index}.{self.field.name}"

    def at_row(self, row: int) -> Target:
        """The same place in a fixed row of its table."""
        return replace(self, row=row)
