"""Tables on a sheet of their own: each row says by its number which record of the register it belongs to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from danju.exchange.cell_names import LINK_NAME
from danju.issues import Issue
from danju.location import Location
from danju.model.field import Field
from danju.model.form import Form
from danju.model.record import RawRecord, RawRows
from danju.readers.meaning.header import Header, find_header
from danju.readers.meaning.headings import compile_headings, unknown_name
from danju.readers.meaning.records import RecordBuilder
from danju.readers.meaning.targets import Target
from danju.readers.registers.plan import letters_of
from danju.readers.registers.prepared import named_header
from danju.readers.table.marks import Place
from danju.readers.table.sheets import Sheet, as_text, is_empty
from danju.values.text import clean, fold

__all__ = ["LinkedSheet", "attach_rows", "find_linked"]


@dataclass(frozen=True, slots=True)
class LinkedSheet:
    """A sheet with the rows of one table.

    Attributes:
        sheet: The sheet.
        form: The form whose records have the table.
        table: The table.
        header: Its header; columns mean members of the table.
        counter: 0-based column of the numbers.
    """

    sheet: Sheet
    form: Form
    table: Field
    header: Header
    counter: int


@dataclass(slots=True)
class _LinkedRows:
    """The rows of one record, and where the first stands."""

    builder: RecordBuilder
    place: Location
    is_used: bool = field(default=False)


def find_linked(sheet: Sheet, names: Mapping[str, Place], form: Form) -> LinkedSheet | None:
    """The sheet as that of a table: by the names of its heading cells, else by its title and headings; or None."""
    tables = [each for each in form.record_type.fields if each.kind.is_table]
    for table in tables:
        place = next((at for name, at in names.items() if name == LINK_NAME + table.name), None)
        if place is None and fold(sheet.name or "") != fold(table.label):
            continue
        header = named_header(sheet, names, form) if place is not None else None
        header = header or find_header(sheet.head(), sheet.merges, compile_headings(form.record_type))
        if header is None:
            continue
        header = _within(header, table, form)
        counter = place[1] if place is not None else next((c.position for c in header.columns if c.is_counter), -1)
        if counter >= 0 and any(column.targets for column in header.columns):
            return LinkedSheet(sheet, form, table, header, counter)
    return None


def attach_rows(
    records: Iterator[RawRecord], main: Sheet, header: Header, linked: Sequence[LinkedSheet], issues: list[Issue]
) -> Iterator[RawRecord]:
    """The records with the rows that name their number; rows that name none are issues when all records have passed.

    Args:
        main: The register.
        header: Its header; rows name what stands in its column of numbers.
    """
    counter = next((column.position for column in header.columns if column.is_counter), 0)
    numbers = _numbers(main, counter)
    for each in linked:
        records = _attach(records, main, numbers, each, issues)
    return records


def _attach(
    records: Iterator[RawRecord], main: Sheet, numbers: Mapping[int, str], linked: LinkedSheet, issues: list[Issue]
) -> Iterator[RawRecord]:
    rows = _read_rows(linked, issues)
    columns = letters_of(linked.sheet, (column for column in linked.header.columns if column.targets))
    for record in records:
        held = rows.get(numbers.get(record.location.row - 1, ""))
        if held is None:
            yield record
            continue
        held.is_used = True
        given = held.builder.finish()
        before = record.fields.get(linked.table.name)
        more = given.fields.get(linked.table.name, ())
        both: RawRows = (*(before if isinstance(before, tuple) else ()), *(more if isinstance(more, tuple) else ()))
        fields = {**record.fields, linked.table.name: both}
        noticed = (*record.issues, *given.issues)
        yield replace(record, fields=fields, issues=noticed, columns={**record.columns, **columns})
    for number, held in rows.items():
        if not held.is_used:
            values = {"number": number, "sheet": main.name or "", "table": linked.table.label}
            issues.append(Issue("F025", held.place, linked.table.label, linked.table.name, values))


def _within(header: Header, table: Field, form: Form) -> Header:
    """The header with every heading taken as a member of the table, as it stands on the table's own sheet."""
    headings = compile_headings(form.record_type)
    columns = []
    for column in header.columns:
        known = [target for target in column.targets if target.parent is table]
        targets = tuple(known) or headings.member(table, column.heading)
        columns.append(replace(column, targets=() if column.is_counter else targets))
    return replace(header, columns=tuple(columns))


def _numbers(sheet: Sheet, counter: int) -> dict[int, str]:
    """What stands in the column of numbers, by 0-based row."""
    return {
        index: _number(row[counter])
        for index, row in enumerate(sheet.open_rows())
        if counter < len(row) and not is_empty(row[counter])
    }


def _number(value: object) -> str:
    return fold(clean(as_text(value)))


def _read_rows(linked: LinkedSheet, issues: list[Issue]) -> dict[str, _LinkedRows]:
    """The rows by the number of their record, in order; "" for those that have none."""
    found: dict[str, _LinkedRows] = {}
    unknown = {column.position: column for column in linked.header.columns if not column.targets}
    for index, row in enumerate(linked.sheet.open_rows()):
        if index < linked.header.first_data_row:
            continue
        cells = [
            (column, row[column.position])
            for column in linked.header.columns
            if column.position != linked.counter and column.position < len(row) and not is_empty(row[column.position])
        ]
        number = _number(row[linked.counter]) if linked.counter < len(row) and row[linked.counter] is not None else ""
        if not any(column.targets for column, _ in cells):
            continue
        place = linked.sheet.location(index, linked.counter)
        if number not in found:
            found[number] = _LinkedRows(RecordBuilder(place), place)
        else:
            found[number].builder.row += 1
        for column, value in cells:
            at = linked.sheet.location(index, column.position)
            if column.targets:
                found[number].builder.put(tuple(Target(t.field, linked.table) for t in column.targets), value, at)
            elif column.position in unknown:
                del unknown[column.position]
                issues.append(unknown_name(column.heading, linked.sheet.location(column.row, column.position)))
    return found
