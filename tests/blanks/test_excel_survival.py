"""What people and other programs do to a blank workbook does not lose what was entered."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook.defined_name import DefinedName
from tests.blanks.filling import codes_of, entered, fill_form, fill_register, read_back
from tests.support.builders import form, values_of

from danju.blanks import BlankOptions, make_blank
from danju.exchange.stamp import FileShape
from danju.library import Library
from danju.model.form import Form
from danju.rules.checking import to_plain
from danju.rules.examples import example_of

FIELDS = """
customer 客户名称*: text
day 日期*: date
level 级别: choice 甲 乙 丙
papers 资料: choices 执照 合同 图纸
amount 金额: {type: number, x-unit: 万元}
code 证号: text
contacts 联系人: [{name 姓名: text, phone 电话: {type: string, format: phone}}]
steps 步骤: [{what 事项: text, by 经手人: text}]
double 两倍: {type: number, readOnly: true}
"""
LAYOUT = "[[customer, day], [level], [papers], [amount, double], [code], {table: contacts}]"
"""The steps are not printed: a register has a sheet of their own for them."""
ONE = {
    "customer": "南宁甲公司",
    "day": date(2026, 3, 18),
    "level": "乙",
    "papers": ["执照", "图纸"],
    "amount": Decimal(12),
    "code": "0012",
    "contacts": [{"name": "莫丽", "phone": "0771-3210088"}],
    "steps": [{"what": "登记", "by": "陆国华"}, {"what": "核实", "by": "莫丽"}],
}
TWO = {"customer": "柳州乙公司", "day": date(2026, 4, 2), "steps": [{"what": "登记"}]}


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Form:
    return form(tmp_path_factory.mktemp("form"), FIELDS, LAYOUT, compute={"double": "amount * 2"})


@pytest.fixture
def register(paper: Form, tmp_path: Path) -> Path:
    """A register with two records."""
    blank = make_blank(paper, "xlsx", BlankOptions(FileShape.REGISTER, rows=6))
    return fill_register(blank, paper, [ONE, TWO], tmp_path / "台账.xlsx")


@pytest.fixture
def sheet_of_one(paper: Form, tmp_path: Path) -> Path:
    """A form with one record."""
    return fill_form(make_blank(paper, "xlsx", BlankOptions()), paper, ONE, tmp_path / "单.xlsx")


def change(path: Path, how: Callable[[openpyxl.Workbook], object]) -> Path:
    """The workbook after somebody has worked on it."""
    book = openpyxl.load_workbook(path, rich_text=True)
    how(book)
    book.save(path)
    return path


def move_names(book: openpyxl.Workbook, sheet: str, place: Callable[[str], str]) -> None:
    """Names follow their cells, as they do in every spreadsheet program."""
    for name, defined in list(book.defined_names.items()):
        title, _, address = defined.attr_text.rpartition("!")
        if title.strip("'") == sheet and ":" not in address:
            moved = place(address.replace("$", ""))
            book.defined_names[name] = DefinedName(name, attr_text=f"{title}!{moved}", hidden=True)


def lose_properties(book: Any) -> None:
    book.custom_doc_props.props.clear()


def lose_names(book: Any) -> None:
    lose_properties(book)
    for name in list(book.defined_names):
        del book.defined_names[name]


def delete_lists(book: openpyxl.Workbook) -> None:
    del book["选项"]


def rename_sheets(book: openpyxl.Workbook) -> None:
    for number, sheet in enumerate(list(book.worksheets)):
        old, sheet.title = sheet.title, f"第{number}张"
        for defined in book.defined_names.values():
            defined.attr_text = defined.attr_text.replace(f"'{old}'!", f"'{sheet.title}'!")


@pytest.mark.parametrize("how", [lose_properties, delete_lists, rename_sheets])
def test_registers_and_forms_are_read_all_the_same(
    how: Callable[[openpyxl.Workbook], object], paper: Form, register: Path, sheet_of_one: Path
) -> None:
    assert read_back(change(register, how), paper) == [ONE, TWO]
    assert read_back(change(sheet_of_one, how), paper) == [ONE]


def test_a_register_without_names_is_read_by_its_headings(paper: Form, register: Path) -> None:
    assert read_back(change(register, lose_names), paper) == [
        ONE,
        TWO,
    ]


def test_renamed_headings_and_moved_columns_keep_their_meaning(paper: Form, register: Path) -> None:
    """B 客户名称 and C 日期 change places, and are called something else."""

    def swap(book: openpyxl.Workbook) -> None:
        sheet = book.worksheets[0]
        for row in range(3, sheet.max_row + 1):
            left, right = sheet.cell(row, 2), sheet.cell(row, 3)
            if row != 4:  # covered by the heading
                left.value, right.value = right.value, left.value
        sheet["B3"], sheet["C3"] = "哪天", "谁"
        move_names(book, sheet.title, lambda address: {"B3": "C3", "C3": "B3"}.get(address, address))

    assert read_back(change(register, swap), paper) == [ONE, TWO]


def test_rows_inserted_above_and_between_are_no_trouble(paper: Form, sheet_of_one: Path) -> None:
    """Two rows above everything; one more contact between the named rows."""
    book = openpyxl.load_workbook(sheet_of_one, rich_text=True)
    sheet = book.worksheets[0]
    values = {cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None}
    merges = [span.coord for span in sheet.merged_cells.ranges]
    name = book.defined_names["danju.contacts.0.name"].attr_text.rpartition("!")[2].replace("$", "")
    phone = book.defined_names["danju.contacts.0.phone"].attr_text.rpartition("!")[2].replace("$", "")
    at = sheet[name].row

    def shifted(address: str) -> str:
        letters, row = address.rstrip("0123456789"), int(address.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
        return f"{letters}{row + (3 if row > at else 2)}"

    for span in merges:
        sheet.unmerge_cells(span)
    for address in values:
        sheet[address].value = None
    for address, value in values.items():
        sheet[shifted(address)].value = value
    for span in merges:
        sheet.merge_cells(":".join(map(shifted, span.split(":"))))
    move_names(book, sheet.title, shifted)
    sheet["A1"] = paper.title
    for first in (name, phone):
        sheet.cell(at + 3, sheet[first].column).value = {name: "韦兰", phone: "0771-5550000"}[first]
    book.save(sheet_of_one)
    more = [*ONE["contacts"], {"name": "韦兰", "phone": "0771-5550000"}]  # type: ignore[misc]  # it is a list
    assert read_back(sheet_of_one, paper) == [{**ONE, "contacts": more}]


@pytest.mark.parametrize("has_own_names", [False, True])
def test_copies_of_a_form_sheet_are_further_records(has_own_names: bool, paper: Form, sheet_of_one: Path) -> None:
    """Excel gives the copy of a sheet names of its own; other programs do not."""
    book = openpyxl.load_workbook(sheet_of_one, rich_text=True)
    copy = book.copy_worksheet(book.worksheets[0])
    copy.title = "第二份"
    for defined in list(book.defined_names.values()):
        address = defined.attr_text.rpartition("!")[2]
        if defined.name == "danju.customer":
            copy[address.replace("$", "")] = "柳州乙公司"
        if has_own_names and "!" in defined.attr_text and ":" not in address:
            copy.defined_names[defined.name] = DefinedName(defined.name, attr_text=f"'第二份'!{address}")
    book.save(sheet_of_one)
    assert read_back(sheet_of_one, paper) == [ONE, {**ONE, "customer": "柳州乙公司"}]


def test_an_example_that_somebody_wrote_over_is_read(paper: Form, register: Path) -> None:
    def write_over(book: openpyxl.Workbook) -> None:
        book.worksheets[0]["B5"] = "桂林丙公司"

    found = read_back(change(register, write_over), paper)
    assert [values["customer"] for values in found] == ["桂林丙公司", "南宁甲公司", "柳州乙公司"]


@pytest.mark.parametrize("loses_names", [False, True])
def test_an_example_is_known_wherever_it_was_sorted_to(loses_names: bool, paper: Form, register: Path) -> None:
    def sort(book: openpyxl.Workbook) -> None:
        sheet = book.worksheets[0]
        for column in range(1, sheet.max_column + 1):
            example, first = sheet.cell(5, column), sheet.cell(6, column)
            if not str(example.value).startswith("="):
                example.value, first.value = first.value, example.value
        if loses_names:
            lose_names(book)

    assert [values["customer"] for values in read_back(change(register, sort), paper)] == ["南宁甲公司", "柳州乙公司"]


@pytest.mark.parametrize(("shape", "code"), [(FileShape.REGISTER, "F011"), (FileShape.FORM, "F035")])
def test_a_blank_that_nobody_filled_in_is_one_clear_issue(
    shape: FileShape, code: str, paper: Form, tmp_path: Path
) -> None:
    path = tmp_path / "空.xlsx"
    path.write_bytes(make_blank(paper, "xlsx", BlankOptions(shape, rows=4)))
    assert codes_of(path, paper) == [code]


def test_rows_of_a_table_that_name_no_record_are_an_issue_where_they_stand(paper: Form, register: Path) -> None:
    def misname(book: openpyxl.Workbook) -> None:
        book["步骤"]["A4"] = 77

    assert codes_of(change(register, misname), paper) == ["F025"]


def test_a_register_of_an_older_version_that_no_longer_fits_is_refused(
    paper: Form, register: Path, tmp_path: Path
) -> None:
    today = form(
        tmp_path / "new", FIELDS.replace("choice 甲 乙 丙", "choice 甲 乙"), LAYOUT, version=2, compute={"double": "1"}
    )
    assert codes_of(register, today) == ["F023"]


def test_english_labels_do_not_keep_headings_from_being_understood(tmp_path: Path) -> None:
    of = form(tmp_path, "customer 客户名称*: {type: string, x-en: Customer}\namount 金额: {type: number, x-en: Amount}")
    blank = make_blank(of, "xlsx", BlankOptions(FileShape.REGISTER, rows=3, english=True))
    path = fill_register(blank, of, [{"customer": "甲公司", "amount": Decimal(3)}], tmp_path / "表.xlsx")
    assert read_back(change(path, lose_names), of) == [{"customer": "甲公司", "amount": Decimal(3)}]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_libreoffice_keeps_everything_in_xlsx_and_ods(
    paper: Form, register: Path, sheet_of_one: Path, tmp_path: Path
) -> None:
    """Blanks of all forms through another program, and its formulas agree with ours."""
    files = [(register, paper, [ONE, TWO]), (sheet_of_one, paper, [ONE])]
    for name in ("visit_report", "complaint_record", "customer_opening"):
        of = Library().form(name)
        record = values_of(of, **to_plain(example_of(of.record_type)))
        for shape, fill in ((FileShape.REGISTER, fill_register), (FileShape.FORM, fill_form)):
            blank = make_blank(of, "xlsx", BlankOptions(shape, rows=3))
            given: Any = [record] if shape is FileShape.REGISTER else record
            files.append((fill(blank, of, given, tmp_path / f"{name}-{shape}.xlsx"), of, [entered(of, record)]))
    for suffix, some in (("xlsx", files), ("ods", files[:3])):
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", suffix,
             "--outdir", tmp_path / suffix, *(path for path, _, _ in some)],
            check=True, capture_output=True, timeout=180,
        )  # fmt: skip
        for path, of, records in some:
            assert read_back(tmp_path / suffix / f"{path.stem}.{suffix}", of) == records, (path.stem, suffix)
    assert computed_by(tmp_path / "xlsx" / "台账.xlsx", "两倍", rows=(6, 7, 8)) == [24, None, None]
    assert computed_by(tmp_path / "xlsx" / "visit_report-register.xlsx", "综合得分", rows=(6,)) == [100]


def computed_by(path: Path, heading: str, rows: tuple[int, ...]) -> list[object]:
    """Results that the program stored below a heading of the third row."""
    sheet = openpyxl.load_workbook(path, data_only=True).worksheets[0]
    column = next(cell.column for cell in sheet[3] if str(cell.value).startswith(heading))
    return [sheet.cell(row, column).value for row in rows]
