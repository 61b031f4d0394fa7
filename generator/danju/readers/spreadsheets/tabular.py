"""Workbooks and CSV files: their sheets, matched with forms, as readings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from danju.exchange.cell_names import LIST_HEAD
from danju.issues import Fault, Issue
from danju.location import Location
from danju.model.form import Form
from danju.model.record import RawRecord
from danju.readers.detection import match_sheet, rank_sheet
from danju.readers.form_sheets.sheet import read_form_sheet
from danju.readers.matching import Match, choose, nearest_form, wrong_form
from danju.readers.reading import Reading, refuse
from danju.readers.registers.linked_rows import LinkedSheet, attach_rows, find_linked
from danju.readers.registers.plain import read_checked_register
from danju.readers.registers.prepared import prepare_register
from danju.readers.registers.register import read_register
from danju.readers.spreadsheets.book_marks import read_marks
from danju.readers.spreadsheets.cells import is_empty
from danju.readers.spreadsheets.csv_file import open_csv
from danju.readers.spreadsheets.marks import without_marks
from danju.readers.spreadsheets.sheets import Sheet
from danju.readers.spreadsheets.stamped_book import iter_stamped
from danju.readers.spreadsheets.workbook import open_workbook
from danju.readers.stamped import recognise

__all__ = ["iter_csv", "iter_sheets", "iter_workbook"]

_MUCH_BETTER = 0.4
_WEAK = 0.5


@dataclass(frozen=True, slots=True)
class _Found:
    """A sheet and what it turned out to be."""

    sheet: Sheet
    match: Match | Fault | None
    ranked: list[Match]


def iter_workbook(path: Path, name: str, forms: Sequence[Form], chosen: Form | None) -> Iterator[Reading]:
    """Readings of a workbook."""
    book = open_workbook(path, name)
    if isinstance(book, Fault):
        yield refuse(name, book)
        return
    notes = [Issue("F016", Location(name))] if book.has_external_links else []
    marks = read_marks(path)
    sheets = without_marks(book.sheets, marks.cells)
    if marks.stamp is None:
        yield from iter_sheets(sheets, name, forms, chosen, notes)
        return
    known = recognise(marks.stamp, forms, chosen)
    if known.fault is not None and known.form is None:
        yield refuse(name, known.fault)
        return
    if known.fault is not None:
        notes.append(Issue(known.fault.code, Location(name), values=known.fault.values))
    if known.form is not None:
        yield from iter_stamped(sheets, marks, known.form, name, notes)


def iter_csv(path: Path, name: str, forms: Sequence[Form], chosen: Form | None) -> Iterator[Reading]:
    """The reading of a CSV file."""
    sheet = open_csv(path, name)
    if isinstance(sheet, Fault):
        yield refuse(name, sheet)
        return
    yield from iter_sheets((sheet,), name, forms, chosen, [])


def iter_sheets(
    sheets: Sequence[Sheet], name: str, forms: Sequence[Form], chosen: Form | None, notes: list[Issue]
) -> Iterator[Reading]:
    """Readings of neutral sheets, wherever they come from; notes go to the first."""
    filled = [sheet for sheet in without_marks(sheets) if not sheet.is_blank() and not _holds_lists(sheet)]
    visible = [_look_at(sheet, forms, chosen) for sheet in filled if sheet.is_visible]
    if not visible:
        yield refuse(name, Fault("F003"))
        return
    found = _settle(visible)
    linked = _find_linked(found)
    found = [each for each in found if not any(each.sheet is other.sheet for other, _ in linked)]
    matched = [(each.sheet, each.match) for each in found if isinstance(each.match, Match)]
    if not matched:
        yield _refuse_all(found, name, chosen, notes)
        return
    for each in found:
        if isinstance(each.match, Fault):
            notes.append(Issue(each.match.code, each.sheet.location(), values=each.match.values))
        elif each.match is None and each.ranked:
            notes.append(Issue("F013", each.sheet.location(), values={"form": matched[0][1].form.title}))
    hidden = (sheet for sheet in filled if not sheet.is_visible)
    notes += [Issue("F018", sheet.location()) for sheet in hidden if _look_at(sheet, forms, chosen).match is not None]
    yield from _iter_matched(matched, linked, name, notes)


def _holds_lists(sheet: Sheet) -> bool:
    """Whether a sheet holds nothing but the word lists of a blank: every heading is a path behind a sign."""
    heads = [value for row in sheet.head()[:1] for value in row if not is_empty(value)]
    return bool(heads) and all(isinstance(head, str) and LIST_HEAD.fullmatch(head) for head in heads)


def _find_linked(found: list[_Found]) -> list[tuple[LinkedSheet, Form]]:
    """Sheets with the rows of a table beside a register of their form."""
    matches = [each.match for each in found if isinstance(each.match, Match) and each.match.header is not None]
    if len(found) < 2:
        return []
    forms = {match.form.id: match.form for match in matches}.values()
    looked = ((find_linked(each.sheet, {}, form), form) for form in forms for each in found)
    return [(linked, form) for linked, form in looked if linked is not None]


def _iter_matched(
    matched: list[tuple[Sheet, Match]], linked: list[tuple[LinkedSheet, Form]], name: str, notes: list[Issue]
) -> Iterator[Reading]:
    """A reading for each register, and one for all form sheets of a form."""
    done: set[str] = set()
    for sheet, match in matched:
        issues, notes = notes, []
        if match.header is not None:
            register = *prepare_register(sheet, match.header, match.form), match.headings, issues
            own = [each for each, form in linked if form.id == match.form.id]
            linked = [pair for pair in linked if pair[0] not in own]
            if own:
                records = attach_rows(read_register(*register), sheet, match.header, own, issues)
                yield Reading(name, match.form, records, issues)
                continue
            checked = partial(read_checked_register, *register)
            yield Reading(name, match.form, read_register(*register), issues, checked)
        elif match.form.id not in done:
            done.add(match.form.id)
            same = [(each, other) for each, other in matched if other.form.id == match.form.id and other.header is None]
            yield Reading(name, match.form, _iter_form_sheets(same, issues), issues)
        else:
            notes = issues


def _iter_form_sheets(sheets: list[tuple[Sheet, Match]], issues: list[Issue]) -> Iterator[RawRecord]:
    count, blank = 0, []
    for sheet, match in sheets:
        reading = read_form_sheet(sheet, match.form, match.headings)
        if not reading.filled:
            blank.append((sheet, match))
            continue
        count += 1
        reading.record.location = replace(reading.record.location, record=count)
        yield reading.record.finish()
    for sheet, match in blank:
        code, values = ("F013", {"form": match.form.title}) if count else ("F011", {})
        issues.append(Issue(code, sheet.location(), values=values))


def _look_at(sheet: Sheet, forms: Sequence[Form], chosen: Form | None) -> _Found:
    """What a sheet holds; a chosen form wins unless the sheet is clearly another's."""
    if chosen is None:
        ranked = rank_sheet(sheet, forms)
        return _Found(sheet, choose(ranked), ranked)
    own = match_sheet(sheet, chosen)
    if own is not None and own.coverage >= 0.5:
        return _Found(sheet, own, [own])
    ranked = rank_sheet(sheet, [form for form in forms if form.id != chosen.id])
    if own is not None and not (ranked and ranked[0].strength > own.strength + _MUCH_BETTER):
        return _Found(sheet, own, [own])
    return _Found(sheet, None, ranked)


def _settle(found: list[_Found]) -> list[_Found]:
    """Ambiguous sheets take the form that others of the workbook clearly have; weak matches beside strong ones go."""
    clear = [each.match for each in found if isinstance(each.match, Match)]
    if not clear:
        return found
    best = max(match.strength for match in clear)
    settled = []
    for each in found:
        match = each.match
        if isinstance(match, Fault):
            known = {other.form.id for other in clear}
            match = next((other for other in each.ranked if other.form.id in known), match)
        if isinstance(match, Match) and match.strength < _WEAK * best:
            match = None
        settled.append(replace(each, match=match))
    return settled


def _refuse_all(found: list[_Found], name: str, chosen: Form | None, notes: list[Issue]) -> Reading:
    """Why no sheet could be read: ambiguous, or like nothing."""
    fault = next((each.match for each in found if isinstance(each.match, Fault)), None)
    if fault is None:
        ranked = sorted((match for each in found for match in each.ranked), key=lambda match: -match.strength)
        fault = wrong_form(ranked, chosen) or Fault("F004", {"hint": nearest_form(ranked, chosen)})
    place = found[0].sheet.location() if len(found) == 1 else None
    reading = refuse(name, fault, place)
    reading.issues += notes
    return reading
