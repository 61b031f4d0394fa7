"""Filling: a cell's content and a record → the lines that stand in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from danju.exchange.paths import field_at, value_at
from danju.layout.grid import Content, FigureOf, FixedWords, OptionsOf, ProseOf, QrOf, SignOf, TickOf, ValueOf
from danju.layout.linebreaks import SAFETY_EM, in_lines, limit_em, reach_em, unbroken, wrap_parts
from danju.layout.qr_codes import qr_lines
from danju.model.drawing import EDGE_MM, LEADING, LEAST_NUMBER_PT, MM_PER_PT, TEXT_PT, Line, Run
from danju.model.field import MISSING, Field, Option
from danju.model.form import Form
from danju.model.picture import Picture, fitted_mm
from danju.rules.computing import row_names
from danju.rules.expressions import compile_expression, fill_text, full_text, names_of
from danju.values.display import display_number, shown
from danju.values.pictures import PictureData

SMALL_PT = 7.5
NOTE_PT = 8.5
LEAST_PT = 9.0
_TICK_PT = TEXT_PT + 1
_TICK_MM = _TICK_PT * LEADING * MM_PER_PT
_GAP = "　"
_LEAST_PICTURE_MM = 5.0
_PICTURE_PAD_MM = 0.2
_BOXES = "☐☑☒□■"


@dataclass(frozen=True, slots=True)
class Filler:
    """Writes one record into cells.

    Attributes:
        form: The form.
        values: The record.
    """

    form: Form
    values: Mapping[str, object]

    def lines(self, content: Content, room_mm: float) -> tuple[Line, ...]:
        """The paragraphs of a cell whose text may be so wide."""
        match content:
            case FixedWords():
                return tuple(Line((Run(text, TEXT_PT),) if text else (), content.align) for text in content.lines)
            case ValueOf():
                return self._value(content, room_mm)
            case OptionsOf():
                return self._options(content, room_mm)
            case TickOf():
                return self._tick(content)
            case SignOf():
                return self._sign(content, room_mm)
            case ProseOf():
                text = fill_text(content.template, names_of(self.form.record_type, self.values))
                return tuple(Line((Run(part, TEXT_PT),) if part else ()) for part in text.strip("\n").split("\n"))
            case QrOf():
                text = full_text(content.template, names_of(self.form.record_type, self.values))
                return qr_lines(text, content.size_mm, content.align) if text else ()
            case FigureOf():
                text = self._figure(content)
                size = _fitting_pt(text, room_mm, is_whole=True)
                return (Line((Run(text, size),) if text else (), content.align),)

    def _value(self, content: ValueOf, room_mm: float) -> tuple[Line, ...]:
        field = field_at(self.form.record_type, content.path)
        if field is None:
            return ()
        if field.kind.is_picture:
            return _picture_lines(content, value_at(self.values, content.path), room_mm)
        return text_lines(content, field, field.kind.display(field, value_at(self.values, content.path)), room_mm)

    def _options(self, content: OptionsOf, room_mm: float) -> tuple[Line, ...]:
        field = field_at(self.form.record_type, content.path)
        if field is None:
            return ()
        chosen = value_at(self.values, content.path)
        ticked = set(chosen) if isinstance(chosen, list) else {chosen}
        items = [_option_runs(option, option.value in ticked, content) for option in field.options]
        room_em = limit_em(room_mm, TEXT_PT)
        return tuple(
            Line(tuple(_spaced(items[start : start + size])), content.align)
            for start, size in _balanced(items, room_em, content.columns)
        )

    def _tick(self, content: TickOf) -> tuple[Line, ...]:
        chosen = value_at(self.values, content.path)
        is_ticked = content.option in chosen if isinstance(chosen, list) else chosen == content.option
        mark = content.marks[0 if is_ticked else 1]
        return (Line((Run(mark, _TICK_PT, symbol=mark in _BOXES),) if mark else (), "center", _TICK_MM),)

    def _sign(self, content: SignOf, room_mm: float) -> tuple[Line, ...]:
        pieces: list[str] = []
        for part in content.parts:
            field = field_at(self.form.record_type, part.field) if part.field else None
            value = value_at(self.values, part.field) if part.field else None
            if part.is_date:
                text = field.kind.display(field, value) if field and value is not None else "　　　年　　月　　日"
            elif part.field:
                text = field.kind.display(field, value) if field and value is not None else _GAP * 5
            else:
                text = _GAP * 5 if part.label.endswith("：") else ""
            pieces.append(part.label + text)
        if not "".join(pieces).strip():
            return ()
        limit = limit_em(room_mm, TEXT_PT)
        gap = _GAP * 2 if reach_em((_GAP * 2).join(pieces)) <= limit else _GAP
        return tuple(in_lines(Run(_GAP), wrap_parts(pieces, gap, limit), "right"))

    def _figure(self, content: FigureOf) -> str:
        names = names_of(self.form.record_type, self.values)
        rows = names.get(content.table, [])
        rows = rows if isinstance(rows, list) else []
        if content.index is None:
            if not rows:
                return ""
            call = "count(rows)" if content.expression == "count" else f"{content.expression}(rows, member)"
            result = compile_expression(call)({"rows": rows, "member": content.member})
            table = self.form.record_type.find(content.table)
            member = table.member(content.member) if table else None
            return _figure_text(result, member.decimals if member else None)
        table = self.form.record_type.find(content.table)
        if table is None or content.index >= len(rows):
            return ""
        seen = row_names(table, names, rows[content.index])
        return _figure_text(compile_expression(content.expression)(seen), None)


def _picture_lines(content: ValueOf, value: object, room_mm: float) -> tuple[Line, ...]:
    """The paragraphs of a cell with a picture in it, as large as the cell allows."""
    lead = _lead(content)
    if not isinstance(value, PictureData):
        return lead
    file = value.file
    height_mm = max(_LEAST_PICTURE_MM, content.height_mm - 2 * EDGE_MM - sum(line.height_mm for line in lead))
    size = fitted_mm((file.width_px, file.height_px), (room_mm, height_mm - _PICTURE_PAD_MM))
    picture = Picture(file.content, f"image/{file.kind}", *size, shown(value))
    return (*lead, Line((), content.align, picture.height_mm + _PICTURE_PAD_MM, picture=picture))


def text_lines(content: ValueOf, field: Field, text: str, room_mm: float) -> tuple[Line, ...]:
    """The paragraphs of a cell with the text of one value in it."""
    lead = _lead(content)
    if not text:
        return lead
    size = TEXT_PT
    if content.one_line or content.align == "center":
        size = _fitting_pt(text, room_mm, field.kind.is_number)
    return (*lead, *(Line((Run(part, size),) if part else (), content.align) for part in text.split("\n")))


def _lead(content: ValueOf) -> tuple[Line, ...]:
    return (Line((Run(content.lead, NOTE_PT, grey=True),)),) if content.lead else ()


def _fitting_pt(text: str, room_mm: float, is_whole: bool) -> float:
    """The type size at which a text stays on one line, down to 9 pt; further down where its digits would be torn."""
    width = reach_em(text)
    if width <= limit_em(room_mm, TEXT_PT):
        return TEXT_PT
    size = _size_pt(room_mm, width)
    if size >= LEAST_PT or not is_whole:
        return max(LEAST_PT, size)
    return max(LEAST_NUMBER_PT, min(LEAST_PT, _size_pt(room_mm, max(map(reach_em, unbroken(text))))))


def _size_pt(room_mm: float, width_em: float) -> float:
    """The largest size, in halves of a point, at which so wide a text fits for certain."""
    return int(room_mm / MM_PER_PT / (width_em + SAFETY_EM) * 2) / 2


def _figure_text(value: object, decimals: int | None) -> str:
    if value is MISSING or value is None:
        return ""
    if isinstance(value, Decimal | int):
        return display_number(Decimal(value), decimals)
    return str(value)


def _option_runs(option: Option, ticked: bool, content: OptionsOf) -> tuple[Run, ...]:
    runs = [Run("☑" if ticked else "☐", symbol=True), Run(" " + option.label)]
    if content.show:
        figure = option.attributes.get(content.show)
        if figure is not None:
            runs.append(Run(f" {figure}{content.show_unit}", SMALL_PT, grey=True))
    return tuple(runs)


def _spaced(items: list[tuple[Run, ...]]) -> list[Run]:
    runs: list[Run] = []
    for position, item in enumerate(items):
        if position:
            runs.append(Run(_GAP, TEXT_PT))
        runs.extend(item)
    return runs


def _width_em(item: tuple[Run, ...]) -> float:
    return sum(reach_em(run.text, run.bold) * run.size_pt / TEXT_PT for run in item)


def _balanced(items: list[tuple[Run, ...]], room_em: float, columns: int) -> list[tuple[int, int]]:
    """(first, count) of each line: as few lines as fit, filled evenly, so that no orphan is left."""
    count = len(items)
    widths = [_width_em(item) for item in items]
    sizes = [columns] if columns else []
    sizes += [-(-count // lines) for lines in range(1, count + 1)]
    for size in sizes:
        starts = range(0, count, size)
        if all(sum(widths[s : s + size]) + (min(size, count - s) - 1) <= room_em for s in starts):
            return [(start, min(size, count - start)) for start in starts]
    return [(start, 1) for start in range(count)]


def shape_parts(form: Form, names: Mapping[str, object], whens: tuple[str, ...]) -> tuple[tuple[str, bool], ...]:
    """Whether each `when:` of the layout holds for a record; one that needs something empty does not."""
    return tuple((when, bool(compile_expression(when)(names))) for when in whens)
