"""Layouts: the `layout:` part of a form file → blocks, each read by its own kind, every field name checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from danju.errors import DefinitionError
from danju.layout.blocks import BLOCKS
from danju.layout.blocks.block import PaperBlock
from danju.layout.blocks.node import DefinitionNode, length_mm
from danju.layout.blocks.pairs import Pairs
from danju.library.definition_file import DefinitionFile, Path_
from danju.library.expression_check import check_expression, check_text
from danju.library.meta_schema import MetaSchema
from danju.messages import phrase, words_in_a_row
from danju.model.field import RecordType
from danju.model.layout import Block, HeaderPart, Layout, Paper
from danju.values.text import nearest_hint

_SIZES_MM = {"A3": (297.0, 420.0), "A4": (210.0, 297.0), "A5": (148.0, 210.0)}  # ISO 216


def load_layout(source: DefinitionFile, node: Mapping[str, Any], record_type: RecordType) -> Layout:
    """The layout of a form whose shape has been checked already, but for its blocks.

    Raises:
        DefinitionError: For unknown blocks, settings and fields, at their line.
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
        label_width_mm=None if width is None else length_mm(width),
        fill_page=node.get("fill_page", True),
        copies=tuple(node.get("copies", ())),
    )


def _paper(node: Mapping[str, Any]) -> Paper:
    width, height = _SIZES_MM[node.get("size", "A4")]
    if node.get("orientation") == "landscape":
        width, height = height, width
    if "margins" not in node:
        return Paper(width, height)
    top, right, bottom, left = (length_mm(value) for value in node["margins"])
    return Paper(width, height, top, right, bottom, left)


class LayoutReader:
    """A form file as blocks are read from it (`danju.layout.blocks.node.FormSource`)."""

    def __init__(self, source: DefinitionFile, record_type: RecordType) -> None:
        self._source = source
        self.record_type = record_type

    def error(self, code: str, where: Path_, /, **values: object) -> DefinitionError:
        """The exception that points at an entry."""
        return self._source.error(code, where, **values)

    def unknown_field(self, name: str, known: Iterable[str], where: Path_, table: str = "") -> DefinitionError:
        """E203 with the nearest known name."""
        shown = f"{table}.{name}" if table else name
        return self._source.error("E203", where, name=shown, hint=nearest_hint(name, known))

    def check_expression(self, expression: str, where: Path_, extra: Iterable[str] = ()) -> None:
        """As `danju.library.expression_check.check_expression`; there is no clock in a layout."""
        check_expression(self._source, expression, self.record_type, where, extra)

    def check_text(self, text: str, where: Path_) -> None:
        """As `danju.library.expression_check.check_text`."""
        check_text(self._source, text, self.record_type, where)

    def blocks(self, nodes: list[Any], where: Path_) -> tuple[Block, ...]:
        """The blocks of a list; a bare list is a row."""
        return tuple(self._block(DefinitionNode(self, node, (*where, index))) for index, node in enumerate(nodes))

    def _block(self, node: DefinitionNode) -> Block:
        if isinstance(node.value, list):
            _BARE_ROW.check(self._source, node.value, node.path)
            return Pairs.read(node, "")
        kind = self._kind(node)
        _meta_schema(kind).check(self._source, node.value, node.path, _owners())
        when = str(node.get("when", ""))
        if when:
            node.check_expression("when")
        return kind.read(node, when)

    def _kind(self, node: DefinitionNode) -> type[PaperBlock]:
        """The kind that one of the settings names."""
        names = [name for name in node.value if name in BLOCKS] if isinstance(node.value, Mapping) else []
        if len(names) > 1:
            raise node.error("E242", names[1], first=names[0], second=names[1])
        if names:
            return BLOCKS[names[0]]
        given = [str(name) for name in node.value if name not in _owners()] if isinstance(node.value, Mapping) else []
        name = given[0] if given else ""
        known = phrase("blocks", names=words_in_a_row(BLOCKS))
        raise node.error("E232", name, name=name, hint=nearest_hint(name, BLOCKS, known))

    def header_parts(self, nodes: list[Any], where: Path_) -> tuple[HeaderPart, ...]:
        """The pieces of the line above the grid."""
        parts = []
        for part in DefinitionNode(self, nodes, where).each():
            if part.get("field"):
                part.field(part.get("field"))
            parts.append(HeaderPart(part.get("field", ""), part.get("label"), part.get("text", "")))
        return tuple(parts)


_BARE_ROW = MetaSchema({**Pairs.SETTINGS[Pairs.NAME]})


@lru_cache(maxsize=64)
def _meta_schema(kind: type[PaperBlock]) -> MetaSchema:
    return MetaSchema({**kind.meta_schema()})


def _owners() -> Mapping[str, str]:
    """The kinds of blocks that have a setting, by setting."""
    owners: dict[str, list[str]] = {"when": []}
    for kind in BLOCKS.values():
        for name in kind.SETTINGS:
            owners.setdefault(name, []).append(kind.NAME)
    return {name: "/".join(kinds) for name, kinds in owners.items()}
