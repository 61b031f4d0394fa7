"""Pages of a drawing as PDF content: marks at places, the same as templates/document.css gives them.

Lengths are points; y grows downwards from the top of the sheet, and is turned over when written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate

from danju.layout.measure import metrics
from danju.model.drawing import EDGE_MM, FOOT_LINE_MM, FOOT_PT, LEADING, TEXT_PT, Cell, Drawing, Line, Page, Rows, Run

PT = 72 / 25.4  # points per millimetre
OUTER_PT = 1.1
INNER_PT = 0.45
_OUTER_GREY, _INNER_GREY = "0.0667", "0.2"
_FILL = "0.9529 0.9569 0.9647"
_TEXT, _SMALL_GREY = "0.0667 0.0667 0.0667", "0.4196 0.4471 0.502"
_PLAIN_LOOK = (False, TEXT_PT)
PLAIN_FONT = f"/R {TEXT_PT} Tf"
PLAIN_COLOUR = f"{_TEXT} rg"
_BLANKS = " \u3000"
_ASCENT, _DESCENT = 1.16, 0.288  # of the shipped fonts' lines, in em

Encode = Callable[[str, bool], str]
"""Text and weight → glyph codes."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Text at a place.

    Attributes:
        x, y: Start of the baseline.
        run: Words and look.
    """

    x: float
    y: float
    run: Run


@dataclass(frozen=True, slots=True)
class PdfFrame:
    """Where rows stand on a page: edges of their tracks."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]


def frame_of(drawing: Drawing, page: Page) -> PdfFrame:
    """Edges of the tracks of a page's grid."""
    half = OUTER_PT / 2
    return _frame(drawing, page.heights_mm, sum(drawing.heading.heights_mm) * PT + half, half)


def heading_frame(drawing: Drawing) -> PdfFrame:
    """Edges of the rows above the grid."""
    return _frame(drawing, drawing.heading.heights_mm, 0.0, 0.0)


def notes_frame(drawing: Drawing, page: Page, grid: PdfFrame) -> PdfFrame:
    """Edges of the rows below the grid."""
    top = grid.ys[-1] + OUTER_PT / 2 - drawing.paper.top_mm * PT
    return _frame(drawing, page.below.heights_mm, top, 0.0)


def _frame(drawing: Drawing, heights_mm: tuple[float, ...], below_top: float, inset: float) -> PdfFrame:
    xs = accumulate((width * PT for width in drawing.columns_mm), initial=drawing.paper.left_mm * PT + inset)
    ys = accumulate((height * PT for height in heights_mm), initial=drawing.paper.top_mm * PT + below_top)
    return PdfFrame(tuple(xs), tuple(ys))


def iter_rows(rows: Rows, frame: PdfFrame) -> Iterator[Mark]:
    """The text of rows without rules."""
    for cell in rows.cells:
        yield from iter_cell(cell, content_box(cell, frame))


def _baseline(top: float, line_height: float, size: float) -> float:
    """Baseline of text in a line box: the font's ascent and descent centred in it (CSS 2.1, 10.8.1)."""
    return top + (line_height - (_ASCENT + _DESCENT) * size) / 2 + _ASCENT * size


def iter_foot(drawing: Drawing, page_number: int) -> Iterator[Mark]:
    """Number and page count at the foot of a page."""
    paper = drawing.paper
    left, right = paper.left_mm * PT, (paper.width_mm - paper.right_mm) * PT
    top = (paper.height_mm - paper.foot_mm - FOOT_LINE_MM) * PT
    base = _baseline(top, FOOT_LINE_MM * PT, FOOT_PT)
    if drawing.footer:
        yield Mark(left, base, Run(drawing.footer, FOOT_PT, grey=True))
    pages = Run(f"第 {page_number} 页　共 {len(drawing.pages)} 页", FOOT_PT, grey=True)
    yield Mark(right - _width(pages), base, pages)


def iter_cell(cell: Cell, box: Box) -> Iterator[Mark]:
    """The text of a cell."""
    left, right, top, bottom = box
    total = sum([line.height_mm for line in cell.lines]) * PT
    y = top if cell.valign == "top" else bottom - total if cell.valign == "bottom" else (top + bottom - total) / 2
    for line in cell.lines:
        height = line.height_mm * PT
        if line.runs:
            yield from _line_marks(line, left, right, y, height)
        y += height


Box = tuple[float, float, float, float]


def content_box(cell: Cell, frame: PdfFrame) -> Box:
    """Left, right, top, bottom of the room for text: inside half of each rule and the padding."""
    last_column, last_row = cell.column + cell.colspan, cell.row + cell.rowspan
    pad = cell.pad_mm * PT
    if not cell.border:
        rules = (0.0, 0.0, 0.0, 0.0)
    else:
        outer, inner = OUTER_PT / 2, INNER_PT / 2
        rules = (
            outer if cell.column == 0 else inner,
            outer if last_column == len(frame.xs) - 1 else inner,
            outer if cell.row == 0 else 0.0 if cell.open_top else inner,
            outer if last_row == len(frame.ys) - 1 else 0.0 if cell.open_bottom else inner,
        )
    top_pad = EDGE_MM * PT if cell.valign == "top" else 0.0
    bottom_pad = EDGE_MM * PT if cell.valign == "bottom" else 0.0
    return (
        frame.xs[cell.column] + rules[0] + pad,
        frame.xs[last_column] - rules[1] - pad,
        frame.ys[cell.row] + rules[2] + top_pad,
        frame.ys[last_row] - rules[3] - bottom_pad,
    )


