"""Aligning: which row of a form's paper each table row of a Word file is, whatever was added, removed or continued."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from itertools import accumulate

from danju.readers.word.blocks import Table, WordCell
from danju.readers.word.patterns import PaperRow, likeness
from danju.values.text import fold

__all__ = ["AlignedSheet", "Matched", "RowRole", "align"]

_STRAY = -0.4  # a row that is none of the paper's
_LACK, _MAY_LACK = -0.3, -0.05  # a row of the paper that is not there
_RESTART = -2.0
_REST = -0.1
_FAR = float("-inf")
_TOP_ROWS = 6  # title block and table head: how far down a page its first row may stand
_MOST_ROWS = 2000
_LONGEST_LABEL = 80
_LEAST_SHARE = 0.5


class RowRole(Enum):
    """What a table row is."""

    STRAY = "stray"  # nothing of the paper's: the title block, or somebody's addition
    ROW = "row"
    HEAD = "head"  # a table's head again, on a further page
    REST = "rest"  # goes on with the row before, on a further page


@dataclass(frozen=True, slots=True)
class Matched:
    """A table row of the file.

    Attributes:
        table: Number of its table among the blocks.
        cells: Its cells.
        role: What it is.
        pattern: Number of the paper's row, or -1 for a stray one.
    """

    table: int
    cells: list[WordCell]
    role: RowRole
    pattern: int


@dataclass(slots=True)
class AlignedSheet:
    """The rows of one record, in order, on any number of pages.

    Attributes:
        rows: Stray ones, too.
        share: Part of the paper's labels that were found with their words.
    """

    rows: list[Matched] = field(default_factory=list)
    share: float = 0.0


@dataclass(frozen=True, slots=True)
class _Step:
    before: int
    role: RowRole
    pattern: int
    restarted: bool = False


def align(tables: Sequence[Table], paper: Sequence[PaperRow]) -> list[AlignedSheet]:
    """The records that tables hold, one after the other; none when they are not this paper.

    The best of all ways to run through the paper once for each record, skipping rows at a price (dynamic programming).
    """
    rows = [(number, at, cells) for number, table in enumerate(tables) for at, cells in enumerate(table.rows)]
    if not rows or not paper or len(rows) > _MOST_ROWS or not _may_be(rows, paper):
        return []
    run = _AlignRun(paper)
    for _, at, cells in rows:
        run.take(at, cells)
    sheets: list[AlignedSheet] = []
    for (number, _, cells), step in zip(rows, run.steps(), strict=True):
        if step.restarted or not sheets:
            sheets.append(AlignedSheet())
        sheets[-1].rows.append(Matched(number, cells, step.role, step.pattern))
    for sheet in sheets:
        sheet.share = _share(sheet, paper)
    return [sheet for sheet in sheets if sheet.share >= _LEAST_SHARE]


def _may_be(rows: Sequence[tuple[int, int, list[WordCell]]], paper: Sequence[PaperRow]) -> bool:
    """Whether enough of the paper's labels are anywhere at all: a quick look before the long one."""
    labels = [label for row in paper if not row.repeats for label in row.label_words]
    texts = {fold(cell.text) for _, _, cells in rows for cell in cells if len(cell.text) <= _LONGEST_LABEL}
    return not labels or sum(label in texts for label in labels) >= _LEAST_SHARE * len(labels)


def _share(sheet: AlignedSheet, paper: Sequence[PaperRow]) -> float:
    total = sum(row.labels for row in paper if not row.repeats)
    seen = 0
    for row in {each.pattern: each for each in sheet.rows if each.role is RowRole.ROW}.values():
        score = likeness(row.cells, paper[row.pattern])
        seen += paper[row.pattern].labels if score is not None and score > 0 else 0
    return seen / total if total else float(bool(sheet.rows))


class _AlignRun:
    """All ways through the paper, row after row: state 0 is before its first row, state j + 1 at its row j.

    Attributes:
        best: Score of the best way to each state.
        trail: For every row taken and every state, the step that led there.
    """

    def __init__(self, paper: Sequence[PaperRow]) -> None:
        self.paper = paper
        self.best = [0.0, *([_FAR] * len(paper))]
        self.trail: list[list[_Step]] = []
        prices = [_MAY_LACK if row.may_lack else _LACK for row in paper]
        self.skipped = list(accumulate(prices, initial=0.0))

    def take(self, at: int, cells: list[WordCell]) -> None:
        """A further row of the file, the at-th of its table."""
        restart = self._restart() if at == 0 else None
        scores = [likeness(cells, row) for row in self.paper]
        new = [score + _STRAY for score in self.best]
        steps = [_Step(state, RowRole.STRAY, -1) for state in range(len(self.best))]
        reach, origin = _FAR, 0
        for index, score in enumerate(scores):
            before = self.best[index] - self.skipped[index]
            if before > reach:
                reach, origin = before, index
            if score is None:
                continue
            ways = [(reach + self.skipped[index] + score, _Step(origin, RowRole.ROW, index))]
            ways += self._ways_on(index, score, is_top=at < _TOP_ROWS)
            total, step = max(ways, key=lambda way: way[0])
            if total > new[index + 1]:
                new[index + 1], steps[index + 1] = total, step
        if at < _TOP_ROWS:
            self._repeat_heads(scores, new, steps)
        if restart is not None:
            steps = [_Step(restart, s.role, s.pattern, restarted=True) if s.before == 0 else s for s in steps]
        self.best = new
        self.trail.append(steps)

    def _restart(self) -> int | None:
        """The state in which a record ends so that a new one begins with a new table; None when that is no better."""
        ended = self._ended(_RESTART)
        top = max(range(len(ended)), key=ended.__getitem__)
        if top == 0 or ended[top] <= self.best[0]:
            return None
        self.best[0] = ended[top]
        return top

    def _ended(self, price: float) -> list[float]:
        """Scores if the record ended here, the rest of the paper lacking."""
        return [score + self.skipped[-1] - self.skipped[state] + price for state, score in enumerate(self.best)]

    def _ways_on(self, index: int, score: float, *, is_top: bool) -> list[tuple[float, _Step]]:
        """Ways to stay at a row: a further row of a table, or the rest of a row on a further page."""
        state, row = index + 1, self.paper[index]
        if row.repeats:
            return [(self.best[state] + score, _Step(state, RowRole.ROW, index))]
        if is_top and not row.is_head:
            return [(self.best[state] + score + _REST, _Step(state, RowRole.REST, index))]
        return []

    def _repeat_heads(self, scores: list[float | None], new: list[float], steps: list[_Step]) -> None:
        """A table's head at the top of a page, while the table's rows go on."""
        for index, head in enumerate(self.paper):
            score = scores[index]
            if not head.is_head or score is None:
                continue
            for state in range(index + 1, len(self.best)):
                if self.paper[state - 1].table == head.table and self.best[state] + score > new[state]:
                    new[state], steps[state] = self.best[state] + score, _Step(state, RowRole.HEAD, index)

    def steps(self) -> list[_Step]:
        """The best way, one step for each row taken."""
        ended = self._ended(0.0)
        state = max(range(len(ended)), key=ended.__getitem__)
        way = []
        for steps in reversed(self.trail):
            way.append(steps[state])
            state = steps[state].before
        return way[::-1]
