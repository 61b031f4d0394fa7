"""Registers as our blanks lay them out, made ready for the register reader.

Columns are known by the names of their heading cells, whatever the headings say now; a column for each option is one
field; example rows nobody has written over, results of formulas and bare row numbers are no data.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import partial

from danju.exchange.cell_names import COUNTER_NAME, LINK_NAME, held_by_name
from danju.kinds import BOOLEAN
from danju.kinds.coercion import coerce
from danju.model.field import Field, Option
from danju.model.form import Form
from danju.readers.meaning.header import Header, HeaderColumn, build_header
from danju.readers.meaning.headings import compile_headings
from danju.readers.meaning.targets import Target, target_at
from danju.readers.table.marks import Place
from danju.readers.table.sheets import BrokenCell, Row, Sheet, as_text, is_empty
from danju.rules.examples import example_of
from danju.values.text import clean, fold

__all__ = ["EXAMPLE_WORD", "TICK", "Examples", "digest_of_row", "example_words", "named_header", "prepare_register"]

_MARK = Field("mark", BOOLEAN, "")
_NOTHING = ("-", "/")
_DEEPEST = 3  # rows of a header


@dataclass(frozen=True, slots=True)
class Examples:
    """What is known about the example rows of a sheet.

    Attributes:
        rows: Where they stood when the workbook was saved, 0-based.
        digest: What they said when it was made, or "".
    """

    rows: frozenset[int] = frozenset()
    digest: str = ""


@dataclass(frozen=True, slots=True)
class _Ticks:
    """The columns in which one field's options are ticked, by 0-based column."""

    field: Field
    options: Mapping[int, Option]


def named_header(sheet: Sheet, names: Mapping[str, Place], form: Form) -> Header | None:
    """The header whose cells are named; None when none is.

    Columns without a name are told by their headings.
    """
    found = {place: cell for name, place in names.items() if (cell := held_by_name(name, form.record_type))}
    if not found:
        return None
    counters = [place for name, place in names.items() if name == COUNTER_NAME or name.startswith(LINK_NAME)]
    top = min(row for row, _ in (*found, *counters))
    depth = max(row for row, _ in found) - top + 1
    if depth > _DEEPEST:
        return None
    rows = [*sheet.head(), *([[]] * (top + depth))][: max(top + depth, 1)]
    header = build_header(rows, top, depth, sheet.merges, compile_headings(form.record_type))
    columns = {column.position: column for column in header.columns}
    for (row, position), cell in found.items():
        target = target_at(cell.path, form.record_type)
        heading = columns[position].heading if position in columns else cell.option or cell.path
        targets = (replace(target, option=cell.option),) if target is not None else ()
        columns[position] = HeaderColumn(position, row, heading, targets)
    return replace(header, columns=tuple(columns[position] for position in sorted(columns)))


def prepare_register(
    sheet: Sheet, header: Header, form: Form, names: Mapping[str, Place] | None = None, examples: Examples | None = None
) -> tuple[Sheet, Header]:
    """The sheet and header as the register reader wants them.

    Args:
        names: Named cells of the sheet when the workbook is one of our blanks.
        examples: Its example rows; None when nothing is known about them.
    """
    ticks = _find_ticks(header)
    columns = {column.position: column for column in header.columns}
    for each in ticks:
        first = min(each.options)
        for position in each.options:
            if position == first:
                columns[position] = replace(columns[position], targets=(Target(each.field),))
            else:
                del columns[position]
    counters = [column.position for column in header.columns if column.is_counter]
    counter = counters[0] if counters else -1
    has_example = counter >= 0 and any(
        len(row) > counter and row[counter] == EXAMPLE_WORD for row in sheet.head()[header.first_data_row :]
    )
    computed = frozenset(
        column.position
        for column in columns.values()
        if column.targets and all(target.field.computed for target in column.targets)
    )
    has_formulas = any(
        isinstance(row[column], BrokenCell) for row in sheet.head() for column in computed if column < len(row)
    )
    if not (ticks or names or has_example or has_formulas):
        return sheet, header
    rule = _RowRule(header.first_data_row, counter, computed, tuple(ticks), examples or Examples(), example_words(form))
    prepared = replace(sheet, open_rows=partial(_iter_rows, sheet, rule, bool(names)), _head=[], _has_head=False)
    shown = tuple(columns[position] for position in sorted(columns) if not names or position not in computed)
    return prepared, replace(header, columns=shown)


