"""What calamine does not tell about the sheets of an .xlsx: failed formulas, formulas without result, extent.

calamine gives error cells as empty text, and allocates the full rectangle of a sheet's cells, aborting the process
when two far-apart cells make that rectangle huge. Both must be known before it loads a sheet.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO, Any
from urllib.parse import unquote

from danju.ooxml.addresses import column_number
from danju.readers.table.sheets import UNCACHED, BrokenCell

__all__ = ["MAX_AREA", "CellScan", "SheetWatch", "external_links", "scan_sheets"]

MAX_AREA = 12_000_000  # cells; calamine keeps 32 bytes for each, filled or not
"""Cells of a sheet's used rectangle; calamine needs 32 bytes for each."""

_STEP = 1 << 20
_REFERENCE = re.compile(rb"\sr=[\"']([A-Za-z]{1,3})([0-9]{1,7})[\"']")
_FAR = re.compile(rb"r=[\"'](?:[A-Za-z]{2,3}[0-9]|[A-Za-z](?:[4-9][0-9]{5}|[0-9]{7}))")
"""A reference outside A1:Z399999, or what looks like one."""
_NEAR_AREA = 26 * 399_999
_LARGE = 4 * _STEP  # bytes of a sheet for which this upper bound of its extent will do
_FORMULAS = (b"<f>", b"<f ", b"<f/")
_PREFIXED_FORMULAS = (b":f>", b":f ", b":f/")

_RELATIONS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_STRICT_RELATIONS = "{http://purl.oclc.org/ooxml/officeDocument/relationships}"


@dataclass(frozen=True, slots=True)
class CellScan:
    """What was found in one sheet.

    Attributes:
        area: Cells of the used rectangle from A1, as many times as calamine keeps them.
        broken: By 0-based row and column.
        merges: Top row, left column, bottom row, right column, inclusive; only for formats where calamine has none.
    """

    area: int = 0
    broken: Mapping[tuple[int, int], BrokenCell] = field(default_factory=dict)
    merges: tuple[tuple[int, int, int, int], ...] = ()


def external_links(package: zipfile.ZipFile) -> bool:
    """Whether the workbook takes values from other files."""
    return any(
        name.lower().startswith("xl/externallinks/") and name.lower().endswith(".xml") for name in package.namelist()
    )


class SheetWatch:
    """Looks at the sheets of a package while somebody else unpacks it, so that large ones need not be unpacked again.

    Attributes:
        far: Parts with something far from A1 or suspect in them.
        seen: Parts that were shown.
    """

    def __init__(self) -> None:
        self.far: set[str] = set()
        self.seen: set[str] = set()
        self._part = ""
        self._rest = b""

    def __call__(self, part: str, piece: bytes) -> None:
        if part in self.far or "sheet" not in part:
            return
        if part != self._part:
            self._part, self._rest = part, b""
            self.seen.add(part)
        chunk, self._rest = _cut_tags(self._rest + piece)
        if _is_far(chunk):
            self.far.add(part)

    def is_near(self, part: str) -> bool:
        """Whether nothing in the part is far or suspect."""
        return part in self.seen and part not in self.far


def scan_sheets(package: zipfile.ZipFile, watch: SheetWatch) -> dict[str, CellScan]:
    """Findings by sheet name; a sheet whose part cannot be found is absent.

    Args:
        package: The workbook.
        watch: What was seen while it was checked.

    Raises:
        lxml.etree.XMLSyntaxError, KeyError: When the workbook part is broken.
    """
    members = {name.lower().lstrip("/"): name for name in package.namelist()}
    parts = {title: members[part] for title, part in _sheet_parts(package, members) if part in members}
    near = {title for title, part in parts.items() if package.getinfo(part).file_size > _LARGE and watch.is_near(part)}
    scans = {title: CellScan(_NEAR_AREA) if title in near else _scan_sheet(package, parts[title]) for title in parts}
    if sum(scan.area for scan in scans.values()) > MAX_AREA:
        scans |= {title: _scan_sheet(package, parts[title]) for title in near}
    return scans


