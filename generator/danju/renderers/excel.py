"""Drawings as workbooks: one worksheet with the pages one below the other, each printing on its own sheet of paper."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate

from danju.exchange.cell_names import name_of_cell
from danju.exchange.stamp import STAMP_NAME, Stamp
from danju.model.drawing import Cell, Drawing, Line, Page, Rows
from danju.model.layout import Paper
from danju.ooxml.addresses import column_letters, quoted_title, sheet_title
from danju.ooxml.packing import CompiledPackage
from danju.ooxml.parts import compile_parts
from danju.ooxml.properties import Properties, property_members, property_parts
from danju.ooxml.text import escape
from danju.ooxml.workbook import NewSheet, workbook_part, workbook_xml
from danju.renderers.excel_parts import (
    column_width,
    footer_codes,
    inline_text,
    pixels,
    row_heights,
)
from danju.renderers.excel_styles import Face, Style, StyleSheet, face_of
from danju.renderers.grid import BARE, Rule, Rules, place_cells
from danju.renderers.look import slack_mm
from danju.values.text import is_formula_like

_V_ALIGN = {"top": "top", "middle": "center", "bottom": "bottom"}
_PAPER_SIZES = {(297, 420): 8, (210, 297): 9, (148, 210): 11}  # A3, A4, A5: §18.3.1.63
_SIDE_SLACK_MM = 2.0  # printers round column widths; the sheet is centred, so the text stays where it was
_PAGE_GAP_MM = 1.0  # keeps the frames of two pages from sharing a rule, which only one of them would print
_MM_PER_INCH = 25.4


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
        sheet = _Sheet(len(drawing.columns_mm))
        sheet.add_rows(drawing.heading)
        title_rows = len(sheet.heights_pt)
        for page in drawing.pages:
            sheet.begin_page()
            sheet.add_rows(page)
            sheet.add_rows(page.below)
        area = f"$A$1:${column_letters(sheet.columns - 1)}${len(sheet.heights_pt)}"
        title = sheet_title(drawing.title)
        quoted = quoted_title(title)
        names = ("Print_Area", f"{quoted}!{area}"), ("Print_Titles", f"{quoted}!$1:${title_rows}")
        return self.package.fill(
            {
                "xl/workbook.xml": workbook_xml([NewSheet(title, names=names)], sheet.names(properties)),
                "xl/worksheets/sheet1.xml": _sheet_xml(sheet, drawing, area.replace("$", "")).encode(),
                "xl/styles.xml": sheet.styles.member(),
                **property_members(properties),
            }
        )


def compile_excel() -> ExcelRenderer:
    """A renderer, to be kept and used for many records."""
    return ExcelRenderer(compile_parts((workbook_part([NewSheet("")], None, None), *property_parts(None, None))))


@dataclass(slots=True)
class _Sheet:
    """The worksheet as it grows, page below page.

    Attributes:
        heights_pt: Height of each worksheet row.
        rows: XML of each row's cells, by 0-based column.
        merges: Merged ranges.
        breaks: Numbers of the rows after which a page ends.
        held: What named cells hold (`Cell.field`), with their references.
    """

    columns: int
    styles: StyleSheet = field(default_factory=StyleSheet)
    heights_pt: list[float] = field(default_factory=list)
    rows: list[dict[int, str]] = field(default_factory=list)
    merges: list[str] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)
    held: list[tuple[str, str]] = field(default_factory=list)
    pages: int = 0
    letters: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self.letters = [column_letters(index) for index in range(self.columns)]

    def begin_page(self) -> None:
        """The rows that follow belong on a new sheet of paper, unless they are the first."""
        if self.pages:
            self.add_rows(Rows((_PAGE_GAP_MM,)))
            self.breaks.append(len(self.heights_pt))
        self.pages += 1

    def add_rows(self, page: Page | Rows) -> None:
        """Append the rows and cells of a grid."""
        parts = row_heights(page.heights_mm)
        base = len(self.heights_pt)
        edges = [base + reach for reach in accumulate((len(part) for part in parts), initial=0)]
        self.heights_pt.extend([height for part in parts for height in part])
        self.rows.extend({} for _ in range(edges[-1] - base))
        for item in place_cells(page, self.columns):
            cell = item.cell
            self._add_cell(cell, item.rules, edges[cell.row], edges[cell.row + cell.rowspan])

    def _add_cell(self, cell: Cell, rules: Rules, first: int, end: int) -> None:
        left, right = cell.column, cell.column + cell.colspan
        if cell.field:
            self.held.append((cell.field, f"!${self.letters[left]}${first + 1}"))
        style = _style(cell)
        for row, column, edge in _pieces(rules, end - first, right - left):
            lines = () if row or column else cell.lines
            self._put(first + row, left + column, self.styles.index(style, edge), lines)
        if end - first > 1 or right - left > 1:
            self.merges.append(f"{self.letters[left]}{first + 1}:{self.letters[right - 1]}{end}")

    def names(self, properties: Properties) -> tuple[tuple[str, str], ...]:
        """Our defined names: the stamp's line as a text, each cell that holds something by its reference."""
        stamp = Stamp(properties.form_id, properties.form_version, properties.form_digest)
        return (STAMP_NAME, f'"{stamp.line}"'), *_cell_names(tuple(self.held))

    def _put(self, row: int, column: int, style: int, lines: tuple[Line, ...]) -> None:
        head = f'<c r="{self.letters[column]}{row + 1}" s="{style}"'
        if lines and any(line.runs for line in lines):
            self.rows[row][column] = f'{head} t="inlineStr"><is>{inline_text(lines)}</is></c>'
        else:
            self.rows[row][column] = head + "/>"


