"""`matrix`: several choices with the same options as a grid."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar, Self

from danju.layout.blocks.block import Composer, PaperBlock
from danju.layout.blocks.node import TEXT, TEXTS, DefinitionNode, Settings
from danju.layout.grid import FixedWords, TickOf
from danju.layout.labels import label_lines, width_em
from danju.layout.sketch import EM_MM, PAD_MM, ROW_MM, RULE_MM, WIDEST_OPTION_EM, SketchedCell, Span, running
from danju.layout.widths import Widths

_MARKS = ("☑", "☐")


@dataclass(frozen=True, slots=True)
class MatrixBlock(PaperBlock):
    """One row a field, one column an option.

    Attributes:
        fields: Choices with the same options.
        label: Beside the grid, or "".
        head: Heading of the first column.
        show: Attribute of the options printed under them, or "".
    """

    NAME = "matrix"
    SETTINGS: ClassVar[Settings] = {"matrix": {**TEXTS, "minItems": 1}, "label": TEXT, "head": TEXT, "show": TEXT}

    fields: tuple[str, ...]
    label: str = ""
    head: str = ""
    show: str = ""

    @classmethod
    def read(cls, node: DefinitionNode, when: str) -> Self:
        """The matrix, when its fields have the same options."""
        names = tuple(node.get("matrix"))
        fields = [node.field(name, "matrix", index) for index, name in enumerate(names)]
        if len({tuple(option.value for option in field.options) for field in fields}) != 1 or not fields[0].options:
            raise node.error("E236", "matrix", names="、".join(names))
        node.check_attribute(fields[0])
        return cls(names, node.get("label", ""), node.get("head", ""), node.get("show", ""), when=when)

    def first_labels(self, widths: Widths) -> Iterable[str]:
        """The label beside the grid."""
        return (self.label,)

    def draw(self, page: Composer, span: Span) -> None:
        """A row for each field, a column for each option."""
        sketch = page.sketch
        fields = [field for name in self.fields if (field := page.record_type.find(name)) is not None]
        inner = span.inner if self.label else span.left
        widest = max(4.0, *(width_em(label_lines(field.label, WIDEST_OPTION_EM)) for field in fields))
        head_mm = widest * EM_MM + 2 * PAD_MM + RULE_MM
        options = fields[0].options
        step = (span.right - inner - head_mm) / len(options)
        edges = running(inner, [head_mm, *([step] * len(options))])
        headings = [option.label for option in options]
        if self.show:
            headings = [f"{option.label}|{option.attributes.get(self.show, '')}" for option in options]
        start, number = sketch.table_head(ROW_MM, edges, [self.head, *headings])
        for name, field in zip(self.fields, fields, strict=True):
            row = sketch.row(ROW_MM, table=number)
            sketch.cell(
                SketchedCell(row, 1, edges[0], edges[1], FixedWords(label_lines(field.label, WIDEST_OPTION_EM)))
            )
            for option, (at, end) in zip(options, pairwise(edges[1:]), strict=True):
                sketch.cell(SketchedCell(row, 1, at, end, TickOf(name, option.value, _MARKS)))
        sketch.beside(start, span, self.label)
