"""Pages of a drawing as PDF content: the same marks at the same places as templates/document.css gives them.

Lengths are points; y grows downwards from the top of the sheet, and is turned over when written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate

from danju.layout.draw import HEAD_LINE_MM, TITLE_MM, UNIT_MM
from danju.layout.heights import LABEL_PAD_MM
from danju.layout.measure import metrics
from danju.model.drawing import Cell, Drawing, Line, Page, Run

PT = 72 / 25.4  # points per millimetre
OUTER_PT = 1.1
INNER_PT = 0.45
_OUTER_GREY, _INNER_GREY = "0.0667", "0.2"
_FILL = "0.9529 0.9569 0.9647"
_TEXT, _SMALL_GREY, _NOTE_GREY = "0.0667 0.0667 0.0667", "0.4196 0.4471 0.502", "0.2667 0.2667 0.2667"
_STRUT_PT = 10.5  # the type size that every line is at least as high as
_PLAIN_LOOK = (False, _STRUT_PT)
PLAIN_FONT = "/R 10.5 Tf"
PLAIN_COLOUR = f"{_TEXT} rg"
_BLANKS = " \u3000"
_ASCENT, _DESCENT = 1.16, 0.288  # of the shipped fonts' lines, in em
_TITLE_PT, _HEAD_PT, _UNIT_PT, _FOOT_PT = 19.0, 9.5, 11.0, 8.0
_TITLE_LINE_MM, _HEAD_TEXT_MM = 11.0, 6.0
_TITLE_SPACING_EM, _UNIT_SPACING_EM = 0.16, 0.1
_TOP_PAD_MM, _NOTE_TOP_MM, _FOOT_TOP_MM = 1.4, 1.3, 4.0

Encode = Callable[[str, bool], str]
"""Text and weight → glyph codes."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Text at a place.

    Attributes:
        x, y: Start of the baseline.
        run: Words and look.
        colour: RGB operands.
        spacing: Extra space after each character, in points.
    """

    x: float
    y: float
    run: Run
    colour: str = _TEXT
    spacing: float = 0.0


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a page's grid stands: edges of rows and columns."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]


def frame_of(drawing: Drawing, page: Page) -> Frame:
    """Edges of a page's tracks."""
    top = drawing.paper.top_mm + TITLE_MM
    top += UNIT_MM if drawing.unit_name else 0.0
    top += HEAD_LINE_MM if drawing.left or drawing.right else 0.0
    half = OUTER_PT / 2
    xs = accumulate((width * PT for width in drawing.columns_mm), initial=drawing.paper.left_mm * PT + half)
    ys = accumulate((height * PT for height in page.heights_mm), initial=top * PT + half)
    return Frame(tuple(xs), tuple(ys))


def _baseline(top: float, line_height: float, size: float) -> float:
    """Baseline of text in a line box: the font's ascent and descent centred in it (CSS 2.1, 10.8.1)."""
    return top + (line_height - (_ASCENT + _DESCENT) * size) / 2 + _ASCENT * size


def iter_heading(drawing: Drawing) -> Iterator[Mark]:
    """Title block of a page."""
    paper = drawing.paper
    left, right = paper.left_mm * PT, (paper.width_mm - paper.right_mm) * PT
    y = paper.top_mm * PT
    if drawing.unit_name:
        yield _centred(
            drawing.unit_name, Run(drawing.unit_name, _UNIT_PT), y, UNIT_MM * PT, _UNIT_SPACING_EM, (left, right)
        )
        y += UNIT_MM * PT
    title = Run(drawing.title, _TITLE_PT, bold=True)
    shift = _TITLE_SPACING_EM * _TITLE_PT
    yield _centred(drawing.title, title, y, _TITLE_LINE_MM * PT, _TITLE_SPACING_EM, (left + shift, right))
    y += TITLE_MM * PT
    base = _baseline(y, _HEAD_TEXT_MM * PT, _HEAD_PT)
    if drawing.left:
        yield Mark(left + PT, base, Run(drawing.left, _HEAD_PT))
    if drawing.right:
        yield Mark(right - PT - metrics().width(drawing.right) * _HEAD_PT, base, Run(drawing.right, _HEAD_PT))


def iter_foot(drawing: Drawing, page_number: int) -> Iterator[Mark]:
    """Number and page count at the foot of a page."""
    paper = drawing.paper
    left, right = paper.left_mm * PT, (paper.width_mm - paper.right_mm) * PT
    foot = (paper.height_mm - paper.bottom_mm + _FOOT_TOP_MM) * PT + _ASCENT * _FOOT_PT
    if drawing.footer:
        yield Mark(left, foot, Run(drawing.footer, _FOOT_PT), _SMALL_GREY)
    pages = f"第 {page_number} 页　共 {len(drawing.pages)} 页"
    yield Mark(right - metrics().width(pages) * _FOOT_PT, foot, Run(pages, _FOOT_PT), _SMALL_GREY)


def _centred(text: str, run: Run, top: float, line_height: float, spacing_em: float, span: tuple[float, float]) -> Mark:
    spacing = spacing_em * run.size_pt
    width = metrics(run.bold).width(text) * run.size_pt + spacing * len(text)
    return Mark((span[0] + span[1] - width) / 2, _baseline(top, line_height, run.size_pt), run, spacing=spacing)


