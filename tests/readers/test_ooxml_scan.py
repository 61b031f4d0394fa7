"""A sheet's extent and broken cells are known before calamine loads it, large sheets unpacked only once for that."""

from __future__ import annotations

import io
import zipfile

import pytest
from tests.worlds.hostile_files import package, sheet_xml, text_row

from danju.readers.table import ooxml_scan
from danju.readers.table.ooxml_scan import SheetWatch, scan_sheets

NEAR = text_row(1, "客户", "数量") + text_row(2, "甲", "乙")
PART = "xl/worksheets/sheet1.xml"


def _scan(rows: str, step: int = 40) -> tuple[SheetWatch, ooxml_scan.CellScan]:
    """The scan of a sheet that the watch was shown in small pieces."""
    watch = SheetWatch()
    with zipfile.ZipFile(io.BytesIO(package(sheet_xml(rows)))) as book:
        content = book.read(PART)
        for start in range(0, len(content), step):
            watch(PART, content[start : start + step])
        (scan,) = scan_sheets(book, watch).values()
    return watch, scan


@pytest.fixture(autouse=True)
def _every_sheet_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ooxml_scan, "_LARGE", 0)


def test_an_upper_bound_will_do_for_a_large_sheet_near_the_corner() -> None:
    watch, scan = _scan(NEAR)
    assert watch.is_near(PART)
    assert (scan.area, scan.broken) == (26 * 399_999, {})


@pytest.mark.parametrize(
    ("cell", "area"),
    [
        ('<row r="3"><c r="AB3"><v>1</v></c></row>', 3 * 28),
        ('<row r="400000"><c r="C400000"><v>1</v></c></row>', 400_000 * 3),
        ('<row r="3"><c r="A3" t="e"><v>#N/A</v></c></row>', 6),
        ('<row r="3"><c r="A3"><f>1+1</f></c></row>', 6),
    ],
)
def test_what_is_far_or_suspect_is_looked_at_cell_by_cell(cell: str, area: int) -> None:
    watch, scan = _scan(NEAR + cell)
    assert not watch.is_near(PART)
    assert scan.area == area


def test_a_sheet_that_nobody_saw_is_scanned(monkeypatch: pytest.MonkeyPatch) -> None:
    with zipfile.ZipFile(io.BytesIO(package(sheet_xml(NEAR)))) as book:
        assert [scan.area for scan in scan_sheets(book, SheetWatch()).values()] == [4]
