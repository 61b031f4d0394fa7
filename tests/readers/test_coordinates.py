"""One coordinate system: blank rows and columns in front change no record and move every place by as much."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

import pytest
import xlwt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.readers.builders import OPENING, ORDER, VISIT, Read, rows_of, write_csv, write_ods, write_xlsx

from danju.location import Location
from danju.model.form import Form
from danju.model.record import RawNode, RawRecord, RawValue
from danju.ooxml.addresses import cell_name, column_number
from danju.rules.checking import check_record
from danju.rules.computing import Clock

CLOCK = Clock(datetime(2026, 6, 30, 12, 0))
REGISTER = """
| 客户名称 | 数量 | 电报 |
| 甲公司 | 3 | 密 |
| 乙公司 | | |
| 合计 | 3 | |
""".strip()
TITLED = """
| 订货台账 | | |
| 日期：2026-3-1 | 制单：李四 | |
| 序号 | 客户名称 | 数量(公斤) |
| 1 | 甲公司 | 3 |
| 备注：自提 | | |
""".strip()
DEEP = """
| 客户名称 | 走访日期 | 联系人 | |
| | | 姓名 | 手机 |
| 甲 | 2026-03-01 | 张三 | 13609284025 |
| | | 李四 | |
""".strip()
SHEET = """
| 客户开户审批表 | | | |
| 客户名称 | 甲公司 | 法定代表人 | 张三 |
| 联系人 | 姓名 | 职务 | 手机 |
| | 李四 | 经理 | 123 |
| 车牌 | 桂A | 申请日期 | 3月1日 |
""".strip()
GRIDS: Mapping[str, tuple[Form, str, str]] = {
    "register": (ORDER, REGISTER, ""),
    "register below titles": (ORDER, TITLED, "A1:C1"),
    "two rows of headings": (VISIT, DEEP, "A1:A2 B1:B2 C1:D1 A3:A4 B3:B4"),
    "form sheet": (OPENING, SHEET, "A1:D1 A3:A4"),
}


def shifted(grid: str, down: int, right: int) -> str:
    """The grid behind so many blank rows and columns."""
    lines = ["|" + " |" * right + line.removeprefix("|") for line in grid.splitlines()]
    return "\n".join(["| |"] * down + lines)


def moved(cells: str, down: int, right: int) -> str:
    """References such as `A1:C1 B2`, as much further down and right."""

    def move(found: re.Match[str]) -> str:
        return cell_name(int(found[2]) - 1 + down, column_number(found[1]) + right)

    return re.sub(r"([A-Z]+)(\d+)", move, cells)


def write_xls(path: Path, grid: str) -> Path:
    """The grid as an old workbook."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("Sheet1")
    for row, values in enumerate(rows_of(grid)):
        for column, value in enumerate(values):
            if value is not None:
                sheet.write(row, column, value)
    book.save(str(path))
    return path


def iter_places(node: RawNode | RawRecord, path: str = "") -> Iterator[tuple[str, Location]]:
    """Where everything stands."""
    if isinstance(node, RawRecord):
        yield "record", node.location
        yield from iter_places(node.fields)
    elif isinstance(node, RawValue):
        yield path, node.location
    elif isinstance(node, tuple):
        for index, row in enumerate(node):
            yield from iter_places(row, f"{path}[{index}]")
    else:
        for name, inner in node.items():
            yield from iter_places(inner, f"{path}.{name}")


def told(path: Path, form: Form) -> tuple[list[dict[str, object]], list[tuple[str, str | None]]]:
    """Values, and the cells of everything: values, records, issues of the sheet and of checking."""
    read = Read(path, form, chosen=form)
    cells = [(name, place.cell) for record in read.records for name, place in iter_places(record)]
    cells += [(issue.code, issue.location.cell) for issue in read.issues]
    for record in read.records:
        cells += [(issue.code + issue.path, issue.location.cell) for issue in check_record(record, form, CLOCK).issues]
    return read.values, cells


def write(path: Path, grid: str, merges: str) -> Path:
    """The grid in the format of the path."""
    if path.suffix == ".xlsx":
        return write_xlsx(path, grid, merges)
    return {".csv": write_csv, ".ods": write_ods, ".xls": write_xls}[path.suffix](path, grid)


@pytest.mark.parametrize("suffix", [".xlsx", ".xls", ".ods", ".csv"])
@pytest.mark.parametrize("name", GRIDS)
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(down=st.integers(0, 7), right=st.integers(0, 30))
def test_blanks_in_front_change_no_record_and_move_every_place(
    tmp_path: Path, name: str, suffix: str, down: int, right: int
) -> None:
    form, grid, merges = GRIDS[name]
    values, cells = told(write(tmp_path / f"a{suffix}", grid, merges), form)
    path = write(tmp_path / f"b{suffix}", shifted(grid, down, right), moved(merges, down, right))
    assert values
    assert told(path, form) == (values, [(what, moved(cell, down, right) if cell else None) for what, cell in cells])
