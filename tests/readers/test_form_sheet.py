"""Form sheets: one record a sheet."""

from __future__ import annotations

from pathlib import Path

from tests.readers.builders import OPENING, VISIT, Read, read_grid, write_csv, write_xlsx

HEAD = """
| 客户开户审批表 | | | |
| 申请日期： | 2026/10/11 | | |
| 客户名称 | 甲公司 | 统一社会信用代码 | 91450103MA5E40GB25 |
| 客户类别 | 经销 | 注册资本（万元） | 3000 |
"""
BASE = {
    "application_date": "2026/10/11",
    "customer_name": "甲公司",
    "credit_code": "91450103MA5E40GB25",
    "customer_class": "经销",
    "registered_capital": 3000.0,
}


def test_values_stand_beside_their_labels(tmp_path: Path) -> None:
    read = read_grid(tmp_path, HEAD, OPENING)
    assert read.values == [BASE]
    assert read.issues == []
    assert read.records[0].fields["credit_code"].location.cell == "D3"  # type: ignore[union-attr]


def test_an_empty_value_is_pointed_at(tmp_path: Path) -> None:
    read = read_grid(tmp_path, HEAD + "| 开户行 | | 账号 | 622 |", OPENING)
    value = read.records[0].fields["bank"]
    assert (value.value, value.location.cell) == (None, "B5")  # type: ignore[union-attr]


def test_label_and_value_in_one_cell(tmp_path: Path) -> None:
    grid = HEAD.replace("| 申请日期： | 2026/10/11 |", "| 申请日期：2026/10/11   所属区域：广西 | |")
    assert read_grid(tmp_path, grid, OPENING).values == [BASE | {"region": "广西"}]


def test_option_lines_come_as_typed(tmp_path: Path) -> None:
    read = read_grid(tmp_path, HEAD + "| 提供资料 | ☑企业营业执照  □税务登记证 | | |", OPENING, merges="B5:D5")
    assert read.values[0]["documents"] == "☑企业营业执照  □税务登记证"


def test_options_spread_over_cells_are_one_line(tmp_path: Path) -> None:
    read = read_grid(tmp_path, HEAD.replace("| 经销 | 注册资本（万元） | 3000 |", "| □直销 | ☑经销 | |"), OPENING)
    assert read.values[0]["customer_class"] == "□直销  ☑经销"


def test_a_unit_in_its_own_cell_goes_with_the_number(tmp_path: Path) -> None:
    read = read_grid(tmp_path, HEAD + "| 预计月提货量 | 800 | 公斤 | |", OPENING)
    assert read.values[0]["monthly_volume"] == "800  公斤"


def test_a_date_spread_over_cells_is_one(tmp_path: Path) -> None:
    grid = HEAD.replace("| 申请日期： | 2026/10/11 | | |", "| 申请日期 | 2026 | 年 | 10 | 月 | 11 | 日 |")
    assert read_grid(tmp_path, grid, OPENING).values[0]["application_date"] == "2026年10月11日"


def test_a_choice_that_reads_like_a_label_is_a_value(tmp_path: Path) -> None:
    from tests.readers.builders import COMPLAINT

    grid = """
    | 客户投诉记录及处理意见 | | | |
    | 投诉时间 | 2026-01-02 | 投诉客户 | 甲公司 |
    | 投诉方式 | 电话 | 联系电话 | 0771-5836361 |
    | 投诉内容 | 慢 | | |
    """
    (record,) = read_grid(tmp_path, grid, COMPLAINT).values
    assert (record["channel"], record["complainant_phone"]) == ("电话", "0771-5836361")


def test_nested_rows_below_their_own_header(tmp_path: Path) -> None:
    grid = (
        HEAD
        + """| 联系人 | 姓名 | 职务 | 电话 | 手机 |
    | | 张三 | 经理 | 0771-5836361 | 13609284025 |
    | | 李四 | | | 13609284026 |
    | | | | | |
    | 开户行 | 建行 | | | |
    """
    )
    read = read_grid(tmp_path, grid, OPENING, merges="A5:A8")
    assert read.values == [
        BASE
        | {
            "bank": "建行",
            "contacts": [
                {"name": "张三", "title": "经理", "phone": "0771-5836361", "mobile": 13609284025.0},
                {"name": "李四", "mobile": 13609284026.0},
            ],
        }
    ]
    assert read.issues == []


def test_nested_rows_end_at_the_next_label(tmp_path: Path) -> None:
    grid = HEAD + "| 姓名 | 职务 | 电话 | 手机 |\n| 张三 | 经理 | | |\n| 开户行 | 建行 | 账号 | 622 |"
    (record,) = read_grid(tmp_path, grid, OPENING).values
    assert (record["contacts"], record["bank"]) == ([{"name": "张三", "title": "经理"}], "建行")


