"""Worksheets that hold one long table: the skeleton comes from openpyxl, the rows are streamed into it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from danju.location import cell_name, column_letters
from danju.summary.cell_looks import Style
from danju.summary.cell_xml import text_tail
from danju.summary.links import Links
from danju.summary.spool import Spool

HEADER_ROW = 1
_LINE_PT = 14.5
_PADDING_PT = 3.5
_HIGHEST_PT = 409.0  # Excel's limit
_DIMENSION = re.compile(rb'<dimension ref="[^"]*" ?/>')


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
    _letters: list[str] = field(default_factory=list)

    def next_row(self) -> int:
        """1-based number of the worksheet's row that comes next."""
        return HEADER_ROW + self.row_count + 1

    def add_row(self, tails: Sequence[str], lines: int = 1) -> None:
        """Append a row of cells from the first column on, each as the tail that `cell_xml` describes.

        The height for so many lines of text is given, as not every program finds it by itself.
        """
        row = self.next_row()
        while len(self._letters) < len(tails):
            self._letters.append(column_letters(len(self._letters)))
        start = f"{row}"
        cells = [f'<c r="{letters}{start}{tail}' for letters, tail in zip(self._letters, tails, strict=False)]
        height = min(_LINE_PT * lines + _PADDING_PT, _HIGHEST_PT)
        self._rows.append(f'<row r="{row}" ht="{height:g}">{"".join(cells)}</row>')
        self.row_count += 1

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

    def reference(self) -> str:
        """The table's range; an empty table still has one blank row."""
        return self._range(max(self.row_count, 1))

    def skeleton_reference(self) -> str:
        """The range in the skeleton, where openpyxl would make a cell for everything in it."""
        return self._range(1)

    def table_xml(self, skeleton: bytes) -> bytes:
        """The table's own part with the true range."""
        return skeleton.replace(f'"{self.skeleton_reference()}"'.encode(), f'"{self.reference()}"'.encode())

    def iter_xml(self, skeleton: bytes, footnote: str = "") -> Iterator[bytes]:
        """The worksheet: the skeleton with the rows, a note below them, and the links."""
        head, _, tail = skeleton.partition(b"</sheetData>")
        before, after = _split_before_print_setup(tail)
        yield _DIMENSION.sub(f'<dimension ref="{self.reference()}"/>'.encode(), head, count=1)
        yield from self._rows.iter_chunks()
        if footnote:
            row = self.next_row() + 1
            yield f'<row r="{row}"><c r="A{row}{text_tail(footnote, Style.FOOTNOTE)}</row>'.encode()
        yield b"</sheetData>" + before
        yield from self.links.iter_elements()
        yield after

    def iter_relationships(self, skeleton: bytes) -> Iterable[bytes]:
        """The worksheet's relationships: those of the skeleton and the links."""
        head, _, tail = skeleton.partition(b"</Relationships>")
        yield head
        yield from self.links.iter_relationships()
        yield b"</Relationships>" + tail

    def _range(self, rows: int) -> str:
        return f"A{HEADER_ROW}:{cell_name(HEADER_ROW + rows - 1, len(self.headings) - 1)}"

    def close(self) -> None:
        """Let go of the temporary files."""
        self._rows.close()
        self.links.close()


def _split_before_print_setup(xml: bytes) -> tuple[bytes, bytes]:
    """Hyperlinks come after conditional formats and before the print setup (ECMA-376 part 1, 18.3.1.99)."""
    place = min(at for at in (xml.find(b"<printOptions"), xml.find(b"<pageMargins")) if at >= 0)
    return xml[:place], xml[place:]
