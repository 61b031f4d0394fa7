"""The register sheet of a form: one row a record, with links to its documents."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from danju.model.form import Form
from danju.model.record import Record
from danju.ooxml.addresses import cell_name
from danju.ooxml.cells import text_tail
from danju.rules.numbering import fields_in_pattern
from danju.summary.column_kinds import RowHeight
from danju.summary.columns import iter_columns
from danju.summary.shown import display_width
from danju.summary.source_column import SourceColumn
from danju.summary.streamed_cells import Style
from danju.summary.table_sheet import TableSheet
from danju.summary.words import SummaryWords

_INDEX_STYLE = int(Style.INDEX)
_INDEX_WIDTH = 6.0
_FROZEN_WIDTH_LIMIT = 62.0  # more would leave no room to scroll on a small screen


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """A record and what was made of it.

    Attributes:
        record: The checked record.
        documents: Names of its files relative to the workbook's folder, with forward slashes.
    """

    record: Record
    documents: tuple[str, ...] = ()


class RegisterSheet:
    """Rows of one form's register.

    Args:
        form: The form whose records come.
        table: The sheet to fill; its headings are set here.
        words: Fixed words.
        lang: `zh` or `en`.
    """

    def __init__(self, form: Form, table: TableSheet, words: SummaryWords, lang: str) -> None:
        self.form = form
        self.table = table
        self._words = words
        self._lang = lang
        self._height = RowHeight()
        self._columns = list(iter_columns(form, words, lang, self._height))
        self._names = [placed.name for placed in self._columns]
        self._writers = [placed.write for placed in self._columns]
        self._source = SourceColumn(words.source, lang, self._height)
        self._documents: dict[tuple[str, int], int] = {}  # suffix and which of that suffix → 0-based column
        self._first_unlinked = 0
        table.headings[:] = [words.index, *(placed.column.heading for placed in self._columns), words.source]

    def add(self, row: SummaryRow) -> None:
        """Append a record."""
        record = row.record
        tails = [f'" s="{_INDEX_STYLE}"><v>{self.table.row_count + 1}</v></c>']
        tails += [write(value) for write, value in zip(self._writers, map(record.values.get, self._names), strict=True)]
        tails.append(self._source.cell(record.location))
        if row.documents or self._documents:
            tails += self._document_tails(row.documents)
        self.table.add_row(tails, self._height.take())

    def widths(self) -> tuple[float, ...]:
        """Of all columns, in characters."""
        documents = [
            max(8.0, display_width(heading) + 4.0) for heading in self.table.headings[len(self._columns) + 2 :]
        ]
        return (_INDEX_WIDTH, *(placed.column.width() for placed in self._columns), self._source.width(), *documents)

    def frozen_columns(self) -> int:
        """The row number and what identifies a record: up to the last field that names its files, if there is room."""
        widths = self.widths()
        identifying = {self.form.number_field, *fields_in_pattern(self.form.filename_rule)}
        frozen = 1
        for position, placed in enumerate(self._columns, start=2):
            if sum(widths[:position]) > _FROZEN_WIDTH_LIMIT:
                break
            if placed.path in identifying:
                frozen = position
        return frozen

    def footnote(self) -> str:
        """What is to be said below the rows, or ""."""
        if not self._first_unlinked:
            return ""
        return self._words.too_many_links.format(limit=self.table.links.count, row=self._first_unlinked)

    def _document_tails(self, documents: Iterable[str]) -> list[str]:
        by_column = {
            self._document_column(key): name for key, name in _by_kind(documents, tuple(self._words.documents))
        }
        first = len(self._columns) + 2
        return [
            self._document_tail(by_column.get(column, ""), column)
            for column in range(first, first + len(self._documents))
        ]

    def _document_tail(self, name: str, column: int) -> str:
        if not name:
            return f'" s="{Style.TEXT:d}"/>'
        if self.table.links.add(cell_name(self.table.next_row() - 1, column), name):
            return text_tail(self._words.open, Style.LINK, Style.LINK)
        self._first_unlinked = self._first_unlinked or self.table.next_row()
        return text_tail(name, Style.TEXT, Style.QUOTED)

    def _document_column(self, key: tuple[str, int]) -> int:
        if key not in self._documents:
            self._documents[key] = len(self.table.headings)
            suffix, number = key
            heading = self._words.documents.get(suffix, suffix.removeprefix(".").upper())
            self.table.headings.append(heading if number == 1 else f"{heading} {number}")
        return self._documents[key]


def _by_kind(documents: Iterable[str], order: tuple[str, ...]) -> list[tuple[tuple[str, int], str]]:
    """Each document under its suffix and its place among those of that suffix, known suffixes first."""
    counts: dict[str, int] = {}
    found = []
    for name in documents:
        suffix = PurePosixPath(name).suffix.lower()
        counts[suffix] = counts.get(suffix, 0) + 1
        found.append(((suffix, counts[suffix]), name))
    return sorted(found, key=lambda pair: (order.index(pair[0][0]) if pair[0][0] in order else len(order), pair[0]))
