"""Drawings as workbooks, read back with openpyxl and calamine."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest
from lxml import etree
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook
from tests.renderers.conftest import drawing as made
from tests.renderers.conftest import visit_page

from danju.model.drawing import Cell, Drawing, Line, Page, Run
from danju.model.layout import Paper
from danju.ooxml.properties import Properties
from danju.renderers.excel import ExcelRenderer, compile_excel
from danju.renderers.excel_parts import column_width, footer_codes, row_heights

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture(scope="module")
def excel() -> ExcelRenderer:
    """The renderer, compiled once as in use."""
    return compile_excel()


def load_sheet(data: bytes) -> Worksheet:
    """The only worksheet, with rich text."""
    sheet = openpyxl.load_workbook(BytesIO(data), rich_text=True).active
    assert isinstance(sheet, Worksheet)
    return sheet


def one_cell(*lines: Line, height_mm: float = 9.0) -> Drawing:
    """A drawing with a single cell in its grid: A3, below the title block."""
    return made(Page((height_mm,), (Cell(0, 0, 1, 1, lines),)), columns=(170.0,), right="")


def weights(sheet: Worksheet, ref: str) -> str:
    """Rules of a worksheet cell: top, right, bottom, left; m medium, t thin, - none.

    Not for the first cell of a merged range, to which openpyxl adds the range's other rules.
    """
    border = sheet[ref].border
    styles = (border.top.style, border.right.style, border.bottom.style, border.left.style)
    return "".join((style or "-")[0] for style in styles)


def test_words_stand_where_the_drawing_has_them(
    excel: ExcelRenderer, visit_report: Drawing, properties: Properties
) -> None:
    """Calamine, another reader than the one that helped to write, sees the same texts."""
    data = excel.render(visit_report, properties)
    rows = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_name("客户走访报告单").to_python()
    shown = [[text.replace("\u2006", "") for text in row if text] for row in rows]
    assert shown[:4] == [
        ["客户走访报告单"],
        ["编号：ZF-202603-017", "走访日期：2026年3月18日"],
        ["客户单位名称", "南宁华盛石化有限公司"],
        ["客户地址", "南宁市高新区科园大道 88 号", "法人代表", "陈建国"],
    ]
    assert shown[4][2] == "☐ 非常优良 100　☑ 优良 90　☐ 良好 85\n☐ 一般 80　☐ 合格 70　☐ 不合格 60"
    assert shown[10] == ["陈建国", "总经理", "0771-3210088", "13907710001"]


def test_widths_and_heights_are_the_drawing_s(
    excel: ExcelRenderer, visit_report: Drawing, properties: Properties
) -> None:
    """7 pixels of 1/96 inch a unit; edges are cut to whole pixels."""
    sheet = load_sheet(excel.render(visit_report, properties))
    widths = [sheet.column_dimensions[letter].width * 7 * 25.4 / 96 for letter in "ABCDEFG"]
    assert widths == pytest.approx(visit_report.columns_mm, abs=0.3)
    assert sum(widths) == pytest.approx(170, abs=0.3)
    heights = [sheet.row_dimensions[row].height / 72 * 25.4 for row in range(3, 18)]
    assert heights == pytest.approx(visit_report.pages[0].heights_mm, abs=0.3)


def test_cells_are_merged_as_drawn(excel: ExcelRenderer, visit_report: Drawing, properties: Properties) -> None:
    """Title block across the grid, spans below."""
    merges = {str(area) for area in load_sheet(excel.render(visit_report, properties)).merged_cells.ranges}
    assert {"A1:G1", "B3:G3", "A5:A7", "C5:G5", "A10:A13", "E10:F10"} <= merges


def test_frame_is_medium_inside_thin_open_none(
    excel: ExcelRenderer, visit_report: Drawing, properties: Properties
) -> None:
    """Every cell of a merged range carries its part of the frame."""
    sheet = load_sheet(excel.render(visit_report, properties))
    assert weights(sheet, "A1") == "----"
    assert weights(sheet, "A3") == "mttm"
    assert [weights(sheet, ref) for ref in ("C3", "G3")] == ["m-t-", "mmt-"]
    assert [weights(sheet, ref) for ref in ("G14", "G15")] == ["tm--", "-mt-"]
    assert weights(sheet, "A17") == "-tmm"


def test_looks_are_carried_by_cell_or_by_run(
    excel: ExcelRenderer, visit_report: Drawing, properties: Properties
) -> None:
    """Labels are shaded and centred, free text starts at the top; scores and boxes have their own font in the text."""
    sheet = load_sheet(excel.render(visit_report, properties))
    label, advice = sheet["A3"], sheet["B9"]
    assert (label.fill.fgColor.rgb, label.alignment.horizontal, label.font.name) == ("FFF3F4F6", "center", "微软雅黑")
    assert (advice.fill.fill_type, advice.alignment.vertical, advice.alignment.wrap_text) == (None, "top", True)
    box, word, score = sheet["C5"].value[:3]
    assert (box.text, box.font.rFont) == ("☐", "Segoe UI Symbol")
    assert (word.text, word.font.rFont, word.font.sz) == (" 非常优良 ", "微软雅黑", 10.5)
    assert (score.text, score.font.sz, score.font.color.rgb) == ("100", 8, "FF6B7280")
    assert (sheet["A1"].font.sz, sheet["A1"].font.b) == (19, True)


@pytest.mark.parametrize("text", ["=1+1", "+86 771", "-5", "@all", "=HYPERLINK(0)"])
def test_text_that_looks_like_a_formula_stays_text(
    excel: ExcelRenderer, visit_report: Drawing, properties: Properties, text: str
) -> None:
    """String type, and a quote prefix so that editing does not turn it into a formula."""
    cell = load_sheet(excel.render(one_cell(Line((Run(text),))), properties))["A3"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


def test_numbers_and_codes_shrink_rather_than_break(
    excel: ExcelRenderer, visit_report: Drawing, properties: Properties
) -> None:
    """A mobile number stays on one line; words wrap."""
    sheet = load_sheet(excel.render(visit_report, properties))
    looks = [(sheet[ref].alignment.shrink_to_fit, sheet[ref].alignment.wrap_text) for ref in ("G11", "B4")]
    assert looks == [(True, None), (None, True)]


def test_signs_of_xml_and_excel_escapes_are_text(
    excel: ExcelRenderer, visit_report: Drawing, properties: Properties
) -> None:
    """< > & and quotes come back as they were, spaces too; what looks like _x000D_ is protected."""
    nasty = '  <c> & "q" ]]>  '
    data = excel.render(one_cell(Line((Run(nasty),)), Line((Run("a_x000D_b"),))), properties)
    assert CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()[2][0].startswith(nasty)
    with ZipFile(BytesIO(data)) as package:
        assert "a_x005F_x000D_b" in package.read("xl/worksheets/sheet1.xml").decode()


def test_too_much_text_is_refused_not_cut(excel: ExcelRenderer, visit_report: Drawing, properties: Properties) -> None:
    """32,767 characters fit, one more does not."""
    assert excel.render(one_cell(Line((Run("字" * 32_767),))), properties)
    with pytest.raises(ValueError, match="32,767"):
        excel.render(one_cell(Line((Run("字" * 32_768),))), properties)


def test_a_row_higher_than_excel_allows_becomes_several(
    excel: ExcelRenderer, visit_report: Drawing, properties: Properties
) -> None:
    """The cell is merged over them; together they are as high as drawn."""
    assert [len(parts) for parts in row_heights([9.0, 200.0, 144.0])] == [1, 2, 1]
    assert sum(row_heights([200.0])[0]) == pytest.approx(200 / 25.4 * 72, abs=0.75)
    drawing = replace(visit_report, pages=(Page((200.0,), (Cell(0, 0, 1, 7, ()),)),))
    sheet = load_sheet(excel.render(drawing, properties))
    assert "A3:G4" in {str(area) for area in sheet.merged_cells.ranges}
    assert max(sheet.row_dimensions[row].height for row in (3, 4)) <= 409


def test_each_page_prints_on_its_own_sheet(excel: ExcelRenderer, long_list: Drawing, properties: Properties) -> None:
    """Page break between the pages, title block repeated, full size; the second page starts with the table's head."""
    sheet = load_sheet(excel.render(long_list, properties))
    assert [entry.id for entry in sheet.row_breaks.brk] == [27]
    assert sheet["B28"].value == "姓　名"
    assert sheet.print_title_rows == "$1:$3"
    assert sheet.print_area == "'联系人登记表'!$A$1:$G$40"
    assert not sheet.sheet_properties.pageSetUpPr.fitToPage


