"""The blank register: one record a row, one column for each thing to enter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import TYPE_CHECKING

from openpyxl.utils import get_column_letter

from danju.blanks import BlankOptions
from danju.blanks.excel.book import Book, cell_at, dress_like, reference
from danju.blanks.excel.columns import RegisterColumn, linked_tables, owner_paths, plan_columns, plan_linked
from danju.blanks.excel.entry import rule_for, tick_rule
from danju.blanks.excel.formulas import translate
from danju.blanks.excel.lists import WordLists
from danju.blanks.excel.looks import (
    COMPUTED_FILL,
    INK,
    align,
    face,
    fill,
    frame,
    paint,
)
from danju.blanks.excel.register_head import TOP_ROW, RegisterHead
from danju.blanks.excel.register_page import protect, set_up_print, set_up_view
from danju.exchange.cell_names import EXAMPLE_DIGEST_NAME
from danju.exchange.stamp import EXAMPLE_NAME, Shape
from danju.layout.paths import value_at
from danju.model.field import Field
from danju.model.form import Form
from danju.ooxml.addresses import sheet_title
from danju.ooxml.look import GREY
from danju.readers.registers.prepared import EXAMPLE_WORD, TICK, digest_of_row
from danju.rules.examples import example_of

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["make_register"]

_ROW = "\0"  # no formula holds it
_CHAR_PER_EM = 1.95  # a column of width 1 holds one digit of the Normal style, about half an ideograph of 10 pt
_ROW_PT = 18.0


def make_register(form: Form, options: BlankOptions) -> bytes:
    """The bytes of a workbook with a register sheet, a sheet for each table that needs one, and the word lists."""
    book = Book(form, Shape.REGISTER)
    book.sheet.title = sheet_title(form.title)
    lists = WordLists(book)
    main = _RegisterSheet(book, lists, book.sheet, plan_columns(form), options)
    tables = linked_tables(form)
    main.write(form.title, EXAMPLE_NAME, example_of(form.record_type))
    for table in tables:
        sheet = book.add_sheet(sheet_title(table.label))
        linked = _RegisterSheet(book, lists, sheet, plan_linked(table), options, table)
        linked.write(f"{form.title}　{table.label}", "", {})
    return book.finish()


@dataclass(slots=True)
class _RowCells:
    """Cells of a row, for formulas; `_ROW` stands for its number."""

    columns: dict[str, tuple[str, Field]]
    lists: WordLists

    def cell(self, path: str) -> tuple[str, Field] | None:
        found = self.columns.get(path)
        return (f"${found[0]}{_ROW}", found[1]) if found else None

    def members(self, table: str, member: str) -> list[str]:
        return [
            f"${letters}{_ROW}"
            for path, (letters, field) in self.columns.items()
            if path.startswith(f"{table}[") and field.name == member
        ]

    def attribute(self, path: str, name: str) -> str | None:
        found = self.cell(path)
        return self.lists.attribute(path, found[1], name, found[0]) if found else None


class _RegisterSheet:
    """One sheet: the main one, or a table's own, whose rows say which record they belong to."""

    def __init__(
        self, book: Book, lists: WordLists, sheet: Worksheet, columns: list[RegisterColumn], options: BlankOptions,
        table: Field | None = None,
    ) -> None:  # fmt: skip
        self.book, self.lists, self.sheet, self.columns, self.table = book, lists, sheet, columns, table
        self.options = options

    def write(self, title: str, example_name: str, example: dict[str, object]) -> None:
        """Everything on the sheet."""
        head = RegisterHead(self.book, self.sheet, self.columns, self.table, self.options.english)
        self._style_columns()
        head.write_top(title)
        head.write_head()
        first = head.row + 1
        if example_name:
            self._write_example(first, example_name, example)
        last = first + self.options.rows
        self._add_rules(first, last)
        self._add_formulas(first, last)
        self._number_rows(first + bool(example_name), last)
        protect(self.sheet)
        set_up_view(self.sheet, self.columns, head.row, last)
        set_up_print(self.sheet, self.columns, TOP_ROW, head.row)

    def _style_columns(self) -> None:
        """Looks, formats and locks of whole columns, so that rows beyond those prepared have them too."""
        from openpyxl.styles import Protection

        sheet = self.sheet
        sheet.sheet_format.defaultRowHeight = _ROW_PT  # not a custom height: rows grow with what is entered
        counter = sheet.column_dimensions["A"]
        counter.width, counter.font, counter.alignment, counter.border = 6.5, face(), align("center"), frame()
        counter.protection = Protection(locked=False)
        for position, column in enumerate(self.columns, start=2):
            field = column.field
            found = sheet.column_dimensions[get_column_letter(position)]
            found.width = round(column.width_em * _CHAR_PER_EM, 2)
            found.font = face(colour=GREY if field.computed else INK)
            found.border = frame()
            found.alignment = align(_horizontal(column))
            found.number_format = "General" if column.option else field.kind.entry_format(field)
            found.protection = Protection(locked=field.computed)
            if field.computed:
                found.fill = fill(COMPUTED_FILL)

    def _write_example(self, row: int, name: str, example: dict[str, object]) -> None:
        """The example row, and what it says, so that it is known again when nobody has changed it."""
        from openpyxl.styles import Protection

        entered = []
        marker = cell_at(self.sheet, row, 1)
        marker.value = EXAMPLE_WORD
        paint(marker, face(italic=True, colour=GREY), horizontal="center")
        marker.protection = Protection(locked=False)
        for position, column in enumerate(self.columns, start=2):
            cell = cell_at(self.sheet, row, position)
            value = _cell_value(column, example)
            cell.value = value
            paint(cell, face(italic=True, colour=GREY), COMPUTED_FILL if column.field.computed else "",
                  _horizontal(column))  # fmt: skip
            cell.number_format = "General" if column.option else column.field.kind.entry_format(column.field)
            cell.protection = Protection(locked=column.field.computed)
            if not column.field.computed:
                entered.append(value)
        target = reference(self.sheet, row, 1, row, len(self.columns) + 1)
        self.book.name(name, target)
        self.book.name_text(EXAMPLE_DIGEST_NAME, digest_of_row(entered))

    def _add_rules(self, first: int, last: int) -> None:
        for position, column in enumerate(self.columns, start=2):
            letters = get_column_letter(position)
            if column.field.computed:
                continue
            if column.option is not None:
                rule = tick_rule(column.option.label, (TICK,))
            else:
                found = rule_for(column.field, f"{letters}{first}", self._words(column, first))
                if found is None:
                    continue
                rule = found
            rule.add(f"{letters}{first}:{letters}{last}")
            self.sheet.add_data_validation(rule)

    def _words(self, column: RegisterColumn, row: int) -> str:
        """The list of a choice's drop-down."""
        field = column.field
        if not field.kind.is_choice:
            return ""
        plain = "".join(part.partition("]")[2] if "]" in part else part for part in column.path.split("["))
        if field.depends:
            for path in owner_paths(column.path, field.depends):
                owner = next((n for n, each in enumerate(self.columns, start=2) if each.path == path), None)
                if owner is not None:
                    cell = f"${get_column_letter(owner)}{row}"
                    return self.lists.words_of(plain, field, self.columns[owner - 2].field, cell)
        return self.lists.words(plain, field)

    def _add_formulas(self, first: int, last: int) -> None:
        form = self.book.form
        expressions = {each.name: each.expression for each in form.compute}
        cells = {
            column.path: (get_column_letter(position), column.field)
            for position, column in enumerate(self.columns, start=2)
            if not column.field.computed and column.option is None
        }
        waiting = [(n, c) for n, c in enumerate(self.columns, start=2) if c.field.name in expressions]
        order = [each.name for each in form.compute]
        for position, column in sorted(waiting, key=lambda pair: order.index(pair[1].field.name)):
            if not column.field.computed:
                continue
            text = translate(expressions[column.field.name], column.field, _RowCells(cells, self.lists))
            if text is None:
                continue
            cells[column.path] = (get_column_letter(position), column.field)
            model = self._computed_cell(first + 1, position, column)
            for row in range(first, last + 1):
                cell = cell_at(self.sheet, row, position)
                if row > first:  # the example row has a look of its own
                    dress_like(cell, model)
                cell.value = text.replace(_ROW, str(row))

    def _computed_cell(self, row: int, position: int, column: RegisterColumn) -> Cell:
        from openpyxl.styles import Protection

        cell = cell_at(self.sheet, row, position)
        paint(cell, face(colour=GREY), COMPUTED_FILL, _horizontal(column))
        cell.number_format, cell.protection = column.field.kind.entry_format(column.field), Protection(locked=True)
        return cell

    def _number_rows(self, first: int, last: int) -> None:
        """Numbers that sort along with their rows, and that other sheets refer to."""
        if self.table is not None:
            return
        from openpyxl.styles import Protection

        model = cell_at(self.sheet, first, 1)
        paint(model, face(colour=GREY), horizontal="center")
        model.protection = Protection(locked=False)
        for count, row in enumerate(range(first, last + 1), start=1):
            cell = cell_at(self.sheet, row, 1)
            dress_like(cell, model)
            cell.value = count


def _cell_value(column: RegisterColumn, values: Mapping[str, object]) -> str | float | date | time | None:
    """What a record's value looks like in its cell; None when it has none."""
    value = value_at(values, column.path)
    if value is None or value == "":
        return None
    if column.option is not None:
        return TICK if isinstance(value, list) and column.option.value in value else None
    return column.field.kind.cell(column.field, value)


def _horizontal(column: RegisterColumn) -> str:
    return "center" if column.option is not None else column.field.kind.align
