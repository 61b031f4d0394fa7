"""Marks taken out of a workbook again: what remains is the original with what its author changed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, BinaryIO

from danju.exchange.marks import COLUMN_NAME, INDEX_NAME, STATE_NAME
from danju.ooxml.addresses import Range, parse_reference
from danju.ooxml.package import Package
from danju.readers.table.marks import find_column, is_index
from danju.readers.table.sheets import Sheet
from danju.returns.book import ReturnedBook, SheetPart
from danju.returns.frame import ReturnedFrame, open_frame
from danju.returns.looks import Before, Looks, Way
from danju.returns.notes import remove_notes
from danju.returns.rows import RowBytes, RowCell, RowRewriter

__all__ = ["OldMarks", "find_marks", "unmark_workbook"]


class OldMarks:
    """What an earlier return left in a workbook.

    Attributes:
        indexes: Titles of index sheets.
        columns: 0-based heading row and column of the column of messages, by sheet.
        is_named: Whether hidden names tell of marks.
    """

    def __init__(self, indexes: set[str], columns: dict[str, tuple[int, int]], is_named: bool) -> None:
        self.indexes = indexes
        self.columns = columns
        self.is_named = is_named

    def __bool__(self) -> bool:
        return bool(self.indexes or self.columns or self.is_named)


def find_marks(package: Package, sheets: Sequence[Sheet]) -> OldMarks:
    """The marks of a workbook, by its hidden names and by their exact words."""
    indexes = {sheet.name or "" for sheet in sheets if is_index(sheet)}
    columns = {sheet.name or "": place for sheet in sheets if (place := find_column(sheet)) is not None}
    book = ReturnedBook(package)
    names = [each for each in book.names() if (each.get("name") or "").startswith(COLUMN_NAME)]
    for each in names:
        named = parse_reference(each.text or "")
        if named is not None and not each.get("name", "").startswith((INDEX_NAME, STATE_NAME)):
            columns.setdefault(named[0], (named[1].top, named[1].left))
    return OldMarks(indexes, columns, bool(names))


def unmark_workbook(package: Package, marks: OldMarks, file: BinaryIO, *, with_state: bool = True) -> None:
    """Write the workbook without its marks.

    Args:
        package: The marked workbook.
        marks: Its marks.
        file: Seekable; receives the package.
        with_state: Whether what it says about its former looks is to be believed.
    """
    book = ReturnedBook(package)
    state = _read_state(book) if with_state else {}
    for sheet in reversed(book.sheets()):
        if sheet.title in marks.indexes:
            book.drop_sheet(sheet)
    for name in book.names():
        if (name.get("name") or "").startswith(COLUMN_NAME):
            book.drop_name(name)
    _unmark_sheets(book, marks, state)
    if state.get("had_names"):  # even when it was empty
        book.group("definedNames")
    package.write(file)


def _read_state(book: ReturnedBook) -> dict[str, Any]:
    try:
        return dict(json.loads(book.text(STATE_NAME) or "{}"))
    except ValueError:
        return {}


def _unmark_sheets(book: ReturnedBook, marks: OldMarks, state: Mapping[str, Any]) -> None:
    package = book.package
    styles = book.styles
    looks = Looks(package.edit(styles)) if package.has(styles) else None
    ways = looks.ways(state.get("styles", {})) if looks is not None else {}
    for sheet in book.sheets():
        if package.has(sheet.part) and sheet.kind == "worksheet":
            _unmark_sheet(book, sheet, ways, marks.columns.get(sheet.title), state)
    if state.get("vml"):
        package.unset_default_type("vml")
    if looks is not None:
        looks.undo(state.get("styles", {}))
    if state.get("new_styles") and package.has(styles):
        package.detach(book.part, styles)


def _unmark_sheet(
    book: ReturnedBook,
    sheet: SheetPart,
    ways: Mapping[int, Way],
    place: tuple[int, int] | None,
    state: Mapping[str, Any],
) -> None:
    frame = open_frame(book.package, sheet.part)
    untouched = frame.around()
    before: Mapping[str, Any] = state.get("sheets", {}).get(sheet.title, {})
    rows = _UnmarkedRows(frame, ways, place, before)
    if place is not None:
        _unfilter(book, sheet, frame, place[1], before)
        column = before.get("column", {})
        frame.unset_width(place[1], column.get("width") if column.get("at") == place[1] else None)
    dimension, told = frame.find("dimension"), before.get("dimension")
    if told and dimension is not None and dimension.get("ref") == told[1]:
        dimension.set("ref", told[0])
    remove_notes(book, sheet, frame, before.get("anchors", {}))
    if ways or place is not None or frame.around() != untouched:
        book.package.put_stream(sheet.part, rows.iter_part)


def _unfilter(
    book: ReturnedBook, sheet: SheetPart, frame: ReturnedFrame, column: int, before: Mapping[str, Any]
) -> None:
    """The filter as it was, or without our column when its extent has changed since."""
    element = frame.find("autoFilter")
    known = Range.parse(element.get("ref", "")) if element is not None else None
    if element is None or known is None or known.right != column:
        return
    name = book.find_name("_xlnm._FilterDatabase", sheet.index)
    told, told_name = before.get("filter", ["", ""]), before.get("filter_name", ["", ""])
    if known.left == column:
        frame.root.remove(element)
        if name is not None and (not before or told_name[1]):
            book.drop_name(name)
        return
    former = Range.parse(told[0] or "")
    right = former.right if former is not None else column - 1
    element.set("ref", told[0] if str(known) == told[1] else str(Range(known.top, known.left, known.bottom, right)))
    for each in element.findall("{*}filterColumn"):
        if int(each.get("colId", "0")) > right - known.left:
            element.remove(each)
    if name is not None and name.text == told_name[1]:
        name.text = told_name[0]


class _UnmarkedRows:
    """The rows of one sheet, marks taken off while they stream."""

    def __init__(
        self, frame: ReturnedFrame, ways: Mapping[int, Way], place: tuple[int, int] | None, before: Mapping[str, Any]
    ) -> None:
        self.frame = frame
        self.ways = ways
        self.place = place
        self.before = before
        styles = b"|".join(b"%d" % style for style in ways)
        self.trace = re.compile(rb"\ss=[\"'](?:%s)[\"']" % styles) if ways else None

    def iter_part(self) -> Iterator[bytes]:
        """The worksheet part in pieces."""
        head, tail = self.frame.around()
        rewriter = RowRewriter(self.frame.prefix, self._is_marked, self._change)
        yield head
        yield from rewriter.iter_bytes(self.frame.iter_rows())
        yield tail

    def _is_marked(self, index: int, raw: bytes) -> bool:
        is_heading = self.place is not None and index == self.place[0]
        return is_heading or (self.trace is not None and self.trace.search(raw) is not None)

    def _change(self, row: RowBytes) -> bool:
        kept = [cell for cell in row.cells if self._restore(row, cell)]
        is_less = len(kept) < len(row.cells)
        row.cells[:] = kept
        return not (is_less and row.is_bare)

    def _restore(self, row: RowBytes, cell: RowCell) -> bool:
        """Take the mark off a cell; False when it was not there before."""
        if self.place is not None and (row.index, cell.column) == self.place:
            if "heading" not in self.before:
                return False
            cell.clear(row.prefix)
            cell.set_style(self.before["heading"])
            return True
        way = self.ways.get(cell.style if cell.style is not None else -1)
        if way is None:
            return True
        if way.before is Before.ABSENT and (cell.is_empty or way.is_message):
            return False
        if way.is_message:
            cell.clear(row.prefix)
        cell.set_style(None if way.before is Before.PLAIN else way.style)
        return True
