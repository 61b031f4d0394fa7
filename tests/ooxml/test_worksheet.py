"""Worksheets that are drawn cell by cell, read back with openpyxl."""

from io import BytesIO

import openpyxl
import pytest

from danju.ooxml.addresses import Range
from danju.ooxml.cells import Formula
from danju.ooxml.entry_rules import Condition, Validation
from danju.ooxml.parts import compile_parts
from danju.ooxml.properties import Properties, core_xml, property_parts
from danju.ooxml.styles import CellStyle, StyleTable
from danju.ooxml.workbook import workbook_part, workbook_xml
from danju.ooxml.worksheet import ColumnTrack, SheetFrame, Worksheet


def saved(*sheets: Worksheet) -> openpyxl.Workbook:
    """The workbook of these sheets, which share their styles."""
    finished = [sheet.finish(number) for number, sheet in enumerate(sheets, start=1)]
    workbook = workbook_part(finished, sheets[0].styles.xml(), workbook_xml(finished, (("danju.a", "!$B$2"),)))
    core = core_xml(Properties("t", "", "", 1, "", "", "", ""))
    return openpyxl.load_workbook(BytesIO(compile_parts((workbook, *property_parts(core))).fill({})), rich_text=True)


def test_what_is_put_is_read_back() -> None:
    """Values, merged ranges, heights, notes, rules of entry, names."""
    sheet = Worksheet("表'一", StyleTable())
    sheet.put(0, 0, "=1", CellStyle())
    sheet.put(1, 1, Formula("A1"), CellStyle(locked=False))
    sheet.merge(Range(3, 0, 4, 2), "合", CellStyle(wrap=True))
    sheet.heights_pt[7] = 30
    sheet.notes[1, 1] = "说明\n二"
    sheet.frame.validations.append(Validation(Range(1, 1, 9, 1), "栏", "list", ('"是,否"',), objection="不对" * 200))
    sheet.frame.conditions.append(Condition(Range.cell(1, 1), "B2=1", ';;;"一"'))
    sheet.filter(Range(0, 0, 9, 2))
    found = saved(sheet)["表'一"]
    assert (found["A1"].value, found["A1"].quotePrefix, found["B2"].value) == ("=1", True, "=A1")
    assert (found["B2"].protection.locked, found["A4"].alignment.wrap_text) == (False, True)
    assert [str(area) for area in found.merged_cells.ranges] == ["A4:C5"]
    assert found.row_dimensions[8].height == 30
    assert (found["B2"].comment.text, found["B2"].comment.author) == ("说明\n二", "Danju")
    (rule,) = found.data_validations.dataValidation
    assert (rule.type, rule.formula1, rule.errorStyle, str(rule.sqref), len(rule.error)) == (
        "list", '"是,否"', "warning", "B2:B10", 255,
    )  # fmt: skip
    assert found.auto_filter.ref == "A1:C10"
    (shown,) = found.conditional_formatting
    assert shown.rules[0].dxf.numFmt.formatCode == ';;;"一"'


@pytest.mark.parametrize(
    ("frozen", "first", "split"), [((0, 0), None, None), ((1, 0), "A2", 0), ((1, 2), "C2", 2), ((2, 1), "B3", 1)]
)
def test_what_is_frozen_stays_in_sight(frozen: tuple[int, int], first: str | None, split: int | None) -> None:
    """Excel refuses a split at column 0."""
    found = saved(Worksheet("a", StyleTable(), SheetFrame([ColumnTrack(9.5)], frozen=frozen)))["a"]
    assert found.freeze_panes == first
    assert split is None or (found.sheet_view.pane.xSplit or 0) == split


def test_hidden_sheets_and_names_stay_hidden() -> None:
    styles = StyleTable()
    book = saved(Worksheet("a", styles), Worksheet("b", styles, state="veryHidden"))
    assert (book["b"].sheet_state, book.defined_names["danju.a"].hidden) == ("veryHidden", True)
    assert book.defined_names["danju.a"].attr_text == "'a'!$B$2"


def test_a_protected_sheet_allows_what_is_said() -> None:
    found = saved(Worksheet("a", StyleTable(), SheetFrame(permissions=("sort",))))["a"]
    assert (found.protection.sheet, found.protection.sort, found.protection.formatCells) == (True, False, True)
