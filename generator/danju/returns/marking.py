"""Marks put into a workbook: colours, comments, columns of messages, the index sheet."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, BinaryIO

from danju.exchange.marks import COLUMN_NAME, INDEX_NAME, STATE_NAME, WORDS
from danju.ooxml.addresses import LAST_COLUMN, Range, absolute, sheet_title
from danju.ooxml.package import Package, free_name
from danju.ooxml.styles import styles_xml
from danju.ooxml.text import escape
from danju.ooxml.workbook import MAIN
from danju.returns.book import ReturnedBook, SheetPart
from danju.returns.findings import Findings, SheetFindings
from danju.returns.frame import ReturnedFrame, open_frame
from danju.returns.index_sheet import IndexSheet
from danju.returns.looks import Before, Looks
from danju.returns.notes import MOST_NOTES, Notes
from danju.returns.registers import Register
from danju.returns.rows import RowBytes, RowRewriter, new_cell

__all__ = ["Marked", "mark_workbook"]

_COLUMN_WIDTH = 48
_LINE_PX = 20


@dataclass(frozen=True, slots=True)
class Marked:
    """What could not be kept or done while marking.

    Attributes:
        without_signature: Digital signatures had to go.
        without_notes: Cells of sheets that have too many for comments.
    """

    without_signature: bool
    without_notes: int


def mark_workbook(
    package: Package, findings: Findings, registers: Mapping[str | None, Register], lang: str, file: BinaryIO
) -> Marked:
    """Write the workbook with marks.

    Args:
        package: A workbook without old marks.
        findings: Of this workbook.
        registers: Its registers by sheet.
        lang: Language of the messages.
        file: Seekable; receives the package.
    """
    marker = _Marker(package, findings, lang)
    is_unsigned = package.drop_signatures()
    number = 0
    for sheet in marker.book.sheets():
        found = marker.sheets.get(sheet.title)
        if found is not None and package.has(sheet.part) and sheet.kind == "worksheet":
            register = _beside(registers.get(sheet.title), found)
            number += register is not None
            marker.mark_sheet(sheet, found, register, number)
    marker.add_index()
    package.write(file, marker.keep_state)
    return Marked(is_unsigned, marker.without_notes)


def _beside(register: Register | None, found: SheetFindings) -> Register | None:
    """The register, reaching over every cell that gets a mark, so that its column of messages stands behind them."""
    if register is None:
        return None
    return replace(register, last_column=max(register.last_column, *(column for _, column in found.cells)))


class _Marker:
    def __init__(self, package: Package, findings: Findings, lang: str) -> None:
        self.package = package
        self.findings = findings
        self.lang = lang
        self.words = WORDS[lang]
        self.book = ReturnedBook(package)
        self.sheets = findings.by_sheet()
        self.without_notes = 0
        styles = self.book.styles
        self.state: dict[str, Any] = {
            "v": 1,
            "new_styles": not package.has(styles),
            "had_names": self.book.root.find(self.book.tag("definedNames")) is not None,
            "vml": False,
            "sheets": {},
        }
        if not package.has(styles):
            styles = self._make_styles()
        self.looks = Looks(package.edit(styles))

    def mark_sheet(self, sheet: SheetPart, found: SheetFindings, register: Register | None, number: int) -> None:
        """Mark one sheet's cells; its rows are rewritten when the package is."""
        frame = open_frame(self.package, sheet.part)
        state: dict[str, Any] = {}
        self.state["sheets"][sheet.title] = state
        column = None if register is None else self._place_column(sheet, frame, register, state)
        if register is not None and column is not None:
            heading = Range(register.heading_row, column, register.heading_row, column)
            self.book.add_name(f"{COLUMN_NAME}{number}", absolute(sheet.title, heading))
        rows = _MarkedRows(self, frame, found, register, column, state)
        bottom = max((row for row, _ in found.cells), default=0)
        right = max((each for _, each in found.cells), default=0) if column is None else column
        if (dimension := frame.extend_dimension(bottom, right)) is not None:
            state["dimension"] = dimension
        cells = list(found.cells)
        self.without_notes += max(0, len(cells) - MOST_NOTES)
        texts = {cell: found.note(cell, self.words, self.lang) for cell in sorted(cells[:MOST_NOTES])}
        heights = {row: rows.height_px(row) for row in {row for row, _ in texts} & rows.with_message}
        notes = Notes(self.book, sheet, frame, texts, heights)
        self.state["vml"] = notes.add() or self.state["vml"]
        state["anchors"] = notes.anchors
        self.package.put_stream(sheet.part, rows.iter_part)

    def add_index(self) -> None:
        """Add the sheet of issues behind the others: no position, view or local name of theirs changes."""
        sheets = self.book.sheets()
        title = sheet_title(self.words.index, (each.title for each in sheets))
        part = free_name(self.package, f"{self.book.folder}/worksheets/sheet{{}}.xml")
        index = IndexSheet(
            issues=self.findings.issues,
            words=self.words,
            lang=self.lang,
            number=self.looks.add,
            reachable=frozenset(each.title for each in sheets if each.is_visible),
            namespace=self.book.namespace,
        )
        self.package.put_stream(part, index.content())
        self.package.set_type(part, "worksheet")
        position = self.book.add_sheet(title, part)
        self.book.add_name("_xlnm._FilterDatabase", absolute(title, index.reference), position)
        self.book.add_name(INDEX_NAME, absolute(title, Range(0, 0, 0, 0)))

    def keep_state(self) -> None:
        """Say in hidden names what was there before."""
        self.state["styles"] = self.looks.state()
        text = json.dumps(self.state, ensure_ascii=False, separators=(",", ":"))
        self.book.add_text(STATE_NAME, text)

    def _place_column(
        self, sheet: SheetPart, frame: ReturnedFrame, register: Register, state: dict[str, Any]
    ) -> int | None:
        """The 0-based column of messages, with its width and filter; None beyond the last one there is.

        A table (ListObject) keeps its extent: its columns are known by name in formulas, queries and pivots. The
        column then stands outside, behind an empty one, so that Excel does not take it for a part of the table.
        """
        tables = [self.package.tree(each.part) for each in self.package.relations(sheet.part) if each.kind == "table"]
        ranges = [place for each in tables if (place := Range.parse(each.get("ref", ""))) is not None]
        beside = [
            each.right for each in ranges if each.top <= register.last_row and each.bottom >= register.heading_row
        ]
        column = max([register.last_column + 1, *(right + 2 for right in beside)])
        if column > LAST_COLUMN:
            return None
        state["column"] = {"at": column, "width": frame.set_width(column, _COLUMN_WIDTH)}
        self._filter(sheet, frame, register, column, state)
        return column

    def _filter(
        self, sheet: SheetPart, frame: ReturnedFrame, register: Register, column: int, state: dict[str, Any]
    ) -> None:
        """A filter that is there reaches over the column; otherwise the column gets one of its own."""
        element = frame.find("autoFilter")
        name = self.book.find_name("_xlnm._FilterDatabase", sheet.index)
        own = Range(register.heading_row, column, register.last_row, column)
        if element is None:
            if frame.find("sheetProtection") is None:
                frame.add("autoFilter", {"ref": str(own)})
                state["filter"] = ["", str(own)]
                if name is None:
                    whole = absolute(sheet.title, own)
                    self.book.add_name("_xlnm._FilterDatabase", whole, sheet.index)
                    state["filter_name"] = ["", whole]
            return
        known = Range.parse(element.get("ref", ""))
        if known is None or known.top != register.heading_row or not known.left <= column or known.right >= column:
            return
        wider = Range(known.top, known.left, known.bottom, column)
        state["filter"] = [element.get("ref"), str(wider)]
        element.set("ref", str(wider))
        if name is not None:
            whole = absolute(sheet.title, wider)
            state["filter_name"] = [name.text, whole]
            name.text = whole

    def _make_styles(self) -> str:
        part = f"{self.book.folder}/styles.xml"
        self.package.put(part, styles_xml(()).replace(MAIN.encode(), self.book.namespace.encode()))
        self.package.set_type(part, "sheetStyles")
        self.package.relate(self.book.part, "styles", part)
        return part


