"""Marks come off again: the members of the package are those that were there before."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table
from PIL import Image
from tests.returns.builders import (
    EMPTY,
    OPTION,
    WARNING,
    added,
    cleaned,
    issue,
    marked,
    members,
    raw_members,
    register,
    rewrite,
)

Change = Callable[[Workbook, Any], None]


def styled(book: Workbook, sheet: Any) -> None:
    """Fills, fonts, widths, filter and a frozen header."""
    for cell in sheet[2]:
        cell.fill = PatternFill("solid", fgColor="FF1F4E79")
        cell.font = Font(bold=True, color="FFFFFFFF")
    for cell in sheet[3]:
        cell.fill = PatternFill("solid", fgColor="FFE2EFDA")
    sheet.column_dimensions["B"].width = 30
    sheet.column_dimensions["H"].width = 5
    sheet.auto_filter.ref = "A2:G5"
    sheet.freeze_panes = "A3"
    sheet.print_area = "A1:G5"


def wide_columns(book: Workbook, sheet: Any) -> None:
    """One group of columns over those of the register and far beyond."""
    sheet.column_dimensions.group("C", "Z", hidden=False)
    sheet.column_dimensions["C"].width = 12


def commented(book: Workbook, sheet: Any) -> None:
    """Comments of the author's own, one of them on a faulty cell."""
    sheet["D3"].comment = Comment("问过客户", "小王")
    sheet["B4"].comment = Comment("老客户", "小王")


def drawn(book: Workbook, sheet: Any) -> None:
    """A chart."""
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=1, min_row=3, max_row=5))
    sheet.add_chart(chart, "J2")


def pictured(book: Workbook, sheet: Any) -> None:
    """A picture."""
    from openpyxl.drawing.image import Image as Picture

    picture = io.BytesIO()
    Image.new("RGB", (20, 20), "red").save(picture, "PNG")
    sheet.add_image(Picture(picture), "J2")


def ruled(book: Workbook, sheet: Any) -> None:
    """A drop-down list and a conditional format."""
    validation = DataValidation(type="list", formula1='"优良,良好"')
    validation.add("D3:D100")
    sheet.add_data_validation(validation)
    sheet.conditional_formatting.add(
        "A3:A9", CellIsRule(operator="lessThan", formula=["2"], font=Font(color="FFFF0000"))
    )


def in_table(book: Workbook, sheet: Any) -> None:
    """A table (ListObject)."""
    sheet.add_table(Table(displayName="台账", ref="A2:G5"))


def protected(book: Workbook, sheet: Any) -> None:
    """A protected sheet, and a workbook whose structure is locked."""
    sheet.protection.enable()
    book.security.lockStructure = True


def with_neighbours(book: Workbook, sheet: Any) -> None:
    """Other sheets: one before, one hidden, one very hidden; formulas among them; the second one is active."""
    first = book.create_sheet("说明", 0)
    first["A1"] = "=走访!A3+1"
    book.create_sheet("底稿").sheet_state = "hidden"
    book.create_sheet("密").sheet_state = "veryHidden"
    book.active = 1


def with_styled_blanks(book: Workbook, sheet: Any) -> None:
    """Cells with a style and nothing else where messages go."""
    for row in range(2, 6):
        sheet.cell(row, 8).fill = PatternFill("solid", fgColor="FFEEEEEE")


CHANGES = (
    styled, wide_columns, commented, drawn, pictured, ruled, in_table, protected, with_neighbours, with_styled_blanks
)  # fmt: skip
CODES = (OPTION, EMPTY, WARNING)


@pytest.mark.parametrize("change", [None, *CHANGES], ids=lambda each: getattr(each, "__name__", "plain"))
def test_marks_come_off_and_leave_what_was_there(tmp_path: Path, change: Change | None) -> None:
    content = register(change)
    path = marked(tmp_path, content)
    assert members(cleaned(path)) == members(content)


@pytest.mark.parametrize("change", CHANGES, ids=lambda each: each.__name__)
def test_members_that_need_no_mark_are_copied_byte_for_byte(tmp_path: Path, change: Change) -> None:
    content = register(change)
    before, after = raw_members(content), raw_members(marked(tmp_path, content).read_bytes())
    may_change = re.compile(
        r"\[Content_Types\]\.xml|xl/workbook\.xml|xl/styles\.xml|xl/comments.*|xl/drawings/.*\.vml|.*legacyDrawing.*"
        r"|xl/_rels/workbook\.xml\.rels|xl/worksheets/sheet[12]\.xml|xl/worksheets/_rels/sheet[12]\.xml\.rels"
    )
    assert not [name for name in before if before[name] != after.get(name) and not may_change.fullmatch(name)]


def test_all_of_it_together_comes_off(tmp_path: Path) -> None:
    def everything(book: Workbook, sheet: Any) -> None:
        for change in (styled, commented, drawn, pictured, ruled, with_neighbours):
            change(book, sheet)

    content = register(everything)
    assert members(cleaned(marked(tmp_path, content))) == members(content)


