"""Copies of a paper: on one sheet when they fit, each with its name; the first alone is read back."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.readers.builders import Read
from tests.support.builders import form
from tests.support.drawings import iter_faults, shown
from tests.support.pdfs import page_texts

from danju.layout.copies import is_cut
from danju.layout.draw import draw
from danju.model.form import Form
from danju.pipeline import TARGETS, render_document
from danju.readers.meaning.copies import end_of_first_copy

FIELDS = """
number 编号: text
customer 客户: text
day 日期: date
grade 等级: choice 甲 乙
notes 备注: lines
items 明细: [{name 品名: text, qty 数量: integer}]
review 审批: {opinion 意见: lines, signed_by 签字: text, signed_on 签署日期: date}
"""
LAYOUT = {
    "copies": ["存根联", "客户联"],
    "header": {"left": ["number"], "right": ["day"]},
    "blocks": [["customer"], ["grade"], {"table": "items"}, [{"field": "notes", "grow": 1}], {"approval": ["review"]}],
    "notes": ["注：请妥善保管。"],
}
VALUES: Mapping[str, Any] = {
    "number": "A-001",
    "customer": "贵港糖业有限公司",
    "day": date(2026, 3, 5),
    "grade": "甲",
    "notes": "代收",
    "items": [{"name": "白糖", "qty": 3}, {"name": "红糖", "qty": 4}],
    "review": {"opinion": "同意。", "signed_by": "覃晓燕", "signed_on": date(2026, 3, 6)},
}
LONG = {**VALUES, "items": [{"name": f"糖{number}", "qty": number} for number in range(1, 31)]}


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Form:
    return form(tmp_path_factory.mktemp("form"), FIELDS, LAYOUT)


def test_two_copies_stand_on_one_sheet_with_a_line_between(paper: Form) -> None:
    (page,) = draw(paper, VALUES).pages
    rows = shown(page)
    names = [row for row in rows if row in ("存根联", "客户联")]
    assert names == ["存根联", "客户联"]
    assert [is_cut(row) for row in rows].count(True) == 1
    assert rows.count("[客　　户]  贵港糖业有限公司") == 2
    assert [row for row in rows if row.startswith("编号")] == ["编号：A-001  日期：2026年3月5日"] * 2


def test_both_fill_the_sheet_and_neither_leaves_it(paper: Form) -> None:
    drawing = draw(paper, VALUES)
    room = paper.layout.paper.content_height_mm
    assert list(iter_faults(drawing, room)) == []
    assert sum(drawing.pages[0].heights_mm) > room - 5


def test_copies_that_are_too_long_get_sheets_of_their_own(paper: Form) -> None:
    drawing = draw(paper, LONG)
    assert [shown(page)[0] for page in drawing.pages] == ["存根联", "存根联", "客户联", "客户联"]
    assert list(iter_faults(drawing, paper.layout.paper.content_height_mm)) == []


def test_up_to_four_copies(tmp_path: Path) -> None:
    four = form(tmp_path, "name: text", {"copies": ["一", "二", "三", "四"], "blocks": [["name"]]})
    (page,) = draw(four, {"name": "甲"}).pages
    assert [is_cut(row) for row in shown(page)].count(True) == 3


def test_only_the_first_says_what_its_cells_hold(paper: Form) -> None:
    held = [cell.field for page in draw(paper, VALUES).pages for cell in page.cells if cell.field]
    assert len(held) == len(set(held))
    workbook = zipfile.ZipFile(io.BytesIO(render_document(paper, VALUES, "xlsx").content)).read("xl/workbook.xml")
    names = re.findall(rb'<definedName [^>]*name="([^"]+)"', workbook)
    assert len(names) == len(set(names))


def test_a_blank_form_is_one_copy(paper: Form) -> None:
    words = [line.text for cell in draw(paper, {}, every_block=True).pages[0].cells for line in cell.lines]
    assert "客户联" not in words


@pytest.mark.parametrize("target", TARGETS)
def test_every_format_has_both(paper: Form, target: str) -> None:
    content = render_document(paper, VALUES, target).content
    if target == "pdf":
        text = "".join(page_texts(content))
    elif target == "html":
        text = content.decode()
    else:
        package = zipfile.ZipFile(io.BytesIO(content))
        text = "".join(package.read(name).decode() for name in package.namelist() if name.endswith(".xml"))
    assert text.index("存根联") < text.index("客户联")


@pytest.mark.parametrize("values", [VALUES, LONG], ids=["one sheet", "own sheets"])
@pytest.mark.parametrize("target", ["docx", "xlsx", "pdf"])
def test_a_finished_paper_is_read_back_once(
    paper: Form, values: Mapping[str, Any], target: str, tmp_path: Path
) -> None:
    path = tmp_path / f"paper.{target}"
    path.write_bytes(render_document(paper, values, target).content)
    read = Read(path, paper)
    assert (len(read.records), read.codes) == (1, [])
    (record,) = read.values
    assert record["customer"] == values["customer"]
    assert [row["name"] for row in record["items"]] == [row["name"] for row in values["items"]]  # type: ignore[attr-defined]
    assert record["notes"] == values["notes"]
    assert record["review"]["opinion"] == "同意。"  # type: ignore[index]


def test_without_copies_nothing_is_cut_off(paper: Form, tmp_path: Path) -> None:
    plain = form(tmp_path, "name: text")
    assert end_of_first_copy([["名称"], ["- - - -"], ["客户联"]], plain) is None
    assert end_of_first_copy([["名称"], ["- - - -"], ["客户联"]], paper) == 1
    assert end_of_first_copy([["名称"], ["客户联", "甲"], ["客户联", ""]], paper) == 2
