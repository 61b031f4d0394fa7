"""The package as a whole: the same bytes, several forms, issues, failures."""

import re
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree
from tests.summary.builders import TODAY, form, part, row, saved, sheet_of, shown, text

from danju import kinds
from danju.errors import EnvironmentFault
from danju.issues import Issue
from danju.library.library import Library
from danju.location import Location
from danju.model.field import Field, Option
from danju.model.form import Dimension
from danju.summary import SummaryWriter

GRADE = Field("rank", kinds.CHOICE, "等级", options=(Option("优", "优"),))
SLIP = form(GRADE, Field("day", kinds.DATE, "日期"), by=[Dimension("等级", "rank", ("优",), "pie")])
OTHER = form(text("note"), form_id="other", title="退料单")
RECORD = {"rank": "优", "day": date(2026, 1, 2)}


def test_the_same_records_on_the_same_day_give_the_same_bytes(tmp_path: Path) -> None:
    """No clock, no random names."""
    (tmp_path / "b").mkdir()
    rows = [row(RECORD, "a b.pdf"), row({})]
    issues = [Issue("F102", Location("a.xlsx"))]
    first, second = (saved(folder, SLIP, rows, issues) for folder in (tmp_path, tmp_path / "b"))
    assert first.read_bytes() == second.read_bytes()
    assert "2026-11-25T00:00:00Z" in part(first, "docProps/core.xml")


def test_saving_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    """Saving takes nothing away."""
    with SummaryWriter([SLIP], TODAY) as writer:
        writer.add(SLIP.id, row(RECORD, "a.pdf"))
        writer.save(tmp_path / "a.xlsx")
        writer.save(tmp_path / "b.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_each_form_has_its_sheet_between_overview_and_issues(tmp_path: Path) -> None:
    """In the order given, each with its own records."""
    path = saved(tmp_path, [SLIP, OTHER], [row(RECORD), row({"note": "一"}, form_id="other")])
    assert sheet_of(path, "概览").parent.sheetnames == ["概览", "领料单", "退料单", "问题"]
    assert shown(sheet_of(path, "退料单")) == [["序号", "note", "来源"], [1, "一", "台账.xlsx › 登记 › A3"]]
    assert list(sheet_of(path, "退料单").tables) == ["Register2"]


def test_issues_say_where_and_what_to_do(tmp_path: Path) -> None:
    """Values quoted from the user's file cannot break the sheet."""
    place = Location("坏.xlsx", "=登记", "F17", record=15)
    issues = [
        Issue("F002", place, "质\x00量", values={"reason": "<\x01&\ud800"}),
        Issue("F006", Location("a.yaml", line=4), values={"reason": "缩进"}),
    ]
    sheet = sheet_of(saved(tmp_path, SLIP, [], issues), "问题")
    rows = shown(sheet)
    assert rows[0] == ["级别", "代码", "文件", "工作表", "单元格/行", "栏目", "问题", "处理办法"]
    assert rows[1][:7] == ["错误", "F002", "坏.xlsx", "=登记", "F17", "质\\u0000量",
                           "文件已损坏或不完整（<\\u0001&\\ud800）。"]  # fmt: skip
    assert rows[2][4] == "第4行"
    assert sheet["D2"].quotePrefix
    assert sheet["A2"].fill.fgColor.rgb == "FFF8ECEC"
    assert sheet.tables["Issues"].ref == "A1:H3"


def test_every_part_is_well_formed_and_fonts_are_in_schema_order(tmp_path: Path) -> None:
    """Strict validators reject another order."""
    path = saved(tmp_path, [SLIP, OTHER], [row(RECORD, "a & <b>.pdf")], [Issue("F102", Location("a&b.xlsx"))])
    with ZipFile(path) as package:
        assert package.testzip() is None
        assert len(set(package.namelist())) == len(package.namelist())
        for name in package.namelist():
            etree.fromstring(package.read(name))
    for font in re.findall(r"<font>.*?</font>", part(path, "xl/styles.xml")):
        names = re.findall(r"<(b|u|sz|color|name|family|charset) ?", font)
        order = ("b", "u", "sz", "color", "name", "family", "charset")
        assert names == sorted(names, key=order.index)


def test_a_failed_save_leaves_the_old_file_and_no_half_one(tmp_path: Path) -> None:
    """A folder that does not exist cannot be written to."""
    with SummaryWriter([SLIP], TODAY) as writer, pytest.raises(EnvironmentFault) as caught:
        writer.save(tmp_path / "none" / "a.xlsx")
    assert caught.value.code == "E303"
    assert list(tmp_path.iterdir()) == []


def test_many_rows_spill_to_disk_and_come_back_in_order(tmp_path: Path) -> None:
    """More than the memory share of the spool."""
    note = "字" * 1000
    path = saved(tmp_path, OTHER, (row({"note": note + str(number)}, form_id="other") for number in range(3500)))
    sheet = sheet_of(path, "退料单")
    assert sheet.tables["Register1"].ref == "A1:C3501"
    assert [sheet.cell(row=at, column=2).value[1000:] for at in (2, 1500, 3501)] == ["0", "1498", "3499"]


def test_every_built_in_form_has_a_register_and_an_overview(tmp_path: Path) -> None:
    """Their dimensions, measures and columns all compile."""
    forms = Library().forms()
    path = saved(tmp_path, forms)
    assert sheet_of(path, "概览").parent.sheetnames == ["概览", *(each.title for each in forms), "问题"]
