"""Workbooks with a stamp: their sheets by the names of their cells, else as any other sheet of that form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from danju.exchange.cell_names import cell_of_name
from danju.exchange.stamp import Shape
from danju.issues import Fault, Issue
from danju.model.form import Form
from danju.model.record import RawRecord
from danju.readers.detection import match_sheet
from danju.readers.form_sheets.named_form import names_of_copy
from danju.readers.form_sheets.sheet import read_form_sheet
from danju.readers.headings import compile_headings
from danju.readers.reading import Reading, refuse
from danju.readers.registers.header import Header
from danju.readers.registers.linked_rows import LinkedSheet, attach_rows, find_linked
from danju.readers.registers.plain import read_checked_register
from danju.readers.registers.prepared import Examples, named_header, prepare_register
from danju.readers.registers.register import read_register
from danju.readers.spreadsheets.book_marks import BookMarks, Place
from danju.readers.spreadsheets.sheets import Sheet

__all__ = ["iter_stamped"]


@dataclass(frozen=True, slots=True)
class _Register:
    """A sheet with one record a row."""

    sheet: Sheet
    header: Header
    names: Mapping[str, Place]


@dataclass(frozen=True, slots=True)
class _FormSheet:
    """A sheet with one record."""

    sheet: Sheet
    names: Mapping[str, Place]


def iter_stamped(
    sheets: Sequence[Sheet], marks: BookMarks, form: Form, name: str, notes: list[Issue]
) -> Iterator[Reading]:
    """Readings of a workbook that was made for a form; notes go to the first."""
    kept = [sheet for sheet in sheets if sheet.name not in marks.lists]
    filled = [sheet for sheet in kept if not sheet.is_blank()]
    found = [_look_at(sheet, marks, form, filled) for sheet in filled if sheet.is_visible]
    notes += [Issue("F018", sheet.location()) for sheet in filled if not sheet.is_visible]
    linked = [each for each in found if isinstance(each, LinkedSheet)]
    registers = [each for each in found if isinstance(each, _Register)]
    forms = [each for each in found if isinstance(each, _FormSheet)]
    notes += [Issue("F013", each.location(), values={"form": form.title}) for each in found if isinstance(each, Sheet)]
    if not registers and not forms:
        refused = refuse(name, Fault("F011" if filled else "F003"))
        refused.issues += notes
        yield refused
        return
    for position, register in enumerate(registers):
        yield _read_register(register, linked if position == 0 else [], marks, form, name, notes)
        notes = []
    if forms:
        yield Reading(name, form, _iter_form_sheets(forms, form, notes), notes)


def _look_at(
    sheet: Sheet, marks: BookMarks, form: Form, sheets: Sequence[Sheet]
) -> LinkedSheet | _Register | _FormSheet | Sheet:
    """What a sheet holds; the sheet itself when it holds nothing of the form."""
    names = marks.cells.get(sheet.name or "", {})
    linked = find_linked(sheet, names, form)
    if linked is not None:
        return linked
    is_register = marks.stamp is not None and marks.stamp.shape is Shape.REGISTER
    if not is_register and any(cell_of_name(each, form.record_type) for each in names):
        return _FormSheet(sheet, names)
    header = named_header(sheet, names, form)
    if header is not None:
        return _Register(sheet, header, names)
    copied = {} if is_register else names_of_copy(sheet, sheets, marks.cells)
    if copied:
        return _FormSheet(sheet, copied)
    match = match_sheet(sheet, form)
    if match is None:
        return sheet
    return _Register(sheet, match.header, {}) if match.header is not None else _FormSheet(sheet, {})


def _read_register(
    register: _Register, linked: list[LinkedSheet], marks: BookMarks, form: Form, name: str, issues: list[Issue]
) -> Reading:
    headings = compile_headings(form.record_type)
    rows = marks.examples.get(register.sheet.name or "", frozenset())
    examples = Examples(rows, marks.example_digest)
    sheet, header = prepare_register(register.sheet, register.header, form, register.names, examples)
    given = sheet, header, headings, issues
    if not linked:
        return Reading(name, form, read_register(*given), issues, partial(read_checked_register, *given))
    records = attach_rows(read_register(*given), register.sheet, header, linked, issues)
    return Reading(name, form, records, issues)


def _iter_form_sheets(sheets: list[_FormSheet], form: Form, issues: list[Issue]) -> Iterator[RawRecord]:
    """One record a sheet; blank ones are worth a word only when all are."""
    headings = compile_headings(form.record_type)
    count, blank = 0, []
    for each in sheets:
        reading = read_form_sheet(each.sheet, form, headings, each.names)
        if not reading.filled:
            blank.append(each.sheet)
            continue
        count += 1
        reading.record.location = replace(reading.record.location, record=count)
        yield reading.record.finish()
    if not count:
        issues += [Issue("F035", sheet.location(), values={"form": form.title}) for sheet in blank]
