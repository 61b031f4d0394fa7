"""The top of a register sheet: title, unit line, and headings on one or two rows."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from danju.blanks.excel.book import Book, cell_at
from danju.blanks.excel.columns import RegisterColumn
from danju.blanks.excel.entry import note_text
from danju.blanks.excel.looks import COMPUTED_FILL, HEAD_FILL, INK, RED, TOP_FILL, align, face, frame, paint
from danju.exchange.cell_names import COUNTER_NAME, LINK_NAME
from danju.model.field import Field
from danju.ooxml.look import GREY, TEXT_FONT

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.cell.rich_text import TextBlock
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["TOP_ROW", "Heading", "RegisterHead"]

TITLE_ROW, UNIT_ROW, TOP_ROW = 1, 2, 3
_COUNTER = "序号"
_UNIT_LABEL = "填报单位："
_ADVICE = "带 ＊ 的必填；灰色的由系统计算，不用填；“示例”一行不会读入，可以保留。"
_LINKED_ADVICE = "每行先填主表的序号，说明属于哪一条记录；一条记录可以有多行。"


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading cell says.

    Attributes:
        text: Its words.
        english: Small words below, or "".
        is_required: Whether it has a red star.
        is_computed: Whether people leave its column alone.
        is_top: Whether it stands over others.
    """

    text: str
    english: str = ""
    is_required: bool = False
    is_computed: bool = False
    is_top: bool = False


@dataclass(frozen=True, slots=True)
class RegisterHead:
    """Writes the top of one sheet.

    Attributes:
        table: The table whose own sheet it is, or None.
        english: Whether English labels stand below the Chinese ones.
    """

    book: Book
    sheet: Worksheet
    columns: Sequence[RegisterColumn]
    table: Field | None
    english: bool

    @property
    def row(self) -> int:
        """The lowest row of headings."""
        return TOP_ROW + any(column.group for column in self.columns)

    def write_top(self, title: str) -> None:
        """Title and unit line, clear of the rules of the columns below."""
        from openpyxl.styles import Border, PatternFill, Protection, Side

        sheet, width = self.sheet, len(self.columns) + 1
        if self.table is None:
            sheet.merge_cells(start_row=UNIT_ROW, end_row=UNIT_ROW, start_column=1, end_column=2)
            sheet.merge_cells(start_row=UNIT_ROW, end_row=UNIT_ROW, start_column=3, end_column=4)
        for row in (TITLE_ROW, UNIT_ROW):
            for position in range(1, width + 1):
                cell = cell_at(sheet, row, position)
                paint(cell, face(), ruled=False)
                cell.border, cell.fill, cell.number_format = Border(), PatternFill(), "General"
                cell.protection = Protection(locked=True)
        heading = sheet.cell(TITLE_ROW, 1, title)
        heading.font, heading.alignment = face(16, bold=True), align("left", wrap=False)
        sheet.row_dimensions[TITLE_ROW].height = 34
        sheet.row_dimensions[UNIT_ROW].height = 24
        if self.table is not None:
            said = sheet.cell(UNIT_ROW, 1, _LINKED_ADVICE)
            said.font, said.alignment = face(9, colour=GREY), align("left", wrap=False)
            return
        unit = sheet.cell(UNIT_ROW, 1, _UNIT_LABEL)
        unit.alignment = align("left", wrap=False)
        for position in (3, 4):
            entry = sheet.cell(UNIT_ROW, position)
            entry.border = Border(bottom=Side("thin", "FF" + GREY))
            entry.protection = Protection(locked=False)
        advice = sheet.cell(TITLE_ROW, 5, _ADVICE)
        advice.font, advice.alignment = face(9, colour=GREY), align("left", wrap=False, vertical="bottom")

    def write_head(self) -> None:
        sheet = self.sheet
        for row in range(TOP_ROW, self.row + 1):
            sheet.row_dimensions[row].height = 24 if row < self.row else 48 if self.english else 38
        counter = self._write(TOP_ROW, 1, Heading(_COUNTER, is_required=self.table is not None))
        self.book.name_cell(LINK_NAME + self.table.name if self.table else COUNTER_NAME, counter)
        self._merge(TOP_ROW, self.row, 1, 1)
        start = 2
        while start < len(self.columns) + 2:
            group, end = self.columns[start - 2].group, start
            while end < len(self.columns) + 1 and group and self.columns[end - 1].group == group:
                end += 1
            for position in range(start, end + 1):
                self._write_own(position, self.row if group else TOP_ROW)
            if group:
                required = self.columns[start - 2].option is not None and self.columns[start - 2].is_required
                self._write(TOP_ROW, start, Heading(group, is_required=required, is_top=True))
                self._merge(TOP_ROW, TOP_ROW, start, end)
            start = end + 1

    def _write_own(self, position: int, row: int) -> None:
        """A column's own heading, its name, and a note at it."""
        column = self.columns[position - 2]
        is_tick = column.option is not None
        english = column.field.english if self.english and not is_tick else ""
        heading = Heading(column.heading, english, column.is_required and not is_tick, column.field.computed)
        cell = self._write(row, position, heading)
        if row == TOP_ROW:
            self._merge(TOP_ROW, self.row, position, position)
        self.book.name_cell(column.name, cell)
        if not is_tick and (text := note_text(column.field)):
            self.book.note(cell, text)

    def _write(self, row: int, position: int, heading: Heading) -> Cell:
        from openpyxl.cell.rich_text import CellRichText
        from openpyxl.styles import Protection

        cell = cell_at(self.sheet, row, position)
        ink = GREY if heading.is_computed else INK
        colour = COMPUTED_FILL if heading.is_computed else TOP_FILL if heading.is_top else HEAD_FILL
        paint(cell, face(bold=True, colour=ink), colour, "center")
        cell.number_format, cell.protection = "General", Protection(locked=True)
        pieces = [_piece(heading.text, 10, ink, bold=True)]
        if heading.is_required:
            pieces.append(_piece("＊", 10, RED, bold=True))
        if heading.is_computed:
            pieces.append(_piece("\n系统计算", 8, GREY))
        if heading.english:
            pieces.append(_piece("\n" + heading.english, 8, GREY))
        cell.value = CellRichText(*pieces) if len(pieces) > 1 else heading.text
        return cell

    def _merge(self, top: int, bottom: int, left: int, right: int) -> None:
        """Merges a heading; the covered cells keep rules and colour."""
        if top == bottom and left == right:
            return
        self.sheet.merge_cells(start_row=top, end_row=bottom, start_column=left, end_column=right)
        first = self.sheet.cell(top, left)
        for row in range(top, bottom + 1):
            for position in range(left, right + 1):
                cell = cell_at(self.sheet, row, position)
                cell.border = frame()
                cell.fill, cell.protection = cast("Any", copy(first.fill)), cast("Any", copy(first.protection))


def _piece(text: str, size_pt: float, colour: str, bold: bool = False) -> TextBlock:
    from openpyxl.cell.rich_text import TextBlock
    from openpyxl.cell.text import InlineFont
    from openpyxl.styles import Color

    font = InlineFont(rFont=TEXT_FONT, charset=134, family=2, sz=size_pt, b=bold, color=Color("FF" + colour))
    return TextBlock(font, text)
