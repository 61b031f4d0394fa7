"""Fields that the paper does not show as cells, in rows of their own below what is printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from danju.blanks.excel.book import Book, cell_at
from danju.blanks.excel.looks import HEAD_FILL, align, face, frame, paint
from danju.model.field import Field
from danju.ooxml.look import GREY

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell

__all__ = ["write_further_fields"]

_CAPTION = "以下各栏不打印，随记录保存"
_TABLE_ROWS = 3
_ROW_PT = 24.0


def write_further_fields(book: Book, shown: Mapping[str, Cell]) -> list[tuple[str, Field, Cell]]:
    """Writes labels and places for entered fields that no cell of the paper holds; path, field and cell of each."""
    sheet = book.sheet
    missing = list(_missing(book, shown))
    if not missing:
        return []
    row, width = sheet.max_row + 3, sheet.max_column
    label_end = max(1, width // 3)
    caption = sheet.cell(row - 1, 1, _CAPTION)
    caption.font, caption.alignment = face(9, colour=GREY), align("left", wrap=False)
    found = []
    for number, (path, label, field) in enumerate(missing):
        at = row + number
        sheet.row_dimensions[at].height = _ROW_PT
        for column in range(1, width + 1):
            sheet.cell(at, column).border = frame()
        head, cell = cell_at(sheet, at, 1), cell_at(sheet, at, label_end + 1)
        head.value = label
        paint(head, face(), HEAD_FILL)
        paint(cell, face())
        if label_end > 1:
            sheet.merge_cells(start_row=at, end_row=at, start_column=1, end_column=label_end)
        if width > label_end + 1:
            sheet.merge_cells(start_row=at, end_row=at, start_column=label_end + 1, end_column=width)
        found.append((path, field, cell))
    return found


def _missing(book: Book, shown: Mapping[str, Cell]) -> Iterator[tuple[str, str, Field]]:
    """Path, label and field of everything that is entered and has no cell; of a table all or nothing."""
    tops = {path.partition("[")[0] for path in shown}
    for field in book.form.record_type.fields:
        for path, label, leaf in () if field.computed else _leaves(field):
            if path not in shown and not (field.kind.is_table and field.name in tops):
                yield path, label, leaf


def _leaves(field: Field) -> Iterator[tuple[str, str, Field]]:
    if field.kind.is_group:
        for member in field.members:
            yield f"{field.name}.{member.name}", f"{field.label}·{member.label}", member
    elif field.kind.is_table:
        for index in range(min(_TABLE_ROWS, field.max_items or _TABLE_ROWS)):
            for member in field.members:
                yield f"{field.name}[{index}].{member.name}", f"{field.label}{index + 1}·{member.label}", member
    else:
        yield field.name, field.label, field
