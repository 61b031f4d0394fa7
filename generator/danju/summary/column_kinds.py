"""Kinds of register columns: how values become cells, and how wide that makes the column."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Protocol

from danju.ooxml.cells import text_tail
from danju.summary.shown import NARROW, display_width, line_count
from danju.summary.streamed_cells import Style, date_tail, number_tail

_TEXT, _QUOTED = int(Style.TEXT), int(Style.QUOTED)
_SAMPLE = 1000  # different texts; those that come later wrap when they are wider
_MEMO_LIMIT = 2048  # different values remembered for a column
WIDEST_TEXT = 36
"""Of a column of texts, in characters; longer ones wrap."""
_WIDEST_ROWS = 50  # a row of a table, say a contact with two numbers, should not wrap
_SURELY_ONE_LINE = WIDEST_TEXT // 2  # even if all characters are wide
_NARROWEST = 6
_HEADING_LINE = 12  # headings wrap beyond
FILTER_BUTTON = 3
_MARGIN = 2


class SummaryColumn(Protocol):
    """One column of a register sheet."""

    heading: str

    def cell(self, value: object) -> str:
        """The cell of a value, as the tail that `cell_xml` describes."""

    def width(self) -> float:
        """In characters, as far as seen until now."""


def heading_width(heading: str) -> float:
    """What a heading needs, broken into lines, beside its filter button."""
    return min(display_width(heading), _HEADING_LINE) + FILTER_BUTTON


class RowHeight:
    """How many lines of text the row being written needs; its text columns raise it."""

    __slots__ = ("lines",)

    def __init__(self) -> None:
        self.lines = 1

    def raise_to(self, lines: int) -> None:
        """Make room for so many."""
        if lines > self.lines:
            self.lines = lines

    def take(self) -> int:
        """The lines of the row that is done; the next row starts with one."""
        lines, self.lines = self.lines, 1
        return lines


class TextColumn:
    """Words of any kind; short ones that come again are remembered."""

    def __init__(
        self, heading: str, show: Callable[[object], str], height: RowHeight, style: Style = Style.TEXT
    ) -> None:
        self.heading = heading
        self._show = show
        self._height = height
        self._style = int(style)
        self._limit = WIDEST_TEXT
        self._widest = 0.0
        self._seen = 0
        self._known: dict[str, str] = {"": text_tail("", self._style, _QUOTED)}

    def cell(self, value: object) -> str:
        """A text cell."""
        text = "" if value is None else value if isinstance(value, str) else self._show(value)
        return self._known.get(text) or self._new(text)

    def _new(self, text: str) -> str:
        if self._seen < _SAMPLE:
            self._seen += 1
            if self._widest < self._limit and len(text) * 2 > self._widest:  # else it cannot be wider, or it is enough
                self._widest = max(self._widest, display_width(text))
        tail = text_tail(text, self._style, _QUOTED)
        if len(text) > _SURELY_ONE_LINE or "\n" in text:
            self._height.raise_to(line_count(text, self._limit))
        elif len(self._known) < _MEMO_LIMIT:
            self._known[text] = tail
        return tail

    def width(self) -> float:
        """Of the widest text in the sample, within reason."""
        return max(_NARROWEST, heading_width(self.heading), min(self._widest, self._limit) + _MARGIN)


class ChoiceColumn(TextColumn):
    """Words of a closed list, or several of them: the cell of a value is remembered, not only that of a text."""

    def __init__(self, heading: str, show: Callable[[object], str], height: RowHeight) -> None:
        super().__init__(heading, show, height)
        self._cells: dict[object, tuple[str, int]] = {}  # and the lines it takes

    def cell(self, value: object) -> str:
        """A text cell with the labels of the options."""
        key = tuple(value) if isinstance(value, list) else value
        known = self._cells.get(key)
        if known is None:
            text = self._show(value)
            known = super().cell(text), line_count(text, self._limit)
            if len(self._cells) < _MEMO_LIMIT:
                self._cells[key] = known
        self._height.raise_to(known[1])
        return known[0]


class RowsColumn(TextColumn):
    """The rows of a table field, one below the other."""

    def __init__(self, heading: str, show: Callable[[object], str], height: RowHeight) -> None:
        super().__init__(heading, show, height)
        self._limit = _WIDEST_ROWS


class NumberColumn:
    """Real numbers; words that stand in place of one stay text."""

    def __init__(self, heading: str, decimals: int | None, show: Callable[[object], str]) -> None:
        self.heading = heading
        self._decimals = decimals
        self._show = show
        self._longest = 0

    def cell(self, value: object) -> str:
        """A number cell."""
        if isinstance(value, float):
            value = Decimal(repr(value))
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            return text_tail(self._show(value), _TEXT, _QUOTED)
        tail = number_tail(value, self._decimals)
        if len(tail) > self._longest:
            self._longest = len(tail)
        return tail

    def width(self) -> float:
        """Of the longest number with its thousands separators."""
        digits = max(0, self._longest - len('" s="00"><v></v></c>')) + (self._decimals or 0)
        return max(_NARROWEST, heading_width(self.heading), digits * NARROW * 4 / 3 + _MARGIN)


class DateColumn:
    """Real dates and times of day; words that stand in place of one stay text.

    Args:
        hold: What a cell holds for a value (`Kind.cell`).
        sample: The widest text that a cell shows.
    """

    def __init__(
        self, heading: str, hold: Callable[[object], object], show: Callable[[object], str], style: Style, sample: str
    ) -> None:
        self.heading = heading
        self._width = display_width(sample) + _MARGIN
        self._hold = hold
        self._show = show
        self._style = style
        self._known: dict[object, str] = {}

    def cell(self, value: object) -> str:
        """A date cell."""
        if isinstance(value, list | Mapping):
            return text_tail(self._show(value), _TEXT, _QUOTED)
        tail = self._known.get(value)
        if tail is None:
            held, text = self._hold(value), self._show(value)
            if isinstance(held, date | time):
                tail = date_tail(held, Style.DATETIME if isinstance(held, datetime) else self._style, text)
            else:
                tail = text_tail(text, _TEXT, _QUOTED)
            if len(self._known) < _MEMO_LIMIT:
                self._known[value] = tail
        return tail

    def width(self) -> float:
        """Of any date."""
        return max(self._width, heading_width(self.heading))
