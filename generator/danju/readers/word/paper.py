"""Word files on a form's own paper: finished documents and filled blanks, read cell by cell from what can be seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from danju.exchange.paths import any_row, field_at
from danju.kinds import BOOLEAN
from danju.layout.fill import LEAST_PT
from danju.layout.grid import OptionsOf, ProseOf, SignOf, TickOf, ValueOf
from danju.layout.linebreaks import limit_em, wrap
from danju.location import Location, Spot
from danju.model.drawing import TEXT_PT
from danju.model.form import Form
from danju.readers.meaning.forms import is_title
from danju.readers.word.alignment import AlignedSheet, Matched, RowRole, align
from danju.readers.word.blocks import Table, WordCell
from danju.readers.word.cells import option_line, read_head, read_prose, read_sign, value_text
from danju.readers.word.found import FoundValues
from danju.readers.word.patterns import PaperCell, PaperRow, rows_of
from danju.values.options import EMPTY, TICKED
from danju.values.text import fold

__all__ = ["PaperRecord", "read_paper"]


@dataclass(slots=True)
class PaperRecord:
    """One record on its paper.

    Attributes:
        found: Its values.
        tables: Numbers of its tables among those given.
        others: Those of them that hold nothing of the paper.
        rest: Cells with words that are neither the paper's nor values.
        share: Part of the paper's labels that were found.
    """

    found: FoundValues
    share: float = 0.0
    tables: set[int] = field(default_factory=set)
    others: set[int] = field(default_factory=set)
    rest: list[WordCell] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        """Whether this is the paper for certain."""
        return self.share >= _WHOLE


_WHOLE = 0.85


def read_paper(tables: Sequence[Table], form: Form, source: str) -> list[PaperRecord]:
    """The records that tables hold on this form's paper, in order; none when it is another paper."""
    paper = rows_of(form)
    return [_SheetReader(form, paper, source).read(sheet) for sheet in align(tables, paper)]


