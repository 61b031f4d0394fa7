"""Finding the header of a register: one to three rows of headings below any titles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from danju.readers.meaning.headings import Headings, Targets, is_counter
from danju.readers.table.sheets import Merge, Row, is_empty
from danju.values.text import clean

__all__ = ["Header", "HeaderColumn", "build_header", "find_header"]

SEARCHED_ROWS = 30
_DEPTHS = (1, 2, 3)
_CLEAR = 0.75


@dataclass(frozen=True, slots=True)
class HeaderColumn:
    """One column of a register.

    Attributes:
        position: 0-based column.
        row: 0-based row of its lowest heading cell.
        heading: As printed, wider headings first: `货物·品名`.
        targets: What it means; () when unknown or a counter.
        is_counter: True for 序号 and the like.
    """

    position: int
    row: int
    heading: str
    targets: Targets
    is_counter: bool = False


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a register.

    Attributes:
        top: 0-based first row.
        depth: Number of rows.
        columns: Those with a heading, from left to right.
        texts: Cells of each header row by column, to recognise a repeated header.
    """

    top: int
    depth: int
    columns: tuple[HeaderColumn, ...]
    texts: tuple[dict[int, str], ...]

    @property
    def resolved(self) -> int:
        """Number of different places the headings name."""
        return len({target.key for column in self.columns for target in column.targets})

    @property
    def share(self) -> float:
        """Part of the headings that are understood, counters left aside."""
        counted = [column for column in self.columns if not column.is_counter]
        return sum(bool(column.targets) for column in counted) / len(counted) if counted else 0.0

    @property
    def first_data_row(self) -> int:
        """0-based row below the header."""
        return self.top + self.depth


def find_header(head: Sequence[Row], merges: Iterable[Merge], headings: Headings) -> Header | None:
    """The header that explains most columns, or None; a shallow and early one among equals."""
    merges = [merge for merge in merges if merge.top < SEARCHED_ROWS + len(_DEPTHS)]
    found = [
        header for top in range(min(SEARCHED_ROWS, len(head))) for header in _headers_at(head, top, merges, headings)
    ]
    if not found:
        return None
    best = max(found, key=_score)
    for earlier in found:  # a register above another one comes first, even if the lower one has more columns
        if earlier.first_data_row < best.top and earlier.resolved >= 2 and earlier.share >= _CLEAR:
            return max((each for each in found if each.top < earlier.first_data_row), key=_score)
    return best


def _headers_at(head: Sequence[Row], top: int, merges: Iterable[Merge], headings: Headings) -> list[Header]:
    """The plausible headers that begin in a row."""
    if not any(_resolves(value, headings) for value in head[top]) and not _may_be_upper(head, top, headings):
        return []
    built = [build_header(head, top, depth, merges, headings) for depth in _DEPTHS if top + depth <= len(head)]
    return [header for header in built if _is_plausible(header)]


def _score(header: Header) -> tuple[float, float, int, int]:
    return header.resolved - 0.25 * _unknown(header), header.share, -header.depth, -header.top


def build_header(rows: Sequence[Row], top: int, depth: int, merges: Iterable[Merge], headings: Headings) -> Header:
    """The header that these rows make, whatever it is worth."""
    texts = tuple({column: clean(str(value)) for column, value in enumerate(rows[top + level]) if not is_empty(value)}
                  for level in range(depth))  # fmt: skip
    merges = [merge for merge in merges if merge.bottom >= top and merge.top < top + depth]
    levels = [dict(row) for row in texts]
    for level in range(depth - 1):
        levels[level] |= _spread(levels, level, top, merges)
    columns = []
    for position in sorted({column for row in texts for column in row}):
        stack = [(top + level, levels[level][position]) for level in range(depth) if position in levels[level]]
        columns.append(_column(position, stack, headings))
    return Header(top, depth, tuple(columns), texts)


def _column(position: int, stack: list[tuple[int, str]], headings: Headings) -> HeaderColumn:
    row, lowest = stack[-1]
    uppers = [text for _, text in stack[:-1] if text != lowest]
    targets: Targets = ()
    if uppers:
        targets = headings.resolve(lowest, uppers[-1])
        if not targets and len(uppers) > 1:
            targets = headings.resolve(lowest, uppers[0]) or headings.resolve(uppers[-1] + lowest, uppers[0])
    else:
        targets = headings.resolve(lowest)
    counts = not targets and is_counter(lowest)
    return HeaderColumn(position, row, "·".join([*uppers, lowest]), targets, counts)


def _spread(levels: list[dict[int, str]], level: int, top: int, merges: list[Merge]) -> dict[int, str]:
    """Texts of a heading row carried over the columns that they cover.

    Without merges (CSV) a heading covers the empty columns at its right in which a lower row has sub-headings,
    provided that it has one below itself too.
    """
    row, below = levels[level], levels[level + 1 :]
    spread: dict[int, str] = {}
    last = max((column for lower in below for column in lower), default=-1)
    merged = [merge for merge in merges if merge.top <= top + level <= merge.bottom and merge.right > merge.left]
    for merge in merged:
        text = row.get(merge.left)
        if text is not None and merge.top == top + level:
            spread |= dict.fromkeys(range(merge.left + 1, min(merge.right, last) + 1), text)
    if merged:
        return spread
    current: str | None = None
    for column in range(last + 1):
        if column in row:
            current = row[column] if any(column in lower for lower in below) else None
        elif current is not None and any(column in lower for lower in below):
            spread[column] = current
        else:
            current = None
    return spread


def _resolves(value: object, headings: Headings) -> bool:
    return isinstance(value, str) and 0 < len(value) <= 40 and bool(headings.resolve(value))


def _may_be_upper(head: Sequence[Row], top: int, headings: Headings) -> bool:
    """Whether a row of unknown words may stand over sub-headings."""
    filled = [value for value in head[top] if not is_empty(value)]
    return len(filled) > 1 and top + 1 < len(head) and any(headings.is_known(value) for value in head[top + 1])


def _unknown(header: Header) -> int:
    return sum(not column.targets and not column.is_counter for column in header.columns)


def _is_plausible(header: Header) -> bool:
    """Two understood headings, or one where little else stands; every row of it adds some."""
    if header.resolved == 0 or (header.resolved == 1 and header.share < 0.5):
        return False
    if header.share < 0.25:
        return False
    lowest = header.top + header.depth - 1
    return header.depth == 1 or any(column.targets and column.row == lowest for column in header.columns)
