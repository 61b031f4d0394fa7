"""The index sheet: one line an issue, with a link to its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from danju.exchange.marks import FILLS, MarkWords
from danju.issues import Issue, Severity
from danju.location import Location
from danju.messages import CATALOGUE, format_place
from danju.ooxml.addresses import Range, quoted_title
from danju.ooxml.cells import value_tail
from danju.ooxml.printing import PrintSetup
from danju.ooxml.styles import BOXED, CellStyle, Typeface
from danju.ooxml.text import attribute
from danju.ooxml.workbook import MAIN
from danju.ooxml.worksheet import ColumnTrack, SheetFrame, row_xml

__all__ = ["HEADER_ROW", "IndexSheet"]

HEADER_ROW = 4
"""1-based row of the headings."""
_WIDTHS = (6, 8, 16, 11, 18, 52, 52, 8)
_MOST_LINKS = 65_530  # Excel specifications and limits: hyperlinks in a worksheet
_MOST_ROWS = 1_048_576 - HEADER_ROW
_TYPE = Typeface(10.0)
_LINE = CellStyle(_TYPE)
_CENTRED = CellStyle(_TYPE, "center", "top", edges=BOXED, edge_colour="BFBFBF")
_STYLES = {
    "title": _LINE._replace(face=Typeface(14.0, bold=True)),
    "hint": _LINE._replace(face=Typeface(9.0, colour="7F7F7F")),
    "heading": _CENTRED._replace(face=Typeface(10.0, bold=True), vertical="center", wrap=True, fill="DDE6F0"),
    "text": _CENTRED._replace(horizontal="left", wrap=True),
    "centred": _CENTRED,
    "link": _CENTRED._replace(face=Typeface(10.0, colour="0563C1", underlined=True)),
    Severity.ERROR: _CENTRED._replace(fill=FILLS[Severity.ERROR]),
    Severity.WARNING: _CENTRED._replace(fill=FILLS[Severity.WARNING]),
    Severity.NOTE: _CENTRED,
}


@dataclass(frozen=True, slots=True)
class IndexSheet:
    """The index of one workbook's issues.

    Attributes:
        issues: In their order.
        words: Fixed words.
        lang: zh or en.
        number: Gives a style its number in the workbook.
        reachable: Titles of the sheets that can be gone to.
        namespace: Of spreadsheets.
    """

    issues: Sequence[Issue]
    words: MarkWords
    lang: str
    number: Callable[[CellStyle], int]
    reachable: frozenset[str]
    namespace: str

    @property
    def reference(self) -> Range:
        """Headings and lines."""
        return Range(HEADER_ROW - 1, 0, HEADER_ROW - 1 + min(len(self.issues), _MOST_ROWS), len(_WIDTHS) - 1)

    def content(self) -> Callable[[], Iterator[bytes]]:
        """What gives the worksheet part in pieces; the styles have their numbers from now on."""
        return partial(self._iter_bytes, {look: self.number(style) for look, style in _STYLES.items()})

    def _iter_bytes(self, numbers: Mapping[str, int]) -> Iterator[bytes]:
        frame = SheetFrame(
            [ColumnTrack(width) for width in _WIDTHS],
            frozen=(HEADER_ROW, 0),
            gridlines=False,
            tab="E06055",
            filtered=self.reference,
            links=self._iter_links,
            printing=PrintSetup((297.0, 210.0)),
        )
        extent = Range(0, 0, self.reference.bottom, self.reference.right)
        yield frame.opening(extent).replace(MAIN, self.namespace, 1).encode()
        for row, (cells, height_pt) in enumerate(self._iter_lines()):
            tails = [value_tail(value, numbers[look], numbers[look]) for value, look in cells]
            yield row_xml(row, enumerate(tails), height_pt).encode()
        yield from frame.closing()

    def _iter_lines(self) -> Iterator[tuple[list[tuple[str | int, str]], float | None]]:
        """Values and looks of each row, and its height."""
        yield [(self.words.title, "title")], 24
        counts = {f"{each.value}s": sum(issue.severity is each for issue in self.issues) for each in Severity}
        yield [(self.words.counts.format(**counts), "hint")], None
        yield [(self.words.hint, "hint")], None
        yield [(text, "heading") for text in self.words.columns], 20
        for number, issue in enumerate(self.issues[:_MOST_ROWS], start=1):
            yield self._cells(number, issue), None

    def _cells(self, number: int, issue: Issue) -> list[tuple[str | int, str]]:
        place = issue.location
        fact, remedy = CATALOGUE[issue.code].fill(issue.values, self.lang, issue.is_forbidden)
        within = place.cell or format_place(Location(line=place.line, record=place.record), "", self.lang)
        return [
            (number, "centred"),
            (self.words.severities[issue.severity], issue.severity),
            (place.sheet or "", "text"),
            (within, "link" if self._is_linked(issue) else "centred"),
            (issue.label, "text"),
            (fact, "text"),
            (remedy, "text"),
            (issue.code, "centred"),
        ]

    def _is_linked(self, issue: Issue) -> bool:
        return bool(issue.location.cell) and issue.location.sheet in self.reachable

    def _iter_links(self) -> Iterator[bytes]:
        """The `hyperlinks` element; nothing without links."""
        linked = [each for each in enumerate(self.issues[:_MOST_ROWS], HEADER_ROW + 1) if self._is_linked(each[1])]
        if linked:
            yield b"<hyperlinks>"
        for row, issue in linked[:_MOST_LINKS]:
            cell = issue.location.cell or ""
            target = attribute(f"{quoted_title(issue.location.sheet or '')}!{cell}")
            yield f'<hyperlink ref="D{row}" location={target} display={attribute(cell)}/>'.encode()
        if linked:
            yield b"</hyperlinks>"
