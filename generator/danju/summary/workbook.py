"""The workbook as a package, streamed to its file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import BinaryIO

from danju.renderers.package import Member, PackageWriter
from danju.renderers.properties import APP_XML
from danju.summary.cell_xml import escape
from danju.summary.charts import chart_xml, drawing_xml
from danju.summary.long_sheet import LongSheet
from danju.summary.style_table import MAIN_NS, RELATIONSHIPS_NS, XML_HEAD, StyleTable
from danju.summary.worksheet import ShortSheet

_STREAM_LEVEL = 2  # deflate: less than half the time of 6 for a third more bytes
_PACKAGE_NS = "http://schemas.openxmlformats.org/package/2006"
_SPREADSHEET = "officedocument.spreadsheetml."
_RELATIONSHIPS = "package.relationships"

_Link = tuple[str, str]
"""Type of a relationship and the part it leads to."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of the package.

    Attributes:
        name: Without the slash at its start.
        kind: What its content type ends in.
        content: The bytes, or what gives them piece by piece.
    """

    name: str
    kind: str
    content: bytes | Callable[[], Iterable[bytes]]


def write_workbook(file: BinaryIO, core: bytes, sheets: Sequence[LongSheet | ShortSheet], styles: StyleTable) -> None:
    """Write the package.

    Args:
        file: Seekable.
        core: docProps/core.xml.
        sheets: In the order of the tabs.
        styles: The looks of their cells.
    """
    parts = list(_iter_parts(core, sheets, styles))
    writer = PackageWriter(file)
    writer.add(Member.deflate("[Content_Types].xml", _content_types_xml(parts)))
    for part in parts:
        if isinstance(part.content, bytes):
            writer.add(Member.deflate(part.name, part.content))
        else:
            writer.add_stream(part.name, part.content(), _STREAM_LEVEL)
    writer.close()


def _iter_parts(core: bytes, sheets: Sequence[LongSheet | ShortSheet], styles: StyleTable) -> Iterator[_Part]:
    yield _relationships(
        "",
        ("officeDocument", "xl/workbook.xml"),
        (f"{_PACKAGE_NS}/relationships/metadata/core-properties", "docProps/core.xml"),
        ("extended-properties", "docProps/app.xml"),
    )
    yield _Part("docProps/core.xml", "package.core-properties", core)
    yield _Part("docProps/app.xml", "officedocument.extended-properties", APP_XML)
    yield _Part("xl/workbook.xml", f"{_SPREADSHEET}sheet.main", _workbook_xml(sheets))
    names = [f"xl/worksheets/sheet{number}.xml" for number in range(1, len(sheets) + 1)]
    yield _relationships("xl/workbook.xml", *(("worksheet", name) for name in names), ("styles", "xl/styles.xml"))
    yield _Part("xl/styles.xml", f"{_SPREADSHEET}styles", styles.xml())
    charts = count(1)
    for number, (name, sheet) in enumerate(zip(names, sheets, strict=True), start=1):
        if isinstance(sheet, LongSheet):
            yield from _long_parts(name, number, sheet)
        else:
            yield from _short_parts(name, number, sheet, charts)


def _long_parts(name: str, number: int, sheet: LongSheet) -> Iterator[_Part]:
    """A table sheet with its table and its links, which are too many to be listed in memory."""
    table = f"xl/tables/table{number}.xml"
    head, end = _relationships_xml([("table", table)]).split(b"</Relationships>")

    def relationships() -> Iterator[bytes]:
        yield head
        yield from sheet.table.links.iter_relationships()
        yield b"</Relationships>" + end

    yield _Part(name, f"{_SPREADSHEET}worksheet", sheet.iter_xml)
    yield _Part(_relationships_of(name), _RELATIONSHIPS, relationships)
    yield _Part(table, f"{_SPREADSHEET}table", sheet.table_xml(number))


def _short_parts(name: str, number: int, sheet: ShortSheet, chart_numbers: Iterator[int]) -> Iterator[_Part]:
    """A drawn sheet with its charts."""
    yield _Part(name, f"{_SPREADSHEET}worksheet", sheet.xml())
    if not sheet.charts:
        return
    drawing = f"xl/drawings/drawing{number}.xml"
    charts = [f"xl/charts/chart{next(chart_numbers)}.xml" for _ in sheet.charts]
    yield _relationships(name, ("drawing", drawing))
    yield _Part(drawing, "officedocument.drawing", drawing_xml(sheet.charts))
    yield _relationships(drawing, *(("chart", chart) for chart in charts))
    for chart, placed in zip(charts, sheet.charts, strict=True):
        yield _Part(chart, "officedocument.drawingml.chart", chart_xml(placed.data))


def _workbook_xml(sheets: Sequence[LongSheet | ShortSheet]) -> bytes:
    listed = "".join(
        f'<sheet name="{escape(sheet.title)}" sheetId="{number}" r:id="rId{number}"/>'
        for number, sheet in enumerate(sheets, start=1)
    )
    names = "".join(
        f'<definedName name="_xlnm.{name}" localSheetId="{index}">{escape(reference)}</definedName>'
        for index, sheet in enumerate(sheets)
        for name, reference in sheet.defined_names()
    )
    names = f"<definedNames>{names}</definedNames>" if names else ""
    return (
        f'{XML_HEAD}<workbook xmlns="{MAIN_NS}" xmlns:r="{RELATIONSHIPS_NS}"><bookViews><workbookView/></bookViews>'
        f"<sheets>{listed}</sheets>{names}"
        '<calcPr calcId="124519" fullCalcOnLoad="1"/></workbook>'
    ).encode()


def _relationships(name: str, *links: _Link) -> _Part:
    """The relationships of a part, numbered rId1 and so on; those of the package for no name."""
    return _Part(_relationships_of(name), _RELATIONSHIPS, _relationships_xml(links))


def _relationships_of(name: str) -> str:
    folder, slash, file = name.rpartition("/")
    return f"{folder}{slash}_rels/{file}.rels"


def _relationships_xml(links: Iterable[_Link]) -> bytes:
    entries = "".join(
        f'<Relationship Id="rId{number}" Type="{_type_of(kind)}" Target="/{target}"/>'
        for number, (kind, target) in enumerate(links, start=1)
    )
    return f'{XML_HEAD}<Relationships xmlns="{_PACKAGE_NS}/relationships">{entries}</Relationships>'.encode()


def _type_of(kind: str) -> str:
    return kind if "/" in kind else f"{RELATIONSHIPS_NS}/{kind}"


def _content_types_xml(parts: Iterable[_Part]) -> bytes:
    start = "application/vnd.openxmlformats-"
    entries = "".join(
        f'<Override PartName="/{part.name}" ContentType="{start}{part.kind}+xml"/>'
        for part in parts
        if part.kind != _RELATIONSHIPS
    )
    return (
        f'{XML_HEAD}<Types xmlns="{_PACKAGE_NS}/content-types">'
        f'<Default Extension="rels" ContentType="{start}{_RELATIONSHIPS}+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{entries}</Types>'
    ).encode()
