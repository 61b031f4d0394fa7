"""Columns of tables and checklists: how they are written, what they hold, how wide they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from danju.layout.blocks.node import EXPRESSION, SHARE, TEXT, DefinitionNode, Schema, name_or
from danju.model.field import Field

COLUMNS: Schema = {
    "type": "array",
    "minItems": 1,
    "items": name_or(
        {
            "field": TEXT,
            "label": TEXT,
            "width": SHARE,
            "expression": EXPRESSION,
            "align": {"enum": ["left", "center", "right"]},
        }
    ),
}


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column of a table.

    Attributes:
        field: Member name, or "" when it counts rows or `expression` decides the content.
        label: Heading; None keeps the schema's label.
        width: Relative width; None: from what the field can hold.
        expression: Computed per row (row members and record fields are known), or "".
        align: left, center or right.
    """

    field: str = ""
    label: str | None = None
    width: float | None = None
    expression: str = ""
    align: str = "center"

    def heading(self, member: Field | None) -> str:
        """Over the column."""
        return self.label if self.label is not None else member.label if member else ""


def read_columns(node: DefinitionNode, table: Field, members: Iterable[str]) -> tuple[TableColumn, ...]:
    """The columns under `columns`, else these members."""
    given = node.at("columns")
    if given.value is None:
        return tuple(TableColumn(name) for name in members)
    columns = []
    for each in given.each():
        name = each.get("field", "")
        if name:
            each.member(table, name, "field")
        if "expression" in each.value:
            each.check_expression("expression", [member.name for member in table.members])
        columns.append(
            TableColumn(
                name,
                each.get("label"),
                each.get("width"),
                str(each.get("expression", "")),
                each.get("align", "center"),
            )
        )
    return tuple(columns)


def table_field(node: DefinitionNode, key: str) -> Field:
    """The table field that a setting names."""
    table = node.field(node.get(key), key)
    if not table.kind.is_table:
        raise node.error("E234", key, name=node.get(key))
    return table
