"""Where the registers of a workbook lie: their headers as the readers found them, and the first free column."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from danju.readers import Header
from danju.readers.table.sheets import Sheet, is_empty
from danju.returns.findings import Findings

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


def find_registers(sheets: Iterable[Sheet], findings: Findings) -> dict[str | None, Register]:
    """The registers with findings among the sheets, by title."""
    found = findings.by_sheet()
    return {
        sheet.name: _measure(sheet, findings.headers[sheet.name])
        for sheet in sheets
        if sheet.name in found and sheet.name in findings.headers
    }


def _measure(sheet: Sheet, header: Header) -> Register:
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
