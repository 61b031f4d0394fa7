"""Registers in the layouts that offices give them."""

from __future__ import annotations

from pathlib import Path

from tests.readers.builders import (
    COMPLAINT,
    OPENING,
    ORDER,
    VISIT,
    Read,
    form,
    number,
    read_grid,
    table,
    text,
    write_xlsx,
)
from tests.worlds.hostile_files import package, sheet_xml, text_row

from danju.rules.checking import find_place

PLAIN = "| 客户名称 | 数量 |\n| 甲公司 | 3 |\n| 乙公司 | 4.5 |"


def test_a_row_is_a_record(tmp_path: Path) -> None:
    read = read_grid(tmp_path, PLAIN)
    assert read.values == [{"customer": "甲公司", "quantity": 3.0}, {"customer": "乙公司", "quantity": 4.5}]
    assert read.issues == []


def test_values_and_records_know_their_place(tmp_path: Path) -> None:
    read = read_grid(tmp_path, PLAIN)
    value = read.records[1].fields["quantity"]
    assert (value.location.source, value.location.sheet, value.location.cell) == ("表.xlsx", "Sheet1", "B3")  # type: ignore[union-attr]
    assert (read.records[1].location.cell, read.records[1].location.record) == ("A3", 2)


def test_column_order_does_not_matter(tmp_path: Path) -> None:
    read = read_grid(tmp_path, "| 数量 | 备注 | 客户 |\n| 3 | 急 | 甲公司 |")
    assert read.values == [{"customer": "甲公司", "quantity": 3.0, "remark": "急"}]


def test_the_header_is_found_below_titles(tmp_path: Path) -> None:
    read = read_grid(tmp_path, f"| 2026年订货台账 |\n| |\n{PLAIN}", merges="A1:B1")
    assert len(read.values) == 2
    assert read.issues == []


def test_a_line_above_the_header_fills_a_field_without_column(tmp_path: Path) -> None:
    read = read_grid(tmp_path, f"| 订货日期：2026-03-04 |\n{PLAIN}")
    assert [record["ordered_on"] for record in read.values] == ["2026-03-04"] * 2
    assert read.records[0].fields["ordered_on"].location.cell == "A1"  # type: ignore[union-attr]


def test_a_line_above_the_header_that_a_column_gives_is_a_note(tmp_path: Path) -> None:
    read = read_grid(tmp_path, f"| 客户：丙公司   填报单位：销售部 |\n{PLAIN}")
    assert "丙公司" in str(read.issue("F012").values["text"])
    assert "销售部" in str(read.issue("F012").values["text"])
    assert read.values[0]["customer"] == "甲公司"


def test_two_row_header_with_merges(tmp_path: Path) -> None:
    grid = """
    | 客户名称 | 用户意见 | | 联系人 | | |
    | | 质量 | 服务态度 | 姓名 | 职务 | 手机/电话 |
    | 甲公司 | 良好 | 一般 | 张三 | 经理 | 13609284025 |
    | | | | 李四 | | 0771-5836361 |
    | 乙公司 | 优良 | 合格 | 王五 | 主办 | 0771-5836361/13609284025 |
    """
    read = read_grid(tmp_path, grid, VISIT, merges="A1:A2 B1:C1 D1:F1 A3:A4 B3:B4 C3:C4")
    assert read.values == [
        {
            "customer_name": "甲公司",
            "quality": "良好",
            "service": "一般",
            "contacts": [
                {"name": "张三", "title": "经理", "mobile": 13609284025.0},
                {"name": "李四", "phone": "0771-5836361"},
            ],
        },
        {
            "customer_name": "乙公司",
            "quality": "优良",
            "service": "合格",
            "contacts": [{"name": "王五", "title": "主办", "phone": "0771-5836361", "mobile": "13609284025"}],
        },
    ]


def test_three_row_header(tmp_path: Path) -> None:
    grid = """
    | 走访情况 | | | |
    | 客户名称 | 联系人 | | 质量 |
    | | 姓名 | 手机 | |
    | 甲公司 | 张三 | 13609284025 | 良好 |
    """
    read = read_grid(tmp_path, grid, VISIT, merges="A1:D1 A2:A3 B2:C2 D2:D3")
    assert read.values == [
        {"customer_name": "甲公司", "quality": "良好", "contacts": [{"name": "张三", "mobile": 13609284025.0}]}
    ]


