"""Drawings as workbooks: one worksheet with the pages one below the other, each printing on its own sheet of paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate

from danju.exchange.cell_names import name_of_cell
from danju.exchange.stamp import STAMP_NAME, Stamp
from danju.layout.copies import without_repeated_heading
from danju.model.drawing import Cell, Drawing, Line, Page, Rows, Run
from danju.ooxml.addresses import Range, absolute, column_letters, quoted_title, sheet_title
from danju.ooxml.cells import RichText
from danju.ooxml.look import GREY, LABEL_FILL, SYMBOL_FONT, TEXT_FONT
from danju.ooxml.packing import CompiledPackage
from danju.ooxml.parts import compile_parts
from danju.ooxml.printing import PrintSetup
from danju.ooxml.properties import Properties, property_members, property_parts
from danju.ooxml.styles import CellStyle, StyleTable, Typeface
from danju.ooxml.workbook import NewSheet, workbook_part, workbook_xml
from danju.ooxml.worksheet import ColumnTrack, SheetFrame, Worksheet
from danju.renderers.excel_parts import column_width, footer_codes, pixels, row_heights
from danju.renderers.excel_pictures import pictures_on_sheet, with_sheet_pictures
from danju.renderers.grid import BARE, Rule, Rules, place_cells
from danju.renderers.look import slack_mm
from danju.values.text import SOFT_BREAK

_V_ALIGN = {"top": "top", "middle": "center", "bottom": "bottom"}
_WEIGHTS = ("", "thin", "medium")
_SIDE_SLACK_MM = 2.0  # printers round column widths; the sheet is centred, so the text stays where it was
_PAGE_GAP_MM = 1.0  # keeps the frames of two pages from sharing a rule, which only one of them would print
_EMPTY = Typeface(10.5)
_SIXTH = "\u2006"  # a space of a sixth of the type size


@dataclass(frozen=True, slots=True)
class ExcelRenderer:
    """Draws any drawing as an .xlsx; keeps nothing of one record for the next.

    Attributes:
        package: The fixed part of the file.
    """

    package: CompiledPackage

    def render(self, drawing: Drawing, properties: Properties) -> bytes:
        """The finished file: equal bytes for equal input.

        Raises:
            ValueError: A text is longer than an Excel cell holds; cells overlap or lie outside the grid.
        """
        paper = draw_sheet(drawing)
        sheet = paper.sheet
        content = sheet.xml()
        made = self.package.fill(
            {
                "xl/workbook.xml": workbook_xml(
                    [NewSheet(sheet.title, names=tuple(sheet.names))], paper.names(properties)
                ),
                "xl/worksheets/sheet1.xml": content,
                "xl/styles.xml": sheet.styles.member(),
                **property_members(properties),
            }
        )
        if not paper.pictures:
            return made
        heights_pt = [sheet.heights_pt[row] for row in range(paper.rows)]
        placed = pictures_on_sheet(paper.pictures, pixels(drawing.columns_mm), heights_pt)
        return with_sheet_pictures(made, "xl/worksheets/sheet1.xml", placed)


def compile_excel() -> ExcelRenderer:
    """A renderer, to be kept and used for many records."""
    return ExcelRenderer(compile_parts((workbook_part([NewSheet("")], None, None), *property_parts(None, None))))


def draw_sheet(drawing: Drawing) -> PaperSheet:
    """The drawing as a worksheet, and where it holds what.

    Raises:
        ValueError: Cells overlap or lie outside the grid.
    """
    widths = [ColumnTrack(column_width(width)) for width in pixels(drawing.columns_mm)]
    frame = SheetFrame(widths, active=(0, 0), gridlines=False)
    paper = PaperSheet(Worksheet(sheet_title(drawing.title), StyleTable(), frame))
    paper.add_rows(drawing.heading)
    title_rows = paper.rows
    for number, page in enumerate(drawing.pages):
        if number:
            paper.add_rows(Rows((_PAGE_GAP_MM,)))
            frame.breaks.append(paper.rows)
            page = without_repeated_heading(page, drawing.pages[number - 1])
        paper.add_rows(page)
        paper.add_rows(page.below)
    area, title = Range(0, 0, paper.rows - 1, len(widths) - 1), paper.sheet.title
    paper.sheet.names.append(("Print_Area", absolute(title, area)))
    if title_rows:
        paper.sheet.names.append(("Print_Titles", f"{quoted_title(title)}!$1:${title_rows}"))
    frame.texts = area
    frame.printing = _print_setup(drawing, fitted=not frame.breaks)
    return paper


@dataclass(slots=True)
class PaperSheet:
    """The worksheet as it grows, page below page.

    Attributes:
        sheet: The worksheet.
        held: What named cells hold (`Cell.field`), and where they reach.
        pictures: Cells with pictures, and where they reach.
        rows: How many there are.
    """

    sheet: Worksheet
    held: list[tuple[str, Range]] = field(default_factory=list)
    pictures: list[tuple[Cell, Range]] = field(default_factory=list)
    rows: int = 0
    _numbers: dict[tuple[object, ...], int] = field(default_factory=dict)

    def add_rows(self, page: Page | Rows) -> None:
        """Append the rows and cells of a grid."""
        parts = row_heights(page.heights_mm)
        edges = [self.rows + reach for reach in accumulate((len(part) for part in parts), initial=0)]
        for row, height in enumerate((height for part in parts for height in part), start=self.rows):
            self.sheet.heights_pt[row] = height
            self.sheet.values[row] = {}
        self.rows = edges[-1]
        for item in place_cells(page, len(self.sheet.frame.columns)):
            cell = item.cell
            right = cell.column + cell.colspan - 1
            self._add_cell(
                cell, item.rules, Range(edges[cell.row], cell.column, edges[cell.row + cell.rowspan] - 1, right)
            )

    def _add_cell(self, cell: Cell, rules: Rules, place: Range) -> None:
        if any(line.picture for line in cell.lines):
            self.pictures.append((cell, place))
        if cell.field:
            self.held.append((cell.field, place))
        height, width = place.bottom - place.top + 1, place.right - place.left + 1
        look, values = _look(cell), self.sheet.values
        for row, column, edges in _pieces(rules, height, width):
            key = *look, edges
            number = self._numbers.get(key)
            if number is None:
                number = self._numbers[key] = self.sheet.styles.number(_style(*look, edges))
            value = None if row or column else _text(cell.lines)
            values[place.top + row][place.left + column] = value, number
        if height > 1 or width > 1:
            self.sheet.frame.merges.append(place)

    def named(self) -> tuple[tuple[str, str, Range], ...]:
        """What each named cell holds, its name, and where it reaches."""
        names = _cell_names(tuple(self.held))
        return tuple((what, name, place) for (what, place), (name, _) in zip(self.held, names, strict=True))

    def names(self, properties: Properties) -> tuple[tuple[str, str], ...]:
        """Our defined names: the stamp's line as a text, each cell that holds something by its reference."""
        stamp = Stamp(properties.form_id, properties.form_version, properties.form_digest)
        return (STAMP_NAME, f'"{stamp.line}"'), *_cell_names(tuple(self.held))