def _line_marks(line: Line, left: float, right: float, top: float, height: float) -> Iterator[Mark]:
    runs = line.runs
    if len(runs) == 1:
        run = runs[0]
        x = left
        if line.align != "left":
            spare = right - left - metrics(run.bold).width(run.text.rstrip(" ")) * run.size_pt
            x += spare if line.align == "right" else spare / 2
        if run.text.strip(_BLANKS):
            yield Mark(x, _baseline(top, height, max(height / LEADING, run.size_pt)), run)
        return
    widths = list(map(_width, runs))
    spare = right - left - sum(widths)
    x = left + (spare if line.align == "right" else spare / 2 if line.align == "center" else 0.0)
    base = _baseline(top, height, max(height / LEADING, *(run.size_pt for run in runs)))
    for run, width in zip(runs, widths, strict=True):
        if run.text.strip(_BLANKS):
            yield Mark(x, base, run)
        x += width


def _width(run: Run) -> float:
    return metrics(run.bold).width(run.text) * run.size_pt + run.spacing_pt * len(run.text)


def write_marks(marks: Iterator[Mark], encode: Encode, height: float) -> str:
    """Text operators (ISO 32000-1, 9.4) that begin and end in the plain look: regular, 10.5 pt, text colour."""
    out: list[str] = []
    look, is_grey, spacing = _PLAIN_LOOK, False, 0.0
    for mark in marks:
        run = mark.run
        if run.grey != is_grey:
            is_grey = run.grey
            out.append(f"{_SMALL_GREY if is_grey else _TEXT} rg")
        if look != (run.bold, run.size_pt):
            look = (run.bold, run.size_pt)
            out.append(f"/{'B' if run.bold else 'R'} {run.size_pt:g} Tf")
        if run.spacing_pt != spacing:
            spacing = run.spacing_pt
            out.append(f"{spacing:.3f} Tc")
        out.append(f"1 0 0 1 {mark.x:.3f} {height - mark.y:.3f} Tm <{encode(run.text, run.bold)}> Tj")
    if spacing:
        out.append("0 Tc")
    if look != _PLAIN_LOOK:
        out.append(PLAIN_FONT)
    if is_grey:
        out.append(f"{_TEXT} rg")
    return "\n".join(out)


def write_grid(page: Page, drawing: Drawing, frame: PdfFrame) -> str:
    """Fills and rules of a page."""
    height = drawing.paper.height_mm * PT
    out = [f"{_FILL} rg"]
    for cell in page.cells:
        if cell.is_label:
            x, y = frame.xs[cell.column], frame.ys[cell.row + cell.rowspan]
            width = frame.xs[cell.column + cell.colspan] - x
            out.append(f"{x:.3f} {height - y:.3f} {width:.3f} {y - frame.ys[cell.row]:.3f} re")
    out.append("f")
    inner, outer = _rules(page, frame)
    for lines, width, grey in ((inner, INNER_PT, _INNER_GREY), (outer, OUTER_PT, _OUTER_GREY)):
        out.append(f"{grey} G {width} w {2 if lines is outer else 0} J")
        out.extend(f"{x1:.3f} {height - y1:.3f} m {x2:.3f} {height - y2:.3f} l" for x1, y1, x2, y2 in lines)
        out.append("S")
    return "\n".join(out)


Segment = tuple[float, float, float, float]


def _rules(page: Page, frame: PdfFrame) -> tuple[list[Segment], list[Segment]]:
    """Inner and outer rules; pieces that continue each other are one stroke."""
    across: set[tuple[int, int]] = set()  # (edge, column): a rule along the top of row `edge`
    down: set[tuple[int, int]] = set()  # (edge, row)
    beside = Counter[tuple[bool, int, int]]()  # cells with rules that touch a piece: the frame has one
    for cell in page.cells:
        if not cell.border:
            continue
        last_column, last_row = cell.column + cell.colspan, cell.row + cell.rowspan
        for column in range(cell.column, last_column):
            beside.update(((True, cell.row, column), (True, last_row, column)))
            if not cell.open_top:
                across.add((cell.row, column))
            if not cell.open_bottom:
                across.add((last_row, column))
        for row in range(cell.row, last_row):
            beside.update(((False, cell.column, row), (False, last_column, row)))
            down.update(((cell.column, row), (last_column, row)))
    inner: list[Segment] = []
    outer: list[Segment] = []
    for is_frame, lines in ((False, inner), (True, outer)):
        for edge, start, end in _stretches({piece for piece in across if (beside[True, *piece] == 1) is is_frame}):
            lines.append((frame.xs[start], frame.ys[edge], frame.xs[end], frame.ys[edge]))
        for edge, start, end in _stretches({piece for piece in down if (beside[False, *piece] == 1) is is_frame}):
            lines.append((frame.xs[edge], frame.ys[start], frame.xs[edge], frame.ys[end]))
    return inner, outer


def _stretches(pieces: set[tuple[int, int]]) -> Iterator[tuple[int, int, int]]:
    """(edge, start, end) of unbroken stretches of unit pieces."""
    edge = start = end = -1
    for line, piece in sorted(pieces):
        if line == edge and piece == end:
            end = piece + 1
            continue
        if edge >= 0:
            yield edge, start, end
        edge, start, end = line, piece, piece + 1
    if edge >= 0:
        yield edge, start, end