def test_numbered_columns_are_rows_of_a_table(tmp_path: Path) -> None:
    grid = """
    | 客户名称 | 联系人1 | 手机1 | 联系人2 | 手机2 |
    | 甲公司 | 张三 | 13609284025 | 李四（经理） | 13609284026 |
    | 乙公司 | | | 王五 | 13609284027 |
    """
    read = read_grid(tmp_path, grid, VISIT)
    assert read.values[0]["contacts"] == [
        {"name": "张三", "mobile": 13609284025.0},
        {"name": "李四", "title": "经理", "mobile": 13609284026.0},
    ]
    assert read.values[1]["contacts"] == [{"name": "王五", "mobile": 13609284027.0}]


def test_flat_columns_make_one_row_of_a_table(tmp_path: Path) -> None:
    grid = "| 客户名称 | 业务联系人 | 联系人电话 | 联系人手机 |\n| 甲公司 | 张三（经理） | 0771-5836361 | 13609284025 |"
    read = read_grid(tmp_path, grid, OPENING, chosen=OPENING)
    assert read.values[0]["contacts"] == [
        {"name": "张三", "title": "经理", "phone": "0771-5836361", "mobile": 13609284025.0}
    ]


def test_rows_without_values_of_their_own_go_on_with_the_record_even_unmerged(tmp_path: Path) -> None:
    grid = """
    | 序号 | 客户名称 | 姓名 | 手机 |
    | 1 | 甲公司 | 张三 | 13609284025 |
    | | | 李四 | 13609284026 |
    | 2 | 乙公司 | 王五 | 13609284027 |
    """
    read = read_grid(tmp_path, grid, VISIT)
    assert [len(record["contacts"]) for record in read.values] == [2, 1]  # type: ignore[arg-type]


def test_a_value_merged_over_several_records_is_repeated(tmp_path: Path) -> None:
    grid = """
    | 走访人 | 客户名称 | 走访日期 | 质量 |
    | 周杰 | 甲公司 | 2026-01-02 | 良好 |
    | | 乙公司 | 2026-01-03 | 一般 |
    | | 丙公司 | 2026-01-04 | 优良 |
    """
    read = read_grid(tmp_path, grid, VISIT, merges="A2:A4")
    assert [record["visitor"] for record in read.values] == ["周杰"] * 3
    assert read.records[2].fields["visitor"].location.cell == "A2"  # type: ignore[union-attr]


def test_several_visits_of_one_merged_customer_are_several_records(tmp_path: Path) -> None:
    grid = """
    | 客户名称 | 走访日期 | 质量 | 服务态度 | 姓名 |
    | 甲公司 | 2026-01-02 | 良好 | 优良 | 张三 |
    | | 2026-02-02 | 一般 | 优良 | 李四 |
    """
    read = read_grid(tmp_path, grid, VISIT, merges="A2:A3")
    assert [record["customer_name"] for record in read.values] == ["甲公司", "甲公司"]
    assert [record["contacts"] for record in read.values] == [[{"name": "张三"}], [{"name": "李四"}]]


def test_a_merged_row_number_holds_its_record_together(tmp_path: Path) -> None:
    grid = """
    | 序号 | 客户名称 | 其它建议 | 姓名 |
    | 1 | 甲公司 | 降价 | 张三 |
    | | | 送货上门 | 李四 |
    """
    read = read_grid(tmp_path, grid, VISIT, merges="A2:A3 B2:B3")
    assert read.values == [
        {"customer_name": "甲公司", "suggestion": "降价\n送货上门", "contacts": [{"name": "张三"}, {"name": "李四"}]}
    ]


def test_a_visitor_merged_over_records_that_have_several_rows(tmp_path: Path) -> None:
    grid = """
    | 序号 | 客户名称 | 走访人 | 姓名 |
    | 1 | 甲公司 | 周杰 | 张三 |
    | | | | 李四 |
    | 2 | 乙公司 | | 王五 |
    """
    read = read_grid(tmp_path, grid, VISIT, merges="A2:A3 B2:B3 C2:C4")
    assert [(record["customer_name"], record["visitor"]) for record in read.values] == [
        ("甲公司", "周杰"),
        ("乙公司", "周杰"),
    ]


