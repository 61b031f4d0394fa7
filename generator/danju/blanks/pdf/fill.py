"""Filling in a blank PDF form as a viewer would: values, states of boxes, and how they look."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from danju.blanks.pdf.looks import Typing, draw_text
from danju.blanks.pdf.typeface import FONT_NAME
from danju.exchange.paths import field_at, value_at
from danju.exchange.pdf_names import option_named, parse_tick
from danju.model.field import Field
from danju.model.form import Form
from danju.readers.pdf.form import FieldType, FormField, iter_fields

__all__ = ["fill_blank"]

_ALIGNED = ("left", "center", "right")
_MULTILINE = 1 << 12


def fill_blank(blank: bytes, form: Form, values: Mapping[str, object]) -> bytes:
    """A blank form of `danju.blanks.pdf` with a record in its fields; what has no field is left out.

    Args:
        blank: The blank.
        form: The form it was made for.
        values: Typed values by property name.
    """
    import pikepdf

    out = BytesIO()
    with pikepdf.open(BytesIO(blank)) as pdf:
        font = pdf.Root.AcroForm.DR.Font[f"/{FONT_NAME}"]
        for each in iter_fields(pdf.Root.AcroForm):
            _fill(pdf, font, form, each, values)
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _fill(pdf: Any, font: Any, form: Form, each: FormField, values: Mapping[str, object]) -> None:
    from pikepdf import Name, String

    path, word = parse_tick(each.name) if each.type is FieldType.TICK else (each.name, "")
    target = field_at(form.record_type, path)
    value = value_at(values, path)
    if target is None or value is None:
        return
    if each.type is FieldType.TICK:
        option = option_named(target, word)
        if option is not None and isinstance(value, list) and option.value in value:
            each.node.V = Name.Yes
            each.node.Kids[0].AS = Name.Yes
    elif each.type is FieldType.ONE:
        if value in each.options:
            at = each.options.index(str(value))
            each.node.V = Name(f"/{at}")
            each.node.Kids[at].AS = Name(f"/{at}")
    elif each.type is FieldType.TEXT:
        text = _typed(target, value)
        each.node.V = String(text)
        for widget in each.node.Kids:
            widget.AP.N = draw_text(pdf, font, _room(each.node, widget), text)


def _typed(target: Field, value: object) -> str:
    """What a person would type; an option by its label."""
    return target.kind.display(target, value)


def _room(node: Any, widget: Any) -> Typing:
    left, bottom, right, top = (float(edge) for edge in widget.Rect)
    return Typing(
        width=right - left,
        height=top - bottom,
        has_lines=bool(int(node.get("/Ff", 0)) & _MULTILINE),
        align=_ALIGNED[int(widget.get("/Q", 0))],
        is_covering="/MK" in widget and "/BG" in widget.MK,
    )
