"""The blank register: one record a row, one column for each thing to enter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time

from danju.blanks import BlankOptions
from danju.blanks.excel.book import BlankBook
from danju.blanks.excel.columns import RegisterColumn, linked_tables, owner_paths, plan_columns, plan_linked
from danju.blanks.excel.entry import rule_for, tick_rule
from danju.blanks.excel.formulas import translate
from danju.blanks.excel.lists import WordLists
from danju.blanks.excel.looks import CELL, COMPUTED_FILL, FACE, INK
from danju.blanks.excel.register_head import TOP_ROW, RegisterHead
from danju.blanks.excel.register_page import set_up_print, set_up_view
from danju.exchange.cell_names import EXAMPLE_DIGEST_NAME
from danju.exchange.paths import value_at, without_rows
from danju.exchange.stamp import EXAMPLE_NAME, FileShape
from danju.model.field import Field
from danju.model.form import Form
from danju.ooxml.addresses import Range, absolute, cell_name, column_letters, sheet_title
from danju.ooxml.cells import Formula
from danju.ooxml.look import GREY
from danju.ooxml.styles import CellStyle
from danju.ooxml.worksheet import ColumnTrack, Worksheet
from danju.readers.registers.prepared import EXAMPLE_WORD, TICK, digest_of_row
from danju.rules.examples import example_of

__all__ = ["make_register"]

_ROW = "\0"  # no formula holds it
_CHAR_PER_EM = 1.95  # a column of width 1 holds one digit of the Normal style, about half an ideograph of 10 pt
_ROW_PT = 18.0
_COUNTER_WIDTH = 6.5
_COUNTER = CELL._replace(horizontal="center", locked=False)


def make_register(form: Form, options: BlankOptions) -> bytes:
    """The bytes of a workbook with a register sheet, a sheet for each table that needs one, and the word lists."""
    book = BlankBook(form, FileShape.REGISTER)
    lists = WordLists(book)
    main = _RegisterSheet(book, lists, book.add_sheet(sheet_title(form.title)), plan_columns(form), options)
    tables = linked_tables(form)
    main.write(form.title, EXAMPLE_NAME, example_of(form.record_type))
    for table in tables:
        sheet = book.add_sheet(sheet_title(table.label, (each.title for each in book.sheets)))
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
        self, book: BlankBook, lists: WordLists, sheet: Worksheet, columns: list[RegisterColumn], options: BlankOptions,
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
        set_up_view(self.sheet, self.columns, head.row, last)
        set_up_print(self.sheet, self.columns, TOP_ROW, head.row)

    def _style_columns(self) -> None:
        """Looks, formats and locks of whole columns, so that rows beyond those prepared have them too."""
        frame, number = self.sheet.frame, self.sheet.styles.number
        frame.row_pt = _ROW_PT  # not a custom height: rows grow with what is entered
        frame.columns = [ColumnTrack(_COUNTER_WIDTH, number(_COUNTER)), *(
            ColumnTrack(round(column.width_em * _CHAR_PER_EM, 2), number(_style_of(column))) for column in self.columns
        )]  # fmt: skip

    def _write_example(self, row: int, name: str, example: dict[str, object]) -> None:
        """The example row, and what it says, so that it is known again when nobody has changed it."""
        italic = FACE._replace(italic=True, colour=GREY)
        self.sheet.put(row, 0, EXAMPLE_WORD, _COUNTER._replace(face=italic))
        entered = []
        for position, column in enumerate(self.columns, start=1):
            value = _cell_value(column, example)
            self.sheet.put(row, position, value, _style_of(column)._replace(face=italic))
            if not column.field.computed:
                entered.append(value)
        self.book.name(name, absolute(self.sheet.title, Range(row, 0, row, len(self.columns))))
        self.book.name_text(EXAMPLE_DIGEST_NAME, digest_of_row(entered))

    def _add_rules(self, first: int, last: int) -> None:
        for position, column in enumerate(self.columns, start=1):
            place = Range(first, position, last, position)
            if column.field.computed:
                continue
            ticked = column.option and tick_rule(column.option.label, place, (TICK,))
            rule = ticked or rule_for(column.field, place, self._words(column, first))
            if rule is not None:
                self.sheet.frame.validations.append(rule)

    def _words(self, column: RegisterColumn, row: int) -> str:
        """The list of a choice's drop-down."""
        field = column.field
        if not field.kind.is_choice:
            return ""
        plain = without_rows(column.path)
        if field.depends:
            for path in owner_paths(column.path, field.depends):
                owner = next((n for n, each in enumerate(self.columns, start=1) if each.path == path), None)
                if owner is not None:
                    cell = f"${cell_name(row, owner)}"
                    return self.lists.words_of(plain, field, self.columns[owner - 1].field, cell)
        return self.lists.words(plain, field)

    def _add_formulas(self, first: int, last: int) -> None:
        form = self.book.form
        expressions = {each.name: each.expression for each in form.compute}
        cells = {
            column.path: (column_letters(position), column.field)
            for position, column in enumerate(self.columns, start=1)
            if not column.field.computed and column.option is None
        }
        waiting = [(n, c) for n, c in enumerate(self.columns, start=1) if c.field.name in expressions]
        order = [each.name for each in form.compute]
        for position, column in sorted(waiting, key=lambda pair: order.index(pair[1].field.name)):
            if not column.field.computed:
                continue
            text = translate(expressions[column.field.name], column.field, _RowCells(cells, self.lists))
            if text is None:
                continue
            cells[column.path] = (column_letters(position), column.field)
            style = _style_of(column)
            for row in range(first, last + 1):
                formula = Formula(text.removeprefix("=").replace(_ROW, str(row + 1)))
                if self.sheet.value(row, position) is not None:  # the example row has a look of its own
                    self.sheet.change(row, position, formula)
                else:
                    self.sheet.put(row, position, formula, style)

    def _number_rows(self, first: int, last: int) -> None:
        """Numbers that sort along with their rows, and that other sheets refer to."""
        if self.table is None:
            for count, row in enumerate(range(first, last + 1), start=1):
                self.sheet.put(row, 0, count, _COUNTER._replace(face=FACE._replace(colour=GREY)))


def _style_of(column: RegisterColumn) -> CellStyle:
    """How the cells of a column look."""
    field = column.field
    return CELL._replace(
        face=FACE._replace(colour=GREY if field.computed else INK),
        horizontal=_horizontal(column),
        fill=COMPUTED_FILL if field.computed else "",
        number_format="General" if column.option else field.kind.entry_format(field),
        locked=field.computed,
    )


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
