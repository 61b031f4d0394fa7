"""A table sheet as the parts of a package: worksheet, Excel table, relationships."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from danju.ooxml.addresses import column_letters, quoted_title
from danju.ooxml.text import DECLARATION, attribute, xstring
from danju.ooxml.workbook import MAIN
from danju.summary.cell_looks import Style
from danju.summary.cell_xml import text_tail
from danju.summary.column_kinds import FILTER_BUTTON
from danju.summary.page import pages_wide, print_setup_xml
from danju.summary.shown import display_width
from danju.summary.style_table import TABLE_STYLE
from danju.summary.table_sheet import HEADER_ROW, TableSheet
from danju.summary.words import Words
from danju.summary.worksheet import frozen_xml, opening_xml

_HEADER_LINE_PT = 15.0
_HEADER_PADDING_PT = 7.0


@dataclass(frozen=True, slots=True)
class LongSheet:
    """A sheet that is streamed; its Excel table is relationship rId1.

    Attributes:
        table: Its rows.
        widths: Of its columns, in characters.
        words: Fixed words.
        footnote: What stands below the rows, or "".
    """

    table: TableSheet
    widths: tuple[float, ...]
    words: Words
    footnote: str = ""

    @property
    def title(self) -> str:
        """Name of the worksheet."""
        return self.table.title

    def iter_xml(self) -> Iterator[bytes]:
        """The worksheet, piece by piece."""
        table = self.table
        pane = frozen_xml(HEADER_ROW, table.frozen_columns)
        yield (opening_xml(table.reference(), self.widths, pane=pane) + self._header_xml()).encode()
        yield from table.iter_rows_xml()
        if self.footnote:
            row = table.next_row() + 1
            yield f'<row r="{row}"><c r="A{row}{text_tail(self.footnote, Style.FOOTNOTE)}</row>'.encode()
        yield b"</sheetData>"
        yield from table.links.iter_elements()
        setup = print_setup_xml(self.words, landscape=True, title=table.title, across=self._pages_wide())
        yield f'{setup}<tableParts count="1"><tablePart r:id="rId1"/></tableParts></worksheet>'.encode()

    def table_xml(self, number: int) -> bytes:
        """The Excel table (ECMA-376 part 1, 18.5.1.2), 1-based number among those of the workbook."""
        table = self.table
        headings = table.unique_headings()
        columns = "".join(
            f'<tableColumn id="{column}" name={attribute(xstring(heading))}/>'
            for column, heading in enumerate(headings, 1)
        )
        reference = table.reference()
        return (
            f'{DECLARATION}<table xmlns="{MAIN}" id="{number}" name="{table.table_name}"'
            f' displayName="{table.table_name}" ref="{reference}" headerRowCount="1"><autoFilter ref="{reference}"/>'
            f'<tableColumns count="{len(headings)}">{columns}</tableColumns>'
            f'<tableStyleInfo name="{TABLE_STYLE}" showFirstColumn="0" showLastColumn="0" showRowStripes="1"'
            ' showColumnStripes="0"/></table>'
        ).encode()

    def defined_names(self) -> tuple[tuple[str, str], ...]:
        """Print titles: the headings, and what is frozen where pages stand side by side."""
        sheet = quoted_title(self.title)
        rows = f"{sheet}!${HEADER_ROW}:${HEADER_ROW}"
        if self._pages_wide() > 1 and self.table.frozen_columns:
            rows = f"{sheet}!$A:${column_letters(self.table.frozen_columns - 1)},{rows}"
        return (("Print_Titles", rows),)

    def _pages_wide(self) -> int:
        return pages_wide(sum(self.widths))

    def _header_xml(self) -> str:
        headings = self.table.unique_headings()
        lines = max(
            math.ceil(display_width(heading) / (width - FILTER_BUTTON))
            for heading, width in zip(headings, self.widths, strict=True)
        )
        cells = "".join(
            f'<c r="{column_letters(column)}{HEADER_ROW}{text_tail(heading, Style.HEADER, Style.QUOTED_HEADER)}'
            for column, heading in enumerate(headings)
        )
        height = _HEADER_LINE_PT * max(lines, 1) + _HEADER_PADDING_PT
        return f'<row r="{HEADER_ROW}" ht="{height:g}" customHeight="1">{cells}</row>'
