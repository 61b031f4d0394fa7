"""How a register's rows become values, and which are no records (totals, notes, signatures); decided once a header."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from danju.issues import Issue
from danju.ooxml.addresses import column_letters
from danju.readers.meaning.header import Header, HeaderColumn
from danju.readers.meaning.targets import Target
from danju.readers.meaning.words import BANNERS, NOTES, SIGNATURES, TOTALS
from danju.readers.table.sheets import Sheet, as_text
from danju.values.text import fold

__all__ = ["LeftoverRule", "RegisterPlan", "compile_plan", "letters_of"]

_AFTER_TOTAL = re.compile(r"[:(,.、\d]|$")
_COUNTED = re.compile(r"[:(,]?共?[\d,.]*(?:家|户|条|项|人|笔|份|单|次|个|元|万元|吨|件|台|套)?\)?")


_TOTAL = re.compile("|".join(sorted(map(re.escape, TOTALS), key=len, reverse=True)))


@dataclass(frozen=True, slots=True)
class LeftoverRule:
    """What tells leftover rows from records in one register.

    Attributes:
        required: Columns of required fields that hold no numbers; a record fills most of them.
        width: Number of columns with a heading.
    """

    required: frozenset[int]
    width: int

    def is_leftover(self, cells: Mapping[int, object], is_banner: bool) -> bool:
        """Whether the filled cells of a row are a total, a note or a signature line.

        Args:
            cells: Values by column, in order, at least one.
            is_banner: Whether the first cell is merged over half of the columns or more.
        """
        columns = list(cells)
        first = cells[columns[0]]
        if is_banner and len(cells) == 1 and isinstance(first, str):
            return self._lacks_required(columns, columns[0])
        for column in columns[:2]:
            value = cells[column]
            if isinstance(value, str) and self._is_label(fold(value[:60]), column, columns):
                return True
        return self._is_signature_line(cells, columns)

    def _is_label(self, folded: str, column: int, columns: list[int]) -> bool:
        total = _TOTAL.match(folded)
        if total is not None:
            word = total.group()
            if _COUNTED.fullmatch(folded[len(word) :]) and not self.required - {column}:
                return True
            if self._lacks_required(columns, column):
                return folded == word or bool(_AFTER_TOTAL.match(folded[len(word) :])) or bool(self.required - {column})
            return False
        if NOTES.match(folded) or (BANNERS.fullmatch(folded) and len(columns) == 1):
            return column == columns[0] and (self._lacks_required(columns, column) or len(columns) == 1)
        return False

    def begins_notes(self, text: object) -> bool:
        """Whether a leftover row is a note, which more lines may follow."""
        return isinstance(text, str) and NOTES.match(fold(text[:60])) is not None

    def _is_signature_line(self, cells: Mapping[int, object], columns: list[int]) -> bool:
        """制表人：张三   审核：李四, in one cell or several."""
        first = cells[columns[0]]
        if not isinstance(first, str) or not SIGNATURES.match(fold(first[:60]) + ":"):
            return False
        has_colon = [any(char in as_text(value) for char in ":：") for value in cells.values()]
        return any(has_colon) and (all(has_colon) or self._lacks_required(columns, -1))

    def _lacks_required(self, columns: Collection[int], label: int) -> bool:
        """Whether most required columns besides the label's own are empty."""
        wanted = self.required - {label}
        if not wanted:
            return len(columns) <= max(1, self.width // 3)
        return 2 * len(wanted & set(columns)) < len(wanted) or not wanted & set(columns)


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
        columns: Where empty fields would stand, as of a raw record.
    """

    header: Header
    own: tuple[HeaderColumn, ...]
    rows: tuple[HeaderColumn, ...]
    unknown: tuple[HeaderColumn, ...]
    plain: dict[int, str]
    counter: int
    required: frozenset[int]
    leftovers: LeftoverRule
    columns: Mapping[tuple[str | None, str], str]


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
    texts = frozenset(column.position for column in own if not column.targets[0].field.kind.is_number)
    return RegisterPlan(
        header=header,
        own=own,
        rows=rows,
        unknown=tuple(column for column in columns if not column.targets and not column.is_counter),
        plain={column.position: column.targets[0].field.name for column in own if _is_plain(column)},
        counter=next((column.position for column in columns if column.is_counter), -1),
        required=required,
        leftovers=LeftoverRule(required & texts, len(columns)),
        columns=letters_of(sheet, (*own, *rows)),
    )


def letters_of(sheet: Sheet, columns: Iterable[HeaderColumn]) -> dict[tuple[str | None, str], str]:
    """Letters of the columns of a sheet by what they mean; numbered rows of tables, which have one each, left out."""
    return {
        (sheet.name, target.dotted): column_letters(column.position)
        for column in columns
        for target in column.targets
        if target.row is None
    }


def _without_repeats(sheet: Sheet, columns: Sequence[HeaderColumn], issues: list[Issue]) -> list[HeaderColumn]:
    """Columns without those whose place an earlier one fills; these are issues."""
    first: dict[object, HeaderColumn] = {}
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


def _is_row_column(column: HeaderColumn) -> bool:
    return all(target.table is not None and target.row is None for target in column.targets)


def _is_plain(column: HeaderColumn) -> bool:
    target = column.targets[0]
    is_scalar = target.parent is None and target.field.kind.is_single
    return len(column.targets) == 1 and is_scalar and not target.unit


def _is_required(target: Target) -> bool:
    return target.field.required and not target.field.computed
