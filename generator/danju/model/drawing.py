"""Drawings: a record on its paper, neutral of any file format. Renderers draw these and know no form by name.

Everything is measured: lines are broken, sizes chosen, rows as high as they will be. Lengths are millimetres, type
sizes points. Rows and columns are 0-based. Runs, lines and cells are made by the
thousand, and named tuples are made three times as fast as frozen dataclasses.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from danju.model.layout import Paper
from danju.model.picture import Picture

MM_PER_PT = 25.4 / 72
TEXT_PT = 10.5
"""Type size of values and labels."""
LEAST_NUMBER_PT = 6.0
"""How far numbers shrink before their digits would be torn apart."""
LEADING = 1.45
"""Height of a line in multiples of its type size."""
LINE_MM = TEXT_PT * LEADING * MM_PER_PT
"""Height of the lines of a cell; a smaller type does not make them lower."""
PAD_MM, LABEL_PAD_MM = 2.0, 1.0
"""Left and right of the text of values, and of labels and text without rules."""
EDGE_MM = 1.3
"""Above text at the top of its cell, and below text at the bottom."""
FOOT_PT = 8.0
FOOT_LINE_MM = FOOT_PT * LEADING * MM_PER_PT
"""The line at the foot of each sheet."""

LineEnd = Literal["paragraph", "wrap", "break"]
"""What ends a line: its paragraph; the edge of its cell, where any program breaks it alike; or the edge as we measured
it, which must be told to a program that breaks lines itself."""


class Run(NamedTuple):
    """Text in one look.

    Attributes:
        text: Never empty; may hold U+3000 as spacing; no line breaks.
        size_pt: Type size.
        bold: Bold face.
        grey: Printed in small-print grey.
        symbol: A tick box; renderers name a symbol font for it.
        spacing_pt: Space added behind each letter.
    """

    text: str
    size_pt: float = TEXT_PT
    bold: bool = False
    grey: bool = False
    symbol: bool = False
    spacing_pt: float = 0.0


class Line(NamedTuple):
    """A printed line, which fits its cell.

    Attributes:
        runs: From left to right; none for an empty line. A blank before the line's end belongs to the text.
        align: left, center, right.
        height_mm: Of the line.
        end: What ends it.
        picture: Stands in place of runs, as wide and high as it says, or None.
    """

    runs: tuple[Run, ...]
    align: str = "left"
    height_mm: float = LINE_MM
    end: LineEnd = "paragraph"
    picture: Picture | None = None

    @property
    def text(self) -> str:
        """The words without their looks."""
        return "".join([run.text for run in self.runs])


class Cell(NamedTuple):
    """A rectangle of the grid.

    Attributes:
        row, column: Top-left track, counted within its rows.
        rowspan, colspan: Tracks covered.
        lines: Content.
        is_label: Shaded light grey.
        valign: top, middle or bottom.
        open_top, open_bottom: No rule there (the cell belongs together with its neighbour).
        border: False for text without any rules around it.
        field: What is shown, as `danju.exchange.paths` writes it, or "": the path of a value, the tick of an option,
            the fields of a sign-off line.
        pad_mm: Left and right of the text.
        role: Of text around the grid: unit, title, head or note; else "".
    """

    row: int
    column: int
    rowspan: int
    colspan: int
    lines: tuple[Line, ...]
    is_label: bool = False
    valign: str = "middle"
    open_top: bool = False
    open_bottom: bool = False
    border: bool = True
    field: str = ""
    pad_mm: float = PAD_MM
    role: str = ""


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows on the drawing's columns that stand above or below the grid.

    Attributes:
        heights_mm: Height of each row.
        cells: In reading order.
    """

    heights_mm: tuple[float, ...] = ()
    cells: tuple[Cell, ...] = ()


NO_ROWS = Rows()


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet of paper.

    Attributes:
        heights_mm: Height of each row of the grid.
        cells: In reading order.
        head_rows: Leading rows that repeat a table's head from the page before.
        below: Notes under the grid (last page only).
    """

    heights_mm: tuple[float, ...]
    cells: tuple[Cell, ...]
    head_rows: int = 0
    below: Rows = NO_ROWS

    @property
    def notes(self) -> tuple[Line, ...]:
        """The lines of the notes."""
        return tuple([line for cell in self.below.cells for line in cell.lines])


@dataclass(frozen=True, slots=True)
class Drawing:
    """A record on paper.

    Attributes:
        title: What the document is called.
        heading: Name of the organisation, title, number and date: above the grid of each page.
        footer: Left foot of each page (the number); the right foot is always 第 X 页　共 Y 页.
        paper: The sheet.
        columns_mm: Width of each column track; the same on every page.
        pages: At least one.
    """

    title: str
    heading: Rows
    footer: str
    paper: Paper
    columns_mm: tuple[float, ...]
    pages: tuple[Page, ...]

    @property
    def unit_name(self) -> str:
        """Name of the organisation above the title, or ""."""
        return self._text_above("unit")

    @property
    def left(self) -> str:
        """The left text of the line above the grid."""
        return self._text_above("head", "left")

    @property
    def right(self) -> str:
        """Its right text."""
        return self._text_above("head", "right")

    def _text_above(self, role: str, *aligns: str) -> str:
        lines = [line for cell in self.heading.cells if cell.role == role for line in cell.lines]
        return "".join([line.text for line in lines if not aligns or line.align in aligns])


def pictures_of(drawing: Drawing) -> tuple[Picture, ...]:
    """Every picture on the paper, in reading order; those that stand twice are there twice."""
    cells = (cell for page in drawing.pages for cell in page.cells)
    return tuple([line.picture for cell in cells for line in cell.lines if line.picture is not None])