@dataclass(frozen=True, slots=True)
class _RowRule:
    """How rows are made ready; columns are 0-based, the counter -1 when there is none."""

    first: int
    counter: int
    computed: frozenset[int]
    ticks: tuple[_Ticks, ...]
    examples: Examples
    words: frozenset[str]

    def is_example(self, index: int, row: Row) -> bool:
        """Whether a row is an example that nobody has written over."""
        marked = self.counter >= 0 and self.counter < len(row) and row[self.counter] == EXAMPLE_WORD
        if not marked and index not in self.examples.rows:
            return False
        entered = [
            value
            for column, value in enumerate(row)
            if column != self.counter and column not in self.computed and not is_empty(value)
        ]
        if self.examples.digest and digest_of_row(entered) == self.examples.digest:
            return True
        return all(cell_words(value) in self.words for value in entered)


def _iter_rows(sheet: Sheet, rule: _RowRule, is_blank_of_ours: bool) -> Iterator[Row]:
    for index, row in enumerate(sheet.open_rows()):
        if index < rule.first:
            yield row
            continue
        if rule.is_example(index, row):
            yield []
            continue
        row = list(row)
        for column in rule.computed:
            if column < len(row) and (is_blank_of_ours or isinstance(row[column], BrokenCell)):
                row[column] = None
        for ticks in rule.ticks:
            _join_ticks(row, ticks)
        is_bare = all(is_empty(value) for column, value in enumerate(row) if column != rule.counter)
        yield [] if is_bare else row


def _join_ticks(row: Row, ticks: _Ticks) -> None:
    """Puts the ticked options as one text into the first tick column; what is no tick stands behind its option."""
    words = []
    for column, option in ticks.options.items():
        if column >= len(row) or is_empty(row[column]):
            continue
        value, row[column] = row[column], None
        text = as_text(value).strip()
        is_ticked = True if fold(text) == fold(option.label) else _says(text)
        if is_ticked:
            words.append(option.value)
        elif is_ticked is None:
            words.append(f"{option.label}：{text}")
    if words:
        first = min(ticks.options)
        row[first] = "、".join(words)


def _says(text: str) -> bool | None:
    """Whether a mark means yes; None when it means neither yes nor no."""
    if fold(text) in _NOTHING:
        return False
    value = coerce(text, _MARK, date.min).value
    return value if isinstance(value, bool) else None


def _find_ticks(header: Header) -> list[_Ticks]:
    """Columns that stand for one option of a choice each."""
    found: dict[str, dict[int, Option]] = {}
    fields: dict[str, Field] = {}
    for column in header.columns:
        for target in column.targets:
            option = target.field.option(target.option) if target.option else None
            if option is not None:
                fields[target.field.name] = target.field
                found.setdefault(target.field.name, {})[column.position] = option
    return [_Ticks(fields[name], options) for name, options in found.items()]


EXAMPLE_WORD = "示例"
"""Stands in an example row where others have their number."""
TICK = "√"
"""What a tick column holds for an option that applies."""


def digest_of_row(values: Iterable[object]) -> str:
    """The same for rows that say the same, whatever the order of their columns and the program that saved them."""
    texts = sorted(cell_words(value) for value in values if not is_empty(value))
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:32]


def example_words(form: Form) -> frozenset[str]:
    """Every text that the example row of today's form can hold."""
    return frozenset({TICK, *_words(form.record_type.fields, example_of(form.record_type))})


def cell_words(value: object) -> str:
    """A cell's value as text; a day is the same with or without midnight."""
    if isinstance(value, datetime):
        value = value.date() if value.time() == time(0) else value.replace(second=0, microsecond=0)
    return value.isoformat() if isinstance(value, date) else clean(as_text(value))


def _words(fields: tuple[Field, ...], values: object) -> Iterable[str]:
    known = values if isinstance(values, dict) else {}
    for field in fields:
        value = known.get(field.name)
        if value is None:
            continue
        if field.kind.is_group:
            yield from _words(field.members, value)
        elif field.kind.is_table:
            for row in value:
                yield from _words(field.members, row)
        elif field.kind.is_list:
            yield field.kind.display(field, value)
        else:
            option = field.option(value)
            yield option.label if option else cell_words(value)
