"""What columns a register has: one for each thing that is entered, tables in groups or on a sheet of their own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from danju.exchange.cell_names import name_of_cell
from danju.exchange.paths import held_tick, row_path
from danju.layout.blocks.block import printed_rows
from danju.layout.measure import metrics
from danju.model.field import Field, Option, RecordType
from danju.model.form import Form
from danju.readers.meaning.headings import compile_headings

__all__ = ["RegisterColumn", "linked_tables", "owner_paths", "plan_columns", "plan_linked", "short_word"]

_MOST_GROUPS = 4
_LEAST_GROUPS = 3
_MOST_TICKS = 6
_LONGEST_WORD = 6  # characters; a wide heading repeats over every group
_MULTILINE_EM, _LONGEST_EM, _TEXT_EM, _TICK_EM = 17.0, 13.0, 6.0, 4.0
_HEADING_LINES = 2


@dataclass(frozen=True, slots=True)
class RegisterColumn:
    """A column to be filled in, or computed.

    Attributes:
        path: Of the value, with row index: `contacts[0].name`; without it on a table's own sheet.
        field: What the value is.
        group: The wider heading above, or "".
        option: The option that a tick column stands for, or None.
        is_required: Whether every record must have it.
    """

    path: str
    field: Field
    group: str = ""
    option: Option | None = None
    is_required: bool = False

    @property
    def name(self) -> str:
        """What its heading cell is called."""
        return name_of_cell(held_tick(self.path, self.option.value) if self.option else self.path)

    @property
    def heading(self) -> str:
        """Its own heading, with the unit."""
        if self.option is not None:
            return self.option.label
        return f"{self.field.label}（{self.field.unit}）" if self.field.unit else self.field.label

    @property
    def width_em(self) -> float:
        """Width that its values and its heading, broken into two lines, need."""
        field = self.field
        if self.option is not None:
            needed = _TICK_EM
        elif field.kind.is_choice:
            needed = max(metrics().width(option.label) for option in field.options) + 1.5
        elif field.multiline:
            needed = _MULTILINE_EM
        else:
            typical = field.kind.entry_em or field.width_em or _TEXT_EM
            needed = min(typical, _LONGEST_EM) + 1.0
        return max(needed, metrics().width(self.heading) / _HEADING_LINES + 1.6)


def plan_columns(form: Form) -> list[RegisterColumn]:
    """Columns of the main sheet: what is entered in the schema's order, what is computed behind it."""
    fields = form.record_type.fields
    linked = {table.name for table in linked_tables(form)}
    entered = [column for field in fields if not field.computed and field.name not in linked
               for column in _columns(form, field)]  # fmt: skip
    return entered + [RegisterColumn(field.name, field) for field in fields if field.computed]


def plan_linked(table: Field) -> list[RegisterColumn]:
    """Columns of a table's own sheet."""
    return [
        RegisterColumn(f"{table.name}.{member.name}", member, is_required=member.required)
        for member in table.members
        if not member.computed
    ]


def linked_tables(form: Form) -> list[Field]:
    """Tables with too many rows to stand beside each other."""
    tables = [field for field in form.record_type.fields if field.kind.is_table and not field.computed]
    return [table for table in tables if _groups(form, table) == 0]


def short_word(record_type: RecordType, table: Field) -> str:
    """The shortest good word for a table: its label, or an alias that means nothing else."""
    if len(table.label) <= _LONGEST_WORD:
        return table.label
    headings = compile_headings(record_type)
    words = [word for word in table.aliases if headings.parent(word) is table]
    return min((word for word in words if len(word) <= _LONGEST_WORD), key=words.index, default=table.label)


def owner_paths(path: str, owner: str) -> tuple[str, ...]:
    """Where the field that another depends on may stand: beside it, else in the record."""
    prefix, dot, _ = path.rpartition(".")
    return (f"{prefix}.{owner}", owner) if dot else (owner,)


def _columns(form: Form, field: Field) -> Iterator[RegisterColumn]:
    if field.kind.is_table:
        word = short_word(form.record_type, field)
        for index in range(_groups(form, field)):
            for member in field.members:
                if not member.computed:
                    yield RegisterColumn(row_path(field.name, index, member.name), member, f"{word}{index + 1}")
    elif field.kind.is_group:
        for member in field.members:
            if not member.computed:
                required = field.required and member.required
                yield RegisterColumn(f"{field.name}.{member.name}", member, field.label, is_required=required)
    elif field.kind.is_list and len(field.options) <= _MOST_TICKS:
        for option in field.options:
            yield RegisterColumn(field.name, field, field.label, option, field.required)
    else:
        yield RegisterColumn(field.name, field, is_required=field.required)


def _groups(form: Form, table: Field) -> int:
    """How many rows of a table stand beside each other; 0 for one that needs a sheet of its own."""
    most = table.max_items
    printed = printed_rows(form.layout).get(table.name)
    if most is not None and most <= _MOST_GROUPS:
        return most
    if printed is None or printed > _MOST_GROUPS or len(table.members) > _LONGEST_WORD:
        return 0
    return max(printed, _LEAST_GROUPS, table.min_items or 0)
