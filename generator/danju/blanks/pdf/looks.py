"""How the fields of a PDF form look: text and boxes as appearance streams (ISO 32000-1, 12.5.5)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from danju.blanks.pdf.typeface import FONT_NAME, type_font
from danju.layout.linebreaks import wrap
from danju.layout.measure import metrics

__all__ = ["DEFAULT_LOOK", "Typing", "draw_sign", "draw_text", "fitting_size"]

_COLOUR = "0.0667 0.0667 0.0667 rg"
DEFAULT_LOOK = f"/{FONT_NAME} {{:g}} Tf {_COLOUR}"
"""Default appearance with a gap for the type size; 0 lets programs choose one that fits."""
_PAD_PT = 2.0
_LEADING = 1.45
_ASCENT, _DESCENT = 1.16, 0.288  # of the font's lines, in em
_LARGEST_PT, _SMALLEST_PT = 10.5, 5.0
_STEP_PT = 0.5
_BASELINE = 0.12  # of a box's sign above the lower edge, in em


@dataclass(frozen=True, slots=True)
class Typing:
    """The room for typed text.

    Attributes:
        width, height: In points.
        has_lines: Whether text breaks into lines.
        align: left, center, right.
        is_covering: Whether something printed below is hidden by text.
        largest_pt: Type size of a text that fits.
    """

    width: float
    height: float
    has_lines: bool = False
    align: str = "left"
    is_covering: bool = False
    largest_pt: float = _LARGEST_PT


def fitting_size(room: Typing, text: str) -> float:
    """The largest type size at which a text fits its room, not smaller than 5 pt."""
    size = room.largest_pt
    while size > _SMALLEST_PT and not _fits(room, text, size):
        size -= _STEP_PT
    return max(size, _SMALLEST_PT)


def _fits(room: Typing, text: str, size: float) -> bool:
    lines = _lines(room, text, size)
    widest = max(metrics().width(line) for line in lines) * size
    return widest <= room.width - 2 * _PAD_PT + 0.01 and len(lines) * _LEADING * size <= room.height + 0.5


def _lines(room: Typing, text: str, size: float) -> list[str]:
    limit = (room.width - 2 * _PAD_PT) / size
    parts = text.split("\n")
    return [line for part in parts for line in wrap(part, limit)] if room.has_lines else [" ".join(parts)]


def draw_text(pdf: Any, font: Any, room: Typing, text: str) -> Any:
    """The appearance of a text field (`pikepdf.Stream`); nothing but its room when the text is empty."""
    out = ["/Tx BMC"]
    if text:
        out.append(_written(room, text))
    out.append("EMC")
    return _look(pdf, font, room.width, room.height, "\n".join(out))


def _written(room: Typing, text: str) -> str:
    size = fitting_size(room, text)
    lines = _lines(room, text, size)
    above = room.height if room.has_lines else (room.height + _LEADING * size) / 2
    y = above - (_LEADING - _ASCENT - _DESCENT) / 2 * size - _ASCENT * size
    out = [f"0 0 {room.width:.3f} {room.height:.3f} re W n"]
    if room.is_covering:
        out.insert(0, f"1 g 0 0 {room.width:.3f} {room.height:.3f} re f")
    out += ["BT", DEFAULT_LOOK.format(size)]
    for line in lines:
        spare = room.width - 2 * _PAD_PT - metrics().width(line) * size
        x = _PAD_PT + (spare / 2 if room.align == "center" else spare if room.align == "right" else 0.0)
        out.append(f"1 0 0 1 {x:.3f} {y:.3f} Tm <{type_font().encode(line).hex().upper()}> Tj")
        y -= _LEADING * size
    return "q\n" + "\n".join(out) + "\nET\nQ"


def draw_sign(pdf: Any, font: Any, sign: str, size: float) -> Any:
    """The appearance of a box: a sign on a square as large as its type size."""
    code = type_font().encode(sign).hex().upper()
    text = f"q BT {DEFAULT_LOOK.format(size)} 1 0 0 1 0 {_BASELINE * size:.3f} Tm <{code}> Tj ET Q" if sign else ""
    return _look(pdf, font, size, size, text)


def _look(pdf: Any, font: Any, width: float, height: float, content: str) -> Any:
    from pikepdf import Array, Dictionary, Name, Stream

    return Stream(
        pdf, content.encode(), Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, _short(width), _short(height)]),
        Resources=Dictionary(Font=Dictionary({f"/{FONT_NAME}": font})),
    )  # fmt: skip


def _short(length: float) -> float:
    return round(length, 3)