@lru_cache(maxsize=256)
def _cell_names(held: tuple[tuple[str, Range], ...]) -> tuple[tuple[str, str], ...]:
    """Names of cells, the second and further cells of one field numbered; records of one shape have the same."""
    seen: dict[str, int] = {}
    names = []
    for what, place in held:
        piece = seen[what] = seen.get(what, -1) + 1
        names.append((name_of_cell(what, piece), f"!${column_letters(place.left)}${place.top + 1}"))
    return tuple(names)


@lru_cache(maxsize=1024)
def _pieces(rules: Rules, rows: int, columns: int) -> tuple[tuple[int, int, Rules], ...]:
    """Row and column within a merged range, and rules, of each worksheet cell to write: the first and the edges."""
    top, right, bottom, left = rules
    found = []
    for row in range(rows):
        for column in range(columns):
            edge = (
                top if row == 0 else Rule.NONE,
                right if column == columns - 1 else Rule.NONE,
                bottom if row == rows - 1 else Rule.NONE,
                left if column == 0 else Rule.NONE,
            )
            if edge != BARE or row == column == 0:
                found.append((row, column, edge))
    return tuple(found)


def _look(cell: Cell) -> tuple[Typeface, bool, str, str, bool, bool]:
    """What the style of a cell depends on, but for its rules."""
    runs = [run for line in cell.lines for run in line.runs]
    first = cell.lines[0].text if len(cell.lines) == 1 else " "
    return (
        _face(runs[0]) if runs else _EMPTY,
        cell.is_label,
        cell.lines[0].align if cell.lines else "left",
        cell.valign,
        cell.border,
        first.isascii() and " " not in first,
    )


def _style(
    face: Typeface, is_label: bool, align: str, valign: str, border: bool, is_code: bool, rules: Rules
) -> CellStyle:
    """The style of a cell; a code shrinks to fit instead of breaking into lines."""
    top, right, bottom, left = (_WEIGHTS[rule] for rule in rules)
    return CellStyle(
        face,
        align,
        _V_ALIGN[valign],
        wrap=not is_code,
        shrink=is_code,
        indent=1 if border and align != "center" else 0,
        fill=LABEL_FILL if is_label else "",
        edges=(left, right, top, bottom),
    )


def _face(run: Run) -> Typeface:
    return _typeface(run.size_pt, run.bold, run.grey, run.symbol)


@lru_cache(maxsize=256)
def _typeface(size_pt: float, bold: bool, grey: bool, symbol: bool) -> Typeface:
    return Typeface(size_pt, bold, GREY if grey else "000000", SYMBOL_FONT if symbol else TEXT_FONT)


def _text(lines: Sequence[Line]) -> str | RichText | None:
    """Plain text when all runs look the same, else rich text; lines are parted by line feeds, soft in a paragraph."""
    faces = {_face(run) for line in lines for run in line.runs}
    if not faces:
        return None
    breaks = ["", *("\n" if line.end == "paragraph" else SOFT_BREAK for line in lines[:-1])]
    if len(faces) == 1:
        return "".join([gap + "".join(map(_spaced, line.runs)) for gap, line in zip(breaks, lines, strict=True)])
    runs: list[tuple[Typeface, str]] = []
    pending = ""
    for gap, line in zip(breaks, lines, strict=True):
        pending += gap
        for run in line.runs:
            runs.append((_face(run), pending + _spaced(run)))
            pending = ""
    return RichText(tuple(runs))


def _spaced(run: Run) -> str:
    """Its words; a sheet knows no space between letters but signs for it, which readers of labels pass over."""
    return run.text if not run.spacing_pt else "".join([char + _SIXTH for char in run.text])


def _print_setup(drawing: Drawing, *, fitted: bool) -> PrintSetup:
    """Excel ignores manual breaks when fitting to pages: one page is fitted, several are printed at full size."""
    paper = drawing.paper
    side_mm = 0.0 if fitted else _SIDE_SLACK_MM
    left_mm, right_mm = paper.left_mm - side_mm, paper.right_mm - side_mm
    return PrintSetup(
        (paper.width_mm, paper.height_mm),
        (left_mm, right_mm, paper.top_mm, paper.bottom_mm - slack_mm(paper), 0.0, paper.foot_mm),
        fit=(1, 1) if fitted else None,
        centred=True,
        foot=footer_codes(drawing.footer),
    )
