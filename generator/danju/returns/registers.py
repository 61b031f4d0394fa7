"""Where the registers of a workbook lie: their headers as the reader finds them, and the first free column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from danju.model.form import Form
from danju.readers.detection import match_sheet
from danju.readers.table.sheets import Sheet, is_empty

__all__ = ["Register", "find_registers"]


@dataclass(frozen=True, slots=True)
class Register:
    """One register, 0-based.

    Attributes:
        heading_row: The lowest row of its header.
        last_heading: Its last column with a heading.
        last_row: The last row with anything.
        last_column: The last column with anything in or below the header.
    """

    heading_row: int
    last_heading: int
    last_row: int
    last_column: int


def find_registers(sheets: Iterable[Sheet], forms: Mapping[str | None, Form]) -> dict[str | None, Register]:
    """The registers among the sheets whose form is known, by title."""
    found = {}
    for sheet in sheets:
        form = forms.get(sheet.name)
        register = _look_at(sheet, form) if form is not None else None
        if register is not None:
            found[sheet.name] = register
    return found


def _look_at(sheet: Sheet, form: Form) -> Register | None:
    match = match_sheet(sheet, form)
    if match is None or match.header is None:
        return None
    header = match.header
    last_heading = max(column.position for column in header.columns)
    last_row, last_column = header.first_data_row, last_heading
    for index, row in enumerate(sheet.open_rows()):
        if index < header.top:
            continue
        right = len(row)
        while right > last_column + 1 and is_empty(row[right - 1]):
            right -= 1
        last_column = max(last_column, right - 1)
        if any(value is not None and value != "" for value in row):
            last_row = index
    beside = [merge.right for merge in sheet.merges if header.top <= merge.bottom and merge.top < header.first_data_row]
    return Register(header.first_data_row - 1, last_heading, last_row, max(last_column, *beside, 0))
