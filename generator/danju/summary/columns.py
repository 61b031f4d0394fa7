"""Columns of a register sheet: which fields, under which headings, as which kind of column."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import assert_never

from danju.model.field import Field
from danju.model.form import Form
from danju.model.kind_answers import ReportColumn
from danju.summary.column_kinds import (
    ChoiceColumn,
    DateColumn,
    NumberColumn,
    RowHeight,
    RowsColumn,
    SummaryColumn,
    TextColumn,
)
from danju.summary.shown import label_of, shower
from danju.summary.streamed_cells import Style
from danju.summary.words import SummaryWords


@dataclass(frozen=True, slots=True)
class PlacedColumn:
    """A column and where its values stand.

    Attributes:
        path: Dotted path of the field that the form asked for; several columns have that of a group.
        name: First name of the column's own path: the value of a record that the cell is made from.
        write: That value → the cell, as the tail that `cell_xml` describes.
        column: For heading and width.
    """

    path: str
    name: str
    write: Callable[[object], str]
    column: SummaryColumn


def iter_columns(form: Form, words: SummaryWords, lang: str, height: RowHeight) -> Iterator[PlacedColumn]:
    """The columns of a form's register, in the order of the sheet."""
    paths = form.summary.columns or tuple(field.name for field in form.record_type.fields)
    for path in paths:
        for names, column in _columns_at(form.record_type.fields, tuple(path.split(".")), lang, (words, height)):
            yield PlacedColumn(path, names[0], _writer(names[1:], column.cell), column)


def _columns_at(
    fields: tuple[Field, ...], path: tuple[str, ...], lang: str, setting: tuple[SummaryWords, RowHeight]
) -> Iterator[tuple[tuple[str, ...], SummaryColumn]]:
    """The columns of one path, each with its own path: several for a group."""
    words, height = setting
    labels: list[str] = []
    field: Field | None = None
    for name in path:
        field = next(each for each in fields if each.name == name)
        labels.append(label_of(field, lang))
        fields = field.members
    assert field is not None  # paths are not empty
    if field.kind.is_group:
        for member in field.members:
            for names, column in _columns_at((field,), (field.name, member.name), lang, setting):
                column.heading = words.member_dot.join((*labels[:-1], column.heading))
                yield (*path[:-1], *names), column
        return
    yield path, _column(field, words.member_dot.join(labels), (words, height), is_top=len(path) == 1)


def _writer(path: tuple[str, ...], cell: Callable[[object], str]) -> Callable[[object], str]:
    """Writes the cell of what stands at a path below a value; the values in all rows when a table lies on the way."""
    if not path:
        return cell

    def write(value: object) -> str:
        return cell(_value_at(value, path))

    return write


def _value_at(value: object, path: tuple[str, ...]) -> object:
    for position, name in enumerate(path):
        if isinstance(value, Mapping):
            value = value.get(name)
        elif isinstance(value, list):
            return [_value_at(row, path[position:]) for row in value if isinstance(row, Mapping)]
        else:
            return None
    return value


def _column(field: Field, label: str, setting: tuple[SummaryWords, RowHeight], *, is_top: bool) -> SummaryColumn:
    words, height = setting
    show, hold = shower(field, words), partial(field.kind.cell, field)
    match field.kind.report_column(field):
        case ReportColumn.NUMBER:
            heading = label + field.unit.join(words.brackets) if field.unit else label
            return NumberColumn(heading, field.decimals, show)
        case ReportColumn.DAY:
            return DateColumn(label, hold, show, Style.DATE, "2026-12-31")
        case ReportColumn.MOMENT:
            return DateColumn(label, hold, show, Style.DATETIME, "2026-12-31 23:59")
        case ReportColumn.MONTH:
            return DateColumn(label, hold, show, Style.MONTH, "2026-12")
        case ReportColumn.TIME:
            return DateColumn(label, hold, show, Style.TIME, "23:59")
        case ReportColumn.WORD if is_top or not field.kind.is_list:
            return ChoiceColumn(label, show, height)
        case ReportColumn.ROWS:
            return RowsColumn(label, show, height)
        case ReportColumn.CODE:
            return TextColumn(label, show, height, Style.CODE)
        case ReportColumn.TEXT | ReportColumn.WORD:
            return TextColumn(label, show, height)
        case other:
            assert_never(other)
