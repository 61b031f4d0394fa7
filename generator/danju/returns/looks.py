"""The styles part: copies of cells' own styles with another fill, and the way back from them."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from lxml import etree

from danju.exchange.marks import COLUMN_FILL, FILLS
from danju.messages import Severity
from danju.ooxml.package import parse_xml
from danju.ooxml.styles import BARE_EDGES, BOXED, CellStyle, Typeface, border_xml, fill_xml, font_xml, xf_xml

__all__ = ["Before", "Looks", "Way"]

_GROUPS = ("fonts", "fills", "borders", "cellXfs")
_CODE_BASE = 0xDA0000
_CODES = 0x10000
_NO_WAY = _CODES - 1  # cells of our own sheet, which goes as a whole
_MESSAGE = CellStyle(
    Typeface(9.0, colour="9C0006"), vertical="top", wrap=True, fill=COLUMN_FILL, edges=BOXED, edge_colour="D9D9D9"
)
_MARK_FILLS = frozenset(FILLS.values())


class Before(IntEnum):
    """What a marked cell was."""

    STYLED = 0  # it had a style of its own
    ABSENT = 1  # it was not there
    PLAIN = 2  # it was there without naming a style


@dataclass(frozen=True, slots=True)
class Way:
    """The way back from a marked cell.

    Attributes:
        style: Its style before.
        before: What it was.
        is_message: Whether it holds a message, which goes with the mark.
    """

    style: int
    before: Before
    is_message: bool = False


@dataclass(slots=True)
class _Ways:
    """Looks that were given out, as they are kept in the file.

    Attributes:
        looks: Style before, number of the fill before, what the cell was.
        fills: XML of the fills before.
    """

    looks: list[list[int]] = field(default_factory=list)
    fills: list[str] = field(default_factory=list)


class Looks:
    """The cell styles of a workbook.

    Args:
        root: Of the styles part, which is changed.
    """

    def __init__(self, root: etree._Element) -> None:
        self._root = root
        self._namespace = etree.QName(root).namespace or ""
        self._counts = {name: [self._group(name).get("count"), len(self._group(name)), 0] for name in _GROUPS}
        self._ways = _Ways()
        self._given: dict[tuple[int, Severity | None, Before], int] = {}

    def mark(self, style: int, severity: Severity, before: Before) -> int:
        """The style of a marked cell: its own with the severity's fill."""
        key = style, severity, before
        if key not in self._given:
            marked = copy.deepcopy(self._xf(style))
            marked.set("fillId", str(self._append("fills", _solid(FILLS[severity], self._remember(style, before)))))
            marked.set("applyFill", "1")
            self._given[key] = self._append("cellXfs", marked)
        return self._given[key]

    def message(self, style: int, before: Before) -> int:
        """The style of a cell in a column of messages that stands where a cell of that style was."""
        key = style, None, before
        if key not in self._given:
            self._given[key] = self.add(_MESSAGE, self._remember(style, before))
        return self._given[key]

    def _remember(self, style: int, before: Before) -> int:
        """The number under which a look is kept."""
        fill = _plain(self._fill(self._xf(style)))
        if fill not in self._ways.fills:
            self._ways.fills.append(fill)
        self._ways.looks.append([style, self._ways.fills.index(fill), before])
        return len(self._ways.looks) - 1

    def source_of(self, style: int | None) -> int | None:
        """The style that `mark` made this one from; any other as it is."""
        return next((source for (source, _, _), given in self._given.items() if given == style), style)

    def add(self, style: CellStyle, code: int = _NO_WAY) -> int:
        """The number of a new style; `code` is that of its fill."""
        font = self._append("fonts", font_xml(style.face))
        fill = self._append("fills", _solid(style.fill, code)) if style.fill else 0
        border = self._append("borders", border_xml(style.edges, style.edge_colour)) if style.edges != BARE_EDGES else 0
        return self._append("cellXfs", xf_xml((0, font, fill, border), style))

    def state(self) -> dict[str, Any]:
        """What `undo` needs, as plain data."""
        for name, count in self._counts.items():
            count[2] = len(self._group(name))
        return {"counts": self._counts, "looks": self._ways.looks, "fills": self._ways.fills}

    def ways(self, state: Mapping[str, Any]) -> dict[int, Way]:
        """The way back from every style that marks a cell.

        Args:
            state: What `state` gave; where it is lost, a mark's fill becomes none.
        """
        found = {}
        for style, xf in enumerate(list(self._group("cellXfs"))):
            fill = self._fill(xf)
            colour = _colour(fill) if _code(fill) != _NO_WAY else ""
            if colour == COLUMN_FILL:
                looks, code = state.get("looks", []), _code(fill)
                source, _, kind = looks[code] if 0 <= code < len(looks) else (0, 0, Before.ABSENT)
                found[style] = Way(source, Before(kind), is_message=True)
            elif colour in _MARK_FILLS:
                found[style] = self._way(xf, _code(fill), state)
        return found

    def undo(self, state: Mapping[str, Any]) -> None:
        """Take the styles that were added away again, unless another program has put the part in its own order."""
        counts: Mapping[str, list[Any]] = state.get("counts", {})
        if any(len(self._group(name)) != counts.get(name, [None, 0, -1])[2] for name in _GROUPS):
            return
        if any(_code(fill) < 0 for fill in list(self._group("fills"))[counts["fills"][1] :]):
            return
        for name, (told, before, after) in counts.items():
            group = self._group(name)
            for element in list(group)[before:after]:
                group.remove(element)
            if told is None:
                group.attrib.pop("count", "")
            else:
                group.set("count", told)

    def _way(self, xf: etree._Element, code: int, state: Mapping[str, Any]) -> Way:
        looks, fills = state.get("looks", []), state.get("fills", [])
        fill = fill_xml("")
        before = Before.STYLED
        if 0 <= code < len(looks):
            source, number, kind = looks[code]
            fill, before = fills[number], Before(kind)
            known = self._group("cellXfs")
            if source < len(known) and _key(known[source]) == _key(xf) and _plain(self._fill(known[source])) == fill:
                return Way(source, before)
        return Way(self._with_fill(xf, fill), before)

    def _with_fill(self, xf: etree._Element, fill: str) -> int:
        """The style like this one with another fill, found or added."""
        fills = [_plain(each) for each in self._group("fills")]
        number = fills.index(fill) if fill in fills else self._append("fills", fill)
        for style, each in enumerate(self._group("cellXfs")):
            if _key(each) == _key(xf) and each.get("fillId") == str(number):
                return style
        added = copy.deepcopy(xf)
        added.set("fillId", str(number))
        return self._append("cellXfs", added)

    def _xf(self, style: int) -> etree._Element:
        known = self._group("cellXfs")
        return known[style if style < len(known) else 0]

    def _fill(self, xf: etree._Element) -> etree._Element:
        fills = self._group("fills")
        number = int(xf.get("fillId", "0"))
        return fills[number if number < len(fills) else 0]

    def _append(self, name: str, element: etree._Element | str) -> int:
        group = self._group(name)
        if isinstance(element, str):
            element = parse_xml(re.sub(r"^<\w+", rf'\g<0> xmlns="{self._namespace}"', element).encode())
        group.append(element)
        group.set("count", str(len(group)))
        return len(group) - 1

    def _group(self, name: str) -> etree._Element:
        found = self._root.find(f"{{{self._namespace}}}{name}")
        if found is None:
            raise KeyError(name)
        return found


