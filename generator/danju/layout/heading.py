"""What stands around the grid: name of the organisation, title, the line with number and date; notes below."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate

from danju.layout.linebreaks import in_lines, limit_em, reach_em, width_mm, wrap_evenly, wrap_halves, wrap_parts
from danju.model.drawing import EDGE_MM, LABEL_PAD_MM, LEADING, MM_PER_PT, NO_ROWS, Cell, Line, Rows, Run

HEAD_PT = 9.5
HEAD_MM = 7.0
"""The line with number and date, and its row."""
PART_GAP = "　　"
"""Between two pieces of that line."""
_HEAD_LINE_MM = HEAD_PT * LEADING * MM_PER_PT
_HEAD_GAP_MM = 2.0  # between the left and the right text
_NOTE_PT = 8.5
_TIGHT_LEADING = 1.2  # of notes where room is short


def heading_rows(
    unit_name: str, title: str, left: tuple[str, ...], right: tuple[str, ...], columns_mm: tuple[float, ...]
) -> Rows:
    """The rows above the grid.

    Args:
        unit_name: Name of the organisation, or "".
        title: The title.
        left, right: The pieces of the line above the grid; either may be empty.
        columns_mm: The drawing's columns.
    """
    block = _title_block(unit_name, title, columns_mm)
    if not (left or right):
        return block
    heights, cells = _head_line(left, right, columns_mm, len(block.heights_mm))
    return Rows(block.heights_mm + heights, (*block.cells, *cells))


@lru_cache(maxsize=256)
def _title_block(unit_name: str, title: str, columns_mm: tuple[float, ...]) -> Rows:
    room = sum(columns_mm) - 2 * LABEL_PAD_MM
    blocks = [("unit", _set(unit_name, (11.0, 9.0), 0.1, False, room), 7.0)] if unit_name else []
    blocks.append(("title", _set(title, (19.0, 14.0), 0.16, True, room), 14.0))
    heights = []
    cells = []
    for row, (role, lines, least_mm) in enumerate(blocks):
        extra_mm = sum(line.height_mm for line in lines[1:])
        heights.append(least_mm + extra_mm)
        cells.append(_bare(row, 0, len(columns_mm), lines, role))
    return Rows(tuple(heights), tuple(cells))


def _set(text: str, sizes: tuple[float, float], spacing_em: float, bold: bool, room_mm: float) -> tuple[Line, ...]:
    """Centred lines: one, smaller when it must be, else several of about the same width; spaced where room allows."""
    largest, least = sizes
    count = 1
    while True:
        texts = wrap_halves(text, count, bold)
        size = min(largest, int(room_mm / MM_PER_PT / max(reach_em(part, bold) for part in texts) * 2) / 2)
        if size >= least or count == len(text):
            break
        count += 1
    size = max(size, 5.0)
    spacing = size * spacing_em
    widest = max(reach_em(part, bold) * size + spacing * len(part) for part in texts)
    if widest * MM_PER_PT > room_mm:
        spacing = 0.0
    height = size * (LEADING if count == 1 else 1.3) * MM_PER_PT
    last = len(texts) - 1
    return tuple(
        Line(_spaced(part, size, bold, spacing), "center", height, "paragraph" if number == last else "break")
        for number, part in enumerate(texts)
    )


def _spaced(text: str, size_pt: float, bold: bool, spacing_pt: float) -> tuple[Run, ...]:
    """Runs with space between their letters, none behind the last, so that they stand in the middle."""
    if not spacing_pt or len(text) == 1:
        return (Run(text, size_pt, bold),)
    return Run(text[:-1], size_pt, bold, spacing_pt=spacing_pt), Run(text[-1], size_pt, bold)


def _head_line(
    left: tuple[str, ...], right: tuple[str, ...], columns_mm: tuple[float, ...], row: int
) -> tuple[tuple[float, ...], list[Cell]]:
    """Number and date in one row where both have room side by side, else below each other."""
    columns, room = len(columns_mm), sum(columns_mm) - 2 * LABEL_PAD_MM
    before, behind = (_joined(parts, align, room) for parts, align in ((left, "left"), (right, "right")))
    if not (before and behind):
        return _stacked([before or behind], columns, row)
    if len(before) == len(behind) == 1:
        split = _split(width_mm(before[0].runs), width_mm(behind[0].runs), columns_mm)
        if split:
            cells = [_bare(row, 0, split, before, "head"), _bare(row, split, columns - split, behind, "head")]
            return (HEAD_MM,), cells
    return _stacked([before, behind], columns, row)


def _stacked(texts: Sequence[tuple[Line, ...]], columns: int, row: int) -> tuple[tuple[float, ...], list[Cell]]:
    """A row for each text, the last with some air below it."""
    heights = [len(lines) * _HEAD_LINE_MM for lines in texts]
    heights[-1] += HEAD_MM - _HEAD_LINE_MM
    cells = [_bare(row + number, 0, columns, lines, "head") for number, lines in enumerate(texts)]
    return tuple(heights), cells


@lru_cache(maxsize=1024)
def _joined(parts: tuple[str, ...], align: str, room_mm: float) -> tuple[Line, ...]:
    """Remembered, because dates come again."""
    texts = wrap_parts(parts, PART_GAP, limit_em(room_mm, HEAD_PT))
    return tuple(in_lines(Run("　", HEAD_PT), texts, align, _HEAD_LINE_MM))


@lru_cache(maxsize=1024)
def _split(left_mm: float, right_mm: float, columns_mm: tuple[float, ...]) -> int:
    """Number of column tracks for the left text, so that both fit and share the spare room evenly; 0 for none."""
    total = sum(columns_mm)
    pads = 2 * LABEL_PAD_MM
    wanted = (total + left_mm - right_mm) / 2
    fitting = [
        (abs(reach - wanted), number)
        for number, reach in enumerate(accumulate(columns_mm[:-1]), start=1)
        if left_mm + pads <= reach <= total - right_mm - pads - _HEAD_GAP_MM / 2
    ]
    return min(fitting)[1] if fitting else 0


@lru_cache(maxsize=256)
def note_rows(texts: tuple[str, ...], columns_mm: tuple[float, ...], is_tight: bool) -> Rows:
    """The small lines below the grid, closer together where room is short."""
    if not texts:
        return NO_ROWS
    limit = limit_em(sum(columns_mm) - 2 * LABEL_PAD_MM, _NOTE_PT)
    leading = _TIGHT_LEADING if is_tight else LEADING
    look = Run("　", _NOTE_PT, grey=True)
    cells = []
    heights = []
    for row, text in enumerate(texts):
        lines = in_lines(look, wrap_evenly(text, limit), height_mm=_NOTE_PT * leading * MM_PER_PT)
        cells.append(_bare(row, 0, len(columns_mm), tuple(lines), "note", "top"))
        heights.append(EDGE_MM + sum(line.height_mm for line in lines))
    return Rows(tuple(heights), tuple(cells))


def _bare(row: int, column: int, colspan: int, lines: tuple[Line, ...], role: str, valign: str = "middle") -> Cell:
    return Cell(row, column, 1, colspan, lines, valign=valign, border=False, pad_mm=LABEL_PAD_MM, role=role)
