"""Worksheets that hold one long table: rows wait on disk until the sheet is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from danju.ooxml.addresses import Range, column_letters
from danju.summary.links import Links
from danju.summary.spool import Spool

HEADER_ROW = 1
_LINE_PT = 14.5
_PADDING_PT = 3.5
_HIGHEST_PT = 409.0  # Excel's limit


@dataclass(slots=True)
class TableSheet:
    """Rows of one sheet, kept aside as ready XML.

    Attributes:
        title: Name of the worksheet.
        table_name: Name of the Excel table in it.
        headings: One a column; may grow until the sheet is written.
        frozen_columns: How many stay in sight when scrolling sideways.
        row_count: Rows added.
        links: From its cells to files.
    """

    title: str
    table_name: str
    headings: list[str]
    frozen_columns: int = 0
    row_count: int = 0
    links: Links = field(default_factory=Links)
    _rows: Spool = field(default_factory=Spool)
    _pieces: list[str] = field(default_factory=list)  # of a row: start of a cell, row number, tail, and so on

    def next_row(self) -> int:
        """1-based number of the worksheet's row that comes next."""
        return HEADER_ROW + self.row_count + 1

    def add_row(self, tails: Sequence[str], lines: int = 1) -> None:
        """Append a row of cells from the first column on, each as the tail that `cell_xml` describes.

        The height for so many lines of text is given, as not every program finds it by itself.
        """
        cells = len(tails)
        if cells != len(self._pieces) // 3:
            self._pieces = [piece for column in range(cells) for piece in (f'<c r="{column_letters(column)}', "", "")]
        self.row_count += 1
        row = str(HEADER_ROW + self.row_count)
        self._pieces[1::3] = [row] * cells
        self._pieces[2::3] = tails
        self._rows.append(f'<row r="{row}" ht="{_height_pt(lines)}">{"".join(self._pieces)}</row>')

    def unique_headings(self) -> tuple[str, ...]:
        """The headings, none empty and no two alike but for case, as an Excel table needs them."""
        seen: set[str] = set()
        unique = []
        for heading in self.headings:
            wanted = heading or "-"
            candidate, number = wanted, 1
            while candidate.lower() in seen:
                number += 1
                candidate = f"{wanted} {number}"
            seen.add(candidate.lower())
            unique.append(candidate)
        return tuple(unique)

    def reference(self) -> Range:
        """The table's range; an empty table still has one blank row."""
        return Range(HEADER_ROW - 1, 0, HEADER_ROW + max(self.row_count, 1) - 1, len(self.headings) - 1)

    def iter_rows_xml(self) -> Iterator[bytes]:
        """The rows below the headings."""
        return self._rows.iter_chunks()

    def close(self) -> None:
        """Let go of the temporary files."""
        self._rows.close()
        self.links.close()


@lru_cache(maxsize=256)
def _height_pt(lines: int) -> str:
    return f"{min(_LINE_PT * lines + _PADDING_PT, _HIGHEST_PT):g}"
