"""Signs that Word draws without text: ticks of symbol fonts, old check boxes and drop-downs, switches."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

__all__ = ["TRUE", "form_field_text", "is_on", "symbol_text", "symbols_of", "value_of"]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

TRUE = ("", "1", "true", "on")
"""Values of a switch that is on; without a value it is."""

# Tick boxes of the symbol fonts that Word offers, by font and low byte of the character.
_SYMBOLS = {
    "wingdings": {0x6F: "☐", 0x71: "☐", 0xA8: "☐", 0xA1: "○", 0x6E: "■", 0xFC: "√", 0xFB: "×", 0xFD: "☒", 0xFE: "☑"},
    "wingdings 2": {0x30: "☐", 0xA3: "☐", 0x50: "√", 0x4F: "×", 0x51: "☒", 0x53: "☒", 0x52: "☑", 0x54: "☒"},
    "webdings": {0x63: "☐", 0x61: "√", 0x72: "×"},
}


def symbols_of(font: str) -> Mapping[int, str] | None:
    """The tick boxes of a font, by low byte; None for a font of letters."""
    return _SYMBOLS.get(font.lower())


def value_of(node: Any, default: str) -> str:
    """The w:val of an element, the default when there is none."""
    found = node.get(f"{_W}val") if node is not None else None
    return str(found) if found is not None else default


def is_on(about: Any, name: str) -> bool:
    """Whether properties hold a switch of that name that is on."""
    node = about.find(name) if about is not None else None
    return node is not None and value_of(node, "") in TRUE


def symbol_text(node: Any) -> str:
    """w:sym as the tick box that it looks like."""
    signs = symbols_of(node.get(f"{_W}font", "")) or {}
    try:
        return signs.get(int(node.get(f"{_W}char", "0"), 16) & 0xFF, "")
    except ValueError:
        return ""


def form_field_text(node: Any) -> str:
    """What a legacy check box or drop-down shows (§17.16.7, §17.16.9)."""
    box, listed = node.find(f"{_W}ffData/{_W}checkBox"), node.find(f"{_W}ffData/{_W}ddList")
    if box is not None:
        state = box.find(f"{_W}checked")
        state = state if state is not None else box.find(f"{_W}default")
        return "☑" if state is not None and value_of(state, "") in TRUE else "☐"
    if listed is not None:
        entries = [value_of(each, "") for each in listed.findall(f"{_W}listEntry")]
        chosen = value_of(listed.find(f"{_W}result"), "0")
        return entries[int(chosen)] if chosen.isdecimal() and int(chosen) < len(entries) else ""
    return ""
