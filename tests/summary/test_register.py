"""The register sheets: one row a record, real values, links."""

import re
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from tests.summary.builders import TODAY, form, part, row, saved, sheet_of, shown, text

from danju import kinds
from danju.model.field import Field, Option
from danju.summary import SummaryWriter, TextTooLongError
from danju.summary.links import Links
from danju.summary.long_sheet import LongSheet
from danju.summary.register import RegisterSheet
from danju.summary.table_sheet import TableSheet
from danju.summary.words import words_for

DAY = Field("day", kinds.DATE, "日期", words=("长期",))
TIME = Field("time", kinds.DATETIME, "时间")
SCORE = Field("score", kinds.NUMBER, "得分", unit="分", decimals=2)
CAPITAL = Field("capital", kinds.NUMBER, "资本", unit="万元")
PEOPLE = Field("people", kinds.TABLE, "联系人", members=(text("name", "姓名"), text("mobile", "手机"), DAY))
REVIEW = Field("review", kinds.GROUP, "审核意见", members=(text("opinion", "意见"), DAY))


def test_a_record_is_a_row_under_the_labels_of_its_fields(tmp_path: Path) -> None:
    """Groups take a column a member, tables and choices one cell."""
    papers = Field("papers", kinds.CHOICES, "资料", options=(Option("a", "执照"), Option("b", "开票资料")))
    slip = form(text("customer", "客户"), papers, PEOPLE, REVIEW, SCORE)
    record = {
        "customer": "梅玉物流",
        "papers": ["a", "b"],
        "people": [{"name": "曹勇", "mobile": "13339075793"}, {"name": "韩霞", "day": date(2026, 1, 2)}],
        "review": {"opinion": "同意", "day": date(2026, 5, 6)},
        "score": Decimal("91.67"),
    }
    assert shown(sheet_of(saved(tmp_path, slip, [record]), "领料单")) == [
        ["序号", "客户", "资料", "联系人", "审核意见·意见", "审核意见·日期", "得分（分）", "来源"],
        [1, "梅玉物流", "执照、开票资料", "曹勇 13339075793\n韩霞 2026-01-02", "同意", datetime(2026, 5, 6), 91.67,
         "台账.xlsx › 登记 › A3"],
    ]  # fmt: skip


def test_the_form_may_choose_columns_even_inside_tables_and_groups(tmp_path: Path) -> None:
    """A member of a table gives one line a row."""
    slip = form(PEOPLE, REVIEW, text("other"), columns=("people.name", "review.day", "review"))
    record = {"people": [{"name": "曹勇"}, {"name": "韩霞"}], "review": {"opinion": "同意", "day": "长期"}}
    assert shown(sheet_of(saved(tmp_path, slip, [record, {}]), "领料单")) == [
        ["序号", "联系人·姓名", "审核意见·日期", "审核意见·意见", "审核意见·日期 2", "来源"],
        [1, "曹勇\n韩霞", "长期", "同意", "长期", "台账.xlsx › 登记 › A3"],
        [2, None, None, None, None, "台账.xlsx › 登记 › A3"],
    ]


@pytest.mark.parametrize(
    ("field", "given", "value", "number_format"),
    [
        (DAY, date(2026, 8, 24), datetime(2026, 8, 24), "yyyy\\-mm\\-dd"),
        (DAY, "长期", "长期", "General"),
        (DAY, date(1900, 1, 5), "1900-01-05", "@"),
        (TIME, datetime(2026, 4, 6, 5, 30), datetime(2026, 4, 6, 5, 30), "yyyy\\-mm\\-dd\\ hh:mm"),
        (SCORE, Decimal("91.5"), 91.5, "#,##0.00"),
        (SCORE, Decimal(275) / 3, 91.6666666666667, "#,##0.00"),
        (CAPITAL, Decimal("1200.5"), 1200.5, "#,##0.0"),
        (CAPITAL, Decimal("1E+4"), 10000, "#,##0"),
        (CAPITAL, Decimal(1234567890123456789), "1234567890123456789", "@"),
        (Field("count", kinds.INTEGER, "件数"), 0, 0, "#,##0"),
        (Field("yes", kinds.BOOLEAN, "是否"), True, "是", "General"),
        (text("account", "账号", format="bank-account"), "6652413700797537377", "6652413700797537377", "@"),
        (text("phone", "电话", max_length=20), "0771-5836361", "0771-5836361", "@"),
    ],
)
def test_values_are_what_they_are(
    tmp_path: Path, field: Field, given: object, value: object, number_format: str
) -> None:
    """Dates and numbers are real ones, codes stay text."""
    cell = sheet_of(saved(tmp_path, form(field), [{field.name: given}]), "领料单")["B2"]
    assert (cell.value, cell.number_format) == (value, number_format)


@pytest.mark.parametrize("dangerous", ["=1+1", "+86 771", "-5", "@cmd", "\t=1", "\r=1"])
def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path, dangerous: str) -> None:
    """A string type and the quote prefix, so that editing the cell does not wake it."""
    path = saved(tmp_path, form(text("note")), [{"note": dangerous}])
    cell = sheet_of(path, "领料单")["B2"]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)
    assert "<f>" not in part(path, "xl/worksheets/sheet2.xml")