def test_a_single_page_is_fitted_to_one_sheet(
    excel: ExcelRenderer, visit_report: Drawing, properties: Properties
) -> None:
    """A4 upright, centred, grid lines hidden, margins of the paper."""
    sheet = load_sheet(excel.render(visit_report, properties))
    setup = sheet.page_setup
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (setup.paperSize, setup.orientation, setup.fitToWidth, setup.fitToHeight) == (9, "portrait", 1, 1)
    assert sheet.print_options.horizontalCentered
    assert not sheet.sheet_view.showGridLines
    assert sheet.page_margins.left * 25.4 == pytest.approx(22, abs=0.01)
    turned = load_sheet(excel.render(replace(visit_report, paper=Paper(297.0, 210.0)), properties))
    assert turned.page_setup.orientation == "landscape"


def test_notes_stand_below_the_grid(excel: ExcelRenderer, visit_report: Drawing, properties: Properties) -> None:
    """Small and grey, in a merged row high enough for two lines."""
    sheet = load_sheet(excel.render(visit_report, properties))
    note = sheet["A18"]
    assert str(note.value).startswith("注：质量")
    assert (note.font.sz, note.font.color.rgb) == (8.5, "FF6B7280")
    assert sheet.row_dimensions[18].height == pytest.approx(2 * 8.5 * 1.45 + 1.3 / 25.4 * 72, abs=1)


