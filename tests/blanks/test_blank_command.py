"""`danju blank` for workbooks."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from danju.cli.main import cli


def run(*arguments: str) -> str:
    result = CliRunner().invoke(cli, ["blank", "visit_report", "--lang", "zh", *arguments], standalone_mode=False)
    assert result.exception is None, result.output
    return result.output


def test_a_register_is_made_by_default_and_the_next_command_named(tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    said = run("-o", str(path), "--rows", "7")
    assert f"空白表单已写出：{path}" in said
    assert f"danju check {path}" in said
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert sheet.max_row == 12  # title, unit, two rows of headings, the example, seven to fill in
    assert sheet.protection.sheet
    assert not sheet.protection.sort
    assert not sheet["C6"].value


@pytest.mark.parametrize("layout", ["register", "form"])
def test_what_is_entered_is_free_and_everything_else_is_not(layout: str, tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    run("-o", str(path), "--layout", layout)
    book = openpyxl.load_workbook(path)
    sheet, target = book.worksheets[0], book.defined_names["danju.customer_name"].attr_text
    cell = sheet[target.rpartition("!")[2].replace("$", "")]
    is_locked = sheet.column_dimensions[cell.column_letter] if layout == "register" else cell
    assert is_locked.protection.locked is False
    assert sheet["A1"].protection.locked
    assert book["选项"].sheet_state == "veryHidden"


def test_every_warning_of_excel_can_be_overruled(tmp_path: Path) -> None:
    """Readers understand more than Excel does."""
    path = tmp_path / "表.xlsx"
    run("-o", str(path))
    rules = openpyxl.load_workbook(path).worksheets[0].data_validations.dataValidation
    assert {rule.errorStyle for rule in rules} == {"warning"}
    assert all(len(rule.prompt or "") <= 255 and len(rule.error or "") <= 255 for rule in rules)
    assert all(len(rule.promptTitle or "") <= 32 and len(rule.errorTitle or "") <= 32 for rule in rules)
