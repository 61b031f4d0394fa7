"""Sign-off lines, which several kinds of blocks end in: how they are written and drawn."""

from __future__ import annotations

from danju.layout.blocks.block import Composer
from danju.layout.blocks.node import TEXT, DefinitionNode, Schema, name_or
from danju.layout.grid import Content, FixedWords, SignOf, ValueOf
from danju.layout.sketch import SketchedCell, Span
from danju.model.layout import SignPart

SIGN_LINE: Schema = {
    "type": "array",
    "items": name_or({"field": TEXT, "label": TEXT, "date": {"type": ["string", "null"]}}),
}
SIGN_ROW_MM = 9.0
SIGNED_MM = 24.0
"""Height of a text with a sign-off line under it."""


def read_sign_line(node: DefinitionNode) -> tuple[SignPart, ...]:
    """The parts of a sign-off line; a bare text stands for itself."""
    parts = []
    for index, each in enumerate(node.value or ()):
        if isinstance(each, str):
            parts.append(SignPart(label=each))
            continue
        name = each.get("field") or each.get("date") or ""
        if name:
            node.field(name, index)
        parts.append(SignPart(name, each.get("label", ""), "date" in each))
    return tuple(parts)


def draw_signed(
    page: Composer, span: Span, label: str, path: str, line: tuple[SignPart, ...], size: tuple[float, float]
) -> None:
    """Text (or room for a seal) at the top, a sign-off line at the bottom: two rows without a rule between."""
    height, grow = size
    sketch = page.sketch
    top = sketch.row(max(height - SIGN_ROW_MM, SIGN_ROW_MM), grow, keep_next=True)
    bottom = sketch.row(SIGN_ROW_MM)
    sketch.label(top, 2, span.left, span.inner, label)
    content: Content = ValueOf(path) if path else FixedWords(("",))
    sketch.cell(SketchedCell(top, 1, span.inner, span.right, content, valign="top", open_bottom=True))
    sketch.cell(SketchedCell(bottom, 1, span.inner, span.right, SignOf(line), open_top=True))