def test_a_returned_file_is_marked_anew_as_the_original_would_be(tmp_path: Path) -> None:
    content = register(styled)
    first = marked(tmp_path, content).read_bytes()
    again = marked(tmp_path, first, name="b.xlsx").read_bytes()
    assert raw_members(again) == raw_members(first)


def test_the_same_faults_give_the_same_bytes(tmp_path: Path) -> None:
    content = register(styled)
    assert marked(tmp_path, content).read_bytes() == marked(tmp_path, content, name="b.xlsx").read_bytes()


@pytest.mark.parametrize(
    "pattern",
    [
        (rb' r="[A-Z]+\d+"', b""),  # cells without references
        (rb'(<row [^>]*?) ?r="\d+"', rb"\1"),  # rows without numbers
        (rb"<dimension[^>]*/>", b""),
        (rb"<sheetData>", b"<sheetData><!-- <row r='9'> -->"),
        (rb"(</?)(?=[a-zA-Z])", rb"\1x:"),  # a namespace prefix
    ],
    ids=["cells", "rows", "dimension", "comment", "prefix"],
)
def test_odd_but_lawful_sheets_are_marked_and_come_back(tmp_path: Path, pattern: tuple[bytes, bytes]) -> None:
    def odd(name: str, member: bytes) -> bytes:
        if name != "xl/worksheets/sheet1.xml":
            return member
        return re.sub(*pattern, member).replace(b"xmlns=", b"xmlns:x=" if b"x:" in pattern[1] else b"xmlns=")

    content = rewrite(register(), odd)
    path = marked(tmp_path, content)
    sheet = load_workbook(path)["走访"]
    assert sheet["D3"].fill.fgColor.rgb == sheet["C5"].fill.fgColor.rgb == "FFFFC4BE"
    assert sheet["D3"].value == "很好"
    assert (sheet["H2"].value, sheet["H4"].value) == ("错误（单据检查）", None)
    kept = members(content)
    if b"<!--" in pattern[1]:
        kept["xl/worksheets/sheet1.xml"] = members(register())["xl/worksheets/sheet1.xml"]
    assert members(cleaned(path)) == kept


def test_strict_workbooks_are_marked_in_their_own_namespace(tmp_path: Path) -> None:
    def strict(name: str, member: bytes) -> bytes:
        member = member.replace(
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        )
        return member.replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        )

    content = rewrite(register(), strict)
    path = marked(tmp_path, content)
    comments = raw_members(path.read_bytes())["xl/comments1.xml"]
    assert b"http://purl.oclc.org/ooxml/spreadsheetml/main" in comments
    assert members(cleaned(path)) == members(content)


def test_a_workbook_without_styles_gets_some_and_loses_them_again(tmp_path: Path) -> None:
    def bare(name: str, member: bytes) -> bytes | None:
        if name == "xl/styles.xml":
            return None
        if name == "xl/worksheets/sheet1.xml":
            return re.sub(rb' s="\d+"', b"", member)
        return re.sub(rb"<(?:Override|Relationship)[^>]*styles[^>]*/>", b"", member)

    content = rewrite(register(), bare)
    path = marked(tmp_path, content)
    assert load_workbook(path)["走访"]["D3"].fill.fgColor.rgb == "FFFFC4BE"
    assert members(cleaned(path)) == members(content)


def test_signatures_are_dropped_and_macros_stay(tmp_path: Path) -> None:
    content = added(register(), "_xmlsignatures/sig1.xml", b"<Signature/>")
    content = added(content, "xl/vbaProject.bin", bytes(range(256)))
    left = raw_members(marked(tmp_path, content).read_bytes())
    assert "_xmlsignatures/sig1.xml" not in left
    assert left["xl/vbaProject.bin"] == bytes(range(256))


def test_cells_and_rows_that_were_not_there_are_made_in_order(tmp_path: Path) -> None:
    path = marked(tmp_path, register(), [issue("C5"), issue("D9"), issue("F4"), issue("AA3")])
    text = raw_members(path.read_bytes())["xl/worksheets/sheet1.xml"].decode()
    rows = [int(each) for each in re.findall(r'<row r="(\d+)"', text)]
    cells = re.findall(r'<c r="([A-Z]+)3"', text)
    assert rows == sorted(rows)
    assert 9 in rows
    assert [(len(each), each) for each in cells] == sorted((len(each), each) for each in cells)
    assert members(cleaned(path)) == members(register())


@settings(max_examples=25, derandomize=True, deadline=None, phases=[Phase.generate])
@given(
    faults=st.dictionaries(st.tuples(st.integers(1, 12), st.sampled_from("ABCDEFGHZ")), st.sampled_from(CODES)),
    changes=st.sets(st.sampled_from(CHANGES), max_size=4),
)
def test_whatever_is_marked_comes_off(
    tmp_path_factory: pytest.TempPathFactory, faults: dict[tuple[int, str], str], changes: set[Change]
) -> None:
    def changed(book: Workbook, sheet: Any) -> None:
        for change in sorted(changes - {in_table}, key=CHANGES.index):
            change(book, sheet)

    content = register(changed)
    issues = [issue(f"{column}{row}", code) for (row, column), code in faults.items()]
    assert members(cleaned(marked(tmp_path_factory.mktemp("law"), content, issues))) == members(content)
