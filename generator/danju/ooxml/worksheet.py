"""Worksheets as XML: what stands around the rows, and sheets that are drawn cell by cell (ECMA-376 part 1, 18.3)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from danju.ooxml.addresses import Range, absolute, cell_name, column_letters
from danju.ooxml.cells import CellValue, value_tail
from danju.ooxml.entry_rules import Condition, Validation, conditions_xml, validations_xml
from danju.ooxml.notes import Boxes, note_parts
from danju.ooxml.parts import OFFICE, Part
from danju.ooxml.printing import PrintSetup, print_xml
from danju.ooxml.styles import DIGIT_PX, CellStyle, StyleTable
from danju.ooxml.text import DECLARATION
from danju.ooxml.workbook import MAIN, NewSheet
from danju.values.text import is_formula_like

AUTHOR = "Danju"
"""Of notes."""

__all__ = ["AUTHOR", "ColumnTrack", "SheetFrame", "Worksheet", "row_xml"]


def row_xml(row: int, tails: Iterable[tuple[int, str]], height_pt: float | None = None) -> str:
    """A row, 0-based, with the tails of its cells by column, ascending."""
    number = row + 1
    height = f' ht="{height_pt:g}" customHeight="1"' if height_pt is not None else ""
    cells = "".join([f'<c r="{column_letters(column)}{number}{tail}' for column, tail in tails])
    return f'<row r="{number}"{height}>{cells}</row>'


@dataclass(frozen=True, slots=True)
class ColumnTrack:
    """A column of a worksheet.

    Attributes:
        width: In characters.
        style: Number of the style of cells that are not there.
    """

    width: float
    style: int = 0


@dataclass(slots=True)
class SheetFrame:
    """All of a worksheet but its rows.

    Attributes:
        columns: From the first on.
        frozen: Rows at the top and columns at the left that stay in sight.
        active: 0-based row and column of the cell where the cursor stands; by default the first that moves.
        gridlines: Whether the screen shows them.
        tab: RRGGBB of the tab, or "".
        row_pt: Height of rows that say nothing else.
        permissions: What a protected sheet still allows (`sort`, `formatCells`); None for one without protection.
        filtered: Range with filter buttons.
        merges: Ranges of merged cells.
        conditions, validations: Looks by content, and what may be entered.
        links: `hyperlink` elements, piece by piece.
        printing: Paper, margins, head and foot.
        breaks: Numbers of the rows after which a page ends.
        texts: Range where numbers kept as texts are no mistake.
        leads: Parts that the sheet leads to by relationships rId1, rId2 …: drawings, notes, tables.
    """

    columns: list[ColumnTrack] = field(default_factory=list)
    frozen: tuple[int, int] = (0, 0)
    active: tuple[int, int] | None = None
    gridlines: bool = True
    tab: str = ""
    row_pt: float = 15.0
    permissions: tuple[str, ...] | None = None
    filtered: Range | None = None
    merges: list[Range] = field(default_factory=list)
    conditions: list[Condition] = field(default_factory=list)
    validations: list[Validation] = field(default_factory=list)
    links: Callable[[], Iterable[bytes]] | None = None
    printing: PrintSetup | None = None
    breaks: list[int] = field(default_factory=list)
    texts: Range | None = None
    leads: tuple[Part, ...] = ()

    def opening(self, dimension: Range | None) -> str:
        """The worksheet up to its first row; its extent may be left out."""
        fitted = self.printing is not None and self.printing.fit is not None
        tab = f'<tabColor rgb="FF{self.tab}"/>' if self.tab else ""
        columns = "".join(
            f'<col min="{number}" max="{number}" width="{track.width:.8g}" customWidth="1"'
            + (f' style="{track.style}"/>' if track.style else "/>")
            for number, track in enumerate(self.columns, start=1)
        )
        return (
            f'{DECLARATION}<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}">'
            f'<sheetPr>{tab}<pageSetUpPr fitToPage="{fitted:d}"/></sheetPr>'
            f'<sheetViews><sheetView{"" if self.gridlines else _NO_GRID} workbookViewId="0">{self._view()}</sheetView>'
            f'</sheetViews><sheetFormatPr baseColWidth="8" defaultRowHeight="{self.row_pt:g}"/>'
            + (f"<cols>{columns}</cols>" if columns else "")
            + "<sheetData>"
        )

    def closing(self, styles: StyleTable | None = None) -> Iterator[bytes]:
        """The worksheet from behind its last row; the styles are needed for conditions."""
        permissions = "".join(f' {each}="0"' for each in self.permissions or ())
        merged = "".join([f'<mergeCell ref="{merge}"/>' for merge in self.merges])
        yield (
            "</sheetData>"
            + (f'<sheetProtection sheet="1"{permissions}/>' if self.permissions is not None else "")
            + (f'<autoFilter ref="{self.filtered}"/>' if self.filtered else "")
            + (f'<mergeCells count="{len(self.merges)}">{merged}</mergeCells>' if merged else "")
            + (conditions_xml(self.conditions, styles.effect) if styles is not None else "")
            + validations_xml(self.validations)
        ).encode()
        if self.links is not None:
            yield from self.links()
        breaks = "".join([f'<brk id="{row}" max="16383" man="1"/>' for row in self.breaks])
        count = len(self.breaks)
        texts = f'<ignoredError sqref="{self.texts}" numberStoredAsText="1"/>' if self.texts else ""
        yield (
            (print_xml(self.printing) if self.printing is not None else "")
            + (f'<rowBreaks count="{count}" manualBreakCount="{count}">{breaks}</rowBreaks>' if breaks else "")
            + (f"<ignoredErrors>{texts}</ignoredErrors>" if texts else "")
            + f"{self._led()}</worksheet>"
        ).encode()

    def _led(self) -> str:
        """The elements of the parts that the sheet leads to."""
        found: dict[str, str] = {}
        for number, part in enumerate(self.leads, start=1):
            found[part.kind] = found.get(part.kind, "") + _LED.get(part.kind, "").format(number)
        tables = found.pop("table", "")
        count = tables.count("<")
        return "".join(found[kind] for kind in ("sheetDrawing", "vml") if kind in found) + (
            f'<tableParts count="{count}">{tables}</tableParts>' if tables else ""
        )

    def _view(self) -> str:
        rows, columns = self.frozen
        cell = cell_name(*(self.active or self.frozen))
        at = f'activeCell="{cell}" sqref="{cell}"'
        if not rows and not columns:
            return f"<selection {at}/>"
        first = cell_name(rows, columns)
        if not columns:
            return (
                f'<pane ySplit="{rows}" topLeftCell="{first}" activePane="bottomLeft" state="frozen"/>'
                f'<selection pane="bottomLeft" {at}/>'
            )
        return (
            f'<pane xSplit="{columns}" ySplit="{rows}" topLeftCell="{first}" activePane="bottomRight" state="frozen"/>'
            f'<selection pane="topRight"/><selection pane="bottomLeft"/><selection pane="bottomRight" {at}/>'
        )


_NO_GRID = ' showGridLines="0"'
_LED = {
    "sheetDrawing": '<drawing r:id="rId{}"/>',
    "vml": '<legacyDrawing r:id="rId{}"/>',
    "table": '<tablePart r:id="rId{}"/>',
}
_PADDING_PX = 5
_DEFAULT_WIDTH = 8.43


@dataclass(slots=True)
class Worksheet:
    """A worksheet that fits in memory; rows and columns are 0-based.

    Attributes:
        title: Its name.
        styles: Numbers of the workbook's styles.
        frame: All but its rows.
        values: What stands in its cells, with the number of its style, by row and column.
        heights_pt: Of rows that say so.
        notes: By row and column.
        names: Built-in names of the sheet (`Print_Area`), and what they refer to.
        state: "", `hidden`, or `veryHidden`.
    """

    title: str
    styles: StyleTable
    frame: SheetFrame = field(default_factory=SheetFrame)
    values: dict[int, dict[int, tuple[CellValue, int]]] = field(default_factory=dict)
    heights_pt: dict[int, float] = field(default_factory=dict)
    notes: dict[tuple[int, int], str] = field(default_factory=dict)
    names: list[tuple[str, str]] = field(default_factory=list)
    state: str = ""

    def put(self, row: int, column: int, value: CellValue, style: CellStyle) -> None:
        """Fill a cell; None leaves it blank."""
        self.values.setdefault(row, {})[column] = value, self.styles.number(style)

    def merge(self, place: Range, value: CellValue, style: CellStyle) -> None:
        """Fill one cell that reaches over a range."""
        for row in range(place.top, place.bottom + 1):
            for column in range(place.left, place.right + 1):
                self.put(row, column, value if (row, column) == (place.top, place.left) else None, style)
        if (place.top, place.left) != (place.bottom, place.right):
            self.frame.merges.append(place)

    def value(self, row: int, column: int) -> CellValue:
        """What a cell holds; None for a blank one."""
        return self.values.get(row, {}).get(column, (None, 0))[0]

    def change(self, row: int, column: int, value: CellValue) -> None:
        """Put another value into a cell, whose looks stay."""
        _, number = self.values.setdefault(row, {}).get(column, (None, 0))
        self.values[row][column] = value, number

    def style(self, row: int, column: int) -> CellStyle:
        """How a cell looks."""
        number = self.values.get(row, {}).get(column, (None, 0))[1]
        return self.styles.style(number) if number else CellStyle()

    def restyle(self, row: int, column: int, **changes: object) -> None:
        """Change the looks of a cell, attributes of `CellStyle`."""
        style = self.style(row, column)._replace(**changes)  # type: ignore[arg-type]  # by name
        self.put(row, column, self.value(row, column), style)

    @property
    def extent(self) -> Range:
        """From the first cell to the last row and column."""
        right = max((max(cells) for cells in self.values.values() if cells), default=0)
        return Range(0, 0, max((*self.values, *self.heights_pt), default=0), right)

    def filter(self, place: Range) -> None:
        """Give a range filter buttons."""
        self.frame.filtered = place
        self.names.append(("_FilterDatabase", absolute(self.title, place)))

    def iter_rows(self) -> Iterator[str]:
        """The rows, ascending."""
        for row in sorted({*self.values, *self.heights_pt}):
            yield row_xml(row, self._tails(self.values.get(row, {})), self.heights_pt.get(row))

    def _tails(self, cells: Mapping[int, tuple[CellValue, int]]) -> Iterator[tuple[int, str]]:
        for column in sorted(cells):
            value, style = cells[column]
            yield (
                column,
                value_tail(value, style, self._quoted(value, style)) if value is not None else f'" s="{style}"/>',
            )

    def _quoted(self, value: CellValue, style: int) -> int:
        if not isinstance(value, str) or not is_formula_like(value):
            return style
        return self.styles.number((self.styles.style(style) if style else CellStyle())._replace(quoted=True))

    def xml(self) -> bytes:
        """The worksheet."""
        opening = self.frame.opening(self.extent)
        return b"".join((opening.encode(), "".join(self.iter_rows()).encode(), *self.frame.closing(self.styles)))

    def finish(self, number: int) -> NewSheet:
        """The sheet for a workbook, 1-based position among its sheets."""
        if self.notes:
            boxes = Boxes(self._width_px, lambda row: self.heights_pt.get(row, self.frame.row_pt) * 96 / 72)
            self.frame.leads += note_parts(self.notes, number, AUTHOR, boxes)
        names = tuple(self.names)
        return NewSheet(self.title, self.xml(), self.frame.leads, state=self.state, names=names)

    def _width_px(self, column: int) -> float:
        columns = self.frame.columns
        return (columns[column].width if column < len(columns) else _DEFAULT_WIDTH) * DIGIT_PX + _PADDING_PX
