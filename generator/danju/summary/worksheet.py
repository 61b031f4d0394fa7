"""Worksheets as XML: what all of them have in common, and short ones drawn cell by cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from danju.ooxml.addresses import cell_name, quoted_title
from danju.ooxml.parts import OFFICE
from danju.ooxml.text import DECLARATION
from danju.ooxml.workbook import MAIN
from danju.summary.cell_looks import CellLook
from danju.summary.cell_xml import date_serial, date_text, exact, text_tail
from danju.summary.charts import PlacedChart
from danju.summary.style_table import StyleTable
from danju.values.text import is_formula_like

_FIRST_SELECTED = '<selection activeCell="A1" sqref="A1"/>'


def opening_xml(dimension: str, widths: Sequence[float], *, pane: str = "", gridlines: bool = True) -> str:
    """A worksheet up to its first row.

    Args:
        dimension: Range of the cells in use.
        widths: Of the columns, in characters.
        pane: What `frozen_xml` gives, or "".
        gridlines: Whether the screen shows them.
    """
    columns = "".join(
        f'<col min="{number}" max="{number}" width="{round(width, 2):g}" customWidth="1"/>'
        for number, width in enumerate(widths, start=1)
    )
    columns = f"<cols>{columns}</cols>" if columns else ""
    hidden = "" if gridlines else ' showGridLines="0"'
    return (
        f'{DECLARATION}<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}">'
        f'<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><dimension ref="{dimension}"/>'
        f'<sheetViews><sheetView{hidden} workbookViewId="0">{pane or _FIRST_SELECTED}</sheetView></sheetViews>'
        f'<sheetFormatPr baseColWidth="8" defaultRowHeight="15"/>{columns}'
        "<sheetData>"
    )


def frozen_xml(rows: int, columns: int) -> str:
    """Rows at the top and columns at the left that stay in sight."""
    below = cell_name(rows, columns)
    if not columns:
        return (
            f'<pane ySplit="{rows}" topLeftCell="{below}" activePane="bottomLeft" state="frozen"/>'
            f'<selection pane="bottomLeft" activeCell="{below}" sqref="{below}"/>'
        )
    return (
        f'<pane xSplit="{columns}" ySplit="{rows}" topLeftCell="{below}" activePane="bottomRight" state="frozen"/>'
        '<selection pane="topRight"/><selection pane="bottomLeft"/>'
        f'<selection pane="bottomRight" activeCell="{below}" sqref="{below}"/>'
    )


@dataclass(slots=True)
class ShortSheet:
    """A sheet that fits in memory.

    Attributes:
        title: Name of the worksheet.
        styles: Numbers of looks.
        print_setup: What `print_setup_xml` gives.
        widths: Of the columns, in characters.
        print_area: Absolute range that is printed, or "" for everything.
        gridlines: Whether the screen shows them.
        page_breaks: 1-based rows that begin a page.
        charts: On top of the cells.
    """

    title: str
    styles: StyleTable
    print_setup: str
    widths: Sequence[float] = ()
    print_area: str = ""
    gridlines: bool = True
    page_breaks: list[int] = field(default_factory=list)
    charts: list[PlacedChart] = field(default_factory=list)
    _rows: dict[int, dict[int, str]] = field(default_factory=dict)
    _heights_pt: dict[int, float] = field(default_factory=dict)
    _merged: list[str] = field(default_factory=list)

    def put(self, row: int, column: int, value: str | int | Decimal | date | None, look: CellLook) -> None:
        """Fill a cell, row and column 1-based; None leaves it blank."""
        self._rows.setdefault(row, {})[column] = f'<c r="{cell_name(row - 1, column - 1)}{self._tail(value, look)}'

    def merge(self, row: int, columns: tuple[int, int], value: str, look: CellLook) -> None:
        """Fill one cell that reaches from the first to the last column, both 1-based."""
        first, last = columns
        for column in range(first, last + 1):
            self.put(row, column, value if column == first else None, look)
        self._merged.append(f"{cell_name(row - 1, first - 1)}:{cell_name(row - 1, last - 1)}")

    def set_height(self, row: int, height_pt: float) -> None:
        """How high a row is."""
        self._heights_pt[row] = height_pt
        self._rows.setdefault(row, {})

    def defined_names(self) -> tuple[tuple[str, str], ...]:
        """Built-in names of the sheet, and what they refer to."""
        return (("Print_Area", f"{quoted_title(self.title)}!{self.print_area}"),) if self.print_area else ()

    def xml(self) -> bytes:
        """The worksheet; its drawing, if it has charts, is relationship rId1."""
        last_column = max((column for cells in self._rows.values() for column in cells), default=1)
        dimension = f"A1:{cell_name(max(self._rows, default=1) - 1, last_column - 1)}"
        rows = (self._row_xml(row, self._rows[row]) for row in sorted(self._rows))
        merged = "".join(f'<mergeCell ref="{reference}"/>' for reference in self._merged)
        breaks = "".join(f'<brk id="{row - 1}" max="16383" man="1"/>' for row in self.page_breaks)
        count = len(self.page_breaks)
        return "".join(
            (
                opening_xml(dimension, self.widths, gridlines=self.gridlines),
                *rows,
                "</sheetData>",
                f'<mergeCells count="{len(self._merged)}">{merged}</mergeCells>' if merged else "",
                self.print_setup,
                f'<rowBreaks count="{count}" manualBreakCount="{count}">{breaks}</rowBreaks>' if breaks else "",
                '<drawing r:id="rId1"/>' if self.charts else "",
                "</worksheet>",
            )
        ).encode()

    def _row_xml(self, row: int, cells: Mapping[int, str]) -> str:
        height = self._heights_pt.get(row)
        told = f' ht="{height:g}" customHeight="1"' if height is not None else ""
        content = "".join(cells[column] for column in sorted(cells))
        return f'<row r="{row}"{told}>{content}</row>'

    def _tail(self, value: str | int | Decimal | date | None, look: CellLook) -> str:
        """The cell as `cell_xml` describes."""
        style = self.styles.number(look)
        if isinstance(value, date):
            serial = date_serial(value)
            if serial:
                return f'" s="{style}"><v>{serial}</v></c>'
            value = date_text(value)
        if value is None or isinstance(value, str):
            quoted = self.styles.number(replace(look, quoted=True)) if value and is_formula_like(value) else 0
            return text_tail(value or "", style, quoted)
        return f'" s="{style}"><v>{exact(value) if isinstance(value, Decimal) else value}</v></c>'
