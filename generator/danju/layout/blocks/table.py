"""`table`: the rows of a table field under a head row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar, Self

from danju.exchange.paths import row_path
from danju.layout.blocks.block import Composer, PaperBlock
from danju.layout.blocks.columns import COLUMNS, TableColumn, read_columns, table_field
from danju.layout.blocks.node import LENGTH, TEXT, DefinitionNode, Settings
from danju.layout.grid import PICTURE_MM, Content, FigureOf, FixedWords, ValueOf
from danju.layout.sketch import ROW_MM, Sketch, SketchedCell, Span, running
from danju.layout.tracks import share_out
from danju.layout.widths import Widths, is_one_line
from danju.model.field import Field

_COUNTER_MM = 11.0


@dataclass(frozen=True, slots=True)
class TableBlock(PaperBlock):
    """The rows of a table field under a head row.

    Attributes:
        field: The table field.
        label: Beside the table; None keeps the schema's label; "" for none.
        columns: Those printed.
        min_rows: Rows printed at least.
        row_height_mm: Least height of a row.
        row_numbers: Heading of a leading 序号 column, or "".
        totals: (column field, function) pairs printed in a last row 合计: sum, mean, count.
    """

    NAME = "table"
    SETTINGS: ClassVar[Settings] = {
        "table": TEXT,
        "label": TEXT,
        "columns": COLUMNS,
        "min_rows": {"type": "integer", "minimum": 0, "maximum": 200},
        "height": LENGTH,
        "row_numbers": TEXT,
        "totals": {"type": "object", "additionalProperties": {"enum": ["sum", "mean", "count"]}},
    }

    field: str
    label: str | None = None
    columns: tuple[TableColumn, ...] = ()
    min_rows: int = 1
    row_height_mm: float | None = None
    row_numbers: str = ""
    totals: tuple[tuple[str, str], ...] = ()

    @classmethod
    def read(cls, node: DefinitionNode, when: str) -> Self:
        """The table, with every member as a column unless columns are named."""
        table = table_field(node, "table")
        totals = node.get("totals", {})
        for name in totals:
            node.member(table, name, "totals", name)
        return cls(
            field=node.get("table"),
            label=node.get("label"),
            columns=read_columns(node, table, [member.name for member in table.members]),
            min_rows=node.get("min_rows", 1),
            row_height_mm=node.mm(),
            row_numbers=node.get("row_numbers", ""),
            totals=tuple(totals.items()),
            when=when,
        )

    def first_labels(self, widths: Widths) -> Iterable[str]:
        """The label beside the table."""
        return (widths.label_of(self.field, self.label),)

    def open_rows(self) -> tuple[str, int]:
        """The field, and the fewest rows."""
        return self.field, self.min_rows

    def draw(self, page: Composer, span: Span) -> None:
        """Head row, one row per printed line, and a row of totals."""
        sketch = page.sketch
        table = page.record_type.find(self.field)
        assert table is not None
        label = page.widths.label_of(self.field, self.label)
        inner = span.inner if label else span.left
        headings, columns = self._headed(table)
        needs = [
            page.widths.value_mm(table.member(column.field), heading)
            if column.field or column.expression
            else _COUNTER_MM
            for column, heading in zip(columns, headings, strict=True)
        ]
        edges = running(inner, share_out(span.right - inner, needs, [column.width for column in columns]))
        has_pictures = any(
            member.kind.is_picture for member in map(table.member, [column.field for column in columns]) if member
        )
        height = self.row_height_mm or (PICTURE_MM if has_pictures else ROW_MM)
        start, number = sketch.table_head(self.row_height_mm or ROW_MM, edges, headings)
        for index in range(page.row_count(self.field, self.min_rows)):
            row = sketch.row(height, table=number)
            for column, (at, end) in zip(columns, pairwise(edges), strict=True):
                sketch.cell(SketchedCell(row, 1, at, end, _content(self.field, table, column, index, height)))
        if self.totals:
            self._draw_totals(sketch, columns, edges, sketch.row(height, table=number))
        sketch.beside(start, span, label)

    def _headed(self, table: Field) -> tuple[list[str], list[TableColumn]]:
        """Headings and columns, the row counter first."""
        columns = list(self.columns)
        headings = []
        for column in columns:
            member = table.member(column.field)
            unit = f"（{member.unit}）" if member and member.unit and column.label is None else ""
            headings.append(column.heading(member) + unit)
        if self.row_numbers:
            columns.insert(0, TableColumn())
            headings.insert(0, self.row_numbers)
        return headings, columns

    def _draw_totals(self, sketch: Sketch, columns: Sequence[TableColumn], edges: Sequence[float], row: int) -> None:
        totals = dict(self.totals)
        first = next((i for i, column in enumerate(columns) if column.field in totals), len(columns))
        if first:
            sketch.cell(SketchedCell(row, 1, edges[0], edges[first], FixedWords(("合　计",)), is_label=True))
        for index in range(first, len(columns)):
            name = columns[index].field
            align = columns[index].align
            content: Content = (
                FigureOf(self.field, None, totals[name], name, align) if name in totals else FixedWords(("",))
            )
            sketch.cell(SketchedCell(row, 1, edges[index], edges[index + 1], content))


def _content(path: str, table: Field, column: TableColumn, index: int, height_mm: float) -> Content:
    if column.expression:
        return FigureOf(path, index, column.expression, align=column.align)
    member = table.member(column.field)
    if member is None:
        return FixedWords((str(index + 1),))
    return ValueOf(row_path(path, index, column.field), column.align, is_one_line(member), height_mm=height_mm)