def test_blank_rows_and_rows_with_only_a_number_are_skipped(tmp_path: Path) -> None:
    grid = "| 序号 | 客户名称 | 数量 |\n| | | |\n| 1 | 甲公司 | 3 |\n| | | |\n| 2 | 乙公司 | 4 |\n| 3 | | |\n| 4 | | |"
    read = read_grid(tmp_path, grid)
    assert [record["customer"] for record in read.values] == ["甲公司", "乙公司"]
    assert read.issues == []


def test_totals_row_is_not_a_record(tmp_path: Path) -> None:
    for label in ("合计", "合  计：", "总计", "共计2家", "小计", "本页合计"):
        read = read_grid(tmp_path, f"{PLAIN}\n| {label} | 7.5 |")
        assert len(read.values) == 2, label
        assert read.codes == ["F012"]


def test_totals_label_in_the_second_column(tmp_path: Path) -> None:
    read = read_grid(tmp_path, "| 序号 | 客户名称 | 数量 |\n| 1 | 甲公司 | 3 |\n| | 合计 | 3 |")
    assert len(read.values) == 1


def test_a_customer_whose_name_begins_like_a_total_is_a_record(tmp_path: Path) -> None:
    names = ["合众公司", "总计有限公司", "共计科技", "合计实业有限公司"]
    grid = "| 客户名称 | 数量 | 备注 |\n" + "\n".join(f"| {name} | 3 | |" for name in names)
    assert [record["customer"] for record in read_grid(tmp_path, grid).values] == names


def test_a_full_row_that_begins_with_a_total_word_is_a_record(tmp_path: Path) -> None:
    grid = "| 投诉时间 | 投诉客户 | 投诉内容 |\n| 2026-01-02 | 小计超市 | 慢 |"
    assert len(read_grid(tmp_path, grid, COMPLAINT).values) == 1


def test_notes_and_signatures_below_the_table_are_said(tmp_path: Path) -> None:
    grid = f"{PLAIN}\n| 注：每月5日前报送。 |\n| 2. 数量以吨计。 |\n| 制表人：张三 | 审核：李四 |"
    read = read_grid(tmp_path, grid)
    assert len(read.values) == 2
    assert [issue.location.cell for issue in read.issues] == ["A4", "A5", "A6"]
    assert set(read.codes) == {"F012"}


def test_a_repeated_header_is_skipped(tmp_path: Path) -> None:
    read = read_grid(tmp_path, f"{PLAIN}\n| 客户名称 | 数量 |\n| 丙公司 | 6 |")
    assert [record["customer"] for record in read.values] == ["甲公司", "乙公司", "丙公司"]


def test_a_repeated_two_row_header_is_skipped(tmp_path: Path) -> None:
    head = "| 客户名称 | 联系人 | |\n| | 姓名 | 手机 |"
    grid = f"{head}\n| 甲公司 | 张三 | 13609284025 |\n| | | |\n{head}\n| 乙公司 | 李四 | 13609284026 |"
    read = read_grid(tmp_path, grid, VISIT, merges="A1:A2 B1:C1 A5:A6 B5:C5")
    assert [record["customer_name"] for record in read.values] == ["甲公司", "乙公司"]


def test_a_second_register_below_may_have_other_columns(tmp_path: Path) -> None:
    grid = f"{PLAIN}\n| |\n| 数量 | 客户名称 | 备注 |\n| 6 | 丙公司 | 急 |"
    assert read_grid(tmp_path, grid).values[2] == {"customer": "丙公司", "quantity": 6.0, "remark": "急"}


def test_an_unknown_column_is_reported_once_with_the_nearest_name(tmp_path: Path) -> None:
    read = read_grid(tmp_path, "| 客户名称 | 数量 | 订货日其 |\n| 甲 | 1 | 早 |\n| 乙 | 2 | 晚 |")
    issue = read.issue("F102")
    assert (issue.location.cell, issue.values["name"]) == ("C1", "订货日其")
    assert "订货日期" in str(issue.values["hint"])


