"""Which form each sheet of a workbook holds, and whether as a register or as a form sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from danju.issues import Fault
from danju.model.form import Form
from danju.readers.form_sheets.sheet import glance_at_form_sheet
from danju.readers.meaning.forms import Match, choose, coverage, is_title
from danju.readers.meaning.header import Header, find_header
from danju.readers.meaning.headings import UNKNOWN, Headings, compile_headings
from danju.readers.meaning.texts import iter_pairs
from danju.readers.table.sheets import Row, Sheet, is_empty
from danju.values.text import fold

__all__ = ["Seen", "look_at_sheet", "look_at_sheets", "match_sheet"]

_LOOKED_AT = 60  # rows
_BELOW_HEADER = 15  # rows that show whether what lies below a header are records
_MUCH_BETTER = 0.4
_WEAK = 0.5


@dataclass(frozen=True, slots=True)
class Seen:
    """A sheet and what it turned out to be.

    Attributes:
        sheet: The sheet.
        match: Its form; F017 when several fit as well; None when none does.
        ranked: The forms it may hold, best first.
    """

    sheet: Sheet
    match: Match | Fault | None
    ranked: list[Match]


def look_at_sheets(sheets: Sequence[Sheet], forms: Sequence[Form], chosen: Form | None) -> list[Seen]:
    """What the sheets of one workbook hold, in their order.

    Ambiguous ones take the form that others of the workbook clearly have; weak matches beside strong ones go.
    """
    found = [look_at_sheet(sheet, forms, chosen) for sheet in sheets]
    clear = [each.match for each in found if isinstance(each.match, Match)]
    if not clear:
        return found
    best = max(match.strength for match in clear)
    known = {match.form.id for match in clear}
    settled = []
    for each in found:
        match = each.match
        if isinstance(match, Fault):
            match = next((other for other in each.ranked if other.form.id in known), match)
        if isinstance(match, Match) and match.strength < _WEAK * best:
            match = None
        settled.append(replace(each, match=match))
    return settled


def look_at_sheet(sheet: Sheet, forms: Sequence[Form], chosen: Form | None) -> Seen:
    """What a sheet holds by itself; a chosen form wins unless the sheet is clearly another's."""
    if chosen is None:
        ranked = _rank(sheet, forms)
        return Seen(sheet, choose(ranked), ranked)
    own = match_sheet(sheet, chosen)
    if own is not None and own.coverage >= 0.5:
        return Seen(sheet, own, [own])
    ranked = _rank(sheet, [form for form in forms if form.id != chosen.id])
    if own is not None and not (ranked and ranked[0].strength > own.strength + _MUCH_BETTER):
        return Seen(sheet, own, [own])
    return Seen(sheet, None, ranked)


def _rank(sheet: Sheet, forms: Sequence[Form]) -> list[Match]:
    """The forms that a sheet may hold, best first; with a share of 0 when only some of its words are there."""
    words = _words(sheet.head())
    counts = [(compile_headings(form.record_type).count_known(words), form) for form in forms]
    best = max((count for count, _ in counts), default=0)
    matches = []
    for count, form in counts:
        if count + _has_title(sheet, form) >= max(1, best / 2):
            faint = Match(form, None, count, 0.0, 0.0) if count else None
            matches.append(match_sheet(sheet, form) or faint)
    return sorted(
        (match for match in matches if match is not None), key=lambda match: (-match.strength, -match.resolved)
    )


def match_sheet(sheet: Sheet, form: Form) -> Match | None:
    """How a sheet fits a form, as a register or a form sheet; None when nothing fits."""
    headings = compile_headings(form.record_type)
    header = find_header(sheet.head(), sheet.merges, headings)
    has_title = _has_title(sheet, form)
    if header is not None:
        begin = glance_at_form_sheet(sheet, form, headings, _rows_to_judge(sheet, header, headings))
        if not _is_form_sheet(header, begin.labelled):
            tops = {target.top.name for column in header.columns for target in column.targets}
            return Match(form, header, header.resolved, coverage(form, tops), header.share, has_title)
    reading = glance_at_form_sheet(sheet, form, headings, _LOOKED_AT)
    if len(reading.labelled) < 2 and not (reading.filled and (has_title or len(form.record_type.fields) == 1)):
        return None
    unknown = sum(issue.code == UNKNOWN for issue in reading.record.finish().issues)
    share = len(reading.labelled) / (len(reading.labelled) + unknown)
    tops = {top for top, _ in reading.labelled}
    return Match(form, None, len(reading.labelled), coverage(form, tops), share, has_title)


def _rows_to_judge(sheet: Sheet, header: Header, headings: Headings) -> int:
    """How many rows tell a register from a form sheet: few when no label stands in those that follow."""
    few = header.first_data_row + _BELOW_HEADER
    return _LOOKED_AT if headings.count_known(_words(sheet.head()[few:])) else few


def _is_form_sheet(header: Header, labelled: dict[tuple[str, str], int]) -> bool:
    """Whether labels outside the header outweigh it; those above it may be the lines over a register."""
    inside = {target.place for column in header.columns for target in column.targets}
    outside = [row for place, row in labelled.items() if place not in inside]
    below = sum(row >= header.first_data_row for row in outside)
    above = sum(row < header.top for row in outside)
    return below + above / 2 > header.resolved / 2


def _words(rows: Sequence[Row]) -> frozenset[str]:
    """Folded texts of rows, with what stands before brackets and colons."""
    words = set()
    for row in rows:
        for value in row:
            if isinstance(value, str) and 0 < len(value) <= 80:
                folded = fold(value)
                words |= {folded, folded.partition("(")[0]}
                words |= {fold(label) for label, _ in iter_pairs(value)}
    return frozenset(words)


def _has_title(sheet: Sheet, form: Form) -> bool:
    """Whether one of the first rows with anything names the form."""
    rows = [row for row in sheet.head(20) if not all(map(is_empty, row))][:4]
    return any(is_title(form, value) for row in rows for value in row)
