"""Places → the interactive form of a PDF document (ISO 32000-1, 12.7)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from danju.blanks.pdf.looks import DEFAULT_LOOK, Typing, draw_sign, draw_text
from danju.blanks.pdf.places import FieldPlace, FieldRole
from danju.blanks.pdf.typeface import FONT_NAME, add_font
from danju.exchange.paths import steps_of, told_about
from danju.exchange.pdf_names import STAMP_FIELD, field_name, tick_name
from danju.model.field import Field
from danju.model.form import Form
from danju.model.kind_answers import Control, UpTo

__all__ = ["add_fields"]

_READ_ONLY, _REQUIRED = 1, 1 << 1
_MULTILINE, _RADIO, _COMBO = 1 << 12, 1 << 15, 1 << 17
_NO_SPELLING = 1 << 22
_PRINTED = 4
_HIDDEN = 2
_ALIGNED = {"left": 0, "center": 1, "right": 2}
_ON, _OFF = "/Yes", "/Off"
_NOTHING = " "  # the first line of a list: an empty one cannot be chosen in some programs


def add_fields(pdf: Any, form: Form, places: Sequence[FieldPlace], stamp_line: str, *, english: bool = False) -> None:
    """Put the fields of a form on the pages of its printed paper.

    Args:
        pdf: The paper, a `pikepdf.Pdf`.
        form: The form.
        places: Where its fields stand.
        stamp_line: Kept in a hidden field.
        english: Whether hints give the English labels too.
    """
    _FormMaker(pdf, form, english).make(places, stamp_line)


class _FormMaker:
    """Makes the fields of one document."""

    def __init__(self, pdf: Any, form: Form, english: bool) -> None:
        self._pdf = pdf
        self._form = form
        self._english = english
        self._font = add_font(pdf)
        self._looks: dict[object, Any] = {}
        self._levels: dict[str, Any] = {}
        self._roots: list[Any] = []

    def make(self, places: Sequence[FieldPlace], stamp_line: str) -> None:
        from pikepdf import Array, Dictionary, Name

        fields: dict[str, Any] = {}
        for place in places:
            name = _name_of(place)
            if name not in fields:
                fields[name] = self._field(name, place)
            self._add_widget(fields[name], place)
        stamp = Dictionary(T=STAMP_FIELD, FT=Name.Tx, Ff=_READ_ONLY, F=_HIDDEN, V=stamp_line, Rect=Array([0, 0, 0, 0]))
        stamp.Type, stamp.Subtype = Name.Annot, Name.Widget
        self._roots.append(self._pdf.make_indirect(stamp))
        self._annotations(0).append(self._roots[-1])
        self._pdf.Root.AcroForm = Dictionary(
            Fields=Array(self._roots),
            DR=Dictionary(Font=Dictionary({f"/{FONT_NAME}": self._font})),
            DA=DEFAULT_LOOK.format(0),
        )

    def _field(self, name: str, place: FieldPlace) -> Any:
        """A new field inside the levels of its name."""
        from pikepdf import Array, Dictionary, String

        head, _, last = name.rpartition(".")
        hint = _hint(self._form, place)
        if self._english and place.field.english:
            hint += f" · {place.field.english}"
        made = self._pdf.make_indirect(Dictionary(T=String(last), TU=String(hint), Kids=Array()))
        self._enter(made, head)
        for key, value in _nature(self._form, place).items():
            made[key] = value
        return made

    def _enter(self, field: Any, level: str) -> None:
        from pikepdf import Array, Dictionary, String

        if not level:
            self._roots.append(field)
            return
        if level not in self._levels:
            head, _, last = level.rpartition(".")
            self._levels[level] = self._pdf.make_indirect(Dictionary(T=String(last), Kids=Array()))
            self._enter(self._levels[level], head)
        field.Parent = self._levels[level]
        self._levels[level].Kids.append(field)

    def _add_widget(self, field: Any, place: FieldPlace) -> None:
        from pikepdf import Array, Dictionary, Name

        page = self._pdf.pages[place.page]
        height = float(page.MediaBox[3])
        left, right, top, bottom = place.box
        widget = self._pdf.make_indirect(
            Dictionary(
                Type=Name.Annot, Subtype=Name.Widget, F=_PRINTED, P=page.obj, Parent=field,
                Rect=Array([round(edge, 3) for edge in (left, height - bottom, right, height - top)]),
            )
        )  # fmt: skip
        if place.option is not None:
            state = _ON if place.role is FieldRole.TICK else f"/{len(field.Kids)}"
            on, off = (self._sign(mark, place.size_pt) for mark in place.marks)
            widget.AP = Dictionary(N=Dictionary({state: on, _OFF: off}))
            widget.AS = Name(_OFF)
            widget.MK = Dictionary(CA="4")
            if place.role is FieldRole.ONE:
                field.Opt.append(place.option.value)
        else:
            widget.Q = _ALIGNED[place.align]
            room = Typing(right - left, bottom - top)
            widget.AP = Dictionary(N=self._empty(room))
            if place.is_covering:
                widget.MK = Dictionary(BG=Array([1, 1, 1]))
        field.Kids.append(widget)
        self._annotations(place.page).append(widget)

    def _annotations(self, number: int) -> Any:
        from pikepdf import Array, Name

        page = self._pdf.pages[number]
        if "/Annots" not in page:
            page.Annots = self._pdf.make_indirect(Array())
            page.Tabs = Name.R
        return page.Annots

    def _sign(self, mark: str, size: float) -> Any:
        return self._kept((mark, size), lambda: draw_sign(self._pdf, self._font, mark, size))

    def _empty(self, room: Typing) -> Any:
        return self._kept(room, lambda: draw_text(self._pdf, self._font, room, ""))

    def _kept(self, key: object, make: Any) -> Any:
        if key not in self._looks:
            self._looks[key] = self._pdf.make_indirect(make())
        return self._looks[key]


def _name_of(place: FieldPlace) -> str:
    if place.role is FieldRole.TICK and place.option is not None:
        return tick_name(place.path, place.option)
    return field_name(place.path)


def _nature(form: Form, place: FieldPlace) -> dict[str, Any]:
    """What kind of field it is."""
    from pikepdf import Array, Name, String

    target = place.field
    flags = _READ_ONLY if target.computed else 0
    if target.required and "[" not in place.path:
        flags |= _REQUIRED
    if place.role is FieldRole.TICK:
        return {"/FT": Name.Btn, "/Ff": flags & ~_REQUIRED, "/V": Name(_OFF)}
    if place.role is FieldRole.ONE:
        return {"/FT": Name.Btn, "/Ff": flags | _RADIO, "/V": Name(_OFF), "/Opt": Array()}
    size = place.size_pt if _surely_fits(place) else 0
    given: dict[str, Any] = {"/DA": String(DEFAULT_LOOK.format(size))}
    if place.role is FieldRole.PICK:
        words = [shown for shown, _ in target.kind.picks(target)]
        return {"/FT": Name.Ch, "/Ff": flags | _COMBO, "/Opt": Array([_NOTHING, *words]), **given}
    if isinstance(limit := target.kind.entry_rule(target), UpTo):
        given["/MaxLen"] = limit.characters
    flags |= _NO_SPELLING | (_MULTILINE if place.role is FieldRole.LINES else 0)
    return {"/FT": Name.Tx, "/Ff": flags, **given}


def _surely_fits(place: FieldPlace) -> bool:
    """Whether the longest allowed text fits at the size of the printed text; else programs shrink it."""
    left, right, top, bottom = place.box
    per_line = int((right - left - 4) / place.size_pt)
    lines = int((bottom - top) / (1.45 * place.size_pt)) if place.role is FieldRole.LINES else 1
    longest = place.field.max_length
    return longest is not None and longest <= per_line * max(lines - 1, 1)


def _hint(form: Form, place: FieldPlace) -> str:
    """What to enter, shown when the pointer rests on the field."""
    target = place.field
    label = _label(form, place)
    if place.option is not None:
        return f"{label}：{place.option.label}"
    if target.computed:
        return f"{label}（系统计算，不用填）"
    notes = []
    if place.path == form.number_field and form.number_rule:
        notes.append("不填则由系统编号")
    if target.kind.control(target) is not Control.PICK and (note := target.kind.note(target)):
        notes.append(note)
    notes += [target.hint] if target.hint else []
    required = "（必填）" if target.required else ""
    return f"{label}{required}" + ("：" + "；".join(notes) if notes else "")


def _label(form: Form, place: FieldPlace) -> str:
    """The label with those of the group or table around it, and the number of the row."""
    words: list[str] = []
    path = ""
    for name, row in steps_of(place.path):
        path = f"{path}.{name}" if path else name
        found: Field | None = form.record_type.find(path)
        number = f" {int(row) + 1}" if row.isdigit() else f" {told_about(row)[1]}" if row else ""
        words.append((found.label if found else name) + number)
    return " ".join(words)
