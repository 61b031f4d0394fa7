"""A table sheet as the parts of a package: worksheet, Excel table, relationships."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from danju.ooxml.addresses import column_letters, quoted_title
from danju.ooxml.cells import text_tail
from danju.ooxml.parts import Part
from danju.ooxml.styles import TABLE_STYLE
from danju.ooxml.text import DECLARATION, attribute, xstring
from danju.ooxml.workbook import MAIN, NewSheet
from danju.ooxml.worksheet import ColumnTrack, SheetFrame
from danju.summary.column_kinds import FILTER_BUTTON
from danju.summary.page import pages_wide, print_setup
from danju.summary.shown import display_width
from danju.summary.streamed_cells import Style
from danju.summary.table_sheet import HEADER_ROW, TableSheet
from danju.summary.words import SummaryWords

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
    words: SummaryWords
    footnote: str = ""

    def iter_xml(self, frame: SheetFrame) -> Iterator[bytes]:
        """The worksheet in its frame, piece by piece."""
        table = self.table
        yield (frame.opening(table.reference()) + self._header_xml()).encode()
        yield from table.iter_rows_xml()
        if self.footnote:
            row = table.next_row() + 1
            tail = text_tail(self.footnote, Style.FOOTNOTE, Style.FOOTNOTE)
            yield f'<row r="{row}"><c r="A{row}{tail}</row>'.encode()
        yield from frame.closing()

    def finish(self, number: int) -> NewSheet:
        """The sheet for a workbook, 1-based position; its links are too many to be listed in memory."""
        table = Part(f"xl/tables/table{number}.xml", "table", self.table_xml(number))
        frame = SheetFrame(
            [ColumnTrack(round(width, 2)) for width in self.widths],
            frozen=(HEADER_ROW, self.table.frozen_columns),
            links=self.table.links.iter_elements,
            printing=print_setup(self.words, landscape=True, title=self.table.title, across=self._pages_wide()),
            leads=(table,),
        )
        content, links = partial(self.iter_xml, frame), self.table.links.iter_relationships
        return NewSheet(self.table.title, content, (table,), links, names=self.defined_names())

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
        sheet = quoted_title(self.table.title)
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
