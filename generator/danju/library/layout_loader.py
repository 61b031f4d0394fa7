"""Layouts: the `layout:` part of a form file → blocks, every field name checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from danju.library.definition_file import DefinitionFile, Path_
from danju.library.expression_check import check_expression, check_text
from danju.library.hints import nearest_hint
from danju.messages import Words
from danju.model.field import Field, Kind, RecordType
from danju.model.layout import (
    ApprovalBlock,
    ApprovalStep,
    Band,
    Block,
    ChecklistBlock,
    Column,
    Entry,
    HeaderPart,
    Layout,
    MatrixBlock,
    PageBreak,
    Pairs,
    Paper,
    ProseBlock,
    SealBlock,
    SignPart,
    TableBlock,
)

_SIZES_MM = {"A3": (297.0, 420.0), "A4": (210.0, 297.0), "A5": (148.0, 210.0)}  # ISO 216


def load_layout(source: DefinitionFile, node: Mapping[str, Any], record_type: RecordType) -> Layout:
    """The layout of a form whose shape has been checked already.

    Raises:
        DefinitionError: E203 for unknown fields, at their line.
    """
    reader = LayoutReader(source, record_type)
    header = node.get("header", {})
    width = node.get("label_width")
    return Layout(
        blocks=reader.blocks(node["blocks"], ("layout", "blocks")),
        paper=_paper(node.get("paper", {})),
        unit_name=header.get("unit", ""),
        left=reader.header_parts(header.get("left", ()), ("layout", "header", "left")),
        right=reader.header_parts(header.get("right", ()), ("layout", "header", "right")),
        notes=tuple(node.get("notes", ())),
        label_width_mm=_mm(width),
        fill_page=node.get("fill_page", True),
    )


def _paper(node: Mapping[str, Any]) -> Paper:
    width, height = _SIZES_MM[node.get("size", "A4")]
    if node.get("orientation") == "landscape":
        width, height = height, width
    if "margins" not in node:
        return Paper(width, height)
    top, right, bottom, left = (_length(value) for value in node["margins"])
    return Paper(width, height, top, right, bottom, left)


def _length(value: float | str) -> float:
    return float(value.removesuffix("mm")) if isinstance(value, str) else float(value)


def _mm(value: float | str | None) -> float | None:
    return None if value is None else _length(value)


def _grow(node: Mapping[str, Any], default: float = 0.0) -> float:
    return float(node.get("grow", default))


class LayoutReader:
    """Turns blocks as written into blocks as meant, with the file at hand for messages."""

    def __init__(self, source: DefinitionFile, record_type: RecordType) -> None:
        self._source = source
        self._type = record_type
        self._readers: dict[str, Callable[[Mapping[str, Any], Path_], Block]] = {
            "row": self._pairs,
            "group": self._band,
            "table": self._table,
            "checklist": self._checklist,
            "matrix": self._matrix,
            "approval": self._approval,
            "seal": self._seal,
            "prose": self._prose,
            "page_break": self._page_break,
        }

    def blocks(self, nodes: list[Any], path: Path_) -> tuple[Block, ...]:
        """The blocks of a list; a bare list is a row."""
        found: list[Block] = []
        for index, node in enumerate(nodes):
            here = (*path, index)
            if isinstance(node, list):
                found.append(Pairs(tuple(self._entry(entry, (*here, i)) for i, entry in enumerate(node))))
                continue
            if "when" in node:
                check_expression(self._source, str(node["when"]), self._type, (*here, "when"), ())
            kind = next(key for key in self._readers if key in node)
            found.append(self._readers[kind](node, here))
        return tuple(found)

    def header_parts(self, nodes: list[Any], path: Path_) -> tuple[HeaderPart, ...]:
        """The pieces of the line above the grid."""
        parts = []
        for index, node in enumerate(nodes):
            if isinstance(node, str):
                node = {"field": node}
            if node.get("field"):
                self._field(node["field"], (*path, index))
            parts.append(HeaderPart(node.get("field", ""), node.get("label"), node.get("text", "")))
        return tuple(parts)

    def _field(self, name: str, path: Path_) -> Field:
        found = self._type.find(name)
        if found is None:
            hint = nearest_hint(name, [known for known, _ in self._type.iter_paths()])
            raise self._source.error("E203", path, name=name, hint=hint)
        return found

    def _plain_field(self, name: str, path: Path_) -> Field:
        found = self._field(name, path)
        if found.kind in (Kind.TABLE, Kind.GROUP):
            raise self._source.error(
                "E202",
                path,
                path=name,
                reason=Words("有下级字段，不能放在一格里", "it has members and does not fit one cell"),
            )
        return found

    def _entry(self, node: str | Mapping[str, Any], path: Path_) -> Entry:
        if isinstance(node, str):
            node = {"field": node}
        if node.get("field"):
            self._plain_field(node["field"], (*path, "field"))
        if not node.get("field") and "text" not in node:
            raise self._source.error(
                "E202",
                path,
                path=str(node.get("label", "row")),
                reason=Words("须写明 field: 或 text:", "it needs field: or text:"),
            )
        if node.get("show"):
            self._check_show(node["show"], self._field(node["field"], path), (*path, "show"))
        if node.get("text"):
            check_text(self._source, node["text"], self._type, (*path, "text"))
        return Entry(
            field=node.get("field", ""),
            label=node.get("label"),
            width=node.get("width"),
            height_mm=_mm(node.get("height")),
            grow=_grow(node),
            draw=node.get("draw", "auto"),
            label_position=node.get("label_position", "left"),
            align=node.get("align", "auto"),
            text=node.get("text", ""),
            columns=node.get("columns", 0),
            show=node.get("show", ""),
            show_unit=node.get("show_unit", ""),
            line=self._sign_line(node.get("line", ()), (*path, "line")),
        )

    def _check_show(self, name: str, field: Field, path: Path_) -> None:
        """Options have the attribute that is to be printed behind them."""
        if not any(name in option.attributes for option in field.options):
            raise self._source.error(
                "E203",
                path,
                name=f"{field.name}.{name}",
                hint=Words(f"选项中没有 x-{name}。", f"Its options have no x-{name}."),
            )

    def _sign_line(self, nodes: list[Any], path: Path_) -> tuple[SignPart, ...]:
        parts = []
        for index, node in enumerate(nodes):
            if isinstance(node, str):
                parts.append(SignPart(label=node))
                continue
            name = node.get("field") or node.get("date") or ""
            if name:
                self._field(name, (*path, index))
            parts.append(SignPart(name, node.get("label", ""), "date" in node))
        return tuple(parts)

    def _pairs(self, node: Mapping[str, Any], path: Path_) -> Pairs:
        entries = tuple(self._entry(entry, (*path, "row", index)) for index, entry in enumerate(node["row"]))
        return Pairs(entries, _when(node))

    def _band(self, node: Mapping[str, Any], path: Path_) -> Band:
        return Band(node["group"], self.blocks(node["rows"], (*path, "rows")), _when(node))

    def _columns(self, nodes: list[Any], table: Field, path: Path_) -> tuple[Column, ...]:
        columns = []
        for index, node in enumerate(nodes):
            if isinstance(node, str):
                node = {"field": node}
            name = node.get("field", "")
            if name and table.member(name) is None:
                hint = nearest_hint(name, [member.name for member in table.members])
                raise self._source.error("E203", (*path, index), name=f"{table.name}.{name}", hint=hint)
            if "expression" in node:
                members = [member.name for member in table.members]
                where = (*path, index, "expression")
                check_expression(self._source, str(node["expression"]), self._type, where, members)
            columns.append(
                Column(
                    name,
                    node.get("label"),
                    node.get("width"),
                    str(node.get("expression", "")),
                    node.get("align", "center"),
                )
            )
        return tuple(columns)

    def _table(self, node: Mapping[str, Any], path: Path_) -> TableBlock:
        table = self._table_field(node["table"], (*path, "table"))
        for name in node.get("totals", {}):
            self._field(f"{node['table']}.{name}", (*path, "totals", name))
        return TableBlock(
            field=node["table"],
            label=node.get("label"),
            columns=self._columns(
                node.get("columns", [member.name for member in table.members]), table, (*path, "columns")
            ),
            min_rows=node.get("min_rows", 1),
            row_height_mm=_mm(node.get("height")),
            row_numbers=node.get("row_numbers", ""),
            totals=tuple(node.get("totals", {}).items()),
            when=_when(node),
        )

    def _table_field(self, name: str, path: Path_) -> Field:
        table = self._field(name, path)
        if table.kind is not Kind.TABLE:
            raise self._source.error(
                "E202",
                path,
                path=name,
                reason=Words(
                    "不是表格字段（type: array，items 为对象）",
                    "it is no table (type: array with items of type: object)",
                ),
            )
        return table

    def _checklist(self, node: Mapping[str, Any], path: Path_) -> ChecklistBlock:
        field = self._field(node["checklist"], (*path, "checklist"))
        if not field.options:
            raise self._source.error(
                "E202",
                (*path, "checklist"),
                path=field.name,
                reason=Words("没有选项（oneOf）", "it has no options (oneOf)"),
            )
        columns: tuple[Column, ...] = ()
        if node.get("details"):
            table = self._table_field(node["details"], (*path, "details"))
            if table.member(node.get("key", "")) is None:
                raise self._source.error(
                    "E203",
                    path,
                    name=f"{table.name}.{node.get('key', '')}",
                    hint=Words(
                        "key: 应为该表格中放选项的字段。",
                        "key: must be the member of that table that holds the option.",
                    ),
                )
            names = [member.name for member in table.members if member.name != node["key"]]
            columns = self._columns(node.get("columns", names), table, (*path, "columns"))
        return ChecklistBlock(
            field=node["checklist"],
            label=node.get("label"),
            head=node.get("head", ""),
            tick=node.get("tick", ""),
            marks=tuple(node.get("marks", ("☑", "☐"))),
            details=node.get("details", ""),
            key=node.get("key", ""),
            columns=columns,
            row_height_mm=_mm(node.get("height")),
            when=_when(node),
        )

    def _matrix(self, node: Mapping[str, Any], path: Path_) -> MatrixBlock:
        fields = [self._field(name, (*path, "matrix", index)) for index, name in enumerate(node["matrix"])]
        if len({tuple(option.value for option in field.options) for field in fields}) != 1 or not fields[0].options:
            raise self._source.error(
                "E202",
                (*path, "matrix"),
                path="matrix",
                reason=Words("各字段的选项须相同", "the options must be the same"),
            )
        if node.get("show"):
            self._check_show(node["show"], fields[0], (*path, "show"))
        return MatrixBlock(
            tuple(node["matrix"]), node.get("label", ""), node.get("head", ""), node.get("show", ""), _when(node)
        )

    def _approval(self, node: Mapping[str, Any], path: Path_) -> ApprovalBlock:
        steps = tuple(self._step(step, (*path, "approval", index)) for index, step in enumerate(node["approval"]))
        return ApprovalBlock(steps, node.get("beside", False), _grow(node, 1.0), _when(node))

    def _step(self, node: str | Mapping[str, Any], path: Path_) -> ApprovalStep:
        if isinstance(node, str):
            node = {"field": node}
        name = node.get("field", "")
        opinion = node.get("opinion", "")
        line = self._sign_line(node.get("line", ()), (*path, "line"))
        if name:
            group = self._field(name, (*path, "field"))
            opinion = opinion or f"{name}.{group.value_member or group.members[0].name}"
            line = line or tuple(_sign_parts(name, group))
        elif opinion:
            self._field(opinion, (*path, "opinion"))
        return ApprovalStep(node.get("label"), name, opinion, line, _mm(node.get("height")))

    def _seal(self, node: Mapping[str, Any], path: Path_) -> SealBlock:
        return SealBlock(
            node["seal"],
            self._sign_line(node.get("line", ()), (*path, "line")),
            _mm(node.get("height")),
            _grow(node),
            _when(node),
        )

    def _prose(self, node: Mapping[str, Any], path: Path_) -> ProseBlock:
        check_text(self._source, node["prose"], self._type, (*path, "prose"))
        return ProseBlock(node["prose"], _mm(node.get("height")), _grow(node), node.get("border", True), _when(node))

    def _page_break(self, node: Mapping[str, Any], path: Path_) -> PageBreak:
        return PageBreak(_when(node))


def _sign_parts(name: str, group: Field) -> list[SignPart]:
    """`签字：…` and a date, from the members of an approval group other than its opinion."""
    opinion = group.value_member or group.members[0].name
    rest = [member for member in group.members if member.name != opinion]
    return [
        SignPart(
            f"{name}.{member.name}", "" if member.kind is Kind.DATE else f"{member.label}：", member.kind is Kind.DATE
        )
        for member in rest
    ]


def _when(node: Mapping[str, Any]) -> str:
    return str(node.get("when", ""))
