"""Which form a sheet holds."""

from __future__ import annotations

from collections.abc import Sequence

from danju.model.form import Form
from danju.readers.form_sheets.leftovers import is_title
from danju.readers.form_sheets.sheet import glance_at_form_sheet
from danju.readers.headings import Headings, compile_headings
from danju.readers.matching import Match, coverage
from danju.readers.registers.header import Header, find_header
from danju.readers.registers.title_lines import iter_pairs
from danju.readers.spreadsheets.cells import is_empty
from danju.readers.spreadsheets.sheets import Row, Sheet
from danju.values.text import fold

__all__ = ["match_sheet", "rank_sheet"]

_LOOKED_AT = 60  # rows
_BELOW_HEADER = 15  # rows that show whether what lies below a header are records


def rank_sheet(sheet: Sheet, forms: Sequence[Form]) -> list[Match]:
    """The forms that a sheet may hold, best first; with a share of 0 when only some of its words are there."""
    words = _words(sheet.head())
    counts = [(compile_headings(form.record_type).count_known(words), form) for form in forms]
    best = max((count for count, _ in counts), default=0)
    matches = []
    for count, form in counts:
        if count + _has_title(sheet, form) >= max(1, best / 2):
            faint = Match(form, compile_headings(form.record_type), None, count, 0.0, 0.0) if count else None
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
            return Match(form, headings, header, header.resolved, coverage(form, tops), header.share, has_title)
    reading = glance_at_form_sheet(sheet, form, headings, _LOOKED_AT)
    if len(reading.labelled) < 2 and not (reading.filled and (has_title or len(form.record_type.fields) == 1)):
        return None
    unknown = sum(issue.code == "F102" for issue in reading.record.finish().issues)
    share = len(reading.labelled) / (len(reading.labelled) + unknown)
    tops = {top for top, _ in reading.labelled}
    return Match(form, headings, None, len(reading.labelled), coverage(form, tops), share, has_title)


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
