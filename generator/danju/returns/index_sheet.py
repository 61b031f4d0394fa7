"""The index sheet: one line an issue, with a link to its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from danju.exchange.marks import MarkWords
from danju.issues import Issue, Severity
from danju.location import Location
from danju.messages import CATALOGUE, format_place
from danju.ooxml.addresses import Range, cell_name, column_letters, quoted_title
from danju.ooxml.text import attribute, escape
from danju.returns.looks import IndexLook

__all__ = ["HEADER_ROW", "IndexSheet"]

HEADER_ROW = 4
"""1-based row of the headings."""
_WIDTHS = (6, 8, 16, 11, 18, 52, 52, 8)
_MOST_LINKS = 65_530  # Excel specifications and limits: hyperlinks in a worksheet
_MOST_ROWS = 1_048_576 - HEADER_ROW
_TAB = "FFE06055"


@dataclass(frozen=True, slots=True)
class IndexSheet:
    """The index of one workbook's issues.

    Attributes:
        issues: In their order.
        words: Fixed words.
        lang: zh or en.
        styles: Of its cells.
        reachable: Titles of the sheets that can be gone to.
        namespace: Of spreadsheets.
    """

    issues: Sequence[Issue]
    words: MarkWords
    lang: str
    styles: Mapping[IndexLook, int]
    reachable: frozenset[str]
    namespace: str

    @property
    def reference(self) -> Range:
        """Headings and lines."""
        return Range(HEADER_ROW - 1, 0, HEADER_ROW - 1 + min(len(self.issues), _MOST_ROWS), len(_WIDTHS) - 1)

    def iter_bytes(self) -> Iterator[bytes]:
        """The worksheet part in pieces."""
        return (part.encode() for part in self._iter_parts())

    def _iter_parts(self) -> Iterator[str]:
        last = cell_name(self.reference.bottom, self.reference.right)
        yield (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            f'<worksheet xmlns="{self.namespace}"><sheetPr><tabColor rgb="{_TAB}"/>'
            '<pageSetUpPr fitToPage="1"/></sheetPr>'
            f'<dimension ref="A1:{last}"/><sheetViews><sheetView showGridLines="0" workbookViewId="0">'
            f'<pane ySplit="{HEADER_ROW}" topLeftCell="A{HEADER_ROW + 1}" activePane="bottomLeft" state="frozen"/>'
            f'<selection pane="bottomLeft" activeCell="A{HEADER_ROW + 1}" sqref="A{HEADER_ROW + 1}"/></sheetView>'
            '</sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>'
        )
        for number, width in enumerate(_WIDTHS, start=1):
            yield f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>'
        yield "</cols><sheetData>"
        yield self._line(1, [(self.words.title, IndexLook.TITLE)], height=24)
        counts = {f"{each.value}s": sum(issue.severity is each for issue in self.issues) for each in Severity}
        yield self._line(2, [(self.words.counts.format(**counts), IndexLook.HINT)])
        yield self._line(3, [(self.words.hint, IndexLook.HINT)])
        yield self._line(HEADER_ROW, [(text, IndexLook.HEADING) for text in self.words.columns], height=20)
        links: list[str] = []
        for number, issue in enumerate(self.issues[:_MOST_ROWS], start=1):
            row = HEADER_ROW + number
            yield self._issue(row, number, issue)
            place = issue.location
            if place.sheet in self.reachable and place.cell and len(links) < _MOST_LINKS:
                target = attribute(f"{quoted_title(place.sheet or '')}!{place.cell}")
                links.append(f'<hyperlink ref="D{row}" location={target} display={attribute(place.cell)}/>')
        yield f'</sheetData><autoFilter ref="A{HEADER_ROW}:{last}"/>'
        if links:
            yield f"<hyperlinks>{''.join(links)}</hyperlinks>"
        yield (
            '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
            '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
        )

    def _issue(self, row: int, number: int, issue: Issue) -> str:
        place = issue.location
        fact, remedy = CATALOGUE[issue.code].fill(issue.values, self.lang, issue.is_forbidden)
        within = place.cell or format_place(Location(line=place.line, record=place.record), "", self.lang)
        looks = {Severity.ERROR: IndexLook.ERROR, Severity.WARNING: IndexLook.WARNING}
        is_linked = place.cell and place.sheet in self.reachable
        cells: list[tuple[str | int, IndexLook]] = [
            (number, IndexLook.CENTRED),
            (self.words.severities[issue.severity], looks.get(issue.severity, IndexLook.CENTRED)),
            (place.sheet or "", IndexLook.TEXT),
            (within, IndexLook.LINK if is_linked else IndexLook.CENTRED),
            (issue.label, IndexLook.TEXT),
            (fact, IndexLook.TEXT),
            (remedy, IndexLook.TEXT),
            (issue.code, IndexLook.CENTRED),
        ]
        return self._line(row, cells)

    def _line(self, row: int, cells: Sequence[tuple[str | int, IndexLook]], height: int = 0) -> str:
        shown = f' ht="{height}" customHeight="1"' if height else ""
        parts = [f'<row r="{row}"{shown}>']
        for column, (value, look) in enumerate(cells):
            start = f'<c r="{column_letters(column)}{row}" s="{self.styles[look]}"'
            if isinstance(value, int):
                parts.append(f"{start}><v>{value}</v></c>")
            elif value:
                parts.append(f'{start} t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>')
            else:
                parts.append(f"{start}/>")
        return "".join((*parts, "</row>"))