@lru_cache(maxsize=256)
def _cell_names(held: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """Names of cells, the second and further cells of one field numbered; records of one shape have the same."""
    seen: dict[str, int] = {}
    names = []
    for what, reference in held:
        piece = seen[what] = seen.get(what, -1) + 1
        names.append((name_of_cell(what, piece), reference))
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


def _style(cell: Cell) -> Style:
    """The look of a cell, but for its rules."""
    runs = [run for line in cell.lines for run in line.runs]
    align = cell.lines[0].align if cell.lines else "left"
    return Style(
        face=face_of(runs[0]) if runs else Face(),
        is_label=cell.is_label,
        align=align,
        valign=_V_ALIGN[cell.valign],
        indent=1 if cell.border and align != "center" else 0,
        is_code=len(cell.lines) == 1 and cell.lines[0].text.isascii() and " " not in cell.lines[0].text,
        is_quoted=bool(runs) and is_formula_like(runs[0].text),
    )


def _sheet_xml(sheet: _Sheet, drawing: Drawing, area: str) -> str:
    columns = [
        f'<col min="{number}" max="{number}" width="{column_width(width):.8g}" customWidth="1"/>'
        for number, width in enumerate(pixels(drawing.columns_mm), start=1)
    ]
    rows = []
    for number, (height, cells) in enumerate(zip(sheet.heights_pt, sheet.rows, strict=True), start=1):
        content = "".join([cells[column] for column in sorted(cells)])
        rows.append(f'<row r="{number}" ht="{height:g}" customHeight="1">{content}</row>')
    merges = "".join([f'<mergeCell ref="{merge}"/>' for merge in sheet.merges])
    # Excel ignores manual breaks when fitting to pages: one page is fitted, several are printed at full size.
    fitted = not sheet.breaks
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f'<sheetPr><pageSetUpPr fitToPage="{int(fitted)}"/></sheetPr><dimension ref="{area}"/>'
        '<sheetViews><sheetView showGridLines="0" zoomScale="100" zoomScaleNormal="100" workbookViewId="0">'
        '<selection activeCell="A1" sqref="A1"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>'
        f"<cols>{''.join(columns)}</cols><sheetData>{''.join(rows)}</sheetData>"
        + (f'<mergeCells count="{len(sheet.merges)}">{merges}</mergeCells>' if merges else "")
        + _print_xml(drawing.paper, fitted, drawing.footer)
        + _breaks_xml(sheet.breaks)
        + f'<ignoredErrors><ignoredError sqref="{area}" numberStoredAsText="1"/></ignoredErrors></worksheet>'
    )


def _print_xml(paper: Paper, fitted: bool, footer: str) -> str:
    sides = sorted((round(paper.width_mm), round(paper.height_mm)))
    size = _PAPER_SIZES.get((sides[0], sides[1]), 9)
    orientation = "landscape" if paper.width_mm > paper.height_mm else "portrait"
    side_mm = 0.0 if fitted else _SIDE_SLACK_MM
    margins = {
        "left": paper.left_mm - side_mm,
        "right": paper.right_mm - side_mm,
        "top": paper.top_mm,
        "bottom": paper.bottom_mm - slack_mm(paper),
        "header": 0.0,
        "footer": paper.foot_mm,
    }
    attributes = " ".join(f'{name}="{max(0.0, mm) / _MM_PER_INCH:.6g}"' for name, mm in margins.items())
    fit = ' fitToWidth="1" fitToHeight="1"' if fitted else ' scale="100"'
    return (
        f'<printOptions horizontalCentered="1"/><pageMargins {attributes}/>'
        f'<pageSetup paperSize="{size}"{fit} orientation="{orientation}"/>'
        f"<headerFooter><oddFooter>{escape(footer_codes(footer))}</oddFooter></headerFooter>"
    )


def _breaks_xml(breaks: list[int]) -> str:
    if not breaks:
        return ""
    items = "".join([f'<brk id="{row}" max="16383" man="1"/>' for row in breaks])
    return f'<rowBreaks count="{len(breaks)}" manualBreakCount="{len(breaks)}">{items}</rowBreaks>'