def test_a_checklist_is_rows_of_a_table(tmp_path: Path) -> None:
    grid = (
        HEAD
        + """| 资料 | 是否提供 | 编号 | 有效期至 |
    | 企业营业执照 | √ | 4501 | 2030-01-01 |
    | 开票资料 | × | | |
    """
    )
    assert read_grid(tmp_path, grid, OPENING).values[0]["licences"] == [
        {"document": "企业营业执照", "provided": "√", "number": 4501.0, "valid_until": "2030-01-01"},
        {"document": "开票资料", "provided": "×"},
    ]


def test_a_group_beside_its_own_labels(tmp_path: Path) -> None:
    grid = (
        HEAD
        + """| 销售部审核 | 意见 | 同意 | |
    | | 签名 | 张三 | |
    | 财务部审核 | 意见 | 同意 | |
    | | 签名 | 李四 | |
    """
    )
    (record,) = read_grid(tmp_path, grid, OPENING, merges="A5:A6 A7:A8").values
    assert record["sales_review"] == {"opinion": "同意", "signer": "张三"}
    assert record["finance_review"] == {"opinion": "同意", "signer": "李四"}


def test_a_group_whose_cell_holds_opinion_signature_and_date(tmp_path: Path) -> None:
    grid = HEAD + "| 销售部审核意见 | 同意，尽快办理。⏎签名：张三  日期：2026年3月4日 | | |"
    (record,) = read_grid(tmp_path, grid, OPENING, merges="B5:D5").values
    assert record["sales_review"] == {"opinion": "同意，尽快办理。", "signer": "张三", "date": "2026年3月4日"}


def test_labels_above_their_values(tmp_path: Path) -> None:
    grid = """
    | 客户开户审批表 | | |
    | 客户名称 | 统一社会信用代码 | 申请日期 |
    | 甲公司 | 91450103MA5E40GB25 | 2026/10/11 |
    | 客户类别 | 开户行 | 账号 |
    | 经销 | 建行 | 622 |
    | 所属区域 | 开票电话 | |
    | 广西 | 0771-5836361 | |
    """
    (record,) = read_grid(tmp_path, grid, OPENING).values
    assert (record["customer_name"], record["bank"], record["region"]) == ("甲公司", "建行", "广西")


def test_a_label_over_the_whole_width_has_its_value_below(tmp_path: Path) -> None:
    grid = """
    | 客户走访报告单 | |
    | 客户名称 | 甲公司 |
    | 走访日期 | 2026-01-02 |
    | 其它建议 | |
    | 希望降价 | |
    """
    (record,) = read_grid(tmp_path, grid, VISIT, merges="A1:B1 A4:B4 A5:B5").values
    assert record["suggestion"] == "希望降价"


def test_an_unknown_label_with_a_value_is_reported(tmp_path: Path) -> None:
    read = read_grid(tmp_path, HEAD + "| 传真 | 0771-1 | 开户行 | 建行 |\n| 邮箱：a@b.cn | | | |", OPENING)
    assert [issue.values["name"] for issue in read.issues] == ["传真", "邮箱"]
    assert set(read.codes) == {"F102"}


def test_other_words_on_the_sheet_are_said(tmp_path: Path) -> None:
    read = read_grid(tmp_path, HEAD + "| 注意事项 请用钢笔填写，一式三份。 | | | |", OPENING)
    assert "一式三份" in str(read.issue("F012").values["text"])


def test_a_place_filled_twice_with_different_values_is_an_issue(tmp_path: Path) -> None:
    read = read_grid(tmp_path, HEAD + "| 客户名称 | 乙公司 | | |", OPENING)
    assert (read.issue("F103").location.cell, read.issue("F103").values["other"]) == ("B5", "B3")
    assert read.values[0]["customer_name"] == "甲公司"


def test_the_form_sheets_of_a_workbook_are_one_reading(tmp_path: Path) -> None:
    sheets = {"甲": HEAD, "乙": HEAD.replace("甲公司", "乙公司"), "空": HEAD.split("| 申请")[0]}
    read = Read(write_xlsx(tmp_path / "a.xlsx", sheets), OPENING)
    assert [record["customer_name"] for record in read.values] == ["甲公司", "乙公司"]
    assert [record.location.record for record in read.records] == [1, 2]
    assert len(read.readings) == 1


def test_a_blank_form_says_so(tmp_path: Path) -> None:
    grid = """
    | 客户开户审批表 | | | |
    | 客户名称 | | 统一社会信用代码 | |
    | 客户类别 | | 注册资本（万元） | |
    | 开户行 | | 账号 | |
    """
    read = read_grid(tmp_path, grid, OPENING)
    assert (read.values, read.codes) == ([], ["F011"])


def test_a_form_sheet_saved_as_csv_has_lost_its_merges(tmp_path: Path) -> None:
    grid = """
    | 客户开户审批表 | | | | | |
    | 申请日期： | 2026/10/11 | | | | |
    | 客户名称 | | 甲公司 | 统一社会信用代码 | | 91450103MA5E40GB25 |
    | 开户行 | | | 账号 | | 622 |
    """
    (record,) = Read(write_csv(tmp_path / "a.csv", grid), OPENING).values
    assert record == {
        "application_date": "2026/10/11",
        "customer_name": "甲公司",
        "credit_code": "91450103MA5E40GB25",
        "account": "622",
    }
