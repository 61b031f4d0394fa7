"""A form's paper as patterns of table rows, to find the same rows in a Word file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from danju.exchange.paths import field_at
from danju.layout.compile import FormKey, form_key, lay_out
from danju.layout.draw import shape_of
from danju.layout.grid import Content, FigureOf, FixedWords, Grid, OptionsOf, ProseOf, Shape, SignOf, TickOf, ValueOf
from danju.layout.heights import room_of
from danju.model.form import Form
from danju.readers.word.blocks import WordCell
from danju.values.text import fold

__all__ = ["PaperCell", "PaperRow", "likeness", "rows_of"]

_BASE = 0.2
_MISMATCH = -1.5


@dataclass(frozen=True, slots=True)
class PaperCell:
    """A cell that a row of the paper shows.

    Attributes:
        content: What stands in it; None for a gap.
        words: Folded words by which it is known; the whole text of fixed words.
        room_mm: Width for its text.
        begins: Whether it begins in this row, or only reaches into it.
    """

    content: Content | None
    words: tuple[str, ...] = ()
    room_mm: float = 0.0
    begins: bool = True


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A row of the paper, every cell from left to right.

    Attributes:
        cells: Those that begin here or reach into it.
        repeats: Whether it stands for any number of rows of a table.
        is_head: Whether it is a table's head, which repeats on further pages.
        table: Number of the table, or 0.
        may_lack: Whether records without it are common.
    """

    cells: tuple[PaperCell, ...]
    repeats: bool
    is_head: bool
    table: int
    may_lack: bool

    @property
    def label_words(self) -> tuple[str, ...]:
        """Folded fixed words of the cells that begin here."""
        return tuple(
            cell.words[0] for cell in self.cells if cell.begins and isinstance(cell.content, FixedWords) and cell.words
        )

    @property
    def labels(self) -> int:
        """How many cells of fixed words begin here."""
        return len(self.label_words)


def rows_of(form: Form) -> tuple[PaperRow, ...]:
    """Every row that a record of the form may show, each table with one row."""
    return _rows_of(form_key(form)) if form.layout.blocks else ()


@lru_cache(maxsize=64)
def _rows_of(key: FormKey) -> tuple[PaperRow, ...]:
    form = key.form
    empty = shape_of(form, {})
    shape = Shape(tuple((path, 1) for path, _ in empty.table_rows), tuple((when, True) for when, _ in empty.shown))
    grid = lay_out(key, shape)
    owners = [[-1] * len(grid.columns_mm) for _ in grid.rows]
    for number, cell in enumerate(grid.cells):
        for row in range(cell.row, cell.row + cell.rowspan):
            owners[row][cell.column : cell.column + cell.colspan] = [number] * cell.colspan
    return tuple(_row(form, grid, index, line, bool(shape.shown)) for index, line in enumerate(owners))


def _row(form: Form, grid: Grid, index: int, line: list[int], has_whens: bool) -> PaperRow:
    cells = []
    before: int | None = None
    for number in line:
        if number != before:
            cells.append(_cell(form, grid, index, number))
        before = number
    repeats = any(cell.begins and _is_row_of_table(cell.content) for cell in cells)
    about = grid.rows[index]
    return PaperRow(tuple(cells), repeats, about.is_head, about.table, repeats or has_whens)


def _cell(form: Form, grid: Grid, row: int, number: int) -> PaperCell:
    if number < 0:
        return PaperCell(None)
    cell = grid.cells[number]
    words = _words(form, cell.content)
    return PaperCell(cell.content, words, room_of(grid, cell), cell.row == row)


def _is_row_of_table(content: Content | None) -> bool:
    if isinstance(content, FigureOf):
        return content.index == 0
    return isinstance(content, ValueOf) and "[0]" in content.path


def _words(form: Form, content: Content) -> tuple[str, ...]:
    match content:
        case FixedWords(lines=lines):
            text = fold("".join(lines))
            return (text,) if text else ()
        case OptionsOf(path=path):
            field = field_at(form.record_type, path)
            return tuple(fold(option.label) for option in field.options) if field else ()
        case SignOf(parts=parts):
            return tuple(fold(part.label) for part in parts if part.label.strip("：: "))
        case ProseOf(template=template):
            return tuple(fold(piece) for piece in template.partition("{{")[:1] if fold(piece))
    return ()


def likeness(cells: list[WordCell], row: PaperRow) -> float | None:
    """How much the cells of a table row look like a row of the paper; None when they cannot be it."""
    if len(cells) != len(row.cells):
        return None
    return _BASE + sum(
        _cell_likeness(cell, pattern, row.repeats) for cell, pattern in zip(cells, row.cells, strict=True)
    )


def _cell_likeness(cell: WordCell, pattern: PaperCell, repeats: bool) -> float:
    if cell.is_continued or not pattern.words:
        return 0.3 if isinstance(pattern.content, TickOf) and len(cell.text.strip()) <= 2 else 0.0
    text = fold(cell.text)
    if isinstance(pattern.content, FixedWords):
        if text in pattern.words:
            return 2.0
        return 0.0 if repeats or not (pattern.begins or text) else _MISMATCH
    found = sum(word in text for word in pattern.words) / len(pattern.words)
    return found * 1.5 if found else -0.5
