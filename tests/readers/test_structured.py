"""YAML and JSON."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from tests.readers.builders import OPENING, ORDER, VISIT, Read


def yaml(folder: Path, text: str, *forms: object, **more: object) -> Read:
    """Readings of YAML text."""
    path = folder / "a.yaml"
    path.write_text(text, encoding="utf-8")
    return Read(path, *(forms or (VISIT, ORDER)), **more)  # type: ignore[arg-type]


def json(folder: Path, text: str, *forms: object) -> Read:
    """Readings of JSON text."""
    path = folder / "a.json"
    path.write_text(text, encoding="utf-8")
    return Read(path, *(forms or (VISIT, ORDER)))  # type: ignore[arg-type]


def test_yaml_values_are_what_was_typed(tmp_path: Path) -> None:
    text = """
    form: order
    客户名称: 否
    备注: yes
    数量: 3
    """
    assert yaml(tmp_path, text).values == [{"customer": "否", "remark": "yes", "quantity": 3}]


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("0771", "0771"),
        ("0771-5836361", "0771-5836361"),
        ("12:30", "12:30"),
        ("2026-01-02", "2026-01-02"),
        ("on", "on"),
        ("是", "是"),
        ("无", "无"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("+8613609284025", "+8613609284025"),
        ("1e5", "1e5"),
        ("=1+2", "=1+2"),
        ("4607972264016361729", 4607972264016361729),
        ("19.99", Decimal("19.99")),
        ("-3", -3),
        ("true", True),
        ("'12'", "12"),
        ("!!str 12", "12"),
        ("|\n  两行\n  文字\n", "两行\n文字\n"),
    ],
)
def test_yaml_scalars(tmp_path: Path, typed: str, value: object) -> None:
    assert yaml(tmp_path, f"form: order\nremark: {typed}\n").values == [{"remark": value}]


def test_yaml_null_is_empty_and_located(tmp_path: Path) -> None:
    for typed in ("", "~", "null"):
        value = yaml(tmp_path, f"form: order\nremark: {typed}\n").records[0].fields["remark"]
        assert value.value is None  # type: ignore[union-attr]


def test_yaml_values_know_their_line(tmp_path: Path) -> None:
    read = yaml(tmp_path, "客户名称: 甲\n数量: 三\n---\n客户名称: 乙\n数量: 4\n", ORDER)
    location = read.records[1].fields["quantity"].location  # type: ignore[union-attr]
    assert (location.line, location.column, location.record) == (5, 5, 2)
    assert [record.location.line for record in read.records] == [1, 4]


def test_a_list_several_documents_and_records_are_the_same(tmp_path: Path) -> None:
    wanted = [{"customer": "甲", "quantity": 1}, {"customer": "乙", "quantity": 2}]
    assert yaml(tmp_path, "- {customer: 甲, 数量: 1}\n- {客户: 乙, quantity: 2}\n").values == wanted
    assert yaml(tmp_path, "{customer: 甲, 数量: 1}\n---\n{客户: 乙, quantity: 2}\n").values == wanted
    text = "form: order\nrecords:\n- {customer: 甲, 数量: 1}\n- {客户: 乙, quantity: 2}\n"
    assert yaml(tmp_path, text).values == wanted


def test_records_may_name_different_forms(tmp_path: Path) -> None:
    read = yaml(tmp_path, "- {form: order, 数量: 1}\n- {form: 客户走访报告单, 客户名称: 甲}\n")
    assert read.forms == ["order", "visit_report"]
    assert [record.location.record for record in read.records] == [1, 2]


def test_an_unknown_form_name_lists_the_known_ones(tmp_path: Path) -> None:
    assert "visit_report、order" in str(yaml(tmp_path, "form: nothing\n数量: 1\n").issue("F004").values["hint"])


def test_tables_and_groups(tmp_path: Path) -> None:
    text = """
    form: customer_opening
    contacts:
      - {姓名: 张三, mobile: 13609284025}
      - 李四（经理）
    licences:
      - 资料: 开票资料
        编号: 007
    销售部审核: {意见: 同意, 签名: 王五}
    财务部审核: 同意
    documents: [企业营业执照, 开票资料]
    """
    assert yaml(tmp_path, text, OPENING).values == [
        {
            "contacts": [{"name": "张三", "mobile": 13609284025}, {"name": "李四", "title": "经理"}],
            "licences": [{"document": "开票资料", "number": "007"}],
            "sales_review": {"opinion": "同意", "signer": "王五"},
            "finance_review": {"opinion": "同意"},
            "documents": ["企业营业执照", "开票资料"],
        }
    ]


def test_flat_names_reach_into_tables(tmp_path: Path) -> None:
    text = "form: visit_report\n客户名称: 甲\ncontacts[0].name: 张三\n联系人手机: '136'\n"
    assert yaml(tmp_path, text).values[0]["contacts"] == [{"name": "张三", "mobile": "136"}]


def test_a_list_where_text_is_expected_is_delivered(tmp_path: Path) -> None:
    assert yaml(tmp_path, "form: order\nremark: [a, b]\ncustomer: {x: 1}\n").values == [
        {"remark": ["a", "b"], "customer": {"x": 1}}
    ]


def test_unknown_names_are_reported_with_line_and_hint(tmp_path: Path) -> None:
    read = yaml(tmp_path, "form: visit_report\n客户单位名称: 甲\n走访日其: 早\ncontacts:\n- {姓名: 张, 天气: 晴}\n")
    assert [(issue.code, issue.location.line, issue.values["name"]) for issue in read.issues] == [
        ("F102", 3, "走访日其"),
        ("F102", 5, "联系人·天气"),
    ]
    assert "走访日期" in str(read.issues[0].values["hint"])


def test_a_name_given_twice_is_an_issue(tmp_path: Path) -> None:
    assert yaml(tmp_path, "form: order\n数量: 1\n数量: 2\n").issue("F103").location.line == 3
    assert yaml(tmp_path, "form: order\n数量: 1\nquantity: 2\n").issue("F103").location.line == 3
    assert json(tmp_path, '[{"form": "order", "数量": 1, "数量": 2}]').codes == ["F103"]


def test_yaml_merge_keys_and_anchors(tmp_path: Path) -> None:
    text = "- &base {form: order, customer: 甲, remark: 急}\n- <<: *base\n  数量: 2\n  remark: 缓\n"
    assert yaml(tmp_path, text).values == [
        {"customer": "甲", "remark": "急"},
        {"customer": "甲", "remark": "缓", "quantity": 2},
    ]


def test_yaml_syntax_errors_have_line_and_column(tmp_path: Path) -> None:
    issue = yaml(tmp_path, "客户名称: 甲\n数量: [1\n备注: x\n").issue("F006")
    assert (issue.location.line, str(issue.values["reason"])) == (3, "方括号没有配对")
    assert yaml(tmp_path, "a: !!python/object:os.system x\n").issue("F006").location.line == 1
    assert yaml(tmp_path, "a: *nothing\n").codes == ["F006"]
    assert yaml(tmp_path, "a: &a [*a]\n").codes == ["F006"]


def test_the_wrong_top_level_is_said(tmp_path: Path) -> None:
    assert yaml(tmp_path, "只是一句话\n").issue("F014").values["actual"] == "文字"
    assert yaml(tmp_path, "- 1\n- 2\n").issue("F014").values["actual"] == "列表中的单个值"
    assert json(tmp_path, "3").codes == ["F014"]


def test_nothing_in_a_text_file_is_said(tmp_path: Path) -> None:
    for text in ("", "  \n", "# 说明\n", "---\n---\n", "[]"):
        assert yaml(tmp_path, text).codes == ["F003"], text


def test_json_numbers_are_exact(tmp_path: Path) -> None:
    read = json(tmp_path, '[{"customer": "甲", "quantity": 19.990000000000000001}]')
    assert read.values == [{"customer": "甲", "quantity": Decimal("19.990000000000000001")}]


def test_json_records_know_number_and_line(tmp_path: Path) -> None:
    read = json(tmp_path, '[\n  {"customer": "甲"},\n\n  {"customer": "乙",\n   "quantity": 1}\n]')
    assert [(record.location.record, record.location.line) for record in read.records] == [(1, 2), (2, 4)]
    assert read.records[1].fields["quantity"].location.record == 2  # type: ignore[union-attr]


def test_json_of_one_object_and_of_form_and_records(tmp_path: Path) -> None:
    assert json(tmp_path, '{"customer": "甲", "quantity": 1}').values == [{"customer": "甲", "quantity": 1}]
    assert json(tmp_path, '{"form": "order", "records": [{"quantity": 1}]}').values == [{"quantity": 1}]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('[{"a": 1},\n {"a" 2}]', 2),
        ('[{"a": 1},]', 1),
        ("[1 2]", 1),
        ('{"a": NaN}', 1),
        ("{'a': 1}", 1),
        ('{"a": 1}\n}', 1),
    ],
)
def test_json_syntax_errors_have_their_line(tmp_path: Path, text: str, line: int) -> None:
    assert json(tmp_path, text).issue("F008").location.line == line


def test_gb18030_text_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes("form: order\n客户: 甲公司\n".encode("gb18030"))
    assert Read(tmp_path / "a.yaml").values == [{"customer": "甲公司"}]
