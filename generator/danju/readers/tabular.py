"""Workbooks and CSV files: opened, each sheet told for what it is, then read as registers and form sheets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from danju.exchange.cell_names import LIST_HEAD, held_by_name
from danju.exchange.stamp import FileShape, Stamp
from danju.issues import Fault, Issue
from danju.location import Location
from danju.model.form import Form
from danju.model.record import RawRecord
from danju.readers.detection import Seen, look_at_sheet, look_at_sheets, match_sheet
from danju.readers.form_sheets.named_form import names_of_copy
from danju.readers.form_sheets.sheet import read_form_sheet
from danju.readers.meaning.forms import Match, nearest_form, wrong_form
from danju.readers.meaning.header import Header
from danju.readers.meaning.headings import compile_headings
from danju.readers.reading import Reading, refuse
from danju.readers.registers.linked_rows import LinkedSheet, attach_rows, find_linked
from danju.readers.registers.plain import read_checked_register
from danju.readers.registers.prepared import Examples, named_header, prepare_register
from danju.readers.registers.register import iter_column, read_register
from danju.readers.table.csv_file import open_csv
from danju.readers.table.marks import BookMarks, Place, read_marks, without_marks
from danju.readers.table.sheets import Sheet, is_empty
from danju.readers.table.workbook import open_workbook

__all__ = ["Tables", "open_tables", "open_text_table"]


def open_tables(path: Path, name: str) -> Tables | Reading:
    """A workbook, or why it cannot be read."""
    book = open_workbook(path, name)
    if isinstance(book, Fault):
        return refuse(name, book)
    marks = read_marks(path)
    notes = [Issue("F016", Location(name))] if book.has_external_links else []
    return Tables(name, without_marks(book.sheets, marks.cells), marks, notes)


def open_text_table(path: Path, name: str) -> Tables | Reading:
    """A CSV file, or why it cannot be read."""
    sheet = open_csv(path, name)
    return refuse(name, sheet) if isinstance(sheet, Fault) else Tables(name, without_marks([sheet]))


@dataclass(frozen=True, slots=True)
class _Register:
    """A sheet with one record a row."""

    sheet: Sheet
    form: Form
    header: Header
    names: Mapping[str, Place] = field(default_factory=dict)
    examples: Examples = field(default_factory=Examples)


@dataclass(frozen=True, slots=True)
class _FormSheet:
    """A sheet with one record."""

    sheet: Sheet
    form: Form
    names: Mapping[str, Place] = field(default_factory=dict)


@dataclass(slots=True)
class Tables:
    """The sheets of one file.

    Attributes:
        name: What locations show as the source.
        sheets: Without our own marks.
        marks: What the workbook says about itself.
        notes: What was noticed so far.
    """

    name: str
    sheets: Sequence[Sheet]
    marks: BookMarks = field(default_factory=BookMarks)
    notes: list[Issue] = field(default_factory=list)

    @property
    def stamp(self) -> Stamp | None:
        """What the workbook says about its form."""
        return self.marks.stamp

    def iter_stamped(self, form: Form) -> Iterator[Reading]:
        """Readings of a workbook that was made for a form: by the names of cells, else as any sheet of that form."""
        filled = [sheet for sheet in self.sheets if sheet.name not in self.marks.lists and not sheet.is_blank()]
        found = [self._look_at(sheet, form, filled) for sheet in filled if sheet.is_visible]
        self.notes += [Issue("F018", sheet.location()) for sheet in filled if not sheet.is_visible]
        others = (each for each in found if isinstance(each, Sheet))
        self.notes += [Issue("F013", each.location(), values={"form": form.title}) for each in others]
        linked = [each for each in found if isinstance(each, LinkedSheet)]
        records = [each for each in found if isinstance(each, _Register | _FormSheet)]
        if records:
            yield from self._iter_readings(records, linked)
        else:
            yield self._refuse(Fault("F011" if filled else "F003"))

    def iter_unstamped(self, forms: Sequence[Form], chosen: Form | None) -> Iterator[Reading]:
        """Readings of sheets that say nothing about their form: by their words."""
        filled = [sheet for sheet in self.sheets if not sheet.is_blank() and not _holds_lists(sheet)]
        seen = look_at_sheets([sheet for sheet in filled if sheet.is_visible], forms, chosen)
        linked = _find_linked(seen)
        tables = [each.sheet for each in linked]
        seen = [each for each in seen if not any(each.sheet is table for table in tables)]
        records = [_as_matched(each.sheet, each.match) for each in seen if isinstance(each.match, Match)]
        if not records:
            yield self._refuse(*_why_unknown(seen, chosen))
            return
        for each in seen:
            if isinstance(each.match, Fault):
                self.notes.append(Issue(each.match.code, each.sheet.location(), values=each.match.values))
            elif each.match is None and each.ranked:
                self.notes.append(Issue("F013", each.sheet.location(), values={"form": records[0].form.title}))
        hidden = (sheet for sheet in filled if not sheet.is_visible)
        self.notes += [Issue("F018", sheet.location()) for sheet in hidden if look_at_sheet(sheet, forms, chosen).match]
        yield from self._iter_readings(records, linked)

    def _look_at(
        self, sheet: Sheet, form: Form, sheets: Sequence[Sheet]
    ) -> LinkedSheet | _Register | _FormSheet | Sheet:
        """What a sheet of a stamped workbook holds; the sheet itself when it holds nothing of the form."""
        names = self.marks.cells.get(sheet.name or "", {})
        linked = find_linked(sheet, names, form)
        if linked is not None:
            return linked
        is_register = self.stamp is not None and self.stamp.shape is FileShape.REGISTER
        if not is_register and any(held_by_name(each, form.record_type) for each in names):
            return _FormSheet(sheet, form, names)
        examples = Examples(self.marks.examples.get(sheet.name or "", frozenset()), self.marks.example_digest)
        header = named_header(sheet, names, form)
        if header is not None:
            return _Register(sheet, form, header, names, examples)
        copied = {} if is_register else names_of_copy(sheet, sheets, self.marks.cells)
        if copied:
            return _FormSheet(sheet, form, copied)
        match = match_sheet(sheet, form)
        if match is None:
            return sheet
        found = _as_matched(sheet, match)
        return replace(found, examples=examples) if isinstance(found, _Register) else found

    def _iter_readings(
        self, found: Sequence[_Register | _FormSheet], linked: Sequence[LinkedSheet]
    ) -> Iterator[Reading]:
        """A reading for each register, the first of a form with its tables, and one for all form sheets of a form."""
        done: set[str] = set()
        notes = self.notes
        for each in found:
            if isinstance(each, _Register):
                own = [other for other in linked if other.form.id == each.form.id]
                linked = [other for other in linked if other not in own]
                yield self._register(each, own, notes)
            elif each.form.id not in done:
                done.add(each.form.id)
                same = [other for other in found if isinstance(other, _FormSheet) and other.form.id == each.form.id]
                yield Reading(self.name, each.form, self._iter_form_sheets(same, notes), notes)
            else:
                continue
            notes = []

    def _register(self, each: _Register, linked: Sequence[LinkedSheet], issues: list[Issue]) -> Reading:
        headings = compile_headings(each.form.record_type)
        sheet, header = prepare_register(each.sheet, each.header, each.form, each.names, each.examples)
        given = sheet, header, headings, issues
        headers = {each.sheet.location(): each.header, **{other.sheet.location(): other.header for other in linked}}
        records = read_register(*given)
        column = partial(iter_column, sheet, header)
        if linked:
            records = attach_rows(records, each.sheet, header, linked, issues)
            return Reading(self.name, each.form, records, issues, None, column, headers)
        return Reading(self.name, each.form, records, issues, partial(read_checked_register, *given), column, headers)

    def _iter_form_sheets(self, sheets: Sequence[_FormSheet], issues: list[Issue]) -> Iterator[RawRecord]:
        """One record a sheet; blank ones are worth a word in a workbook of ours only when all are."""
        count, blank = 0, []
        for each in sheets:
            reading = read_form_sheet(each.sheet, each.form, compile_headings(each.form.record_type), each.names)
            if not reading.filled:
                blank.append(each)
                continue
            count += 1
            reading.record.location = replace(reading.record.location, record=count)
            yield reading.record.finish()
        for each in blank if not (count and self.stamp) else ():
            code = "F013" if count else "F035" if self.stamp else "F011"
            issues.append(Issue(code, each.sheet.location(), values={"form": each.form.title}))

    def _refuse(self, fault: Fault, place: Location | None = None) -> Reading:
        reading = refuse(self.name, fault, place)
        reading.issues += self.notes
        return reading


def _as_matched(sheet: Sheet, match: Match) -> _Register | _FormSheet:
    return _FormSheet(sheet, match.form) if match.header is None else _Register(sheet, match.form, match.header)


def _holds_lists(sheet: Sheet) -> bool:
    """Whether a sheet holds nothing but the word lists of a blank: every heading is a path behind a sign."""
    heads = [value for row in sheet.head()[:1] for value in row if not is_empty(value)]
    return bool(heads) and all(isinstance(head, str) and LIST_HEAD.fullmatch(head) for head in heads)


def _find_linked(seen: Sequence[Seen]) -> list[LinkedSheet]:
    """Sheets with the rows of a table beside a register of their form."""
    matches = [each.match for each in seen if isinstance(each.match, Match) and each.match.header is not None]
    forms = {match.form.id: match.form for match in matches}.values() if len(seen) > 1 else ()
    looked = (find_linked(each.sheet, {}, form) for form in forms for each in seen)
    return [linked for linked in looked if linked is not None]


def _why_unknown(seen: Sequence[Seen], chosen: Form | None) -> tuple[Fault, Location | None]:
    """Why no sheet could be read: nothing there, ambiguous, or like nothing."""
    if not seen:
        return Fault("F003"), None
    fault = next((each.match for each in seen if isinstance(each.match, Fault)), None)
    if fault is None:
        ranked = sorted((match for each in seen for match in each.ranked), key=lambda match: -match.strength)
        fault = wrong_form(ranked, chosen) or Fault("F004", {"hint": nearest_form(ranked, chosen)})
    return fault, seen[0].sheet.location() if len(seen) == 1 else None
