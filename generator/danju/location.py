"""Where a value came from."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Location:
    """Where a value came from, as a person would look it up.

    Attributes:
        source: File name as the user gave it, never a temporary path.
        sheet: Worksheet title, or None outside spreadsheets.
        cell: A1 reference of the top-left cell, or None.
        line: 1-based line in a text file, or None.
        column: 1-based column in a text line, or None.
        record: 1-based position of the record in its file, or None when it is not about one record.
    """

    source: str = ""
    sheet: str | None = None
    cell: str | None = None
    line: int | None = None
    column: int | None = None
    record: int | None = None

    def at(self, cell: str | None = None, line: int | None = None) -> Location:
        """The same place, narrowed to a cell or a line."""
        return replace(self, cell=cell if cell is not None else self.cell, line=line if line is not None else self.line)


def cell_name(row: int, column: int) -> str:
    """A1 reference of a 0-based row and column."""
    return f"{column_letters(column)}{row + 1}"


def column_letters(column: int) -> str:
    """Letters of a 0-based column: 0 → A, 26 → AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
