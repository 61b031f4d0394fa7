"""How the cells of a register's rows become values: decided once for each header."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from danju.issues import Issue
from danju.model.field import Kind
from danju.readers.registers.header import Column, Header
from danju.readers.registers.leftovers import LeftoverRule
from danju.readers.spreadsheets.sheets import Sheet
from danju.readers.targets import Target

__all__ = ["RegisterPlan", "compile_plan"]

_NUMBERS = (Kind.INTEGER, Kind.NUMBER)


@dataclass(frozen=True, slots=True)
class RegisterPlan:
    """How the cells of a row become values.

    Attributes:
        header: What it was made from.
        own: Columns whose values a record has once.
        rows: Columns that belong to the current row of a table.
        unknown: Columns that mean nothing here.
        plain: Names of the fields that take a column's value as it is, by column.
        counter: Column that counts the records, or -1.
        required: Columns of `own` whose field a record must have.
        leftovers: What tells totals and notes from records.
    """

    header: Header
    own: tuple[Column, ...]
    rows: tuple[Column, ...]
    unknown: tuple[Column, ...]
    plain: dict[int, str]
    counter: int
    required: frozenset[int]
    leftovers: LeftoverRule


def compile_plan(sheet: Sheet, header: Header, issues: list[Issue]) -> RegisterPlan:
    """The plan of a header; columns that repeat an earlier one become issues."""
    columns = _without_repeats(sheet, header.columns, issues)
    own = tuple(column for column in columns if column.targets and not _is_row_column(column))
    rows = tuple(column for column in columns if column.targets and _is_row_column(column))
    required = frozenset(
        column.position
        for column in own
        if len(column.targets) == 1 and column.targets[0].parent is None and _is_required(column.targets[0])
    )
    texts = frozenset(column.position for column in own if column.targets[0].field.kind not in _NUMBERS)
    return RegisterPlan(
        header=header,
        own=own,
        rows=rows,
        unknown=tuple(column for column in columns if not column.targets and not column.is_counter),
        plain={column.position: column.targets[0].field.name for column in own if _is_plain(column)},
        counter=next((column.position for column in columns if column.is_counter), -1),
        required=required,
        leftovers=LeftoverRule(required & texts, len(columns)),
    )


def _without_repeats(sheet: Sheet, columns: Sequence[Column], issues: list[Issue]) -> list[Column]:
    """Columns without those whose place an earlier one fills; these are issues."""
    first: dict[object, Column] = {}
    kept = []
    for column in columns:
        clash = next((first[target.key] for target in column.targets if target.key in first), None)
        if clash is None:
            first |= dict.fromkeys((target.key for target in column.targets), column)
            kept.append(column)
            continue
        other = sheet.location(clash.row, clash.position)
        place = sheet.location(column.row, column.position)
        target = column.targets[0]
        values = {"name": column.heading, "other": other.cell or other}
        issues.append(Issue("F103", place, target.field.label, target.path(), values))
    return kept


def _is_row_column(column: Column) -> bool:
    return all(target.table is not None and target.row is None for target in column.targets)


def _is_plain(column: Column) -> bool:
    target = column.targets[0]
    is_scalar = target.parent is None and target.field.kind not in (Kind.TABLE, Kind.GROUP)
    return len(column.targets) == 1 and is_scalar and not target.unit


def _is_required(target: Target) -> bool:
    return target.field.required and not target.field.computed
