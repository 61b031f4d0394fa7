"""Drawings: a record on its paper, neutral of any file format. Renderers draw these and know no form by name.

Lengths are millimetres, type sizes points. Rows and columns are 0-based.
"""

from __future__ import annotations

from dataclasses import dataclass

from danju.model.layout import Paper


@dataclass(frozen=True, slots=True)
class Run:
    """Text in one look.

    Attributes:
        text: Never empty; may hold U+3000 as spacing; no line breaks.
        size_pt: Type size.
        bold: Bold face.
        grey: Printed in small-print grey.
        symbol: A tick box; renderers name a symbol font for it.
        keep: Must not be broken inside, nor apart from the next run.
    """

    text: str
    size_pt: float = 10.5
    bold: bool = False
    grey: bool = False
    symbol: bool = False
    keep: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph: runs that wrap inside their cell."""

    runs: tuple[Run, ...]
    align: str = "left"  # left, center, right

    @property
    def text(self) -> str:
        """The words without their looks."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Cell:
    """A rectangle of the grid.

    Attributes:
        row, column: Top-left track, counted within its page.
        rowspan, colspan: Tracks covered.
        lines: Content.
        is_label: Shaded light grey.
        valign: top, middle or bottom.
        open_top, open_bottom: No rule there (the cell belongs together with its neighbour).
        border: False for text without any rules around it.
        field: What is shown, or "": the path of a value (`contacts[0].name`, `licences[document=开票资料].number`), the
            tick of an option (`documents?开票资料`), or the fields of a sign-off line (`handler&handled_on`).
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


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet of paper.

    Attributes:
        heights_mm: Height of each row.
        cells: In reading order.
        head_rows: Leading rows that repeat a table's head from the page before.
        notes: Small lines below the grid (last page only).
    """

    heights_mm: tuple[float, ...]
    cells: tuple[Cell, ...]
    head_rows: int = 0
    notes: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Drawing:
    """A record on paper.

    Attributes:
        title: Title as printed.
        unit_name: Name of the organisation above the title, or "".
        left, right: The line above the grid; either may be empty.
        footer: Left foot of each page (the number); the right foot is always 第 X 页　共 Y 页.
        paper: The sheet.
        columns_mm: Width of each column track; the same on every page.
        pages: At least one.
        line_height: Distance of lines in multiples of the type size.
        pad_mm: Space left and right of a cell's text.
    """

    title: str
    unit_name: str
    left: str
    right: str
    footer: str
    paper: Paper
    columns_mm: tuple[float, ...]
    pages: tuple[Page, ...]
    line_height: float = 1.45
    pad_mm: float = 2.0
