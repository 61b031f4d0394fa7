"""The column that says where each record came from."""

from __future__ import annotations

from danju.location import Location
from danju.messages import format_place
from danju.summary.column_kinds import WIDEST_TEXT, RowHeight, TextColumn
from danju.summary.shown import line_count

_MEMO_LIMIT = 512
_CELL_END = "</t></is></c>"


class SourceColumn:
    """Places of records. Those of one sheet differ in the cell alone, so that all before it is remembered."""

    def __init__(self, heading: str, lang: str, height: RowHeight) -> None:
        self._lang = lang
        self._height = height
        self._text = TextColumn(heading, str, height)
        self._starts: dict[tuple[str, str | None, int], tuple[str, int]] = {}  # the last: characters of the cell name

    def cell(self, place: Location) -> str:
        """A text cell, as the tail that `cell_xml` describes."""
        name = place.cell
        if not name or place.line is not None or not (name.isascii() and name.isalnum()):
            return self._text.cell(format_place(place, "", self._lang))
        key = (place.source, place.sheet, len(name))
        known = self._starts.get(key)
        if known is None:
            known = self._start(key, place, name)
        start, lines = known
        self._height.raise_to(lines)
        return f"{start}{name}{_CELL_END}"

    def width(self) -> float:
        """In characters, as far as seen until now."""
        return self._text.width()

    def _start(self, key: tuple[str, str | None, int], place: Location, name: str) -> tuple[str, int]:
        """The cell's tail up to the cell name, and how many lines it takes."""
        text = format_place(place, "", self._lang)
        start = self._text.cell(text).removesuffix(name + _CELL_END), line_count(text, WIDEST_TEXT)
        if len(self._starts) < _MEMO_LIMIT:
            self._starts[key] = start
        return start