class _MarkedRows:
    """The rows of one sheet, marked while they stream."""

    def __init__(
        self, marker: _Marker, frame: ReturnedFrame, found: SheetFindings, register: Register | None,
        column: int | None, state: dict[str, Any],
    ) -> None:  # fmt: skip
        self.looks = marker.looks
        self.frame = frame
        self.found = found
        self.column = column
        self.state = state
        self.heading_row = register.heading_row if register is not None and column is not None else -1
        self.neighbour = register.last_heading if register is not None else 0
        self.heading = marker.words.heading
        self.rows = found.rows()
        self.lang = marker.lang
        self.with_message = {row for row in self.rows if column is not None and row > self.heading_row}
        self.wanted = {*self.rows, *([self.heading_row] if column is not None else [])}

    def height_px(self, row: int) -> float:
        """What the messages of a row take."""
        return _LINE_PX * (self._message(row).count("\n") + 1.0)

    def _message(self, row: int) -> str:
        return self.found.message(self.rows[row], self.lang)

    def iter_part(self) -> Any:
        """The worksheet part in pieces."""
        head, tail = self.frame.around()
        rewriter = RowRewriter(
            self.frame.prefix, lambda index, _: index in self.wanted, self._change, tuple(sorted(self.wanted))
        )
        yield head
        yield from rewriter.iter_bytes(self.frame.iter_rows())
        yield tail

    def _change(self, row: RowBytes) -> bool:
        for cell in self.rows.get(row.index, ()):
            self._mark(row, cell)
        if row.index == self.heading_row:
            self._put_heading(row)
        elif row.index in self.with_message:
            self._put_message(row, self._message(row.index))
        return True

    def _mark(self, row: RowBytes, place: tuple[int, int]) -> None:
        severity = self.found.severity(place)
        cell = row.find(place[1])
        if cell is not None:
            style = cell.style
            before = Before.PLAIN if style is None else Before.STYLED
            cell.set_style(self.looks.mark(style or 0, severity, before))
            return
        style = row.style if row.style is not None else self.frame.column_style(place[1])
        look = self.looks.mark(style or 0, severity, Before.ABSENT)
        row.insert(new_cell(row.index, place[1], look, row.prefix))

    def _put_heading(self, row: RowBytes) -> None:
        assert self.column is not None
        neighbour = row.find(self.neighbour)
        style = neighbour.style if neighbour is not None else None
        if neighbour is not None and any(each[1] == self.neighbour for each in self.rows.get(row.index, ())):
            style = self.looks.source_of(style)  # it was marked just now
        own = row.find(self.column)
        text = escape(self.heading).encode()
        if own is None:
            row.insert(new_cell(row.index, self.column, style, row.prefix, text))
        elif own.is_empty:
            self.state["heading"] = own.style
            own.set_style(style)
            own.set_text(text, row.prefix)

    def _put_message(self, row: RowBytes, message: str) -> None:
        assert self.column is not None
        own = row.find(self.column)
        text = escape(message).encode()
        if own is None:
            look = self.looks.message(0, Before.ABSENT)
            row.insert(new_cell(row.index, self.column, look, row.prefix, text))
        elif own.is_empty:
            before = Before.PLAIN if own.style is None else Before.STYLED
            own.set_style(self.looks.message(own.style or 0, before))
            own.set_text(text, row.prefix)
