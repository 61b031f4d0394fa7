"""Forms and records on paper: every block drawn, nothing lost, nothing overlapping."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.support.builders import form, values_of
from tests.support.drawings import iter_faults, shown, text_at, text_of
from tests.support.strategies import records

from danju.layout.draw import draw
from danju.library import Library
from danju.model.drawing import Drawing, Page
from danju.model.form import Form


def paper_of(folder: Path, fields: str, layout: Any, /, **values: Any) -> Drawing:
    """One record of a form made on the spot."""
    paper = form(folder, fields, layout)
    return draw(paper, values_of(paper, **values))


def page_of(folder: Path, fields: str, layout: Any, /, **values: Any) -> Page:
    """The only page of such a drawing."""
    (page,) = paper_of(folder, fields, layout, **values).pages
    return page


def room_of(paper: Form) -> float:
    """Height left for the grid."""
    return paper.layout.paper.content_height_mm - sum(draw(paper, {}).heading.heights_mm)


PEOPLE = (
    "contacts 联系人: [{name 姓名: text, mobile 手机: text, amount 金额: {type: number, x-unit: 元, x-decimals: 2}}]"
)


def test_pairs_stand_label_beside_value(tmp_path: Path) -> None:
    fields = "{name 名称: text, day 日期: date, count 数量: {type: integer, x-unit: 个}, note 说明: text}"
    layout = "[[name], [day, count], [{field: note, label_position: above}, {field: name, label_position: none}]]"
    page = page_of(tmp_path, fields, layout, name="甲公司", day="2026-03-18", count=1200)
    assert shown(page) == [
        "[名　　称]  甲公司",
        "[日　　期]  2026年3月18日  [数　　量]  1,200 个",
        "说明  甲公司",
    ]


def test_bands_stand_beside_their_rows_and_nest(tmp_path: Path) -> None:
    layout = "[{group: 外, rows: [[a], {group: 内, rows: [[b], [c]]}]}]"
    page = page_of(tmp_path, "{a: text, b: text, c: text}", layout, a="1", b="2", c="3")
    assert shown(page) == ["[外]  [a]  1", "[内]  [b]  2", "[c]  3"]


def test_option_lines_show_every_option_once_and_leave_no_orphan(tmp_path: Path) -> None:
    options = "".join(f"{{const: 选项{i}号, x-score: {100 - i}}}, " for i in range(7))
    page = page_of(
        tmp_path, f"{{grade 等级: {{oneOf: [{options}]}}}}", "[[{field: grade, show: score}]]", grade="选项3号"
    )
    (value,) = [cell for cell in page.cells if not cell.is_label]
    assert text_of(value).count("☐") == 6
    assert "☑ 选项3号 97" in text_of(value)
    counts = [line.text.count("选项") for line in value.lines]
    assert sum(counts) == 7
    assert max(counts) - min(counts) <= 1


def test_option_lines_may_be_set_in_columns(tmp_path: Path) -> None:
    layout = "[[{field: kinds, columns: 2}]]"
    page = page_of(tmp_path, "kinds 种类: choices 红 橙 黄 绿 青", layout, kinds=["红", "青"])
    assert shown(page) == ["[种　　类]  ☑ 红　☐ 橙⏎☐ 黄　☐ 绿⏎☑ 青"]


def test_a_choice_may_be_drawn_as_text(tmp_path: Path) -> None:
    page = page_of(tmp_path, "kinds 种类: choices 红 橙", "[[{field: kinds, draw: text}]]", kinds=["橙", "红"])
    assert shown(page) == ["[种　　类]  红、橙"]


def test_tables_print_their_least_rows_row_numbers_totals_and_computed_columns(tmp_path: Path) -> None:
    layout = """
    - table: contacts
      min_rows: 3
      row_numbers: 序号
      totals: {amount: sum}
      columns: [name, amount, {label: 含税, expression: amount * 1.13}]
    """
    rows = [{"name": "甲", "amount": "1.10"}, {"name": "乙", "amount": "20"}]
    page = page_of(tmp_path, PEOPLE, layout, contacts=rows)
    assert shown(page) == [
        "[联系人]  [序　号]  [姓　名]  [金额（元）]  [含　税]",
        "1  甲  1.10 元  1.243",
        "2  乙  20.00 元  22.6",
        "3  ·  ·  ·",
        "[合　计]  21.10  ·",
    ]


def test_totals_of_nothing_stay_empty(tmp_path: Path) -> None:
    layout = "[{table: contacts, totals: {amount: mean, name: count}}]"
    assert shown(page_of(tmp_path, PEOPLE, layout))[-1] == "·  ·  ·"
    assert shown(page_of(tmp_path / "b", PEOPLE, layout, contacts=[{"name": "甲"}]))[-1] == "1  ·  ·"


def test_checklists_have_a_row_for_every_option(tmp_path: Path) -> None:
    fields = """
    papers 资料: choices 执照 开票资料
    details 明细: [{paper 资料: choice 执照 开票资料, code 编号: text, until 有效期: date}]
    """
    layout = "[{checklist: papers, head: 名称, tick: 提供, details: details, key: paper, marks: [有, 无]}]"
    page = page_of(
        tmp_path, fields, layout, papers=["执照"], details=[{"paper": "执照", "code": "91", "until": "2030-01-02"}]
    )
    assert shown(page) == [
        "[资　　料]  [名　称]  [提　供]  [编　号]  [有效期]",
        "执照  有  91  2030年1月2日",
        "开票资料  无  ·  ·",
    ]


def test_matrices_tick_one_option_a_row(tmp_path: Path) -> None:
    fields = "{a 质量: choice 好 中 差, b 服务: choice 好 中 差}"
    page = page_of(tmp_path, fields, "[{matrix: [a, b], label: 评价, head: 项目}]", a="好")
    assert shown(page) == ["[评　　价]  [项　目]  [好]  [中]  [差]", "质量  ☑  ☐  ☐", "服务  ☐  ☐  ☐"]


STEP = "{opinion 意见: text, by 签字: text, on 日期: date}"
STEPS = f"{{a 部门意见: {STEP}, b 领导审批: {STEP}}}"


def test_approvals_stand_below_each_other_signed_at_the_foot(tmp_path: Path) -> None:
    page = page_of(tmp_path, STEPS, "[{approval: [a, b]}]", a={"opinion": "同意。", "by": "张三", "on": "2026-03-18"})
    assert shown(page) == [
        "[部门意见]  同意。",
        "签字：张三　　2026年3月18日",
        "[领导审批]  ·",
        "签字：　　　　　　　　　　年　　月　　日",
    ]
    opinion, sign = (cell for cell in page.cells if cell.row < 2 and not cell.is_label)
    assert (opinion.valign, opinion.open_bottom, sign.open_top, sign.lines[0].align) == ("top", True, True, "right")


def test_approvals_may_stand_side_by_side(tmp_path: Path) -> None:
    layout = "[{approval: [a, b], beside: true}]"
    page = page_of(tmp_path, STEPS, layout, a={"opinion": "同意。", "by": "张三", "on": "2026-03-18"})
    assert shown(page) == [
        "[部门意见]  [领导审批]",
        "同意。  ·",
        "签字：张三  签字：",
        "2026年3月18日  　　　年　　月　　日",
    ]


def test_prose_has_its_values_inside(tmp_path: Path) -> None:
    layout = "[{prose: '兹有{{ name }}于{{ day }}来访，{{ gone }}特此证明。', border: false}]"
    page = page_of(tmp_path, "{name: text, day: date, gone: text}", layout, name="甲公司", day="2026-03-18")
    assert shown(page) == ["兹有甲公司于2026年3月18日来访，特此证明。"]
    assert not page.cells[0].border


def test_seals_leave_room_and_a_line(tmp_path: Path) -> None:
    layout = "[{seal: 客户单位|盖章, line: [（盖章）, {date: day}], height: 40mm}]"
    page = page_of(tmp_path, "{day: date}", layout, day="2026-03-18")
    assert shown(page) == ["[客户单位⏎盖　　章]  ·", "（盖章）　　2026年3月18日"]
    assert sum(page.heights_mm) == pytest.approx(40)


def test_what_a_condition_hides_is_not_there(tmp_path: Path) -> None:
    layout = "[[name], {row: [note], when: count > 3}, {group: 组, rows: [[count]], when: not name}]"
    fields = "{name: text, count: integer, note: text}"
    paper = form(tmp_path, fields, layout)
    rows = {
        count: shown(draw(paper, values_of(paper, **given)).pages[0])
        for count, given in {2: {"name": "甲", "count": 2}, 5: {"name": "甲", "count": 5}, 0: {}}.items()
    }
    assert rows == {2: ["[name]  甲"], 5: ["[name]  甲", "[note]  ·"], 0: ["[name]  ·", "[组]  [count]  ·"]}


def test_page_breaks_begin_a_page(tmp_path: Path) -> None:
    drawing = paper_of(tmp_path, "{a: text, b: text}", "[[a], {page_break: true}, [b]]", a="1", b="2")
    assert [shown(page) for page in drawing.pages] == [["[a]  1"], ["[b]  2"]]


def test_head_unit_and_notes_frame_the_grid(tmp_path: Path) -> None:
    layout = {
        "header": {
            "unit": "某某公司",
            "left": ["number", {"text": "内部"}],
            "right": [{"field": "day", "label": "填表"}],
        },
        "blocks": [["name"]],
        "notes": ["注：一式两份。"],
    }
    drawing = paper_of(tmp_path, "{number 编号: text, name: text, day: date}", layout, number="A-1")
    assert (drawing.unit_name, drawing.left, drawing.right) == (
        "某某公司",
        "编号：A-1　　内部",
        "填表：　　　　　　　　",
    )
    assert (drawing.footer, [note.text for note in drawing.pages[0].notes]) == ("A-1", ["注：一式两份。"])


@pytest.mark.parametrize(
    ("paper", "size"),
    [
        ({}, (210, 297)),
        ({"orientation": "landscape"}, (297, 210)),
        ({"size": "A5"}, (148, 210)),
        ({"size": "A5", "orientation": "landscape"}, (210, 148)),
        ({"size": "A3", "margins": [10, "10mm", 10, 15]}, (297, 420)),
    ],
)
def test_every_paper_is_filled_from_margin_to_margin(tmp_path: Path, paper: Any, size: tuple[int, int]) -> None:
    layout = {"paper": paper, "blocks": [["name", "note"], {"table": "contacts"}]}
    made = form(tmp_path, "{name 名称: text, note 说明: text, " + PEOPLE + "}", layout)
    drawing = draw(made, {"name": "甲"})
    assert [drawing.paper.width_mm, drawing.paper.height_mm] == list(size)
    assert list(iter_faults(drawing, room_of(made))) == []


def test_spare_height_is_shared_by_the_rows_that_grow(tmp_path: Path) -> None:
    layout = "[[a], [{field: b, height: 20mm, grow: 3}], [{field: c, height: 20mm, grow: 1}]]"
    paper = form(tmp_path, "{a: text, b: text, c: text}", layout)
    heights = draw(paper, {"a": "1"}).pages[0].heights_mm
    assert heights[0] == pytest.approx(9)
    assert heights[1] - 20 == pytest.approx(3 * (heights[2] - 20))
    assert sum(heights) == pytest.approx(room_of(paper), abs=1.5)


def test_spare_height_stays_when_the_page_is_not_to_be_filled(tmp_path: Path) -> None:
    layout = {"fill_page": False, "blocks": [[{"field": "a", "height": 20, "grow": 1}]]}
    assert draw(form(tmp_path, "a: text", layout), {}).pages[0].heights_mm == (20,)


def test_rows_are_squeezed_before_a_second_page_is_begun(tmp_path: Path) -> None:
    blocks = [[{"field": "a", "height": "20mm"}]] * 14
    paper = form(tmp_path, "a: text", blocks)
    (page,) = draw(paper, {"a": "甲"}).pages
    assert len(page.heights_mm) == 14
    assert max(page.heights_mm) < 20
    assert len(draw(form(tmp_path / "b", "a: text", blocks * 2), {"a": "甲"}).pages) == 3


def test_codes_shrink_before_they_wrap(tmp_path: Path) -> None:
    fields = "{a: {type: string, format: bank-account}, b: text, c: text, d: text}"
    drawing = paper_of(tmp_path, fields, "[[a, b, c, d]]", a="6222021234567890123")
    (cell,) = [cell for cell in drawing.pages[0].cells if cell.field == "a"]
    assert text_of(cell) == "6222021234567890123"
    assert 9 <= cell.lines[0].runs[0].size_pt <= 10.5


LONG = "质量稳定，服务热情；建议及时发货（尤其月底）。2026年3月共1,200.5吨。"


@pytest.mark.parametrize("field", ["suggestion", "follow_up"])
def test_four_thousand_characters_go_on_over_pages_without_losing_one(field: str) -> None:
    paper = Library().form("visit_report")
    limit = paper.record_type.find(field).max_length or 0  # type: ignore[union-attr]
    text = (LONG * 150)[: min(4000, limit)]
    drawing = draw(paper, {"customer_name": "甲", field: text})
    assert text_at(drawing, field) == text
    assert list(iter_faults(drawing, room_of(paper))) == []
    assert len(drawing.pages) <= (4 if len(text) > 2000 else 2)


def test_paragraphs_keep_their_breaks_over_pages() -> None:
    paper = Library().form("visit_report")
    text = "\n".join(["第一条", "", "第三条"] * 60)
    drawing = draw(paper, {"suggestion": text})
    lines = [
        line.text for page in drawing.pages for cell in page.cells if cell.field == "suggestion" for line in cell.lines
    ]
    assert lines == text.split("\n")


def test_a_long_table_repeats_its_head_on_each_page() -> None:
    paper = Library().form("visit_report")
    people = [{"name": f"联系人{i}", "mobile": f"139{i:08d}"} for i in range(30)]
    drawing = draw(paper, {"customer_name": "甲", "contacts": people})
    assert len(drawing.pages) > 1
    second = drawing.pages[1]
    assert second.head_rows == 1
    assert shown(second)[0] == "[主要负责人⏎业务主办⏎联系方式]  [姓　名]  [职　务]  [电　话]  [手　机]"
    names = [text_of(cell) for page in drawing.pages for cell in page.cells if cell.field.endswith("].name")]
    assert names == [person["name"] for person in people]


@pytest.mark.parametrize("form_id", Library().form_ids())
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(data=st.data())
def test_cells_of_built_in_forms_never_overlap_and_leave_no_gap(form_id: str, data: st.DataObject) -> None:
    paper = Library().form(form_id)
    drawing = draw(paper, data.draw(records(paper)))
    assert list(iter_faults(drawing, room_of(paper))) == []


FIELDS = """
a 名称: text
b 统一社会信用代码: text
c 数量: number
d 等级: choice 非常优良 优良 良好 一般
e 走访内容（事项）: choices 产品信息 市场信息 服务质量 需求和期望
t 联系人: [{name 姓名: text, mobile 手机: text, grade 等级: choice 甲 乙}]
g 主管领导审批: {opinion 意见: text, by 签字: text, on 日期: date}
"""
ENTRIES = st.sampled_from(["a", "b", "c", "d", "e"])
ENTRY = st.fixed_dictionaries(
    {"field": ENTRIES},
    optional={
        "width": st.sampled_from([1, 2, 5]),
        "height": st.sampled_from(["6mm", "30mm"]),
        "grow": st.sampled_from([0.5, 2]),
        "label_position": st.sampled_from(["left", "above", "none"]),
        "columns": st.sampled_from([1, 2, 3]),
    },
)
BLOCK = st.one_of(
    st.lists(ENTRIES | ENTRY, min_size=1, max_size=4),
    st.sampled_from(
        [
            {"table": "t", "min_rows": 2},
            {
                "table": "t",
                "label": "",
                "row_numbers": "序号",
                "totals": {"name": "count"},
                "columns": ["name", "mobile"],
            },
            {"checklist": "e", "tick": "提供"},
            {"checklist": "t.grade", "details": "t", "key": "grade", "label": "明细"},
            {"matrix": ["d"], "label": "评价"},
            {"approval": ["g", {"field": "g", "label": "二"}]},
            {"approval": ["g", "g", "g"], "beside": True},
            {"seal": "盖章", "line": ["（盖章）", {"date": None}]},
            {"prose": "兹有{{ a }}。", "height": "20mm"},
            {"page_break": True},
        ]
    ),
)
BANDS = st.lists(BLOCK, min_size=1, max_size=3).map(lambda rows: {"group": "一组内容", "rows": rows})
BLOCKS = st.lists(BLOCK | BANDS, min_size=1, max_size=6)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(blocks=BLOCKS, size=st.sampled_from(["A4", "A5"]), turned=st.booleans(), data=st.data())
def test_cells_of_any_form_never_overlap_and_leave_no_gap(
    tmp_path_factory: pytest.TempPathFactory, blocks: list[Any], size: str, turned: bool, data: st.DataObject
) -> None:
    layout = {"paper": {"size": size, "orientation": "landscape" if turned else "portrait"}, "blocks": blocks}
    paper = form(tmp_path_factory.mktemp("form"), FIELDS, layout)
    drawing = draw(paper, data.draw(records(paper)))
    assert list(iter_faults(drawing, room_of(paper))) == []