def _sheet_parts(package: zipfile.ZipFile, members: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Title and lower-case part name of every sheet, in workbook order."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    relations = etree.fromstring(package.read(members["xl/_rels/workbook.xml.rels"]), parser)
    targets = {}
    for relation in relations:
        target = unquote(relation.get("Target", ""))
        target = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))
        targets[relation.get("Id")] = target.lower()
    workbook = etree.fromstring(package.read(members["xl/workbook.xml"]), parser)
    for sheet in workbook.iter("{*}sheet"):
        relation_id = sheet.get(_RELATIONS + "id") or sheet.get(_STRICT_RELATIONS + "id")
        yield sheet.get("name", ""), targets.get(relation_id, "")


def _scan_sheet(package: zipfile.ZipFile, part: str) -> CellScan:
    rows, columns, is_suspect = 0, set[bytes](), False
    with package.open(part) as stream:
        for chunk in _iter_tags(stream):
            found = _REFERENCE.findall(chunk)
            if found:
                letters, numbers = zip(*found, strict=True)
                columns.update(letters)
                rows = max(rows, max(map(int, numbers)))
            is_suspect = is_suspect or _is_suspect(chunk)
    area = rows * max((column_number(letters.decode()) + 1 for letters in columns), default=0)
    if not is_suspect and area <= MAX_AREA:
        return CellScan(area)
    with package.open(part) as stream:
        return _examine_cells(stream)


def _is_far(chunk: bytes) -> bool:
    return _FAR.search(chunk) is not None or _is_suspect(chunk)


def _is_suspect(chunk: bytes) -> bool:
    """Whether there are traces of an error type or a formula; plain searches, the quickest first, beat a pattern."""
    return (
        b'"e"' in chunk
        or (b"'" in chunk and b"'e'" in chunk)
        or (b"<f" in chunk and any(trace in chunk for trace in _FORMULAS))
        or (b":" in chunk and b":f" in chunk and any(trace in chunk for trace in _PREFIXED_FORMULAS))
    )


def _iter_tags(stream: IO[bytes]) -> Iterator[bytes]:
    """The stream in pieces that do not cut a tag."""
    rest = b""
    while piece := stream.read(_STEP):
        chunk, rest = _cut_tags(rest + piece)
        yield chunk
    yield rest


def _cut_tags(chunk: bytes) -> tuple[bytes, bytes]:
    """The bytes up to the last tag, and that tag, which may not be complete."""
    cut = chunk.rfind(b"<")
    cut = cut if cut >= 0 and len(chunk) - cut < _STEP else len(chunk)
    return chunk[:cut], chunk[cut:]


def _examine_cells(stream: IO[bytes]) -> CellScan:
    """The exact extent of cells with content, and the broken ones."""
    from lxml import etree

    broken: dict[tuple[int, int], BrokenCell] = {}
    rows = columns = row = column = 0
    for _, cell in etree.iterparse(stream, tag=("{*}c", "{*}row"), resolve_entities=False, no_network=True):
        if cell.tag.endswith("row"):
            row, column = row + 1, 0
            _forget(cell)
            continue
        reference = re.fullmatch(r"([A-Za-z]{1,3})([0-9]{1,7})", cell.get("r", ""))
        if reference:
            column = column_number(reference[1]) + 1
            at_row = int(reference[2])
            row = at_row - 1
        else:
            column += 1
            at_row = row + 1
        value = cell.findtext("{*}v")
        if value or cell.find("{*}is") is not None or cell.find("{*}f") is not None:
            rows, columns = max(rows, at_row), max(columns, column)
        if cell.get("t") == "e":
            broken[at_row - 1, column - 1] = BrokenCell(value or "#N/A")
        elif not value and cell.get("t") != "str" and cell.find("{*}f") is not None:  # "" is a result, of type str
            broken[at_row - 1, column - 1] = UNCACHED
    return CellScan(rows * columns, broken)


def _forget(element: Any) -> None:
    """Frees the rows already seen."""
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]
