"""`row`: one to four labels with their values beside each other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar, Self

from danju.layout.blocks.block import Composer, PaperBlock
from danju.layout.blocks.node import GROW, LENGTH, SHARE, TEXT, DefinitionNode, Settings, name_or
from danju.layout.blocks.signing import SIGN_LINE, SIGNED_MM, draw_signed, read_sign_line
from danju.layout.grid import PICTURE_MM, Content, OptionsOf, ProseOf, ValueOf
from danju.layout.sketch import EM_MM, PAD_MM, ROW_MM, SketchedCell, Span, running
from danju.layout.tracks import share_out
from danju.layout.widths import Widths, is_one_line
from danju.model.layout import SignPart

_TALL = 1.5  # text starts at the top of cells that are this many rows tall
_WIDEST_OPTION_LINE_EM = 17.0  # wider ones break into balanced lines when they share their row


@dataclass(frozen=True, slots=True)
class Pair:
    """A label and a value side by side (or one above the other).

    Attributes:
        field: Dotted path, or "" for a cell that holds only `text`.
        label: Overrides the schema's label; `|` marks where it may break; None keeps the schema's.
        width: Relative width of the whole pair in its row; None: from what the field can hold.
        height_mm: Least height of the row, or None.
        grow: Share of the page's spare height; 0 for none.
        draw: `auto`, `options` (option line), `text`, `ticks`.
        label_position: `left`, `above` or `none`.
        align: `left`, `center`, `right` or `auto`.
        text: Static text or prose with `{{ values }}`, or "".
        columns: Number of columns that an option line is set in; 0: balanced lines.
        show: Name of an option attribute printed small behind each option, or "".
        show_unit: Printed behind that attribute.
        line: Extra sign-off parts printed at the bottom right of the cell.
    """

    field: str = ""
    label: str | None = None
    width: float | None = None
    height_mm: float | None = None
    grow: float = 0.0
    draw: str = "auto"
    label_position: str = "left"
    align: str = "auto"
    text: str = ""
    columns: int = 0
    show: str = ""
    show_unit: str = ""
    line: tuple[SignPart, ...] = ()

    def label_in(self, widths: Widths) -> str:
        """The label as printed."""
        return widths.label_of(self.field, self.label)


_PAIR = name_or(
    {
        "field": TEXT,
        "label": TEXT,
        "text": TEXT,
        "width": SHARE,
        "height": LENGTH,
        "grow": GROW,
        "draw": {"enum": ["auto", "options", "text", "ticks"]},
        "label_position": {"enum": ["left", "above", "none"]},
        "align": {"enum": ["auto", "left", "center", "right"]},
        "columns": {"type": "integer", "minimum": 1, "maximum": 12},
        "show": TEXT,
        "show_unit": TEXT,
        "line": SIGN_LINE,
    },
    needs={"show_unit": ("show",), "show": ("field",)},
)


@dataclass(frozen=True, slots=True)
class Pairs(PaperBlock):
    """A row of one to four label/value pairs."""

    NAME = "row"
    SETTINGS: ClassVar[Settings] = {"row": {"type": "array", "minItems": 1, "maxItems": 4, "items": _PAIR}}

    pairs: tuple[Pair, ...]

    @classmethod
    def read(cls, node: DefinitionNode, when: str) -> Self:
        """The pairs of a row, also of a bare list."""
        row = node if isinstance(node.value, list) else node.at(cls.NAME)
        pairs = tuple(_read_pair(pair) for pair in row.each())
        for index, pair in enumerate(pairs):
            if pair.line and len(pairs) > 1:
                raise row.error("E241", index, "line")
        return cls(pairs, when=when)

    def first_labels(self, widths: Widths) -> Iterable[str]:
        """The label of the first pair."""
        return [pair.label_in(widths) for pair in self.pairs[:1] if pair.label_position == "left"]

    def side_labels(self, widths: Widths) -> Iterable[str]:
        """The labels of the others."""
        return [pair.label_in(widths) for pair in self.pairs[1:] if pair.label_position == "left"]

    def draw(self, page: Composer, span: Span) -> None:
        """One row, or two when there is a sign-off line."""
        only = self.pairs[0]
        if len(self.pairs) == 1 and only.line:
            size = (only.height_mm or SIGNED_MM, only.grow)
            draw_signed(page, span, only.label_in(page.widths), only.field, only.line, size)
            return
        labels_mm = [span.label_mm, *([page.side_mm] * (len(self.pairs) - 1))]
        labels_mm = [
            width if pair.label_position == "left" else 0.0 for width, pair in zip(labels_mm, self.pairs, strict=True)
        ]
        height = max((_height_mm(page, pair) for pair in self.pairs), default=0.0) or ROW_MM
        row = page.sketch.row(height, max(pair.grow for pair in self.pairs))
        edges = self._edges(page, span, labels_mm)
        for pair, label_mm, (at, end) in zip(self.pairs, labels_mm, pairwise(edges), strict=True):
            label_mm = min(label_mm, (end - at) / 2)  # on a paper too narrow for all of them
            if label_mm:
                page.sketch.label(row, 1, at, at + label_mm, pair.label_in(page.widths))
            content = _content(pair, page)
            is_text = isinstance(content, ValueOf | ProseOf) and not _is_picture(page, pair)
            is_tall = height > ROW_MM * _TALL and is_text
            page.sketch.cell(SketchedCell(row, 1, at + label_mm, end, content, valign="top" if is_tall else "middle"))

    def _edges(self, page: Composer, span: Span, labels_mm: list[float]) -> list[float]:
        """Edges of the pairs; where no width is asked for they stand below those of earlier rows, if all have room."""
        needs = [width + _value_mm(page.widths, pair) for width, pair in zip(labels_mm, self.pairs, strict=True)]
        weights = [pair.width for pair in self.pairs]
        if sum(needs) > span.right - span.left:
            return running(span.left, share_out(span.right - span.left, needs, weights))
        wanted = [needs[0] + span.left, *needs[1:]]  # shares count from the edge of the paper, so that edges in and
        edges = [span.left, *running(0.0, share_out(span.right, wanted, weights))[1:]]  # outside a band meet
        if not any(weights):
            for number in range(1, len(needs)):
                least, most = edges[number - 1] + needs[number - 1], span.right - sum(needs[number:])
                near = [edge for edge in page.pair_edges if least <= edge <= most]
                edges[number] = min(near, key=lambda edge: abs(edge - edges[number]), default=max(edges[number], least))
        page.pair_edges.update(edges[1:-1])
        return edges


def _read_pair(node: DefinitionNode) -> Pair:
    name = node.get("field", "")
    if name and not node.field(name, "field").kind.is_single:
        raise node.error("E233", "field", name=name)
    if not name and "text" not in node.value:
        raise node.error("E237")
    if node.get("show"):
        node.check_attribute(node.field(name))
    if node.get("text"):
        node.check_text("text")
    return Pair(
        field=name,
        label=node.get("label"),
        width=node.get("width"),
        height_mm=node.mm(),
        grow=node.grow(),
        draw=node.get("draw", "auto"),
        label_position=node.get("label_position", "left"),
        align=node.get("align", "auto"),
        text=node.get("text", ""),
        columns=node.get("columns", 0),
        show=node.get("show", ""),
        show_unit=node.get("show_unit", ""),
        line=read_sign_line(node.at("line")),
    )


def _value_mm(widths: Widths, pair: Pair) -> float:
    """Width of a value; an option line of few options asks to stay on one line."""
    field = widths.field(pair.field)
    if field is None or not field.options or pair.draw == "text":
        return widths.value_mm(field)
    options = [len(option.label) + 1.3 + (1.6 if pair.show else 0.0) for option in field.options]
    return min(sum(options) + len(options) - 1, _WIDEST_OPTION_LINE_EM) * EM_MM + 2 * PAD_MM


def _is_picture(page: Composer, pair: Pair) -> bool:
    field = page.record_type.find(pair.field) if pair.field else None
    return field is not None and field.kind.is_picture


def _height_mm(page: Composer, pair: Pair) -> float:
    """Least height that a pair asks for; 0 when it asks for none."""
    return pair.height_mm or (PICTURE_MM if _is_picture(page, pair) else 0.0)


def _content(pair: Pair, page: Composer) -> Content:
    if pair.text and not pair.field:
        return ProseOf(pair.text)
    field = page.record_type.find(pair.field)
    assert field is not None
    align = "left" if pair.align == "auto" else pair.align
    if field.options and pair.draw != "text":
        return OptionsOf(pair.field, pair.columns, pair.show, pair.show_unit, align)
    lead = pair.label_in(page.widths).replace("|", "") if pair.label_position == "above" else ""
    if field.kind.is_picture:
        align = "center" if pair.align == "auto" else align
        return ValueOf(pair.field, align, lead=lead, height_mm=_height_mm(page, pair))
    return ValueOf(pair.field, align, is_one_line(field), lead)
