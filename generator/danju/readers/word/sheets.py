"""Word files as neutral sheets, so that labels are found in them as in workbooks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from danju.location import Location, Spot
from danju.model.form import Form
from danju.readers.form_sheets.grid import MAX_COLUMNS
from danju.readers.meaning.headings import compile_headings
from danju.readers.meaning.texts import iter_pairs
from danju.readers.table.sheets import Merge, Row, Sheet
from danju.readers.word.blocks import Block, Paragraph, Table
from danju.values.text import clean, fold

__all__ = ["WordSheet", "labelled", "make_sheet", "split_forms"]

_LINES = re.compile(r"[_＿﹏]{2,}")  # drawn by hand to write on


@dataclass(slots=True)
class WordSheet(Sheet):
    """Blocks of a Word file, one below the other.

    Attributes:
        spots: Where each cell of the sheet stands in the file, by 0-based row and column.
    """

    spots: Mapping[tuple[int, int], Spot] = field(default_factory=dict)

    def location(self, row: int | None = None, column: int = 0) -> Location:
        """The file, or the place of a cell in it."""
        spot = self.spots.get((row, column)) if row is not None else None
        return Location(self.source, spot=spot)


def make_sheet(blocks: Sequence[Block], source: str) -> WordSheet:
    """The blocks as rows: a paragraph in a cell of its own, tables with their merged cells, a blank row between."""
    rows: list[Row] = []
    merges: list[Merge] = []
    spots: dict[tuple[int, int], Spot] = {}
    for block in blocks:
        if isinstance(block, Paragraph):
            if block.text.strip():
                spots[len(rows), 0] = block.spot
                rows.append([_tidy(block.text)])
            continue
        rows.append([])
        for cells in block.rows:
            row: Row = []
            for cell in (cell for cell in cells if cell.column + cell.colspan <= MAX_COLUMNS):
                row.extend([None] * (cell.column + cell.colspan - len(row)))
                at = len(rows), cell.column
                spots[at] = cell.spot
                if cell.is_continued:
                    continue
                row[cell.column] = _tidy(cell.text) or None
                if cell.colspan > 1 or cell.rowspan > 1:
                    merges.append(Merge(*at, at[0] + cell.rowspan - 1, at[1] + cell.colspan - 1))
            rows.append(row)
        rows.append([])
    return WordSheet(source, None, True, tuple(merges), lambda: iter(rows), spots=spots)


def _tidy(text: str) -> str:
    return clean(_LINES.sub("  ", text))


def split_forms(blocks: Sequence[Block], forms: Sequence[Form]) -> list[list[Block]]:
    """The blocks of each form, one after the other: a new one begins where labels come again.

    Paragraphs belong to the table behind them, those at the end to the last.
    """
    parts: list[list[Block]] = []
    seen: set[str] = set()
    waiting: list[Block] = []
    for block in blocks:
        waiting.append(block)
        if isinstance(block, Paragraph) and not parts and not _known_words(block, forms):
            continue
        words = set().union(*(_known_words(each, forms) for each in waiting))
        if not words:
            continue
        if not parts or (isinstance(block, Table) and 2 * len(words & seen) > len(words)):
            parts.append([])
            seen = set()
        parts[-1] += waiting
        seen |= words
        waiting = []
    if parts:
        parts[-1] += waiting
    return parts or [list(blocks)]


def labelled(blocks: Sequence[Block], forms: Sequence[Form]) -> list[Block]:
    """The blocks with labels of any form: of page headers and footers the rest is letterhead and page numbers."""
    return [block for block in blocks if _known_words(block, forms)]


def _known_words(block: Block, forms: Sequence[Form]) -> set[str]:
    """Folded labels of any form that a block holds."""
    texts = [block.text] if isinstance(block, Paragraph) else [cell.text for row in block.rows for cell in row]
    words = {fold(text) for text in texts if 0 < len(text) <= 40}
    words |= {fold(label) for text in texts for label, _ in iter_pairs(text)}
    indexes = [compile_headings(form.record_type) for form in forms]
    return {word for word in words if any(index.count_known(frozenset((word,))) for index in indexes)}
