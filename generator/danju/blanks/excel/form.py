"""The blank paper form: drawn as finished ones are, then made ready to be filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from danju.blanks import BlankOptions
from danju.blanks.excel.book import BlankBook
from danju.blanks.excel.columns import owner_paths
from danju.blanks.excel.entry import note_text, rule_for, tick_rule
from danju.blanks.excel.formulas import translate
from danju.blanks.excel.further_fields import write_further_fields
from danju.blanks.excel.lists import WordLists
from danju.blanks.excel.looks import COMPUTED_FILL
from danju.blanks.excel.option_line import show_option_line
from danju.blanks.excel.paper import DAY_BLANK, BlankPaper, lay_out_blank
from danju.exchange.cell_names import held_by_name, name_of_cell
from danju.exchange.paths import Held, any_row, field_at, row_path, without_rows
from danju.exchange.stamp import FileShape
from danju.kinds import TEXT
from danju.layout.blocks.block import iter_blocks
from danju.layout.grid import FigureOf
from danju.layout.widths import is_one_line
from danju.model.field import Field
from danju.model.form import Form
from danju.ooxml.addresses import Range, cell_name, column_letters
from danju.ooxml.cells import Formula
from danju.ooxml.styles import DIGIT_PX
from danju.renderers.excel import PaperSheet, draw_sheet

__all__ = ["make_form"]

_MM_PER_PX = 25.4 / 96
_DAY = {"horizontal": "right", "vertical": "center", "wrap": False, "shrink": False, "indent": 1}
_OPTION_CELL = re.compile(r"[☐☑]\s*(.+)")


def make_form(form: Form, _: BlankOptions) -> bytes:
    """The bytes of a workbook with the paper form on a sheet, and the word lists."""
    paper = lay_out_blank(form)
    drawn = draw_sheet(paper.drawing)
    book = BlankBook(form, FileShape.FORM, drawn.sheet)
    _BlankSheet(book, paper, drawn).dress()
    return book.finish()


@dataclass(frozen=True, slots=True)
class _Place:
    """A cell that holds something, with those merged into it."""

    path: str
    field: Field
    at: Range


class _BlankSheet:
    def __init__(self, book: BlankBook, paper: BlankPaper, drawn: PaperSheet) -> None:
        self.book, self.form, self.sheet, self.paper = book, book.form, drawn.sheet, paper
        self.lists = WordLists(book)
        self.cells: dict[str, Range] = {}  # the first cell of each path
        self.drawn = sorted(drawn.named(), key=lambda held: (held[2].top, held[2].left))  # in reading order
        self.signed = {held: path for line in paper.signs for held, path in line.items()}

    def dress(self) -> None:
        """Names, locks, formats, drop-downs, formulas, in that order."""
        places = list(self._places())
        again = [place for place in places if self.cells.setdefault(place.path, place.at) is not place.at]
        for place in places:
            if place not in again:
                self._dress_value(place)
        self._dress_ticks()
        self._join_signs()
        for path, field, at in write_further_fields(self.book, self.sheet, self.cells):
            self.cells[path] = at
            self._dress_value(_Place(path, field, at))
        self._add_formulas()
        for place in again:
            row, column = place.at.top, place.at.left
            first = _address(self.cells[place.path])
            nothing = self._text(place.at) if place.field.kind.tells_day else ""
            self.sheet.change(row, column, Formula(f'IF({first}="","{nothing}",{first})'))
            if nothing:
                self.sheet.restyle(row, column, **_DAY)
            self.sheet.restyle(row, column, number_format=place.field.kind.paper_format(place.field))
        self._protect()

    def _places(self) -> Iterator[_Place]:
        """Cells of single values."""
        for held, name, at in self.drawn:
            path = self.signed.get(held)
            if path is None:
                meant = held_by_name(name, self.form.record_type)
                path = meant.path if meant is not None and not meant.option and not meant.line else ""
            field = field_at(self.form.record_type, path) if path else None
            if field is not None:
                yield _Place(path, field, at)

    def _dress_value(self, place: _Place) -> None:
        """A cell for one value, entered or computed."""
        field, at = place.field, place.at
        row, column = at.top, at.left
        self.sheet.restyle(row, column, number_format=field.kind.paper_format(field))
        self.book.name_cell(name_of_cell(place.path), self.sheet, at)
        if not is_one_line(field):  # drawn without a text, it was taken for a code, which shrinks to fit
            self.sheet.restyle(row, column, wrap=True, shrink=False)
        if field.computed:
            self._restyle(at, fill=COMPUTED_FILL)
            if text := note_text(field):
                self.sheet.notes[row, column] = text
            return
        self._restyle(at, locked=False)
        plain = without_rows(place.path)
        line = self._text(at)
        if field.kind.is_choice and "☐" in line:
            show_option_line(self.sheet, at, field, line, self._width_mm(at))
        elif line == DAY_BLANK:
            self.sheet.restyle(row, column, **_DAY)
        rule = rule_for(field, at, self._words(place, plain) if field.kind.is_choice else "")
        if rule is not None:
            self.sheet.frame.validations.append(rule)

    def _words(self, place: _Place, plain: str) -> str:
        """The list of a choice's drop-down."""
        for path in owner_paths(place.path, place.field.depends) if place.field.depends else ():
            owner = self.cells.get(path)
            field = field_at(self.form.record_type, path)
            if owner is not None and field is not None:
                cell = f"${column_letters(owner.left)}${owner.top + 1}"
                return self.lists.words_of(plain, place.field, field, cell)
        return self.lists.words(plain, place.field)

    def _dress_ticks(self) -> None:
        """Cells that tick one option."""
        marks = dict(ticks for block in iter_blocks(self.form.layout) if (ticks := block.tick_marks()))
        for _, name, at in self.drawn:
            meant = held_by_name(name, self.form.record_type)
            field = self.form.record_type.find(meant.path) if meant is not None and meant.option else None
            if meant is None or field is None or meant.piece:
                continue
            self._restyle(at, locked=False)
            self.book.name_cell(name, self.sheet, at)
            found = _OPTION_CELL.fullmatch(self._text(at))
            pair = (f"☑ {found[1]}", f"☐ {found[1]}") if found else marks.get(meant.path, ("☑", "☐"))
            self.sheet.change(at.top, at.left, pair[1] or None)
            if not any("," in mark for mark in pair):
                given = tuple(mark for mark in pair if mark)
                self.sheet.frame.validations.append(tick_rule(_label(field, meant), at, given))
            self.cells.setdefault(meant.path, at)

    def _join_signs(self) -> None:
        """No rules between the pieces of a sign-off line."""
        drawn = {held: at for held, _, at in self.drawn}
        for line in self.paper.signs:
            places = [drawn[held] for held in line if held in drawn]
            if not places:
                continue
            row, first, last = places[0].top, places[0].left, max(at.right for at in places)
            for column in range(first, last + 1):
                left, right, top, bottom = self.sheet.style(row, column).edges
                edges = (left if column == first else "", right if column == last else "", top, bottom)
                self.sheet.restyle(row, column, edges=edges)

    def _add_formulas(self) -> None:
        """Formulas of computed fields, and of computed cells and totals of tables."""
        for computation in self.form.compute:
            field, at = self.form.record_type.field(computation.name), self.cells.get(computation.name)
            if field is None or at is None:
                continue
            text = translate(computation.expression, field, _FormCells(self, ""))
            if text is None:
                del self.cells[computation.name]  # nothing can be computed from it here either
            else:
                self.sheet.change(at.top, at.left, Formula(text.removeprefix("=")))
        for held, _, at in self.drawn:
            figure = self.paper.figures.get(held)
            if figure is not None:
                self._restyle(at, fill=COMPUTED_FILL)
                text = self._figure(figure)
                self.sheet.change(at.top, at.left, Formula(text.removeprefix("=")) if text else None)

    def _figure(self, figure: FigureOf) -> str | None:
        table = self.form.record_type.field(figure.table)
        member = table.member(figure.member) if table and figure.member else None
        target = member or Field("figure", TEXT, "")
        if figure.index is not None:
            return translate(figure.expression, target, _FormCells(self, row_path(figure.table, figure.index, "")))
        cells = ",".join(_FormCells(self, "").members(figure.table, figure.member))
        function = {"sum": "SUM", "mean": "AVERAGE", "count": "COUNT"}.get(figure.expression)
        return f'=IF(COUNT({cells})=0,"",{function}({cells}))' if cells and function else None

    def _text(self, at: Range) -> str:
        """What is written in a cell."""
        value = self.sheet.value(at.top, at.left)
        return "" if value is None else str(value)

    def _restyle(self, at: Range, **changes: object) -> None:
        """Change the looks of a cell and of those merged into it."""
        for row in range(at.top, at.bottom + 1):
            for column in range(at.left, at.right + 1):
                self.sheet.restyle(row, column, **changes)

    def _width_mm(self, at: Range) -> float:
        """Width of a cell with those merged into it."""
        columns = self.sheet.frame.columns[at.left : at.right + 1]
        return sum(column.width * DIGIT_PX for column in columns) * _MM_PER_PX

    def _protect(self) -> None:
        """No password: it keeps labels and formulas from slips, not from people."""
        frame = self.sheet.frame
        frame.permissions = ("formatCells", "formatColumns", "formatRows", "insertRows", "deleteRows")
        first = next(iter(self.cells.values()), None)
        if first is not None:
            frame.active = first.top, first.left


@dataclass(frozen=True, slots=True)
class _FormCells:
    """Cells of the sheet, for formulas; a row's members hide the record's fields of the same name."""

    sheet: _BlankSheet
    row: str

    def cell(self, path: str) -> tuple[str, Field] | None:
        for full in (self.row + path, path) if self.row else (path,):
            cell = self.sheet.cells.get(full)
            field = field_at(self.sheet.form.record_type, full)
            if cell is not None and field is not None:
                return _address(cell), field
        return None

    def members(self, table: str, member: str) -> list[str]:
        wanted = row_path(table, "", member)
        return [_address(cell) for path, cell in self.sheet.cells.items() if any_row(path) == wanted]

    def attribute(self, path: str, name: str) -> str | None:
        found = self.cell(path)
        return self.sheet.lists.attribute(without_rows(path), found[1], name, found[0]) if found else None


def _address(at: Range) -> str:
    return cell_name(at.top, at.left)


def _label(field: Field, meant: Held) -> str:
    option = field.option(meant.option)
    return option.label if option else field.label