def iter_notes(drawing: Drawing, page: Page, frame: Frame) -> Iterator[Mark]:
    """Small lines below the grid."""
    y = frame.ys[-1] + OUTER_PT / 2
    for note in page.notes:
        for run in note.runs:
            y += _NOTE_TOP_MM * PT
            yield Mark(
                drawing.paper.left_mm * PT + PT,
                _baseline(y, run.size_pt * drawing.line_height, run.size_pt),
                run,
                _NOTE_GREY,
            )
            y += run.size_pt * drawing.line_height


def iter_cell(cell: Cell, drawing: Drawing, box: Box) -> Iterator[Mark]:
    """The text of a cell."""
    left, right, top, bottom = box
    lines = cell.lines
    heights = [_line_height(line, drawing.line_height) for line in lines]
    total = sum(heights)
    y = top if cell.valign == "top" else bottom - total if cell.valign == "bottom" else (top + bottom - total) / 2
    for line, height in zip(lines, heights, strict=True):
        if line.runs:
            yield from _line_marks(line, left, right, y, height)
        y += height


Box = tuple[float, float, float, float]


def content_box(cell: Cell, drawing: Drawing, frame: Frame) -> Box:
    """Left, right, top, bottom of the room for text: inside half of each rule and the padding."""
    last_column, last_row = cell.column + cell.colspan, cell.row + cell.rowspan
    pad = (LABEL_PAD_MM if cell.is_label else drawing.pad_mm) * PT
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
    top_pad = _TOP_PAD_MM * PT if cell.valign == "top" else 0.0
    bottom_pad = _TOP_PAD_MM * PT if cell.valign == "bottom" else 0.0
    return (
        frame.xs[cell.column] + rules[0] + pad,
        frame.xs[last_column] - rules[1] - pad,
        frame.ys[cell.row] + rules[2] + top_pad,
        frame.ys[last_row] - rules[3] - bottom_pad,
    )


def _line_height(line: Line, factor: float) -> float:
    """Of the strut (10.5 pt) or of a taller run."""
    tallest = _STRUT_PT
    for run in line.runs:
        if run.size_pt > tallest:
            tallest = run.size_pt
    return tallest * factor


def _line_marks(line: Line, left: float, right: float, top: float, height: float) -> Iterator[Mark]:
    runs = line.runs
    if len(runs) == 1:
        run = runs[0]
        x = left
        if line.align != "left":
            spare = right - left - metrics(run.bold).width(run.text) * run.size_pt
            x += spare if line.align == "right" else spare / 2
        if run.text.strip(_BLANKS):
            yield Mark(x, _baseline(top, height, max(_STRUT_PT, run.size_pt)), run, _SMALL_GREY if run.grey else _TEXT)
        return
    widths = [metrics(run.bold).width(run.text) * run.size_pt for run in runs]
    spare = right - left - sum(widths)
    x = left + (spare if line.align == "right" else spare / 2 if line.align == "center" else 0.0)
    base = _baseline(top, height, max(_STRUT_PT, *(run.size_pt for run in runs)))
    for run, width in zip(runs, widths, strict=True):
        if run.text.strip(_BLANKS):
            yield Mark(x, base, run, _SMALL_GREY if run.grey else _TEXT)
        x += width


def write_marks(marks: Iterator[Mark], encode: Encode, height: float) -> str:
    """Text operators (ISO 32000-1, 9.4) that begin and end in the plain look: regular, 10.5 pt, text colour."""
    out: list[str] = []
    look, colour, spacing = _PLAIN_LOOK, _TEXT, 0.0
    for mark in marks:
        run = mark.run
        if mark.colour != colour:
            colour = mark.colour
            out.append(f"{colour} rg")
        if look != (run.bold, run.size_pt):
            look = (run.bold, run.size_pt)
            out.append(f"/{'B' if run.bold else 'R'} {run.size_pt:g} Tf")
        if mark.spacing != spacing:
            spacing = mark.spacing
            out.append(f"{spacing:.3f} Tc")
        out.append(f"1 0 0 1 {mark.x:.3f} {height - mark.y:.3f} Tm <{encode(run.text, run.bold)}> Tj")
    if spacing:
        out.append("0 Tc")
    if look != _PLAIN_LOOK:
        out.append(PLAIN_FONT)
    if colour != _TEXT:
        out.append(f"{_TEXT} rg")
    return "\n".join(out)


def write_grid(page: Page, drawing: Drawing, frame: Frame) -> str:
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


def _rules(page: Page, frame: Frame) -> tuple[list[Segment], list[Segment]]:
    """Inner and outer rules; pieces that continue each other are one stroke."""
    rows, columns = len(frame.ys) - 1, len(frame.xs) - 1
    across: set[tuple[int, int]] = set()  # (edge, column): a rule along the top of row `edge`
    down: set[tuple[int, int]] = set()  # (edge, row)
    for cell in page.cells:
        if not cell.border:
            continue
        last_column, last_row = cell.column + cell.colspan, cell.row + cell.rowspan
        for column in range(cell.column, last_column):
            if not cell.open_top:
                across.add((cell.row, column))
            if not cell.open_bottom:
                across.add((last_row, column))
        for row in range(cell.row, last_row):
            down.update(((cell.column, row), (last_column, row)))
    inner: list[Segment] = []
    outer: list[Segment] = []
    for edge, start, end in _stretches(across):
        lines = outer if edge in (0, rows) else inner
        lines.append((frame.xs[start], frame.ys[edge], frame.xs[end], frame.ys[edge]))
    for edge, start, end in _stretches(down):
        lines = outer if edge in (0, columns) else inner
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
