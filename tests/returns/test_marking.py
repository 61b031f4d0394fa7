"""What the author sees in a returned workbook, and what becomes of it when it comes back."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.table import Table
from tests.readers.builders import VISIT
from tests.returns.builders import (
    FAULTS,
    HEADINGS,
    cleaned,
    findings,
    issue,
    marked,
    members,
    raw_members,
    register,
    rewrite,
)

from danju.exchange.marks import SEPARATOR
from danju.issues import Issue
from danju.location import Location
from danju.readers import iter_readings
from danju.returns import frame
from danju.returns.notes import MOST_NOTES
from danju.returns.workbooks import mark_own

ERROR, WARNING = "FFFFC4BE", "FFFFEAA3"


def sheet_of(path: Path, title: str = "走访") -> Any:
    """A sheet of a workbook."""
    return load_workbook(path)[title]


def records_of(path: Path) -> list[dict[str, object]]:
    """What a reader takes from a workbook, issues of the file included."""
    found: list[dict[str, object]] = []
    for reading in iter_readings(path, "a.xlsx", [VISIT], None):
        for raw in reading.records:
            plain = replace(raw, location=Location())
            found.append({name: repr(node) for name, node in plain.fields.items()})
        found += [{"issue": each.code} for each in reading.issues]
    return found


def test_faulty_cells_get_the_colour_of_their_worst_issue(tmp_path: Path) -> None:
    sheet = sheet_of(marked(tmp_path, register(), [*FAULTS, issue("D3", "F123")]))
    colours = {cell: sheet[cell].fill.fgColor.rgb for cell in ("D3", "C5", "G3")}
    assert colours == {"D3": ERROR, "C5": ERROR, "G3": WARNING}
    assert sheet["D4"].fill.patternType is None


def test_a_marked_cell_keeps_its_other_looks(tmp_path: Path) -> None:
    def bold(book: Workbook, sheet: Any) -> None:
        sheet["C3"].font = Font(bold=True, color="FF00B050")

    cell = sheet_of(marked(tmp_path, register(bold), [issue("C3")]))["C3"]
    assert (cell.font.bold, cell.font.color.rgb, cell.number_format) == (True, "FF00B050", "yyyy-mm-dd")
    assert cell.value.date() == date(2026, 3, 18)


def test_comments_say_what_is_wrong_and_what_to_do(tmp_path: Path) -> None:
    comment = sheet_of(marked(tmp_path, register()))["D3"].comment
    assert comment.author == "单据检查"
    assert comment.text == f"{SEPARATOR}\n【错误】质量：“很好”不在选项中。\n→ 可填：优良、良好。"


def test_the_authors_own_comment_stays_above_ours(tmp_path: Path) -> None:
    def commented(book: Workbook, sheet: Any) -> None:
        sheet["D3"].comment = Comment("问过客户", "小王")

    comment = sheet_of(marked(tmp_path, register(commented)))["D3"].comment
    assert comment.author == "小王"
    assert comment.text.startswith(f"问过客户\n{SEPARATOR}\n【错误】质量")


def test_the_column_lists_every_message_of_its_row_and_nothing_else(tmp_path: Path) -> None:
    def shaded(book: Workbook, sheet: Any) -> None:
        for cell in sheet[2]:
            cell.fill = PatternFill("solid", fgColor="FF1F4E79")

    sheet = sheet_of(marked(tmp_path, register(shaded)))
    assert [sheet.cell(row, 8).value for row in range(1, 6)] == [
        None,
        "错误（单据检查）",
        "质量：“很好”不在选项中。可填：优良、良好。\n质量：以“=”开头，像公式；已按文字处理。如应为计算结果，请填写数值。",
        None,
        "走访日期：未填写。此项必填。\n服务态度：“很好”不在选项中。可填：优良、良好。",
    ]
    assert sheet["H2"].fill.fgColor.rgb == "FF1F4E79"
    assert sheet["H3"].alignment.wrap_text
    assert sheet.column_dimensions["H"].width == 48


def test_an_unknown_heading_is_marked_without_a_message_in_the_column(tmp_path: Path) -> None:
    sheet = sheet_of(marked(tmp_path, register(), [issue("G2", "F102")]))
    assert sheet["G2"].fill.fgColor.rgb == WARNING
    assert sheet["H2"].value == "错误（单据检查）"
    assert sheet["H2"].fill.patternType is None


def test_a_filter_reaches_over_the_column_or_is_made_for_it(tmp_path: Path) -> None:
    def filtered(book: Workbook, sheet: Any) -> None:
        sheet.auto_filter.ref = "A2:G5"

    def protected(book: Workbook, sheet: Any) -> None:
        sheet.protection.enable()

    assert sheet_of(marked(tmp_path, register(filtered))).auto_filter.ref == "A2:H5"
    assert sheet_of(marked(tmp_path, register())).auto_filter.ref == "H2:H5"
    assert sheet_of(marked(tmp_path, register(protected))).auto_filter.ref is None


def test_a_table_keeps_its_extent_and_the_column_stands_apart(tmp_path: Path) -> None:
    def in_table(book: Workbook, sheet: Any) -> None:
        sheet.add_table(Table(displayName="台账", ref="A2:G5"))

    sheet = sheet_of(marked(tmp_path, register(in_table)))
    assert sheet.tables["台账"].ref == "A2:G5"
    assert (sheet["H2"].value, sheet["I2"].value) == (None, "错误（单据检查）")


def test_words_beside_the_register_are_not_overwritten(tmp_path: Path) -> None:
    def noted(book: Workbook, sheet: Any) -> None:
        sheet["I4"] = "已电话核实"

    sheet = sheet_of(marked(tmp_path, register(noted)))
    assert (sheet["I4"].value, sheet["J2"].value) == ("已电话核实", "错误（单据检查）")


def test_the_index_lists_every_issue_with_a_link(tmp_path: Path) -> None:
    path = marked(tmp_path, register(), [*FAULTS, issue(None, "F016", sheet=None, label="")])
    book = load_workbook(path)
    sheet = book["检查结果"]
    assert book.sheetnames == ["走访", "检查结果"]
    assert book.active.title == "走访"
    assert sheet["A2"].value == "错误 3 处　提醒 2 处　说明 0 条"
    rows = list(sheet.iter_rows(min_row=4, values_only=True))
    assert rows[0] == ("序号", "级别", "工作表", "单元格", "栏目", "问题", "处理", "代码")
    assert rows[1] == (1, "错误", "走访", "D3", "质量", "“很好”不在选项中。", "可填：优良、良好。", "F104")
    assert rows[-1][:4] == (5, "提醒", None, None)
    assert sheet["D5"].hyperlink.location == "'走访'!D3"
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A5", "A4:H9")


def test_the_index_takes_another_title_when_its_own_is_taken_and_hidden_sheets_stay_hidden(tmp_path: Path) -> None:
    def taken(book: Workbook, sheet: Any) -> None:
        book.create_sheet("检查结果")["A1"] = "我的"
        book.create_sheet("密").sheet_state = "veryHidden"

    content = register(taken)
    path = marked(tmp_path, content)
    book = load_workbook(path)
    assert book.sheetnames == ["走访", "检查结果", "密", "检查结果 2"]
    assert book["密"].sheet_state == "veryHidden"
    assert members(cleaned(path)) == members(content)


def test_a_returned_file_reads_like_the_original(tmp_path: Path) -> None:
    content = register()
    path = marked(tmp_path, content)
    assert records_of(path) == records_of(tmp_path / "a.xlsx")


def saved_again(path: Path) -> Path:
    """The file saved by another program, which numbers styles and names members as it likes."""
    book = load_workbook(path)
    again = path.with_name(f"again-{path.name}")
    book.save(again)
    return again


def test_a_file_saved_by_another_program_loses_its_marks_all_the_same(tmp_path: Path) -> None:
    def shaded(book: Workbook, sheet: Any) -> None:
        sheet["D3"].fill = PatternFill("solid", fgColor="FFE2EFDA")
        sheet["D3"].comment = Comment("问过客户", "小王")

    again = saved_again(marked(tmp_path, register(shaded)))
    assert records_of(again) == records_of(tmp_path / "a.xlsx")
    (tmp_path / "clean.xlsx").write_bytes(cleaned(again))
    book = load_workbook(tmp_path / "clean.xlsx")
    sheet = book["走访"]
    assert book.sheetnames == ["走访"]
    assert not list(book.defined_names)
    assert sheet["D3"].fill.fgColor.rgb == "FFE2EFDA"
    assert sheet["C5"].fill.patternType is None
    assert [cell.comment and cell.comment.text for cell in (sheet["D3"], sheet["C5"])] == ["问过客户", None]
    assert [cell.value for cell in sheet[2]] == HEADINGS


def test_names_that_are_lost_are_made_up_for_by_exact_words_and_colours(tmp_path: Path) -> None:
    again = saved_again(marked(tmp_path, register()))
    book = load_workbook(again)
    for name in list(book.defined_names):
        del book.defined_names[name]
    book.save(again)
    assert records_of(again) == records_of(tmp_path / "a.xlsx")
    (tmp_path / "clean.xlsx").write_bytes(cleaned(again))
    sheet = sheet_of(tmp_path / "clean.xlsx")
    assert sheet["D3"].fill.patternType is None
    assert sheet["H2"].value is None
    assert sheet["H3"].value is None


def test_a_moved_column_of_messages_is_not_read_either(tmp_path: Path) -> None:
    again = saved_again(marked(tmp_path, register()))
    book = load_workbook(again)
    book["走访"].move_range("H1:H9", cols=3)
    book.save(again)
    assert records_of(again) == records_of(tmp_path / "a.xlsx")


def test_what_the_author_corrected_stays_corrected(tmp_path: Path) -> None:
    def corrected(name: str, member: bytes) -> bytes:
        return member.replace("很好".encode(), "优良".encode()) if "sheet1.xml" in name else member

    content = register()
    path = marked(tmp_path, content)
    path.write_bytes(rewrite(path.read_bytes(), corrected))
    assert members(cleaned(path)) == members(rewrite(content, corrected))


def test_a_cell_that_was_made_for_a_mark_stays_when_it_is_filled_in(tmp_path: Path) -> None:
    path = marked(tmp_path, register(), [issue("D9")])
    book = load_workbook(path)
    book["走访"]["D9"] = "优良"
    book.save(path)
    path.write_bytes(cleaned(path))
    cell = sheet_of(path)["D9"]
    assert (cell.value, cell.fill.patternType) == ("优良", None)


def test_pieces_of_any_size_give_the_same_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = register()
    whole = marked(tmp_path, content).read_bytes()
    monkeypatch.setattr(frame, "_STEP", 97)
    assert raw_members(marked(tmp_path, content).read_bytes()) == raw_members(whole)


def test_beyond_so_many_comments_cells_are_only_coloured(tmp_path: Path) -> None:
    def long(book: Workbook, sheet: Any) -> None:
        for _ in range(MOST_NOTES):
            sheet.append([1, "甲公司", None, "很好", "良好", "驰名"])

    source = tmp_path / "a.xlsx"
    source.write_bytes(register(long))
    issues = [issue(f"D{row}") for row in range(6, 6 + MOST_NOTES)]
    content, result = mark_own(findings(source, [*issues, *FAULTS]), "zh")
    assert result.without_notes == len(FAULTS)
    sheet = load_workbook(io.BytesIO(content))["走访"]
    assert sum(cell.comment is not None for (cell,) in sheet["D6:D1005"]) == MOST_NOTES
    assert (sheet["D3"].fill.fgColor.rgb, sheet["D3"].comment) == (ERROR, None)


def test_english_marks_are_recognised_as_well(tmp_path: Path) -> None:
    source = tmp_path / "a.xlsx"
    source.write_bytes(register())
    path = tmp_path / "returned.xlsx"
    path.write_bytes(mark_own(findings(source), "en")[0])
    assert load_workbook(path)["走访"]["H2"].value == "Errors (checked by Danju)"
    assert records_of(path) == records_of(source)
    assert members(cleaned(path)) == members(register())


def test_texts_of_any_kind_stand_in_every_mark(tmp_path: Path) -> None:
    odd = Issue(
        "F104", Location("a.xlsx", "走访", "D3"), "质量", values={"value": '<&"\x07]]>', "options": "='x'", "hint": ""}
    )
    path = marked(tmp_path, register(), [odd])
    assert '“<&"\\u0007]]>”' in sheet_of(path)["D3"].comment.text
    assert '“<&"\\u0007]]>”' in sheet_of(path, "检查结果")["F5"].value


def test_a_file_that_lies_about_its_past_is_cleaned_by_its_colours_alone(tmp_path: Path) -> None:
    path = marked(tmp_path, register())
    book = load_workbook(path)
    for name in list(book.defined_names):
        if name.startswith("danju._marks.state."):
            book.defined_names[name].attr_text = '"{""styles"":{""looks"":[[1,""x""],7]},""sheets"":3}"'
    book.save(path)
    (tmp_path / "clean.xlsx").write_bytes(cleaned(path))
    sheet = sheet_of(tmp_path / "clean.xlsx")
    assert [sheet[cell].fill.patternType for cell in ("D3", "C5", "G3")] == [None, None, None]


def test_threaded_comments_are_left_alone(tmp_path: Path) -> None:
    def threaded(book: Workbook, sheet: Any) -> None:
        sheet["D3"].comment = Comment("[Threaded comment]", "tc={6D6C}")

    sheet = sheet_of(marked(tmp_path, register(threaded)))
    assert sheet["D3"].comment.text == "[Threaded comment]"
    assert sheet["D3"].fill.fgColor.rgb == ERROR


def test_a_column_whose_heading_was_changed_is_known_by_its_name(tmp_path: Path) -> None:
    path = marked(tmp_path, register())
    book = load_workbook(path)
    book["走访"]["H2"] = "要改的"
    book.save(path)
    assert records_of(path) == records_of(tmp_path / "a.xlsx")
    (tmp_path / "clean.xlsx").write_bytes(cleaned(path))
    assert not [cell.value for cell in sheet_of(tmp_path / "clean.xlsx")["H"] if cell.value]