def test_an_unknown_column_without_values_is_not_reported(tmp_path: Path) -> None:
    assert read_grid(tmp_path, "| 客户名称 | 数量 | 天气 |\n| 甲 | 1 | |").issues == []


def test_a_repeated_heading_is_an_issue(tmp_path: Path) -> None:
    read = read_grid(tmp_path, "| 客户名称 | 数量 | 客户 |\n| 甲 | 1 | 乙 |")
    assert (read.issue("F103").location.cell, read.issue("F103").values["other"]) == ("C1", "A1")
    assert read.values == [{"customer": "甲", "quantity": 1.0}]


def test_a_differing_unit_goes_with_the_value(tmp_path: Path) -> None:
    read = read_grid(tmp_path, "| 客户名称 | 数量（公斤） |\n| 甲 | 1500 |")
    assert read.values == [{"customer": "甲", "quantity": "1500公斤"}]


def test_a_composite_part_that_fits_nothing_goes_to_the_first_member(tmp_path: Path) -> None:
    read = read_grid(tmp_path, "| 客户名称 | 姓名 | 手机/电话 |\n| 甲 | 张三 | 12345 |", VISIT)
    assert read.values[0]["contacts"] == [{"name": "张三", "mobile": 12345.0}]


def test_composite_parts_split_at_any_mark(tmp_path: Path) -> None:
    for mark in ("/", "；", "、", "，", "⏎", " "):
        grid = f"| 客户名称 | 姓名 | 电话/手机 |\n| 甲 | 张三 | 13609284025{mark}0771-5836361 |"
        (record,) = read_grid(tmp_path, grid, VISIT).values
        assert record["contacts"] == [{"name": "张三", "phone": "0771-5836361", "mobile": "13609284025"}], mark


def test_two_mobiles_in_one_cell_are_both_kept(tmp_path: Path) -> None:
    grid = "| 客户名称 | 姓名 | 手机/电话 |\n| 甲 | 张三 | 13609284025/13609284026 |"
    (record,) = read_grid(tmp_path, grid, VISIT).values
    assert "13609284026" in str(record["contacts"])
    assert "13609284025" in str(record["contacts"])


def test_a_missing_required_cell_is_pointed_at(tmp_path: Path) -> None:
    read = read_grid(tmp_path, "| 客户名称 | 数量 |\n| 甲 | |\n| 乙 | 2 |")
    assert find_place(read.records[0], {}, "quantity").cell == "B2"


def test_a_header_without_rows_is_an_error(tmp_path: Path) -> None:
    assert read_grid(tmp_path, "| 客户名称 | 数量 |").codes == ["F011"]


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    sheet = sheet_xml(text_row(1, "客户名称", "数量", "备注") + text_row(2, "甲", "1", "=希望按月返利"))
    (tmp_path / "a.xlsx").write_bytes(package(sheet))
    assert Read(tmp_path / "a.xlsx").values == [{"customer": "甲", "quantity": "1", "remark": "=希望按月返利"}]


def test_a_single_column_is_a_register_too(tmp_path: Path) -> None:
    assert read_grid(tmp_path, "| 数量 |\n| 3 |", form("x", "X", number("quantity", "数量"))).values == [
        {"quantity": 3.0}
    ]


def test_a_table_of_the_record_may_be_all_there_is(tmp_path: Path) -> None:
    goods = form("x", "X", table("goods", "货物", [text("name", "品名"), number("count", "件数")]))
    assert read_grid(tmp_path, "| 品名 | 件数 |\n| 椅子 | 3 |\n| 桌子 | 1 |", goods).values == [
        {"goods": [{"name": "椅子", "count": 3.0}, {"name": "桌子", "count": 1.0}]}
    ]


def test_each_register_of_a_workbook_is_read(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", {"一月": PLAIN, "二月": "| 客户 | 数量 |\n| 丙 | 1 |"})
    read = Read(path, ORDER)
    assert [len(list(record)) for record in read.values] == [2, 2, 2]
    assert [reading.form and reading.form.id for reading in read.readings] == ["order", "order"]
