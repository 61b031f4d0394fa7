"""Workbooks and CSV files: what their cells hold, which sheets count."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path

import pytest
from tests.readers.builders import OPENING, ORDER, VISIT, Read, read_grid, write_csv, write_ods, write_xlsx
from tests.worlds.hostile_files import package, sheet_xml, text_row

from danju.readers import SUFFIXES

PLAIN = "| 客户名称 | 数量 | 备注 |\n| 甲公司 | 3 | 急 |"


def test_values_keep_their_types(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["客户名称", "数量", "订货日期", "备注"],
        ["甲", 13609284025, date(2026, 1, 2), True],
        ["乙", 2.5, datetime(2026, 1, 2, 3, 4), time(8, 30)],
        ["丙", "0771", "2026.1.2", "a" * 32767],
    ]
    read = Read(write_xlsx(tmp_path / "a.xlsx", rows))
    assert [list(record.values())[1:] for record in read.values] == [
        [13609284025.0, date(2026, 1, 2), True],
        [2.5, datetime(2026, 1, 2, 3, 4), time(8, 30)],
        ["0771", "2026.1.2", "a" * 32767],
    ]


def test_an_error_cell_is_an_issue_at_its_cell(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", PLAIN.replace("| 3 |", "| #DIV/0! |"))
    read = Read(path)
    issue = read.issue("F114")
    assert (issue.location.cell, issue.label, issue.values["value"]) == ("B2", "数量", "#DIV/0!")
    assert read.values == [{"customer": "甲公司", "quantity": "#DIV/0!", "remark": "急"}]


def test_an_error_cell_below_the_last_value_is_not_lost(tmp_path: Path) -> None:
    read = Read(write_xlsx(tmp_path / "a.xlsx", PLAIN + "\n| | | |\n| | #REF! | |"))
    assert read.issue("F114").location.cell == "B4"


def test_an_error_typed_as_text_by_an_export_is_an_error_too(tmp_path: Path) -> None:
    read = Read(write_csv(tmp_path / "a.csv", PLAIN.replace("| 3 |", "| #N/A |")))
    assert read.issue("F114").location.cell == "B2"


def test_a_formula_without_stored_result_is_an_issue(tmp_path: Path) -> None:
    read = Read(write_xlsx(tmp_path / "a.xlsx", PLAIN.replace("| 3 |", "| =1+2 |")))
    assert read.issue("F115").location.cell == "B2"


def test_a_formula_with_stored_result_is_its_value(tmp_path: Path) -> None:
    cells = (
        '<c r="A2" t="str"><f>B9</f><v>甲</v></c><c r="B2"><f>1+2</f><v>3</v></c><c r="C2" t="str"><f>B9</f><v></v></c>'
    )
    sheet = sheet_xml(f'{text_row(1, "客户名称", "数量", "备注")}<row r="2">{cells}</row>')
    (tmp_path / "a.xlsx").write_bytes(package(sheet))
    read = Read(tmp_path / "a.xlsx")
    assert (read.values, read.issues) == ([{"customer": "甲", "quantity": 3.0}], [])


def test_error_cells_of_xls_are_found(tmp_path: Path) -> None:
    xlwt = pytest.importorskip("xlwt")
    book = xlwt.Workbook()
    sheet = book.add_sheet("台账")
    for column, value in enumerate(["客户名称", "数量", "备注"]):
        sheet.write(0, column, value)
    sheet.write_merge(1, 2, 0, 0, "甲公司")
    sheet.write(1, 1, 3)
    sheet.row(1).set_cell_error(2, 0x2A)
    sheet.write(2, 1, 4)
    book.save(str(tmp_path / "a.xls"))
    read = Read(tmp_path / "a.xls")
    assert read.issue("F114").location.cell == "C2"
    assert [(record["customer"], record["quantity"]) for record in read.values] == [("甲公司", 3.0), ("甲公司", 4.0)]


def test_ods_with_merges_and_errors(tmp_path: Path) -> None:
    extra = {
        "甲公司": '<table:table-cell office:value-type="string" table:number-rows-spanned="2">'
        "<text:p>甲公司</text:p></table:table-cell>",
        "坏": '<table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value="">'
        "<text:p>#DIV/0!</text:p></table:table-cell>",
    }
    read = Read(write_ods(tmp_path / "a.ods", "| 客户名称 | 数量 |\n| 甲公司 | 3 |\n| | 坏 |", extra))
    assert [record["customer"] for record in read.values] == ["甲公司", "甲公司"]
    assert read.issue("F114").location.cell == "B3"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030"])
def test_csv_encodings(tmp_path: Path, encoding: str) -> None:
    assert Read(write_csv(tmp_path / "a.csv", PLAIN, encoding)).values == [
        {"customer": "甲公司", "quantity": "3", "remark": "急"}
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_delimiters(tmp_path: Path, delimiter: str) -> None:
    read = Read(write_csv(tmp_path / "a.csv", PLAIN.replace("急", "急,快;好"), delimiter=delimiter))
    assert read.values[0]["remark"] == "急,快;好"


def test_csv_cells_are_named_as_excel_shows_them(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('sep=;\n客户名称;数量;备注\n甲;1;"两行\n文字"\n\n乙;2;\n', encoding="utf-8")
    read = Read(tmp_path / "a.csv")
    assert read.values[0]["remark"] == "两行\n文字"
    assert read.records[1].location.cell == "A5"


def test_a_two_row_header_without_merges(tmp_path: Path) -> None:
    head = "| 客户名称 | 用户意见 | | 联系人 | |\n| | 质量 | 服务态度 | 姓名 | 手机 |"
    grid = head + "\n| 甲 | 良好 | 一般 | 张三 | 13609284025 |"
    assert Read(write_csv(tmp_path / "a.csv", grid), VISIT).values == [
        {
            "customer_name": "甲",
            "quality": "良好",
            "service": "一般",
            "contacts": [{"name": "张三", "mobile": "13609284025"}],
        }
    ]


def test_hidden_sheets_are_skipped_and_said(tmp_path: Path) -> None:
    read = Read(write_xlsx(tmp_path / "a.xlsx", {"明细": PLAIN, "旧": PLAIN}, hidden="旧"))
    assert len(read.values) == 1
    assert read.issue("F018").location.sheet == "旧"


def test_a_sheet_of_something_else_is_skipped_and_said(tmp_path: Path) -> None:
    sheets = {"明细": PLAIN, "价目": "| 品名 | 数量 | 单价 | 折扣 | 产地 |\n| 椅子 | 3 | 4 | 5 | 南宁 |"}
    read = Read(write_xlsx(tmp_path / "a.xlsx", sheets))
    assert (len(read.values), read.issue("F013").location.sheet) == (1, "价目")


def test_instructions_are_skipped_in_silence(tmp_path: Path) -> None:
    read = Read(write_xlsx(tmp_path / "a.xlsx", {"填写说明": "| 请逐行填写。 |\n| 不要合并单元格。 |", "明细": PLAIN}))
    assert (len(read.values), read.issues) == (1, [])


def test_sheets_of_different_forms_are_readings_of_their_own(tmp_path: Path) -> None:
    visits = "| 客户走访台账 |\n| 客户单位名称 | 走访日期 | 质量 | 服务态度 |\n| 甲 | 2026-01-02 | 良好 | 优良 |"
    read = Read(write_xlsx(tmp_path / "a.xlsx", {"订货": PLAIN, "走访": visits}), ORDER, VISIT)
    assert read.forms == ["order", "visit_report"]


def test_which_form_it_is_follows_from_the_headings(tmp_path: Path) -> None:
    grid = "| 客户名称 | 统一社会信用代码 | 客户类别 | 申请日期 |\n| 甲 | 1 | 经销 | 2026-01-02 |"
    assert read_grid(tmp_path, grid, ORDER, VISIT, OPENING).forms == ["customer_opening"]


def test_which_form_it_is_may_be_undecidable(tmp_path: Path) -> None:
    from dataclasses import replace

    twin = replace(ORDER, id="order_copy", title="订货单副本")
    read = read_grid(tmp_path, PLAIN, ORDER, twin)
    assert read.issue("F017").values["candidates"] == "order（订货单）、order_copy（订货单副本）"
    assert read.forms == [None]


def test_a_title_decides_between_forms_of_the_same_fields(tmp_path: Path) -> None:
    from dataclasses import replace

    twin = replace(ORDER, id="order_copy", title="补货单", record_type=replace(ORDER.record_type, title="补货单"))
    assert read_grid(tmp_path, f"| 2026年补货单 |\n{PLAIN}", ORDER, twin).forms == ["order_copy"]


def test_the_chosen_form_wins(tmp_path: Path) -> None:
    assert read_grid(tmp_path, PLAIN, ORDER, VISIT, chosen=ORDER).forms == ["order"]


def test_the_wrong_chosen_form_is_said(tmp_path: Path) -> None:
    grid = "| 客户单位名称 | 走访日期 | 质量 | 服务态度 | 产品知名度 |\n| 甲 | 2026-01-02 | 良好 | 优良 | 驰名 |"
    read = read_grid(tmp_path, grid, ORDER, VISIT, chosen=ORDER)
    text = read.issue("F019").text()
    assert "这是“客户走访报告单”的台账，不是“订货单”。请改用 --form visit" in text


def test_nothing_recognised_names_the_nearest_form(tmp_path: Path) -> None:
    read = read_grid(tmp_path, "| 数量 | 单价 | 产地 | 颜色 | 天气 |\n| 1 | 2 | 3 | 4 | 5 |")
    assert read.issue("F004").text().count("其中有 1 个栏目像“订货单”。") == 1
    assert read_grid(tmp_path, "| 天气 | 温度 |\n| 晴 | 30 |").issue("F004").values["hint"] == ""


def test_records_are_read_lazily(tmp_path: Path) -> None:
    from danju.readers import iter_readings

    path = write_xlsx(tmp_path / "a.xlsx", PLAIN + "\n| 乙 | 4 | |\n| 合计 | 7 | |")
    (reading,) = iter_readings(path, "a.xlsx", (ORDER,), None)
    next(reading.records)
    assert reading.issues == []
    list(reading.records)
    assert [issue.code for issue in reading.issues] == ["F012"]


def test_the_suffixes_are_those_of_the_design() -> None:
    workbooks, texts = {".xlsx", ".xlsm", ".xls", ".ods"}, {".csv", ".yaml", ".yml", ".json"}
    documents = {".docx", ".docm"}
    assert set(SUFFIXES) == {*workbooks, *texts, *documents, ".doc", ".pdf"}  # .doc to say how to save it anew
