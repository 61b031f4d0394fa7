"""The blank paper form: drawn as finished ones are, then made ready to be filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from danju.blanks import BlankOptions
from danju.blanks.excel.book import Book
from danju.blanks.excel.columns import owner_paths
from danju.blanks.excel.entry import note_text, rule_for, tick_rule
from danju.blanks.excel.formulas import translate
from danju.blanks.excel.further_fields import write_further_fields
from danju.blanks.excel.lists import WordLists
from danju.blanks.excel.looks import COMPUTED_FILL, align, fill
from danju.blanks.excel.option_line import show_option_line
from danju.blanks.excel.paper import DAY_BLANK, BlankPaper, lay_out_blank
from danju.exchange.cell_names import CellName, cell_of_name, name_of_cell
from danju.exchange.stamp import Shape
from danju.kinds import TEXT
from danju.layout.blocks.block import iter_blocks
from danju.layout.grid import FigureOf
from danju.layout.paths import field_at
from danju.layout.widths import is_one_line
from danju.model.field import Field
from danju.model.form import Form
from danju.ooxml.properties import Properties
from danju.ooxml.styles import DIGIT_PX
from danju.renderers.excel import compile_excel

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell

__all__ = ["make_form"]

_MM_PER_PX = 25.4 / 96
_OPTION_CELL = re.compile(r"[☐☑]\s*(.+)")


def make_form(form: Form, _: BlankOptions) -> bytes:
    """The bytes of a workbook with the paper form on a sheet, and the word lists."""
    paper = lay_out_blank(form)
    about = Properties(form.title, "", form.id, form.version, form.digest, "", form.layout.unit_name, "")
    book = Book(form, Shape.FORM, compile_excel().render(paper.drawing, about))
    _FormSheet(book, paper).dress()
    return book.finish()


@dataclass(frozen=True, slots=True)
class _Place:
    """A cell that holds something."""

    path: str
    field: Field
    cell: Cell


class _FormSheet:
    def __init__(self, book: Book, paper: BlankPaper) -> None:
        self.book, self.form, self.sheet, self.paper = book, book.form, book.sheet, paper
        self.lists = WordLists(book)
        self.cells: dict[str, Cell] = {}  # the first cell of each path
        self.spans = {span.coord.split(":")[0]: span for span in self.sheet.merged_cells.ranges}
        self.signed = {held: path for line in paper.signs for held, path in line.items()}

    def dress(self) -> None:
        """Names, locks, formats, drop-downs, formulas, in that order."""
        places = list(self._places())
        again = [place for place in places if self.cells.setdefault(place.path, place.cell) is not place.cell]
        for place in places:
            if place not in again:
                self._dress_value(place)
        self._dress_ticks()
        self._join_signs()
        further = write_further_fields(self.book, self.cells)
        for path, field, cell in further:
            self.cells[path] = cell
            self._dress_value(_Place(path, field, cell))
        self._add_formulas()
        for place in again:
            first = self.cells[place.path].coordinate
            nothing = str(place.cell.value or "") if place.field.kind.tells_day else ""
            place.cell.value = f'=IF({first}="","{nothing}",{first})'
            if nothing:
                place.cell.alignment = align("right", wrap=False, indent=1)
            place.cell.number_format = place.field.kind.paper_format(place.field)
        self._protect()

    def _drawn(self) -> Iterator[tuple[str, Cell]]:
        """Names given when the form was drawn, and their cells, in reading order."""
        found = []
        for name, target in self.book.drawn_names.items():
            address = target.rpartition("!")[2].replace("$", "")
            if name.startswith("danju.") and ":" not in address and not address.startswith('"'):
                cell: Cell = self.sheet[address]
                found.append((name, cell))
        return iter(sorted(found, key=lambda pair: (pair[1].row, pair[1].column)))

    def _places(self) -> Iterator[_Place]:
        """Cells of single values."""
        for name, cell in self._drawn():
            path = self.signed.get(name.removeprefix("danju."))
            if path is None:
                meant = cell_of_name(name, self.form.record_type)
                path = meant.path if meant is not None and not meant.option and not meant.line else ""
            field = field_at(self.form.record_type, path) if path else None
            if field is not None:
                yield _Place(path, field, cell)

    def _dress_value(self, place: _Place) -> None:
        """A cell for one value, entered or computed."""
        field, cell = place.field, place.cell
        cell.number_format = field.kind.paper_format(field)
        self.book.name_cell(name_of_cell(place.path), cell)
        if not is_one_line(field):  # drawn without a text, it was taken for a code, which shrinks to fit
            old = cell.alignment
            cell.alignment = align(old.horizontal or "left", vertical=old.vertical or "center", indent=int(old.indent))
        if field.computed:
            self._grey(cell)
            if text := note_text(field):
                self.book.note(cell, text)
            return
        self._unlock(cell)
        plain = _plain(place.path)
        line = str(cell.value or "")
        if field.kind.is_choice and "☐" in line:
            show_option_line(self.sheet, cell, field, line, self._width_mm(cell))
        elif line == DAY_BLANK:
            cell.alignment = align("right", wrap=False, indent=1)
        rule = rule_for(field, cell.coordinate, self._words(place, plain) if field.kind.is_choice else "")
        if rule is not None:
            rule.add(self._range(cell))
            self.sheet.add_data_validation(rule)

    def _words(self, place: _Place, plain: str) -> str:
        """The list of a choice's drop-down."""
        for path in owner_paths(place.path, place.field.depends) if place.field.depends else ():
            owner = self.cells.get(path)
            field = field_at(self.form.record_type, path)
            if owner is not None and field is not None:
                return self.lists.words_of(plain, place.field, field, f"${owner.column_letter}${owner.row}")
        return self.lists.words(plain, place.field)

    def _dress_ticks(self) -> None:
        """Cells that tick one option."""
        marks = dict(ticks for block in iter_blocks(self.form.layout) if (ticks := block.tick_marks()))
        for name, cell in self._drawn():
            meant = cell_of_name(name, self.form.record_type)
            field = self.form.record_type.find(meant.path) if meant is not None and meant.option else None
            if meant is None or field is None or meant.piece:
                continue
            self._unlock(cell)
            self.book.name_cell(name, cell)
            found = _OPTION_CELL.fullmatch(str(cell.value or ""))
            pair = (f"☑ {found[1]}", f"☐ {found[1]}") if found else marks.get(meant.path, ("☑", "☐"))
            cell.value = pair[1] or None
            if not any("," in mark for mark in pair):
                rule = tick_rule(_label(field, meant), tuple(mark for mark in pair if mark))
                rule.add(cell.coordinate)
                self.sheet.add_data_validation(rule)
            self.cells.setdefault(meant.path, cell)

    def _join_signs(self) -> None:
        """No rules between the pieces of a sign-off line."""
        from openpyxl.styles import Border

        drawn = {name.removeprefix("danju."): cell for name, cell in self._drawn()}
        for line in self.paper.signs:
            cells = [drawn[held] for held in line if held in drawn]
            if not cells:
                continue
            row, first = cells[0].row, cells[0].column
            last = max(self._last_column(cell) for cell in cells)
            for column in range(first, last + 1):
                cell = self.sheet.cell(row, column)
                old = cell.border
                cell.border = Border(
                    left=old.left if column == first else None, right=old.right if column == last else None,
                    top=old.top, bottom=old.bottom,
                )  # fmt: skip

    def _add_formulas(self) -> None:
        """Formulas of computed fields, and of computed cells and totals of tables."""
        for computation in self.form.compute:
            field, cell = self.form.record_type.field(computation.name), self.cells.get(computation.name)
            if field is None or cell is None:
                continue
            text = translate(computation.expression, field, _Cells(self, ""))
            if text is None:
                del self.cells[computation.name]  # nothing can be computed from it here either
            else:
                cell.value = text
        for name, cell in self._drawn():
            figure = self.paper.figures.get(name.removeprefix("danju."))
            if figure is not None:
                self._grey(cell)
                cell.value = self._figure(figure)

    def _figure(self, figure: FigureOf) -> str | None:
        table = self.form.record_type.field(figure.table)
        member = table.member(figure.member) if table and figure.member else None
        target = member or Field("figure", TEXT, "")
        if figure.index is not None:
            return translate(figure.expression, target, _Cells(self, f"{figure.table}[{figure.index}]."))
        cells = ",".join(_Cells(self, "").members(figure.table, figure.member))
        function = {"sum": "SUM", "mean": "AVERAGE", "count": "COUNT"}.get(figure.expression)
        return f'=IF(COUNT({cells})=0,"",{function}({cells}))' if cells and function else None

    def _unlock(self, cell: Cell) -> None:
        from openpyxl.styles import Protection

        for row in self.sheet[self._range(cell)]:
            for each in row if isinstance(row, tuple) else (row,):
                each.protection = Protection(locked=False)

    def _grey(self, cell: Cell) -> None:
        for row in self.sheet[self._range(cell)]:
            for each in row if isinstance(row, tuple) else (row,):
                each.fill = fill(COMPUTED_FILL)

    def _range(self, cell: Cell) -> str:
        span = self.spans.get(cell.coordinate)
        return span.coord if span is not None else f"{cell.coordinate}:{cell.coordinate}"

    def _width_mm(self, cell: Cell) -> float:
        """Width of a cell with those merged into it."""
        from openpyxl.utils import get_column_letter

        letters = (get_column_letter(column) for column in range(cell.column, self._last_column(cell) + 1))
        return sum(self.sheet.column_dimensions[each].width * DIGIT_PX for each in letters) * _MM_PER_PX

    def _last_column(self, cell: Cell) -> int:
        span = self.spans.get(cell.coordinate)
        return span.max_col if span is not None else cell.column

    def _protect(self) -> None:
        """No password: it keeps labels and formulas from slips, not from people."""
        protection = self.sheet.protection
        protection.sheet = True
        protection.formatColumns = protection.formatRows = protection.formatCells = False
        protection.insertRows = protection.deleteRows = False
        first = next(iter(self.cells.values()), None)
        for selection in self.sheet.sheet_view.selection if first is not None else ():
            selection.activeCell = selection.sqref = first.coordinate  # type: ignore[union-attr]  # checked above


@dataclass(frozen=True, slots=True)
class _Cells:
    """Cells of the sheet, for formulas; a row's members hide the record's fields of the same name."""

    sheet: _FormSheet
    row: str

    def cell(self, path: str) -> tuple[str, Field] | None:
        for full in (self.row + path, path) if self.row else (path,):
            cell = self.sheet.cells.get(full)
            field = field_at(self.sheet.form.record_type, full)
            if cell is not None and field is not None:
                return cell.coordinate, field
        return None

    def members(self, table: str, member: str) -> list[str]:
        rows = re.compile(rf"{re.escape(table)}\[\d+\]\.{re.escape(member)}")
        return [cell.coordinate for path, cell in self.sheet.cells.items() if rows.fullmatch(path)]

    def attribute(self, path: str, name: str) -> str | None:
        found = self.cell(path)
        return self.sheet.lists.attribute(_plain(path), found[1], name, found[0]) if found else None


def _plain(path: str) -> str:
    return re.sub(r"\[[^\]]*\]", "", path)


def _label(field: Field, meant: CellName) -> str:
    option = field.option(meant.option)
    return option.label if option else field.label
