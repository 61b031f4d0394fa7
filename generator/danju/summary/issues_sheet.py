"""The sheet of issues: one row an issue, with its place and its remedy."""

from __future__ import annotations

from dataclasses import replace

from danju.issues import Issue, Severity
from danju.messages import CATALOGUE, format_place
from danju.ooxml.cells import text_tail
from danju.summary.column_kinds import RowHeight, TextColumn
from danju.summary.streamed_cells import Style
from danju.summary.table_sheet import TableSheet
from danju.summary.words import SummaryWords

_LEVEL_STYLES = {Severity.ERROR: Style.ERROR, Severity.WARNING: Style.WARNING, Severity.NOTE: Style.NOTE}
_LEVEL_WIDTH = 8.0


class IssuesSheet:
    """Rows of the issues sheet, and how many records they concern.

    Args:
        table: The sheet to fill.
        words: Fixed words.
        lang: `zh` or `en`.
    """

    def __init__(self, table: TableSheet, words: SummaryWords, lang: str) -> None:
        self.table = table
        self._words = words
        self._lang = lang
        table.headings[:] = words.headings_of_issues
        self._height = RowHeight()
        self._columns = [TextColumn(heading, str, self._height) for heading in words.headings_of_issues[1:]]
        self._with_errors: set[tuple[str, str | None, int]] = set()
        self._with_warnings: set[tuple[str, str | None, int]] = set()

    def add(self, issue: Issue) -> None:
        """Append an issue."""
        place = issue.location
        fact, remedy = CATALOGUE[issue.code].fill(issue.values, self._lang)
        within = format_place(replace(place, source="", sheet=None), "", self._lang)
        texts = (issue.code, place.source, place.sheet or "", within, issue.label, fact, remedy)
        style = _LEVEL_STYLES[issue.severity]
        level = text_tail(self._words.severities[issue.severity], style, style)
        tails = [level, *(column.cell(text) for column, text in zip(self._columns, texts, strict=True))]
        self.table.add_row(tails, self._height.take())
        if place.record is not None and issue.severity is not Severity.NOTE:
            records = self._with_errors if issue.is_error else self._with_warnings
            records.add((place.source, place.sheet, place.record))

    def widths(self) -> tuple[float, ...]:
        """Of all columns, in characters."""
        return (_LEVEL_WIDTH, *(column.width() for column in self._columns))

    def records_with_errors(self) -> int:
        """Records that have at least one error."""
        return len(self._with_errors)

    def records_with_warnings_only(self) -> int:
        """Records that have a warning and no error."""
        return len(self._with_warnings - self._with_errors)