def test_footer_escapes_and_fits() -> None:
    """& is doubled, and Excel's 255 characters are kept even by an absurd number."""
    assert footer_codes("R&D-1") == ('&L&"微软雅黑"&8&K6B7280R&&D-1&R&"微软雅黑"&8&K6B7280第 &P 页　共 &N 页')
    assert footer_codes("").startswith("&R")
    assert len(footer_codes("&9" * 200)) <= 255


def test_quote_in_the_title_keeps_print_area_valid(
    excel: ExcelRenderer, visit_report: Drawing, properties: Properties
) -> None:
    """An apostrophe inside a sheet name is doubled in references."""
    sheet = load_sheet(excel.render(made(visit_page(), title="A'B & C"), properties))
    assert (sheet.title, sheet.print_title_rows) == ("A'B & C", "$1:$2")


def test_columns_are_measured_as_excel_does() -> None:
    """64 pixels are 9.14 units with 7-pixel digits."""
    assert column_width(64) == pytest.approx(9.14, abs=0.005)


def test_equal_input_gives_equal_bytes(
    excel: ExcelRenderer, visit_report: Drawing, long_list: Drawing, properties: Properties
) -> None:
    """Also from a renderer compiled anew, and whatever was drawn in between."""
    first = excel.render(visit_report, properties)
    excel.render(long_list, properties)
    assert excel.render(visit_report, properties) == first == compile_excel().render(visit_report, properties)


def test_properties_trace_the_file_to_form_and_record(
    excel: ExcelRenderer, visit_report: Drawing, properties: Properties
) -> None:
    """The same properties as in the Word file."""
    book = openpyxl.load_workbook(BytesIO(excel.render(visit_report, properties)))
    assert (book.properties.title, book.properties.identifier) == ("客户走访报告单", "ZF-202603-017")
    assert {entry.name: entry.value for entry in book.custom_doc_props.props} == {
        "DanjuForm": "visit_report",
        "DanjuFormVersion": 3,
        "DanjuFormDigest": "ab12",
        "DanjuRecordDigest": "cd34",
        "DanjuNumber": "ZF-202603-017",
    }


def test_fonts_are_written_in_schema_order(excel: ExcelRenderer, visit_report: Drawing, properties: Properties) -> None:
    """b, sz, color, name, family, charset: strict validators reject any other order."""
    order = ["b", "sz", "color", "name", "family", "charset"]
    with ZipFile(BytesIO(excel.render(visit_report, properties))) as package:
        styles = etree.fromstring(package.read("xl/styles.xml"))
    for font in styles.find(S + "fonts"):
        children = [child.tag.removeprefix(S) for child in font]
        assert children == sorted(children, key=order.index)
