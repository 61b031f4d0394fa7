"""The top of a register sheet: title, unit line, and headings on one or two rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from danju.blanks.excel.book import BlankBook
from danju.blanks.excel.columns import RegisterColumn
from danju.blanks.excel.entry import note_text
from danju.blanks.excel.looks import BARE, CELL, COMPUTED_FILL, HEAD_FILL, INK, RED, SAID, TOP_FILL
from danju.exchange.cell_names import COUNTER_NAME, LINK_NAME
from danju.model.field import Field
from danju.ooxml.addresses import Range
from danju.ooxml.cells import RichText
from danju.ooxml.look import GREY
from danju.ooxml.styles import Typeface
from danju.ooxml.worksheet import Worksheet

__all__ = ["TOP_ROW", "Heading", "RegisterHead"]

TITLE_ROW, UNIT_ROW, TOP_ROW = 0, 1, 2
_COUNTER = "序号"
_UNIT_LABEL = "填报单位："
_ADVICE = "带 ＊ 的必填；灰色的由系统计算，不用填；“示例”一行不会读入，可以保留。"
_UNIT_STYLE = BARE._replace(edges=("", "", "", "thin"), edge_colour=GREY, locked=False)
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

    book: BlankBook
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
        sheet = self.sheet
        for row in (TITLE_ROW, UNIT_ROW):
            for position in range(len(self.columns) + 1):
                sheet.put(row, position, None, BARE)
        sheet.put(TITLE_ROW, 0, title, BARE._replace(face=Typeface(16.0, bold=True, colour=INK)))
        sheet.heights_pt |= {TITLE_ROW: 34, UNIT_ROW: 24}
        if self.table is not None:
            sheet.put(UNIT_ROW, 0, _LINKED_ADVICE, SAID)
            return
        sheet.merge(Range(UNIT_ROW, 0, UNIT_ROW, 1), _UNIT_LABEL, BARE)
        sheet.merge(Range(UNIT_ROW, 2, UNIT_ROW, 3), None, _UNIT_STYLE)
        sheet.put(TITLE_ROW, 4, _ADVICE, SAID._replace(vertical="bottom"))

    def write_head(self) -> None:
        """The headings: one row, or two where some stand over others."""
        for row in range(TOP_ROW, self.row + 1):
            self.sheet.heights_pt[row] = 24 if row < self.row else 48 if self.english else 38
        whole = Range(TOP_ROW, 0, self.row, 0)
        self._write(whole, Heading(_COUNTER, is_required=self.table is not None))
        self.book.name_cell(LINK_NAME + self.table.name if self.table else COUNTER_NAME, self.sheet, whole)
        start = 1
        while start < len(self.columns) + 1:
            group, end = self.columns[start - 1].group, start
            while end < len(self.columns) and group and self.columns[end].group == group:
                end += 1
            for position in range(start, end + 1):
                self._write_own(position, self.row if group else TOP_ROW)
            if group:
                required = self.columns[start - 1].option is not None and self.columns[start - 1].is_required
                self._write(Range(TOP_ROW, start, TOP_ROW, end), Heading(group, is_required=required, is_top=True))
            start = end + 1

    def _write_own(self, position: int, row: int) -> None:
        """A column's own heading, its name, and a note at it."""
        column = self.columns[position - 1]
        is_tick = column.option is not None
        english = column.field.english if self.english and not is_tick else ""
        heading = Heading(column.heading, english, column.is_required and not is_tick, column.field.computed)
        place = Range(row, position, self.row, position)
        self._write(place, heading)
        self.book.name_cell(column.name, self.sheet, place)
        if not is_tick and (text := note_text(column.field)):
            self.sheet.notes[row, position] = text

    def _write(self, place: Range, heading: Heading) -> None:
        """A heading, merged over its place; the covered cells have rules and colour too."""
        ink = GREY if heading.is_computed else INK
        bold, small = Typeface(10.0, bold=True, colour=ink), Typeface(8.0, colour=GREY)
        runs = [(bold, heading.text)]
        if heading.is_required:
            runs.append((bold._replace(colour=RED), "＊"))
        if heading.is_computed:
            runs.append((small, "\n系统计算"))
        if heading.english:
            runs.append((small, "\n" + heading.english))
        colour = COMPUTED_FILL if heading.is_computed else TOP_FILL if heading.is_top else HEAD_FILL
        style = CELL._replace(face=bold, horizontal="center", fill=colour)
        self.sheet.merge(place, RichText(tuple(runs)) if len(runs) > 1 else heading.text, style)