def _solid(colour: str, code: int) -> str:
    """A solid fill; its background colour, which nobody sees, tells the look that was given."""
    return fill_xml(colour, f"{_CODE_BASE + code % _CODES:06X}")


def _colour(fill: etree._Element) -> str:
    """RRGGBB of a solid fill, or ""."""
    colours = fill.findall("{*}patternFill[@patternType='solid']/{*}fgColor")
    return colours[0].get("rgb", "").upper()[-6:] if colours else ""


def _code(fill: etree._Element) -> int:
    """The look that a fill tells of, or -1."""
    colours = fill.findall("{*}patternFill/{*}bgColor")
    try:
        code = int(colours[0].get("rgb", "")[-6:], 16) - _CODE_BASE if colours else -1
    except ValueError:
        return -1
    return code if 0 <= code < _CODES else -1


def _key(xf: etree._Element) -> tuple[object, ...]:
    """All of a cell style but its fill."""
    attributes = {key: value for key, value in xf.attrib.items() if key not in ("fillId", "applyFill")}
    return tuple(sorted(attributes.items())), tuple(_plain(child) for child in xf)


def _plain(element: etree._Element) -> str:
    """The element without namespaces, to compare and to keep."""
    given = sorted((etree.QName(key).localname, str(value)) for key, value in element.attrib.items())
    attributes = "".join(f' {key}="{value}"' for key, value in given)
    name = etree.QName(element).localname
    inner = "".join(_plain(child) for child in element if isinstance(child.tag, str))
    return f"<{name}{attributes}>{inner}</{name}>" if inner else f"<{name}{attributes}/>"
