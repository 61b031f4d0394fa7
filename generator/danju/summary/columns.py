"""Columns of a register sheet: which fields, under which headings, as which kind of cell, how wide."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from operator import methodcaller
from typing import Protocol

from danju.model.field import Field, Kind
from danju.model.form import Form
from danju.summary.cell_looks import Style
from danju.summary.cell_xml import date_tail, number_tail, text_tail
from danju.summary.shown import NARROW, display_width, label_of, shower
from danju.summary.words import Words

_SAMPLE_ROWS = 1000  # texts beyond these rows wrap when they are wider
_WIDEST_TEXT = 36
_WIDEST_ROWS = 50  # a row of a table, say a contact with two numbers, should not wrap
_SURELY_ONE_LINE = _WIDEST_TEXT // 2  # even if all characters are wide
_NARROWEST = 6
_HEADING_LINE = 12  # headings wrap beyond
FILTER_BUTTON = 3
_MARGIN = 2
_TEXT_FORMAT_LIMIT = 255  # older Excel shows #### for longer texts in cells of the format @

Take = Callable[[Mapping[str, object]], object]


class Column(Protocol):
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

    def take(self) -> int:
        """The lines of the row that is done; the next row starts with one."""
        lines, self.lines = self.lines, 1
        return lines


class TextColumn:
    """Words of any kind."""

    def __init__(
        self, heading: str, show: Callable[[object], str], height: RowHeight, style: Style = Style.TEXT
    ) -> None:
        self.heading = heading
        self._show = show
        self._height = height
        self._style = int(style)
        self._limit = _WIDEST_TEXT
        self._blank = text_tail("", self._style)
        self._widest = 0.0
        self._seen = 0

    def cell(self, value: object) -> str:
        """A text cell."""
        if value is None:
            return self._blank
        text = value if isinstance(value, str) else self._show(value)
        if self._seen < _SAMPLE_ROWS:
            self._seen += 1
            self._widest = max(self._widest, display_width(text))
        if len(text) > _SURELY_ONE_LINE or "\n" in text:
            lines = sum(math.ceil(display_width(line) / self._limit) or 1 for line in text.split("\n"))
            if lines > self._height.lines:
                self._height.lines = lines
        return text_tail(text, self._style)

    def width(self) -> float:
        """Of the widest text in the sample, within reason."""
        return max(_NARROWEST, heading_width(self.heading), min(self._widest, self._limit) + _MARGIN)


class ChoiceColumn(TextColumn):
    """Words of a closed list, which come again and again."""

    def __init__(self, heading: str, show: Callable[[object], str], height: RowHeight) -> None:
        super().__init__(heading, show, height)
        self._known: dict[object, str] = {}

    def cell(self, value: object) -> str:
        """A text cell with the option's label."""
        tail = self._known.get(value)
        if tail is None:
            tail = self._known[value] = super().cell(self._show(value) or None)
        return tail


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
            return text_tail(self._show(value))
        tail = number_tail(value, self._decimals)
        if len(tail) > self._longest:
            self._longest = len(tail)
        return tail

    def width(self) -> float:
        """Of the longest number with its thousands separators."""
        digits = max(0, self._longest - len('" s="00"><v></v></c>')) + (self._decimals or 0)
        return max(_NARROWEST, heading_width(self.heading), digits * NARROW * 4 / 3 + _MARGIN)


class DateColumn:
    """Real dates; words that stand in place of one stay text."""

    def __init__(self, heading: str, with_time: bool, show: Callable[[object], str]) -> None:
        self.heading = heading
        self._width = display_width("2026-12-31 23:59" if with_time else "2026-12-31") + _MARGIN
        self._show = show

    def cell(self, value: object) -> str:
        """A date cell."""
        return date_tail(value) if isinstance(value, date) else text_tail(self._show(value))

    def width(self) -> float:
        """Of any date."""
        return max(self._width, heading_width(self.heading))


def iter_columns(form: Form, words: Words, lang: str, height: RowHeight) -> Iterator[tuple[str, Take, Column]]:
    """Path of a field, how to take its value from a record's values, and its column, in the order of the sheet."""
    paths = form.summary.columns or tuple(field.name for field in form.record_type.fields)
    for path in paths:
        for take, column in _columns_at(form.record_type.fields, tuple(path.split(".")), lang, (words, height)):
            yield path, take, column


def _columns_at(
    fields: tuple[Field, ...], path: tuple[str, ...], lang: str, setting: tuple[Words, RowHeight]
) -> Iterator[tuple[Take, Column]]:
    """The columns of one dotted path: several for a group."""
    words, height = setting
    labels: list[str] = []
    field: Field | None = None
    for name in path:
        field = next(each for each in fields if each.name == name)
        labels.append(label_of(field, lang))
        fields = field.members
    assert field is not None  # paths are not empty
    if field.kind is Kind.GROUP:
        for member in field.members:
            for take, column in _columns_at((field,), (field.name, member.name), lang, setting):
                column.heading = words.member_dot.join((*labels[:-1], column.heading))
                yield _taker(path[:-1], take), column
        return
    yield _taker(path, _itself), _column(field, words.member_dot.join(labels), words, height)


def _itself(value: object) -> object:
    return value


def _taker(path: tuple[str, ...], then: Callable[..., object]) -> Take:
    """What stands at a path, handed on; the values in all rows when a table lies on the way."""
    if not path:
        return then
    name, rest = path[0], _taker(path[1:], then)
    if rest is _itself:
        return methodcaller("get", name)

    def take(values: Mapping[str, object]) -> object:
        value = values.get(name)
        if isinstance(value, Mapping):
            return rest(value)
        return [rest(row) for row in value if isinstance(row, Mapping)] if isinstance(value, list) else None

    return take


def _column(field: Field, label: str, words: Words, height: RowHeight) -> Column:
    show = shower(field, words)
    if field.kind in (Kind.INTEGER, Kind.NUMBER):
        heading = label + field.unit.join(words.brackets) if field.unit else label
        return NumberColumn(heading, field.decimals, show)
    if field.kind in (Kind.DATE, Kind.DATETIME):
        return DateColumn(label, field.kind is Kind.DATETIME, show)
    if field.kind is Kind.CHOICE:
        return ChoiceColumn(label, show, height)
    if field.kind is Kind.TABLE:
        return RowsColumn(label, show, height)
    short = field.kind is Kind.TEXT and not field.multiline and (field.max_length or 0) <= _TEXT_FORMAT_LIMIT
    is_code = short and (field.format is not None or field.max_length is not None)
    return TextColumn(label, show, height, Style.CODE if is_code else Style.TEXT)
