"""What stands around the grid is laid out with it, and pages end where a person would end them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.support.builders import CLOCK, form, raw, values_of
from tests.support.drawings import iter_overflows, shown

from danju.layout.draw import draw
from danju.layout.linebreaks import wrap, wrap_evenly
from danju.library import Library
from danju.model.drawing import Drawing
from danju.pipeline import check

HEADER = {"left": ["number"], "right": ["unit"]}
FIELDS = "{number 编号: text, unit 登记单位: text, a 名称: text, b 说明: text}"


def paper_of(folder: Path, title: str = "单据", blocks: Any = (["a", "b"],), **values: Any) -> Drawing:
    """A record below the line with number and unit."""
    paper = form(folder, FIELDS, {"header": HEADER, "blocks": list(blocks)}, title=title)
    return draw(paper, values_of(paper, **values))


def heads(drawing: Drawing) -> list[list[str]]:
    """The texts of the line above the grid, row by row."""
    cells = [cell for cell in drawing.heading.cells if cell.role == "head"]
    rows = sorted({cell.row for cell in cells})
    return [["".join(line.text for line in cell.lines) for cell in cells if cell.row == row] for row in rows]


def test_number_and_unit_share_a_row_while_they_fit_and_take_two_when_not(tmp_path: Path) -> None:
    short = paper_of(tmp_path / "a", number="A-1", unit="发展部")
    assert heads(short) == [["编号：A-1", "登记单位：发展部"]]
    number, unit = "广西石化企发〔2026〕投诉字第TS-202603-017号（补录）", "某" * 40
    long = paper_of(tmp_path / "b", number=number, unit=unit)
    assert heads(long) == [[f"编号：{number}"], [f"登记单位：{unit}"]]
    assert list(iter_overflows(long)) == []
    assert sum(long.heading.heights_mm) > sum(short.heading.heights_mm)


def test_both_find_room_side_by_side_on_a_paper_of_one_column(tmp_path: Path) -> None:
    drawing = paper_of(tmp_path, blocks=[[{"field": "a", "label_position": "none"}]], number="A-1", unit="发展部")
    assert heads(drawing) == [["编号：A-1", "登记单位：发展部"]]


@pytest.mark.parametrize(("title", "lines"), [("审批表", 1), ("长" * 32, 1), ("长" * 40, 2), ("长" * 90, 3)])
def test_a_title_shrinks_then_breaks_into_lines_of_one_length(tmp_path: Path, title: str, lines: int) -> None:
    drawing = paper_of(tmp_path, title=title, number="A-1")
    (cell,) = [cell for cell in drawing.heading.cells if cell.role == "title"]
    assert len(cell.lines) == lines
    assert "".join(line.text for line in cell.lines) == title
    lengths = [len(line.text) for line in cell.lines]
    assert max(lengths) - min(lengths) <= lines
    assert list(iter_overflows(drawing)) == []


def test_a_note_does_not_end_in_a_line_of_a_character_or_two() -> None:
    for count in range(30, 75):
        lines = wrap_evenly("字" * count, 36)
        assert "".join(lines) == "字" * count
        assert len(lines) == len(wrap("字" * count, 36))
        assert len(lines) == 1 or len(lines[-1]) >= 6


@pytest.mark.parametrize(
    ("text", "limit", "lines"),
    [
        ("单价5,000,000元每吨", 6, ["单价", "5,000,000元", "每吨"]),
        ("场地共100㎡的", 4.7, ["场地共", "100㎡的"]),
        ("甲乙丙丁』戊", 4, ["甲乙丙", "丁』戊"]),
    ],
)
def test_digits_stay_together_and_no_line_begins_with_a_closing_sign(text: str, limit: float, lines: list[str]) -> None:
    assert wrap(text, limit) == lines


def test_a_number_shrinks_until_its_digits_stay_together(tmp_path: Path) -> None:
    columns = ", ".join(f"a{number} 栏{number}: {{type: number, x-unit: 元}}" for number in range(10))
    paper = form(tmp_path, f"{{t 表: [{{{columns}}}]}}", [{"table": "t"}])
    drawing = draw(paper, values_of(paper, t=[{"a3": "5000000"}]))
    (cell,) = [cell for cell in drawing.pages[0].cells if cell.field == "t[0].a3"]
    assert "5,000,000" in "⏎".join(line.text for line in cell.lines)
    assert list(iter_overflows(drawing)) == []


def test_what_has_no_room_by_any_means_is_told_with_its_field(tmp_path: Path) -> None:
    columns = ", ".join(f"a{number} 栏{number}: number" for number in range(10))
    layout = {"paper": {"size": "A5"}, "header": {"left": ["number"]}, "blocks": [{"table": "t"}]}
    paper = form(tmp_path, f"{{number 编号: text, t 表: [{{{columns}}}]}}", layout)
    checked = check(raw({"number": "N" * 70, "t": [{"a1": "12345678901234"}]}), paper, CLOCK)
    assert [(issue.code, issue.path, issue.label) for issue in checked.issues] == [
        ("F160", "number", "编号"),
        ("F160", "t[0].a1", "栏1"),
    ]
    assert check(raw({"number": "N-1", "t": [{"a1": "123"}]}), paper, CLOCK).record is not None


@pytest.mark.parametrize("bottom", [5, 8, 10, 15, 20, 40])
def test_the_foot_stands_in_the_lower_margin_whatever_that_is(tmp_path: Path, bottom: int) -> None:
    layout = {"paper": {"margins": [15, 15, bottom, 15]}, "blocks": [[{"field": "a", "grow": 1}]]}
    drawing = draw(form(tmp_path, "a: text", layout), {})
    sheet = drawing.paper
    grid_end = sheet.top_mm + sum(drawing.heading.heights_mm) + sum(drawing.pages[0].heights_mm)
    foot_top = sheet.height_mm - sheet.foot_mm - 4.1
    assert sheet.foot_mm >= 0
    assert grid_end < foot_top < sheet.height_mm


def test_a_little_too_much_is_squeezed_into_the_page() -> None:
    """80 characters of business scope lacked 0.4 mm."""
    paper = Library().form("customer_opening")
    for count in (60, 80, 120, 200, 292):
        assert len(draw(paper, {"customer_name": "甲公司", "business_scope": "塑料制品" * (count // 4)}).pages) == 1


def test_a_second_page_takes_its_share_at_natural_heights(tmp_path: Path) -> None:
    step = "{opinion 意见: text, by 签字: text, on 日期: date}"
    fields = f"{{m 说明: lines, {', '.join(f'g{number} 第{number}步: {step}' for number in range(7))}}}"
    layout = [[{"field": "m", "height": "90mm"}], {"approval": [f"g{number}" for number in range(7)]}]
    paper = form(tmp_path, fields, layout)
    first, second = draw(paper, values_of(paper, m="一行\n" * 30)).pages
    assert len([row for row in shown(second) if row.startswith("签字")]) >= 2
    assert max(second.heights_mm) < 40
    assert sum(first.heights_mm) > sum(second.heights_mm)


def test_a_cut_opinion_has_rules_where_its_page_ends_and_the_next_begins(tmp_path: Path) -> None:
    fields = "{g 审批: {opinion 意见: lines, by 签字: text, on 日期: date}}"
    paper = form(tmp_path, fields, [{"approval": ["g"]}])
    pages = draw(paper, values_of(paper, g={"opinion": "同意。\n" * 120})).pages
    assert len(pages) > 1
    for page in pages:
        rows = len(page.heights_mm)
        assert not any(cell.open_bottom for cell in page.cells if cell.row + cell.rowspan == rows)
        assert not any(cell.open_top for cell in page.cells if cell.row == 0)


def test_labels_of_rows_of_two_pairs_stand_below_each_other(tmp_path: Path) -> None:
    fields = "{a 名称: text, b 统一社会信用代码: text, c 数量: integer, d 日期: date, e 法定代表人: text, f 区域: text}"
    drawing = draw(form(tmp_path, fields, [["a", "b"], ["c", "d"], ["e", "f"]]), {})
    starts = {cell.column for cell in drawing.pages[0].cells if cell.is_label and cell.column > 0}
    assert len(starts) == 1
