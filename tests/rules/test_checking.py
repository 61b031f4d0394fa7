"""A raw record becomes a record, or every issue that prevents it, at once and each with its place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.support.builders import CLOCK, SOURCE, check, codes, form, raw, texts, values_of
from tests.support.strategies import records

from danju.issues import Issue
from danju.library import Library
from danju.location import Location
from danju.model.record import RawRecord, RawValue
from danju.rules.checking import check_record, to_plain

REGISTER = """
name 名称*: {type: string, minLength: 2, maxLength: 6}
code 信用代码*: {type: string, format: credit-code}
mobile 手机: {type: string, format: mobile}
phone 电话: {type: string, format: phone}
account 账号: {type: string, format: bank-account}
id_card 身份证号: {type: string, format: resident-id}
postcode 邮编: {type: string, format: postcode}
count 件数: integer
amount 金额: {type: number, minimum: 0, maximum: 100, x-unit: 元, x-decimals: 2}
share 比例: {type: number, x-unit: 吨}
day 日期*: date
moment 时间: datetime
urgent 加急: boolean
grade 等级: choice 甲 乙
kinds 种类: choices 红 绿
missing 必填*: text
remark 备注: text
rows 明细: [{item 品名*: text, price 单价: number}]
more 附件: [{item 品名: text}]
review 审核: {opinion 意见: text, on 日期: date}
"""
MISTAKES: Mapping[str, Any] = {
    "name": "甲",
    "code": "91450300MA5N8T7X24",
    "mobile": "1397730001",
    "phone": "12",
    "account": "43674220001188661AB",
    "id_card": "450101199013011234",
    "postcode": "53000",
    "count": "3.5",
    "amount": "100.5",
    "share": "3件",
    "day": "2026年2月30日",
    "moment": "昨天",
    "urgent": "也许",
    "grade": "丙",
    "kinds": "红、蓝",
    "remark": "甲\x00乙",
    "rows": [{"item": "板材", "price": "面议"}, {"price": 3}],
    "more": "见附件",
    "review": [{"opinion": "同意"}],
}


def test_all_mistakes_of_a_record_are_told_at_once_each_in_its_place(tmp_path: Path) -> None:
    checked = check(form(tmp_path, REGISTER), **MISTAKES)
    assert checked.record is None
    assert [(issue.code, issue.label, issue.path, issue.location.line) for issue in checked.issues] == [
        ("F109", "名称", "name", 2),
        ("F204", "信用代码", "code", 3),
        ("F210", "手机", "mobile", 4),
        ("F213", "电话", "phone", 5),
        ("F212", "账号", "account", 6),
        ("F207", "身份证号", "id_card", 7),
        ("F217", "邮编", "postcode", 8),
        ("F111", "件数", "count", 9),
        ("F110", "金额", "amount", 10),
        ("F127", "比例", "share", 11),
        ("F231", "日期", "day", 12),
        ("F105", "时间", "moment", 13),
        ("F126", "加急", "urgent", 14),
        ("F104", "等级", "grade", 15),
        ("F104", "种类", "kinds", 16),
        ("F101", "必填", "missing", 1),
        ("F112", "备注", "remark", 17),
        ("F107", "明细1·单价", "rows[0].price", 19),
        ("F101", "明细2·品名", "rows[1].item", 1),
        ("F116", "附件", "more", 21),
        ("F116", "审核", "review", 1),
    ]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_message_is_complete(tmp_path: Path, lang: str) -> None:
    """No placeholder is left empty or unknown, whatever the mistake."""
    paper = form(tmp_path, REGISTER)
    everything = check(paper, **MISTAKES).issues + check(paper, **{**MISTAKES, "name": "=甲乙", "amount": 0.001}).issues
    for text in texts(everything, lang):
        assert text.startswith(SOURCE)
        assert "?" not in text
        assert "{" not in text


def test_an_issue_reads_as_place_label_fact_remedy_and_code(tmp_path: Path) -> None:
    paper = form(tmp_path, "quality 质量: choice 优良 良好")
    place = Location("走访台账.xlsx", "走访台账", "F17")
    (issue,) = check_record(RawRecord(place, {"quality": RawValue("很好", place)}), paper, CLOCK).issues
    assert issue.text() == "走访台账.xlsx › 走访台账 › F17「质量」：“很好”不在选项中。可填：优良、良好。 [F104]"
    assert issue.to_json()["cell"] == "F17"


def test_an_empty_field_is_placed_in_its_column(tmp_path: Path) -> None:
    paper = form(tmp_path, "name 名称*: text")
    place = Location("台账.xlsx", "台账", "A7")
    (issue,) = check_record(RawRecord(place, {}, columns={("台账", "name"): "C"}), paper, CLOCK).issues
    assert issue.location.cell == "C7"


def test_an_empty_member_is_placed_on_the_sheet_and_row_of_its_neighbours(tmp_path: Path) -> None:
    paper = form(tmp_path, "name 名称: text\nrows 明细: [{item 品名*: text, price 单价*: number}]")
    columns = {("台账", "rows.price"): "H", ("明细", "rows.price"): "C"}
    rows = tuple(
        {"item": RawValue(word, Location("台账.xlsx", "明细", f"B{row}"))} for row, word in ((4, "甲"), (5, "乙"))
    )
    raw_record = RawRecord(Location("台账.xlsx", "台账", "A2"), {"rows": rows}, columns=columns)
    issues = check_record(raw_record, paper, CLOCK).issues
    assert [(issue.location.sheet, issue.location.cell) for issue in issues] == [("明细", "C4"), ("明细", "C5")]


def test_a_missing_value_without_a_column_is_placed_beside_the_others_of_its_row(tmp_path: Path) -> None:
    paper = form(tmp_path, "rows 明细: [{item 品名*: text, price 单价*: number}]")
    rows = tuple({"item": RawValue(word, Location(SOURCE, line=line))} for line, word in ((4, "甲"), (7, "乙")))
    issues = check_record(RawRecord(Location(SOURCE, line=1), {"rows": rows}), paper, CLOCK).issues
    assert [issue.location.line for issue in issues] == [4, 7]


def test_what_the_reader_found_comes_first_and_is_not_told_twice(tmp_path: Path) -> None:
    paper = form(tmp_path, "name 名称*: text")
    found = Issue("F114", Location(SOURCE, line=1), "名称", "name", {"value": "#N/A"})
    assert codes(check_record(raw({}, issues=(found,)), paper, CLOCK)) == ["F114"]


def test_a_row_without_content_is_no_row(tmp_path: Path) -> None:
    paper = form(tmp_path, "rows 明细: [{item 品名*: text, price 单价: {type: number, default: 1}}]")
    values = values_of(paper, rows=[{"item": "", "price": None}, {"item": "甲"}, {"item": " "}])
    assert values == {"rows": [{"item": "甲", "price": Decimal(1)}]}


@pytest.mark.parametrize("rows", [[{"item": "/", "price": "—"}], "无", [{"item": "无"}]])
def test_rows_of_nothing_but_signs_for_nothing_are_no_rows_and_told(tmp_path: Path, rows: Any) -> None:
    checked = check(form(tmp_path, "rows 明细: [{item 品名*: text, price 单价: number}]"), rows=rows)
    assert checked.record is not None
    assert (codes(checked), dict(checked.record.values)) == (["F130"], {})


def test_rows_with_missing_members_say_which(tmp_path: Path) -> None:
    paper = form(tmp_path, "rows 明细: [{item 品名*: text, price 单价: number}]")
    checked = check(paper, rows=[{"item": "甲"}, {"price": 3}])
    assert [(issue.code, issue.label) for issue in checked.issues] == [("F101", "明细2·品名")]


def test_a_plain_value_fills_the_member_a_group_names(tmp_path: Path) -> None:
    group = {"type": "object", "x-value": "opinion", "properties": {"opinion": {"type": "string", "title": "意见"}}}
    paper = form(tmp_path, {"review 审核": group}, [{"approval": ["review"]}])
    assert values_of(paper, review="同意") == {"review": {"opinion": "同意"}}


def test_a_plain_value_for_a_group_that_names_no_member_is_refused(tmp_path: Path) -> None:
    assert codes(check(form(tmp_path, "review 审核: {opinion 意见: text}"), review="同意")) == ["F116"]


@pytest.mark.parametrize(
    ("schema", "values", "code", "path"),
    [
        ({"maxItems": 1}, {"rows": [{"item": "甲"}, {"item": "乙"}]}, "F118", "rows"),
        ({"minItems": 2}, {"rows": [{"item": "甲"}]}, "F119", "rows"),
        ({"uniqueItems": True}, {"rows": [{"item": "甲"}, {"item": "甲"}]}, "F129", "rows"),
    ],
)
def test_row_limits_of_the_schema_hold(
    tmp_path: Path, schema: dict[str, Any], values: dict[str, Any], code: str, path: str
) -> None:
    items = {"type": "object", "properties": {"item": {"type": "string"}}}
    paper = form(tmp_path, {"rows 明细": {"type": "array", "items": items, **schema}}, [{"table": "rows"}])
    (issue,) = check(paper, **values).issues
    assert (issue.code, issue.path, issue.label) == (code, path, "明细")


def test_patterns_and_steps_of_the_schema_hold(tmp_path: Path) -> None:
    code = "{type: string, pattern: '^A[0-9]+$', description: A 后接数字}"
    fields = f"{{code 代码: {code}, step 步长: {{type: number, multipleOf: 5}}}}"
    checked = check(form(tmp_path, fields), code="B1", step=7)
    assert texts(checked.issues)[0] == f"{SOURCE} › 第2行「代码」：“B1”的格式不对。A 后接数字 [F117]"
    assert codes(checked) == ["F117", "F117"]


def test_standard_formats_hold_and_what_is_expected_is_said_in_words(tmp_path: Path) -> None:
    fields = "{mail 邮箱: {type: string, format: email}, name 姓名: {type: string, pattern: '^[一-龥]*$'}}"
    paper = form(tmp_path, fields)
    assert texts(check(paper, mail="a@b.cn", name="张三").issues) == []
    first, second = texts(check(paper, mail="没有", name="abc").issues)
    assert first.endswith("“没有”的格式不对。应是 email 格式。 [F117]")
    assert second.endswith("“abc”的格式不对。应符合格式 ^[一-龥]*$。 [F117]")


def test_times_without_an_offset_are_no_fault_beside_a_standard_format(tmp_path: Path) -> None:
    fields = "{mail 邮箱: {type: string, format: email}, at 时间: {type: string, format: date-time}}"
    assert codes(check(form(tmp_path, fields), at="2026-03-18 14:30")) == []


def test_conditions_of_the_schema_may_require_fields(tmp_path: Path) -> None:
    condition = {
        "if": {"properties": {"kind": {"const": "单位"}}, "required": ["kind"]},
        "then": {"required": ["code"]},
    }
    paper = form(tmp_path, "{kind 类别: choice 单位 个人, code 代码: text}", schema=condition)
    assert [(issue.code, issue.label) for issue in check(paper, kind="单位").issues] == [("F101", "代码")]
    assert codes(check(paper, kind="单位", code="A1")) == codes(check(paper, kind="个人")) == []


RULE = {
    "that": "low <= high",
    "fields": ["high"],
    "message": ["上限低于下限", "The limit is below the start"],
    "remedy": ["请核对。", "Check it."],
}


@pytest.mark.parametrize(("severity", "code"), [("error", "F301"), ("warning", "F304"), ("note", "F305")])
def test_rules_across_fields_speak_both_languages(tmp_path: Path, severity: str, code: str) -> None:
    paper = form(tmp_path, "{low 下限: number, high 上限: number}", checks=[{**RULE, "severity": severity}])
    checked = check(paper, low=3, high=2)
    assert texts(checked.issues) == [f"{SOURCE} › 第3行「上限」：上限低于下限。请核对。 [{code}]"]
    assert texts(checked.issues, "en") == [
        f"{SOURCE} › line 3 “上限”: The limit is below the start. Check it. [{code}]"
    ]
    assert (checked.record is None) == (severity == "error")


def test_a_rule_is_skipped_when_something_it_needs_is_empty(tmp_path: Path) -> None:
    paper = form(tmp_path, "{low 下限: number, high 上限: number}", checks=[RULE])
    assert codes(check(paper, low=3)) == []


def test_a_rule_that_is_just_a_name_asks_for_that_field(tmp_path: Path) -> None:
    rule = {"that": "result", "when": "closed", "fields": ["result"], "message": "没有结果"}
    paper = form(tmp_path, "{closed 办结: date, result 结果: text}", checks=[rule])
    assert codes(check(paper, closed="2026-03-01")) == ["F301"]
    assert codes(check(paper)) == codes(check(paper, closed="2026-03-01", result="已办")) == []


def test_rules_about_rows_name_the_row(tmp_path: Path) -> None:
    rule = {"each": "rows", "that": "until >= start", "fields": ["until"], "message": "已过期"}
    paper = form(tmp_path, "{start 起: date, rows 证照: [{until 至: date}]}", checks=[rule])
    rows = [{"until": "2026-05-01"}, {"until": None}, {"until": "2026-01-01"}]
    (issue,) = check(paper, start="2026-03-01", rows=rows).issues
    assert (issue.label, issue.path, issue.location.line) == ("证照2·至", "rows[1].until", 5)


def test_an_empty_member_of_a_row_is_empty_whatever_the_record_has(tmp_path: Path) -> None:
    rule = {"each": "rows", "that": "number == '1'", "fields": ["number"], "message": "错"}
    paper = form(tmp_path, "{number 编号: text, rows 明细: [{item 品名: text, number 号: text}]}", checks=[rule])
    assert codes(check(paper, number="9", rows=[{"item": "甲"}])) == []


LICENCE = """
kind 证件: choice 执照 无证
approval 审批: {on 日期: date}
number 证号: text
phone 电话: text
mobile 手机: text
"""


@pytest.mark.parametrize(
    ("rule", "values", "wrong"),
    [
        ({"require": "number", "when": "kind == '执照'"}, {"kind": "执照"}, ["证号: 须填写证号"]),
        ({"require": "number", "when": "kind == '执照'"}, {"kind": "无证"}, []),
        ({"require": ["number", "phone"]}, {"phone": "1"}, ["证号: 须填写证号"]),
        ({"require": "approval.on"}, {"number": "1"}, ["日期: 须填写日期"]),
        ({"that": "approval.on", "message": "未签"}, {"number": "1"}, [": 未签"]),
        ({"either": ["phone", "mobile"]}, {"number": "1"}, ["电话: 电话、手机至少须填一项"]),
        ({"either": ["phone", "mobile"]}, {"mobile": "1"}, []),
        ({"that": "filled(phone, mobile) == 1", "message": "只填一项"}, {"phone": "1", "mobile": "2"}, [": 只填一项"]),
    ],
)
def test_fields_are_asked_for_where_a_rule_says_so(
    tmp_path: Path, rule: dict[str, Any], values: dict[str, Any], wrong: list[str]
) -> None:
    checked = check(form(tmp_path, LICENCE, checks=[rule]), **values)
    assert [f"{issue.label}: {issue.values['message']}" for issue in checked.issues] == wrong


def test_what_must_be_filled_in_is_told_in_english_too(tmp_path: Path) -> None:
    paper = form(tmp_path, LICENCE, checks=[{"either": ["phone", "mobile"]}])
    assert "At least one of 电话, 手机 must be filled in." in texts(check(paper, number="1").issues, "en")[0]


ROWS = "{total 合计: number, rows 明细: [{item 品名: text, amount 金额: number}]}"


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        (
            {
                "that": "sum(rows, 'amount') == total",
                "message": ["明细之和 {{ sum(rows, 'amount') }} 与合计 {{ total }} 不符", "{{ total }} is not the sum"],
            },
            "明细之和 3 与合计 4 不符",
        ),
        ({"that": "distinct(rows, 'item')", "message": "品名重复"}, "品名重复"),
        ({"each": "rows", "require": "item", "when": "amount > 1"}, None),
        ({"each": "rows", "that": "amount < 2", "message": "{{ item }}超过 2"}, "甲超过 2"),
    ],
)
def test_rules_see_the_rows_of_a_table(tmp_path: Path, rule: dict[str, Any], message: str | None) -> None:
    rows = [{"item": "甲", "amount": 1}, {"item": "甲", "amount": 2}]
    checked = check(form(tmp_path, ROWS, checks=[rule]), total=4, rows=rows)
    assert [issue.values["message"] for issue in checked.issues] == ([message] if message else [])


COMPUTED = "{price 单价: number, count 数量: integer, total 合计: {type: number, readOnly: true, x-decimals: 2}}"


def test_computed_fields_follow_and_overrule_what_was_typed(tmp_path: Path) -> None:
    paper = form(tmp_path, COMPUTED, compute={"total": "price * count"})
    checked = check(paper, price="1.115", count=3, total=99)
    assert checked.record is not None
    assert checked.record.values["total"] == Decimal("3.35")
    assert texts(checked.issues) == [
        f"{SOURCE} › 第4行「合计」：填写的是 99，按规则应为 3.35；已采用 3.35。请核对有关栏目。 [F302]"
    ]


def test_typing_the_right_result_is_no_issue(tmp_path: Path) -> None:
    paper = form(tmp_path, COMPUTED, compute={"total": "price * count"})
    assert codes(check(paper, price=1.5, count=2, total="3.00")) == []


def test_a_field_called_like_a_function_is_seen_by_every_computation(tmp_path: Path) -> None:
    computed = "{type: number, readOnly: true}"
    fields = f"{{count 件数: integer, total 合价: {computed}, twice 两倍: {computed}}}"
    values = values_of(form(tmp_path, fields, compute={"total": "count * 3", "twice": "count * 2"}), count=2)
    assert (values["total"], values["twice"]) == (6, 4)


def test_a_computed_field_without_its_sources_stays_empty(tmp_path: Path) -> None:
    paper = form(tmp_path, COMPUTED, compute={"total": "price / count"})
    assert "total" not in values_of(paper, price=3)
    assert "total" not in values_of(paper, price=3, count=0)


@pytest.mark.parametrize(
    ("kind", "expression", "value"),
    [
        ("{type: integer, readOnly: true}", "n / 2", 2),
        ("{type: number, readOnly: true, x-decimals: 1}", "n / 20", Decimal("0.2")),
        ("{type: string, format: date, readOnly: true}", "now", date(2026, 6, 30)),
        ("{type: string, readOnly: true}", "n * 2", "6"),
        ("{type: number, readOnly: true}", "10 ** 400", None),
        ("{type: number, readOnly: true}", "1e999", None),
    ],
)
def test_computed_values_have_the_type_of_their_field(
    tmp_path: Path, kind: str, expression: str, value: object
) -> None:
    paper = form(tmp_path, f"{{n: integer, out: {kind}}}", compute={"out": expression})
    found = values_of(paper, n=3).get("out")
    assert (found, type(found)) == (value, type(value))


def test_years_without_a_known_calendar_are_told(tmp_path: Path) -> None:
    fields = "{day 日期: date, due 期限: {type: string, format: date, readOnly: true}}"
    paper = form(tmp_path, fields, compute={"due": "workdays_after(day, 1)"})
    assert codes(check(paper, day="2099-01-05")) == ["F306"]
    assert codes(check(paper, day="2026-03-18")) == []


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (Decimal("3.00"), 3),
        (Decimal("1.5"), 1.5),
        (date(2026, 3, 1), "2026-03-01"),
        (datetime(2026, 3, 1, 9, 5), "2026-03-01T09:05"),
        (datetime(2026, 3, 1, 9, 5, 7), "2026-03-01T09:05:07"),
        ({"a": None, "b": [Decimal("0.10")]}, {"b": [0.1]}),
        (True, True),
    ],
)
def test_plain_data_is_what_json_has(value: object, plain: object) -> None:
    found = to_plain(value)
    assert (found, type(found)) == (plain, type(plain))


@pytest.mark.parametrize("form_id", Library().form_ids())
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(data=st.data())
def test_checking_a_checked_record_changes_nothing(form_id: str, data: st.DataObject) -> None:
    paper = Library().form(form_id)
    values = data.draw(records(paper))
    again = check_record(raw(to_plain(values)), paper, CLOCK)
    assert again.record is not None, texts(again.issues)
    assert dict(again.record.values) == dict(values)
    assert list(again.record.values) == [f.name for f in paper.record_type.fields if f.name in values]


JUNK = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.dates()


@pytest.mark.parametrize("form_id", Library().form_ids())
@settings(max_examples=40)
@given(data=st.data())
def test_whatever_is_read_gives_a_record_or_an_error(form_id: str, data: st.DataObject) -> None:
    paper = Library().form(form_id)
    names = [field.name for field in paper.record_type.fields]
    rows = st.lists(st.dictionaries(st.sampled_from(["name", "mobile", "document", "step"]), JUNK), max_size=3)
    junk = data.draw(st.dictionaries(st.sampled_from(names), JUNK | rows, max_size=12))
    checked = check_record(raw(junk), paper, CLOCK)
    assert (checked.record is None) == any(issue.is_error for issue in checked.issues)
    assert all(issue.text(lang) for issue in checked.issues for lang in ("zh", "en"))
