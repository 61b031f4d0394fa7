"""Line breaks: every paragraph of a drawing broken into its lines, so that whoever draws it breaks it alike."""

from __future__ import annotations

from collections import deque
from dataclasses import replace

from danju.layout.heights import LABEL_PAD_MM, RULE_MM, SAFETY_EM
from danju.layout.measure import MM_PER_PT, metrics, wrap
from danju.layout.pages import GridCells
from danju.model.drawing import Cell, Drawing, Line, Page, Run


def broken(drawing: Drawing) -> Drawing:
    """The drawing with one line of text in each `Line`."""
    edges = [0.0]
    for width in drawing.columns_mm:
        edges.append(edges[-1] + width)
    pages = []
    for page in drawing.pages:
        cells: list[Cell] = []
        for cell in page.cells:
            known = _cells.get(id(cell))
            if known is None or known[0] is not cell or known[1] is not drawing.columns_mm:
                pad = LABEL_PAD_MM if cell.is_label else drawing.pad_mm
                known = (
                    cell,
                    drawing.columns_mm,
                    _broken_cell(cell, edges[cell.column + cell.colspan] - edges[cell.column] - 2 * pad - RULE_MM),
                )
                if len(_cells) >= _KEPT_CELLS:
                    _cells.clear()
                _cells[id(cell)] = known
            cells.append(known[2])
        room = drawing.paper.content_width_mm - 2 * LABEL_PAD_MM
        notes = tuple([line for note in page.notes for line in _broken_line(note, room)])
        pages.append(Page(page.heights_mm, _like(page.cells, cells), page.head_rows, notes))
    return replace(drawing, pages=tuple(pages))


_cells: dict[int, tuple[Cell, tuple[float, ...], Cell]] = {}
"""Cells by identity, which are kept alive, with the columns they stand on: plans give many records the same ones."""
_KEPT_CELLS = 4096


def _like(old: tuple[Cell, ...], cells: list[Cell]) -> tuple[Cell, ...]:
    """The cells, on the grid of the old ones if they know theirs."""
    if not isinstance(old, GridCells):
        return tuple(cells)
    new = GridCells(cells)
    new.grid = old.grid
    return new


def _broken_cell(cell: Cell, room_mm: float) -> Cell:
    lines: list[Line] = []
    changed = False
    for line in cell.lines:
        pieces = _broken_line(line, room_mm)
        changed |= pieces[0] is not line
        lines.extend(pieces)
    return replace(cell, lines=tuple(lines)) if changed else cell


_widths: dict[int, tuple[Line, float]] = {}
_KEPT_WIDTHS = 4096


def _width_mm(line: Line) -> float:
    """Width of a line of several looks; remembered, because plans give the same lines for the same choice."""
    found = _widths.get(id(line))
    if found is None or found[0] is not line:
        found = line, sum(metrics(each.bold).width(each.text) * each.size_pt for each in line.runs) * MM_PER_PT
        if len(_widths) >= _KEPT_WIDTHS:
            _widths.clear()
        _widths[id(line)] = found
    return found[1]


def _broken_line(line: Line, room_mm: float) -> tuple[Line, ...]:
    if not line.runs:
        return (line,)
    run = line.runs[0]
    if len(line.runs) > 1:
        return (line,) if _width_mm(line) <= room_mm + RULE_MM else _broken_looks(line, room_mm)
    limit = room_mm / (run.size_pt * MM_PER_PT) - SAFETY_EM
    if len(run.text) <= limit or metrics(run.bold).width(run.text) <= limit:
        return (line,)
    texts = [text.rstrip(" ") or " " for text in wrap(run.text, limit)]
    looks = run.size_pt, run.bold, run.grey, run.symbol, run.keep
    return tuple([Line((Run(text, *looks),), line.align) for text in texts])


def _broken_looks(line: Line, room_mm: float) -> tuple[Line, ...]:
    """A line of several looks in pieces that fit, all its words taken to be as large as the largest."""
    limit = room_mm / (max(run.size_pt for run in line.runs) * MM_PER_PT) - SAFETY_EM
    lines = []
    runs = deque(line.runs)
    for piece in wrap(line.text, limit):
        left = len(piece)
        taken = []
        while left:
            run = runs.popleft()
            if len(run.text) > left:
                runs.appendleft(replace(run, text=run.text[left:]))
                run = replace(run, text=run.text[:left])
            taken.append(run)
            left -= len(run.text)
        lines.append(Line(tuple(taken), line.align))
    return tuple(lines)
