"""Tables in a layout: repeating rows, fixed rows, matrices."""

from __future__ import annotations

from itertools import pairwise

from danju.layout.grid import Content, FigureOf, TickOf, ValueOf, Words
from danju.layout.labels import label_lines, width_em
from danju.layout.measure import metrics
from danju.layout.sketch import EM_MM, PAD_MM, ROW_MM, RULE_MM, Placed, Sketch, Span, running
from danju.layout.tracks import share_out
from danju.layout.widths import Widths, is_one_line
from danju.model.field import Field, RecordType
from danju.model.layout import ChecklistBlock, Column, MatrixBlock, TableBlock

_COUNTER_MM = 11.0
_WIDEST_OPTION_EM = 8.2


class TableMaker:
    """Draws the table blocks of one form into a sketch."""

    def __init__(self, sketch: Sketch, record_type: RecordType, widths: Widths) -> None:
        self._sketch = sketch
        self._type = record_type
        self._widths = widths

    def table(self, block: TableBlock, span: Span, row_count: int) -> None:
        """Head row, one row per printed line, and a row of totals."""
        sketch = self._sketch
        table = self._type.find(block.field)
        assert table is not None
        label = self._widths.label_of(block.field, block.label)
        inner = span.inner if label else span.left
        headings, columns = _columns(block, table)
        needs = [
            self._widths.value_mm(table.member(column.field), heading)
            if column.field or column.expression
            else _COUNTER_MM
            for column, heading in zip(columns, headings, strict=True)
        ]
        edges = running(inner, share_out(span.right - inner, needs, [column.width for column in columns]))
        number = sketch.new_table()
        height = block.row_height_mm or ROW_MM
        start = sketch.row(height, table=number, is_head=True, keep_next=True)
        sketch.head(start, edges, headings)
        for index in range(row_count):
            row = sketch.row(height, table=number)
            for column, (at, end) in zip(columns, pairwise(edges), strict=True):
                sketch.cell(Placed(row, 1, at, end, _row_content(block.field, table, column, index)))
        if block.totals:
            self._totals(block, columns, edges, sketch.row(height, table=number))
        if label:
            sketch.label(start, len(sketch.rows) - start, span.left, inner, label)

    def _totals(self, block: TableBlock, columns: list[Column], edges: list[float], row: int) -> None:
        totals = dict(block.totals)
        first = next((i for i, column in enumerate(columns) if column.field in totals), len(columns))
        if first:
            self._sketch.cell(Placed(row, 1, edges[0], edges[first], Words(("合　计",)), is_label=True))
        for index in range(first, len(columns)):
            name = columns[index].field
            align = columns[index].align
            content: Content = (
                FigureOf(block.field, None, totals[name], name, align) if name in totals else Words(("",))
            )
            self._sketch.cell(Placed(row, 1, edges[index], edges[index + 1], content))

    def checklist(self, block: ChecklistBlock, span: Span) -> None:
        """A row for each option: its name, a tick, details."""
        sketch = self._sketch
        field = self._type.find(block.field)
        assert field is not None
        table = self._type.find(block.details) if block.details else None
        members = [table.member(column.field) if table else None for column in block.columns]
        label = self._widths.label_of(block.field, block.label)
        inner = span.inner if label else span.left
        headings, needs = [block.head or field.label], [self._option_mm(field)]
        if block.tick:
            headings.append(block.tick)
            needs.append(metrics().width(block.tick) * EM_MM + 2 * PAD_MM)
        for column, member in zip(block.columns, members, strict=True):
            headings.append(column.label if column.label is not None else member.label if member else "")
            needs.append(self._widths.value_mm(member, headings[-1]))
        weights = [None] * (len(needs) - len(members)) + [column.width for column in block.columns]
        edges = running(inner, share_out(span.right - inner, needs, weights))
        number = sketch.new_table()
        height = block.row_height_mm or ROW_MM
        start = sketch.row(height, table=number, is_head=True, keep_next=True)
        sketch.head(start, edges, headings)
        for option in field.options:
            row = sketch.row(height, table=number)
            contents: list[Content] = [Words(label_lines(option.label, _WIDEST_OPTION_EM))]
            if block.tick:
                contents.append(TickOf(block.field, option.value, block.marks))
            at_row = f"{block.details}[{block.key}={option.value}]"
            for column, member in zip(block.columns, members, strict=True):
                contents.append(ValueOf(f"{at_row}.{column.field}", column.align, is_one_line(member)))
            for content, (at, end) in zip(contents, pairwise(edges), strict=True):
                sketch.cell(Placed(row, 1, at, end, content))
        if label:
            sketch.label(start, len(sketch.rows) - start, span.left, inner, label)

    def _option_mm(self, field: Field) -> float:
        widest = max(metrics().width(option.label) for option in field.options)
        return min(_WIDEST_OPTION_EM, widest) * EM_MM + 2 * PAD_MM

    def matrix(self, block: MatrixBlock, span: Span) -> None:
        """A row for each field, a column for each option."""
        sketch = self._sketch
        fields = [field for name in block.fields if (field := self._type.find(name)) is not None]
        inner = span.inner if block.label else span.left
        widest = max(4.0, *(width_em(label_lines(field.label, _WIDEST_OPTION_EM)) for field in fields))
        head_mm = widest * EM_MM + 2 * PAD_MM + RULE_MM
        options = fields[0].options
        step = (span.right - inner - head_mm) / len(options)
        edges = running(inner, [head_mm, *([step] * len(options))])
        headings = [option.label for option in options]
        if block.show:
            headings = [f"{option.label}|{option.attributes.get(block.show, '')}" for option in options]
        number = sketch.new_table()
        start = sketch.row(ROW_MM, table=number, is_head=True, keep_next=True)
        sketch.head(start, edges, [block.head, *headings])
        for name, field in zip(block.fields, fields, strict=True):
            row = sketch.row(ROW_MM, table=number)
            sketch.cell(Placed(row, 1, edges[0], edges[1], Words(label_lines(field.label, _WIDEST_OPTION_EM))))
            for option, (at, end) in zip(options, pairwise(edges[1:]), strict=True):
                sketch.cell(Placed(row, 1, at, end, TickOf(name, option.value, ("☑", "☐"))))
        if block.label:
            sketch.label(start, len(sketch.rows) - start, span.left, inner, block.label)


def _columns(block: TableBlock, table: Field) -> tuple[list[str], list[Column]]:
    """Headings and columns, the row counter first."""
    columns = list(block.columns)
    headings = []
    for column in columns:
        member = table.member(column.field)
        heading = column.label if column.label is not None else member.label if member else ""
        unit = f"（{member.unit}）" if member and member.unit and column.label is None else ""
        headings.append(heading + unit)
    if block.row_numbers:
        columns.insert(0, Column())
        headings.insert(0, block.row_numbers)
    return headings, columns


def _row_content(path: str, table: Field, column: Column, index: int) -> Content:
    if column.expression:
        return FigureOf(path, index, column.expression, align=column.align)
    member = table.member(column.field)
    if member is None:
        return Words((str(index + 1),))
    return ValueOf(f"{path}[{index}].{column.field}", column.align, is_one_line(member))
