"""The fields of a PDF form and what was filled in (ISO 32000-1, 12.7): names and values, as any program leaves them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from danju.readers.pdf.objects import PdfLimitError, is_dictionary, items_of, text_of

__all__ = ["FieldType", "FormField", "iter_fields"]

_MAX_FIELDS = 20_000
_MAX_DEPTH = 32
_INHERITED = ("/FT", "/V", "/Ff", "/Opt")
_RADIO, _PUSH = 1 << 15, 1 << 16
_OFF = "/Off"


class FieldType(StrEnum):
    """What a field holds."""

    TEXT = "text"
    TICK = "tick"
    ONE = "one"
    OTHER = "other"  # buttons, signatures


@dataclass(frozen=True, slots=True)
class FormField:
    """A field without fields below it.

    Attributes:
        name: Full name.
        type: What it holds.
        value: Text, chosen words, or whether it is ticked; None when empty.
        node: The field's dictionary.
        options: Words of a group of boxes, by number of the box.
    """

    name: str
    type: FieldType
    value: str | list[str] | bool | None
    node: Any
    options: tuple[str, ...] = ()


def iter_fields(form: Any) -> Iterator[FormField]:
    """The fields of an interactive form, in its order.

    Raises:
        PdfLimitError: Too many fields, too many levels, or a field inside itself.
    """
    stack: list[tuple[Any, str, dict[str, Any], int]] = [
        (node, "", {}, 0) for node in reversed(items_of(form.get("/Fields")))
    ]
    seen: set[tuple[int, int]] = set()
    count = 0
    while stack:
        node, name, above, depth = stack.pop()
        count += 1
        if count > _MAX_FIELDS or depth > _MAX_DEPTH:
            raise PdfLimitError
        if not is_dictionary(node):
            continue
        if node.is_indirect:
            if node.objgen in seen:
                raise PdfLimitError
            seen.add(node.objgen)
        if "/T" in node:
            part = text_of(node["/T"])
            name = f"{name}.{part}" if name else part
        held = {**above, **{key: node[key] for key in _INHERITED if key in node}}
        kids = [kid for kid in items_of(node.get("/Kids")) if is_dictionary(kid)]
        inner = [kid for kid in kids if "/T" in kid]
        if inner:
            stack += [(kid, name, held, depth + 1) for kid in reversed(inner)]
        elif name:
            yield _field(name, node, held, kids or [node])


def _field(name: str, node: Any, held: dict[str, Any], widgets: list[Any]) -> FormField:
    kind, flags = str(held.get("/FT", "")), _integer(held.get("/Ff"))
    if kind in ("/Tx", "/Ch"):
        return FormField(name, FieldType.TEXT, _text_value(held.get("/V")), node)
    if kind != "/Btn" or flags & _PUSH:
        return FormField(name, FieldType.OTHER, None, node)
    words = tuple(text_of(each) for each in items_of(held.get("/Opt")))
    state = _state(held.get("/V"), widgets)
    if not flags & _RADIO:
        return FormField(name, FieldType.TICK, state is not None, node)
    if state is not None and state.isdigit() and int(state) < len(words):
        state = words[int(state)]
    return FormField(name, FieldType.ONE, state, node, words)


def _state(value: Any, widgets: list[Any]) -> str | None:
    """The state of a box or of a group of boxes: what the field says, else what its boxes show; None when off."""
    import pikepdf

    if isinstance(value, pikepdf.String) and text_of(value):
        return text_of(value)
    shown = [value, *(widget.get("/AS") for widget in widgets)]
    for each in shown:
        if isinstance(each, pikepdf.Name) and str(each) != _OFF:
            return str(each)[1:]
    return None


def _text_value(value: Any) -> str | list[str] | None:
    import pikepdf

    if isinstance(value, pikepdf.Array):
        words = [text for each in items_of(value) if (text := text_of(each).strip())]
        return words[0] if len(words) == 1 else words or None
    text = text_of(value)
    return text if text.strip() else None


def _integer(value: Any) -> int:
    return int(value) if isinstance(value, int) else 0