class _SheetReader:
    def __init__(self, form: Form, paper: Sequence[PaperRow], source: str) -> None:
        self.form = form
        self.paper = paper
        self.source = source
        self.found = FoundValues(form)
        self.record = PaperRecord(self.found)
        self.ticks: dict[str, list[tuple[str, bool]]] = {}
        self.tick_spots: dict[str, Spot] = {}
        self.row: tuple[int, int] = (-1, -1)  # of the repeated row being read
        self.before: Matched | None = None
        layout = form.layout
        self.static = frozenset(map(fold, (*layout.notes, layout.unit_name, *layout.copies[:1])))

    def read(self, sheet: AlignedSheet) -> PaperRecord:
        self.record.share = sheet.share
        own = {matched.table for matched in sheet.rows if matched.role is not RowRole.STRAY}
        for matched in sheet.rows:
            self.record.tables.add(matched.table)
            if matched.table not in own:
                self.record.others.add(matched.table)
            elif matched.role is RowRole.STRAY:
                self._stray(matched)
            elif matched.role is not RowRole.HEAD:
                self._row(matched, self.paper[matched.pattern])
        for path, marks in self.ticks.items():
            line = "".join(f"{'☑' if ticked else '☐'}{option}" for option, ticked in marks)
            self._put(path, line, self.tick_spots[path])
        return self.record

    def _stray(self, matched: Matched) -> None:
        """Rows above the grid: title, number and date; anything else is left over."""
        layout = self.form.layout
        for cell in matched.cells:
            pairs = [pair for parts in (layout.left, layout.right) for pair in read_head(self.form, parts, cell.text)]
            for path, text in pairs:
                self._put(path, text, cell.spot)
            folded = fold(cell.text)
            if not pairs and folded and folded not in self.static and not is_title(self.form, cell.text):
                self.record.rest.append(cell)

    def _row(self, matched: Matched, row: PaperRow) -> None:
        is_rest = matched.role is RowRole.REST or (row.repeats and self._goes_on(matched, row))
        if row.repeats and not is_rest:
            spot = matched.cells[0].spot
            self.row = (spot.table or 0, spot.row or 0)
        if is_rest and self.before is not None:  # a third piece is compared with the first, too
            self.before = replace(self.before, table=matched.table)
        else:
            self.before = matched
        for cell, pattern in zip(matched.cells, row.cells, strict=True):
            if not pattern.begins or cell.is_continued:
                continue
            if is_rest:
                self._append(cell, pattern)
            else:
                self._cell(cell, pattern)

    def _goes_on(self, matched: Matched, row: PaperRow) -> bool:
        """Whether a table's row is the rest of the last one before the page ended: its first cell is empty now."""
        before = self.before
        if before is None or before.table == matched.table or before.pattern != matched.pattern:
            return False
        pairs = [
            (old.text.strip(), new.text.strip())
            for old, new, pattern in zip(before.cells, matched.cells, row.cells, strict=True)
            if pattern.begins and not old.is_continued
        ]
        given = [(old, new) for old, new in pairs if old]
        return any(new for _, new in pairs) and not given[0][1] if given else False

    def _cell(self, cell: WordCell, pattern: PaperCell) -> None:
        content, text = pattern.content, cell.text
        match content:
            case ValueOf():
                self._put(any_row(content.path), value_text(content, text), cell.spot)
            case OptionsOf():
                field = field_at(self.form.record_type, content.path)
                if field is not None:
                    self._put(content.path, option_line(content, field, text), cell.spot)
            case TickOf():
                self._tick(content, cell)
            case SignOf():
                for path, piece in read_sign(content, text):
                    self._put(path, piece, cell.spot)
            case ProseOf():
                for path, piece in read_prose(content, text):
                    place = self.found.place(path)
                    if place is not None and place not in self.found.values:
                        self._put(path, piece, cell.spot)

    def _tick(self, content: TickOf, cell: WordCell) -> None:
        field = field_at(self.form.record_type, content.path)
        option = field.option(content.option) if field else None
        if option is None:
            return
        text = cell.text.strip()
        is_ticked = text == content.marks[0] or (any(char in TICKED for char in text) and text != content.marks[1])
        is_known = is_ticked or not text or text == content.marks[1] or all(char in EMPTY + "×✗✘" for char in text)
        if not is_known:
            self.record.rest.append(cell)
        self.ticks.setdefault(content.path, []).append((option.label, is_ticked))
        self.tick_spots.setdefault(content.path, cell.spot)

    def _append(self, cell: WordCell, pattern: PaperCell) -> None:
        """The rest of a value on a further page: the same paragraph when both pieces break as the whole would."""
        if not isinstance(pattern.content, ValueOf | OptionsOf):
            return
        path = any_row(pattern.content.path)
        place = self.found.place(path, self.row if "[]" in path else None)
        if place is None or place.field.computed:
            return
        held = str(self.found.values.get(place, ("",))[0])
        gap = "　"
        if isinstance(pattern.content, ValueOf):
            is_shrunk = pattern.content.one_line or pattern.content.align == "center"
            limit = limit_em(pattern.room_mm, LEAST_PT if is_shrunk else TEXT_PT)
            gap = "" if is_one_paragraph(held, cell.text, limit) else "\n"
        self.found.append(place, cell.text, gap, self._location(cell.spot))

    def _put(self, path: str, text: str, spot: Spot) -> None:
        place = self.found.place(path, self.row if "[]" in path else None)
        if place is None or place.field.computed or place.top.computed:
            return
        if place.field.kind is BOOLEAN and place.field.options == () and text.strip() in ("☐", "□"):
            return
        self.found.put(place, text, self._location(spot))

    def _location(self, spot: Spot) -> Location:
        return Location(self.source, spot=spot)


def is_one_paragraph(head: str, tail: str, limit_em: float) -> bool:
    """Whether a text that was cut between two pages was cut inside a paragraph."""
    last, first = head.rpartition("\n")[2], tail.partition("\n")[0]
    if not last or not first:
        return False
    lines = wrap(last, limit_em)
    return wrap(lines[-1] + first, limit_em)[0] == lines[-1]