@pytest.mark.parametrize("odd", ["<b>&\"'", "  两端  ", "一行\n两行", "_x0041_", "😀"])
def test_any_text_comes_back_unchanged(tmp_path: Path, odd: str) -> None:
    """Markup, blanks, line breaks, and what Excel would read as an escape."""
    xml = part(saved(tmp_path, form(text("note")), [{"note": odd}]), "xl/worksheets/sheet2.xml")
    if odd == "_x0041_":
        assert ">_x005F_x0041_<" in xml
    else:
        assert sheet_of(tmp_path / "汇总.xlsx", "领料单")["B2"].value == odd


def test_a_text_no_cell_can_hold_stops_instead_of_being_cut(tmp_path: Path) -> None:
    """The message gives the length, not the text."""
    with SummaryWriter([form(text("note"))], TODAY) as writer, pytest.raises(TextTooLongError, match="32,768"):
        writer.add("issue_slip", row({"note": "长" * 32_768}))


def test_documents_have_a_column_a_format_with_relative_links(tmp_path: Path) -> None:
    """Blanks are escaped as Excel does, Chinese stays readable; a format that comes later gets a later column."""
    rows = [
        row({}, "单据/ZF 001 50%#1.pdf", "单据/ZF 001 50%#1.docx"),
        row({}),
        row({}, "b.docx", "b.html"),
    ]
    path = saved(tmp_path, form(text("note")), rows)
    sheet = sheet_of(path, "领料单")
    assert shown(sheet)[0] == ["序号", "note", "来源", "Word", "PDF", "网页"]
    assert [[cell.value for cell in cells] for cells in sheet["D2:F4"]] == [
        ["打开", "打开", None], [None, None, None], ["打开", None, "打开"],
    ]  # fmt: skip
    links = {cell.coordinate: (cell.hyperlink.target, cell.hyperlink.tooltip)
             for cells in sheet["D2:F4"] for cell in cells if cell.hyperlink}  # fmt: skip
    assert links == {
        "D2": ("单据/ZF%20001%2050%25%231.docx", "ZF 001 50%#1.docx"),
        "E2": ("单据/ZF%20001%2050%25%231.pdf", "ZF 001 50%#1.pdf"),
        "D4": ("b.docx", "b.docx"),
        "F4": ("b.html", "b.html"),
    }
    assert sheet.tables["Register1"].ref == "A1:F4"


def test_beyond_excels_limit_file_names_stand_as_text_and_a_note_says_so() -> None:
    """A workbook with more links than Excel takes would be declared broken."""
    table = TableSheet("台账", "T", [], links=Links(limit=1))
    register = RegisterSheet(form(text("note")), table, words_for("zh"), "zh")
    register.add(row({}, "a.pdf"))
    register.add(row({}, "b.pdf"))
    sheet = LongSheet(table, register.widths(), words_for("zh"), register.footnote())
    content = sheet.finish(2).content
    assert callable(content)
    xml = b"".join(content()).decode()
    assert xml.count("<hyperlink ") == 1
    assert "<t>b.pdf</t>" in xml
    assert "自第 3 行起只列文件名" in xml
    table.close()


def test_the_sheet_is_a_filtered_banded_table_under_a_frozen_header(tmp_path: Path) -> None:
    """Headings of table and sheet agree, or Excel would repair the file."""
    path = saved(tmp_path, form(text("number", "编号"), text("customer", "客户"), text("note")), [{"note": "一"}] * 3)
    sheet = sheet_of(path, "领料单")
    table = sheet.tables["Register1"]
    assert (table.ref, table.autoFilter.ref, table.tableStyleInfo.name) == ("A1:E4", "A1:E4", "Danju")
    assert [column.name for column in table.tableColumns] == [cell.value for cell in sheet[1]]
    assert sheet.freeze_panes == "B2"
    assert sheet.print_title_rows == "$1:$1"
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)


def test_rows_are_numbered_one_by_one(tmp_path: Path) -> None:
    """A row number that comes twice would be a broken file to Excel."""
    xml = part(saved(tmp_path, form(text("note")), [{"note": "一"}] * 3), "xl/worksheets/sheet2.xml")
    assert re.findall(r'<row r="(\d+)"', xml) == ["1", "2", "3", "4"]


def test_columns_up_to_the_name_stay_in_sight(tmp_path: Path) -> None:
    """The name is what the form names its files after."""
    slip = form(text("number", "编号"), text("customer", "客户"), text("note"), filename_rule="{number} {customer}")
    assert sheet_of(saved(tmp_path, slip, [{"note": "一"}]), "领料单").freeze_panes == "D2"


def test_columns_are_as_wide_as_their_content_within_reason(tmp_path: Path) -> None:
    """A long text wraps, and its row is high enough for it."""
    record = {"a": "甲" * 100, "b": "乙", "capital": Decimal(10**12)}
    sheet = sheet_of(saved(tmp_path, form(text("a"), text("b"), CAPITAL), [record]), "领料单")
    assert sheet.column_dimensions["B"].width == 38
    assert sheet.column_dimensions["C"].width < 10
    assert sheet.column_dimensions["D"].width > 20
    assert sheet.row_dimensions[2].height == 6 * 14.5 + 3.5
    assert sheet["B2"].alignment.wrap_text
