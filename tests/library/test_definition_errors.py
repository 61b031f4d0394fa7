"""Whatever is wrong in a schema or form file is told with its file and line."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from tests.support.builders import form, write, write_form

from danju.errors import DefinitionError
from danju.library import Library
from danju.messages import format_message

CHINESE = re.compile("[\u4e00-\u9fff]")

SCHEMA = """\
type: object
required: [customer]
properties:
  customer: {title: 客户, type: string}
  day: {title: 日期, type: string, format: date}
  grade: {title: 等级, oneOf: [{const: 甲, x-score: 90}, {const: 乙, x-score: 80}]}
  other: {title: 另一等级, oneOf: [{const: 甲}, {const: 丙}]}
  score: {title: 得分, type: number, readOnly: true}
  contacts:
    title: 联系人
    type: array
    items: {type: object, properties: {name: {title: 姓名, type: string}, mobile: {title: 手机, type: string}}}
  review: {title: 审核, type: object, properties: {opinion: {title: 意见, type: string}}}
"""

FORM = """\
id: paper
title: 测试单
schema: paper
compute:
  score: grade.score
layout:
  blocks:
"""
COPIES = FORM.replace("  blocks:\n", "  copies: ")


def refusal(folder: Path, form_text: str, schema: str = SCHEMA, name: str = "paper") -> DefinitionError:
    """What loading the form raises."""
    write(folder / "schemas" / "paper.schema.yaml", schema)
    write(folder / "forms" / f"{name}.form.yaml", form_text)
    with pytest.raises(DefinitionError) as caught:
        Library(folder).form(name)
    return caught.value


def told(error: DefinitionError) -> str:
    """`code file:line values` without hints."""
    values = {key: value for key, value in error.values.items() if key != "hint"}
    shown = " ".join(str(value) for value in values.values())
    return f"{error.code} {error.location.source}:{error.location.line} {shown}"


@pytest.mark.parametrize(
    ("block", "name"),
    [
        ("- [custmer]", "custmer"),
        ("- row: [{field: custmer}]", "custmer"),
        ("- {group: 组, rows: [[custmer]]}", "custmer"),
        ("- table: contact", "contact"),
        ("- {table: contacts, columns: [nmae]}", "contacts.nmae"),
        ("- {table: contacts, totals: {amount: sum}}", "contacts.amount"),
        ("- checklist: grades", "grades"),
        ("- {checklist: grade, details: contacts, key: document}", "contacts.document"),
        ("- {checklist: grade, details: contact, key: name}", "contact"),
        ("- matrix: [grade, graed]", "graed"),
        ("- approval: [reviw]", "reviw"),
        ("- approval: [{opinion: review.opinoin}]", "review.opinoin"),
        ("- {seal: 盖章, line: [{date: dya}]}", "dya"),
    ],
)
def test_unknown_fields_of_every_block_are_named_with_their_line(tmp_path: Path, block: str, name: str) -> None:
    error = refusal(tmp_path, f"{FORM}    - [customer]\n    {block}\n")
    assert told(error) == f"E203 paper.form.yaml:9 {name}"


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("unique: [customer, dya]", "dya"),
        ("identity: [customer, dya]", "dya"),
        ("summary: {columns: [contacts.moble]}", "contacts.moble"),
        ("checks: [{that: customer, message: 缺, fields: [custmer]}]", "custmer"),
        ("checks: [{each: customer, that: customer, message: 缺}]", "customer"),
        ("number: 'A-{dya:%Y}-{seq:03d}'", "dya"),
        ("filename: '{number} {custmer}'", "custmer"),
        ("number_field: nmber", "nmber"),
        ("retention: {years: 10, from: dya}", "dya"),
    ],
)
def test_unknown_fields_outside_the_layout_are_named_with_their_line(tmp_path: Path, line: str, name: str) -> None:
    error = refusal(tmp_path, f"{FORM}    - [customer]\n{line}\n")
    assert told(error) == f"E203 paper.form.yaml:9 {name}"


def test_unknown_fields_in_the_header_are_named(tmp_path: Path) -> None:
    error = refusal(tmp_path, FORM.replace("  blocks:", "  header: {left: [numbr]}\n  blocks:") + "    - [customer]\n")
    assert told(error) == "E203 paper.form.yaml:7 numbr"


def test_the_nearest_known_name_is_offered(tmp_path: Path) -> None:
    error = refusal(tmp_path, f"{FORM}    - [custmer]\n")
    assert "customer" in str(error.values["hint"])
    assert str(error).startswith("paper.form.yaml › 第8行：字段“custmer”不存在。")


@pytest.mark.parametrize(
    ("expression", "told_as"),
    [
        ("grade.score + gade.score", "E205 paper.form.yaml:5 grade.score + gade.score gade"),
        ("grade.score +", "E206 paper.form.yaml:5 grade.score + "),
        ("(grade.score", "E206 paper.form.yaml:5 (grade.score "),
        ("grade.format('x')", "E206 paper.form.yaml:5 grade.format('x') ….format() is not a function"),
        ("open('x')", "E206 paper.form.yaml:5 open('x') open() is not a function"),
        ("grade | attr('score')", "E206 paper.form.yaml:5 grade | attr('score') No filter named 'attr'."),
    ],
)
def test_wrong_expressions_are_shown_with_their_line(tmp_path: Path, expression: str, told_as: str) -> None:
    error = refusal(tmp_path, f"{FORM}    - [customer]\n".replace("score: grade.score", f'score: "{expression}"'))
    assert told(error).startswith(told_as)


@pytest.mark.parametrize(
    ("lines", "told_as"),
    [
        ("checks: [{that: custmer, message: 缺}]", "E205 paper.form.yaml:9 custmer custmer"),
        ("checks: [{that: customer, when: dya, message: 缺}]", "E205 paper.form.yaml:9 dya dya"),
        ("summary: {by: [{label: 月, expression: dya | month}]}", "E205 paper.form.yaml:9 dya | month dya"),
        (
            "summary: {measures: [{label: 和, function: sum, expression: scoer}]}",
            "E205 paper.form.yaml:9 scoer scoer",
        ),
    ],
)
def test_expressions_outside_compute_are_checked_too(tmp_path: Path, lines: str, told_as: str) -> None:
    assert told(refusal(tmp_path, f"{FORM}    - [customer]\n{lines}\n")) == told_as


@pytest.mark.parametrize(
    ("block", "told_as"),
    [
        ("- {row: [customer], when: dya}", "E205 paper.form.yaml:8 dya dya"),
        ("- prose: 兹有{{ custmer }}", "E205 paper.form.yaml:8  custmer  custmer"),
        ("- prose: 兹有{{ customer", "E206 paper.form.yaml:8 兹有{{ customer {{"),
        ("- prose: '{% for x in customer %}'", "E206 paper.form.yaml:8 {% for x in customer %} {%"),
        ("- row: [{text: '{{ custmer }}'}]", "E205 paper.form.yaml:8  custmer  custmer"),
        (
            "- {table: contacts, columns: [name, {label: 长度, expression: 'count(nmae)'}]}",
            "E205 paper.form.yaml:8 count(nmae) nmae",
        ),
    ],
)
def test_expressions_inside_the_layout_are_checked_too(tmp_path: Path, block: str, told_as: str) -> None:
    assert told(refusal(tmp_path, f"{FORM}    {block}\n")) == told_as


def test_a_summary_label_has_one_or_two_languages(tmp_path: Path) -> None:
    """Three texts are one too many."""
    lines = "summary: {measures: [{label: [件数, Slips, Zettel], function: count}]}"
    assert told(refusal(tmp_path, f"{FORM}    - [customer]\n{lines}\n")).startswith("E202 paper.form.yaml:9 ")


def test_a_circle_of_computed_fields_is_shown(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError) as caught:
        form(
            tmp_path,
            "{a: {type: number, readOnly: true}, b: {type: number, readOnly: true}}",
            compute={"a": "b + 1", "b": "a + 1"},
        )
    assert told(caught.value) == "E204 paper.form.yaml:5 a → b → a"


def test_a_field_computed_from_itself_is_a_circle(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError) as caught:
        form(tmp_path, "{a: {type: number, readOnly: true}}", compute={"a": "a + 1"})
    assert caught.value.values["chain"] == "a → a"


def test_computations_may_be_written_in_any_order(tmp_path: Path) -> None:
    paper = form(
        tmp_path,
        "{x: number, a: {type: number, readOnly: true}, b: {type: number, readOnly: true}}",
        compute={"a": "b + 1", "b": "x + 1"},
    )
    assert [computation.name for computation in paper.compute] == ["b", "a"]


def test_a_computed_field_needs_an_expression(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError) as caught:
        form(tmp_path, "{x: number, a: {type: number, readOnly: true}}")
    assert told(caught.value) == "E210 paper.form.yaml:1 a"


def test_only_read_only_fields_are_computed(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError) as caught:
        form(tmp_path, "{x: number}", compute={"x": "1"})
    assert told(caught.value) == "E203 paper.form.yaml:5 x"


@pytest.mark.parametrize(
    ("text", "told_as"),
    [
        (f"{FORM}    - [customer]\ncolour: red\n", "E231 paper.form.yaml:9 colour"),
        (f"{FORM}    - [customer]\n    - row: [customer]\n      hieght: 9mm\n", "E231 paper.form.yaml:10 hieght"),
        (
            f"{FORM}    - group: 组\n      rows:\n        - [{{field: customer, hight: 3mm}}]\n",
            "E231 paper.form.yaml:10 hight",
        ),
        (f"{FORM}    - [customer, customer, customer, customer, customer]\n", "E202 paper.form.yaml:8"),
        (f"{FORM}    - {{row: [customer], table: contacts}}\n", "E242 paper.form.yaml:8 row table"),
        (f"{FORM}    - {{table: customer}}\n", "E234 paper.form.yaml:8 customer"),
        (f"{FORM}    - {{checklist: customer}}\n", "E235 paper.form.yaml:8 customer"),
        (f"{FORM}    - {{matrix: [grade, other]}}\n", "E236 paper.form.yaml:8 grade、other"),
        (f"{FORM}    - [contacts]\n", "E233 paper.form.yaml:8 contacts"),
        (f"{FORM}    - [review]\n", "E233 paper.form.yaml:8 review"),
        (f"{FORM}    - [customer]\nnumber: A-001\n", "E202 paper.form.yaml:9 number 须有一个 {seq}"),
        (f"{FORM}    - [customer]\nnumber: 'A-{{seq'\n", "E202 paper.form.yaml:9 number"),
        (f"{FORM}    - [customer]\nversion: zero\n", "E202 paper.form.yaml:9 version"),
        (
            FORM.replace("layout:", "layout:\n  copies: [存根联]") + "    - [customer]\n",
            "E202 paper.form.yaml:7 layout.copies",
        ),
        (
            FORM.replace("layout:", "layout:\n  copies: [联, 联]") + "    - [customer]\n",
            "E202 paper.form.yaml:7 layout.copies",
        ),
        (f"{FORM}    - [customer]\n1: 2\n", "E202 paper.form.yaml:1 $"),
        ("id: paper\n", "E239 paper.form.yaml:1 title"),
        ("", "E202 paper.form.yaml:1 $"),
        ("- 1\n", "E202 paper.form.yaml:1 $"),
    ],
)
def test_what_the_form_language_lacks_is_refused_at_its_line(tmp_path: Path, text: str, told_as: str) -> None:
    assert told(refusal(tmp_path, text)).startswith(told_as)


@pytest.mark.parametrize(
    ("block", "told_as"),
    [
        ("- {row: [customer], min_rows: 2}", "E231 paper.form.yaml:9 min_rows"),
        ("- {group: 组, rows: [[customer]], height: 9}", "E231 paper.form.yaml:9 height"),
        ("- {table: contacts, marks: [√, ×]}", "E231 paper.form.yaml:9 marks"),
        ("- {checklist: grade, totals: {score: sum}}", "E231 paper.form.yaml:9 totals"),
        ("- {matrix: [grade], tick: 是}", "E231 paper.form.yaml:9 tick"),
        ("- {approval: [review], line: [章]}", "E231 paper.form.yaml:9 line"),
        ("- {seal: 章, border: false}", "E231 paper.form.yaml:9 border"),
        ("- {prose: 兹有, label: 说明}", "E231 paper.form.yaml:9 label"),
        ("- {page_break: true, grow: 1}", "E231 paper.form.yaml:9 grow"),
        ("- {qr: '{{ day }}', min_rows: 1}", "E231 paper.form.yaml:9 min_rows"),
        ("- {group: 组, rows: [{seal: 章, rows: [[customer]]}]}", "E231 paper.form.yaml:9 rows"),
    ],
)
def test_every_block_refuses_the_settings_of_others(tmp_path: Path, block: str, told_as: str) -> None:
    error = refusal(tmp_path, f"{FORM}    - [customer]\n    {block}\n")
    assert told(error) == told_as
    assert re.match(r"它是 [\w/]+ 的设置。$", str(error.values["hint"]))


@pytest.mark.parametrize(
    ("block", "told_as", "hint"),
    [
        ("- {row: [{field: customer, hieght: 9mm}]}", "E231 paper.form.yaml:9 hieght", "height"),
        ("- {group: 组, rwos: [[customer]], rows: [[customer]]}", "E231 paper.form.yaml:9 rwos", "rows"),
        ("- {table: contacts, colums: [name]}", "E231 paper.form.yaml:9 colums", "columns"),
        ("- {table: contacts, columns: [{field: name, wdith: 2}]}", "E231 paper.form.yaml:9 wdith", "width"),
        ("- {checklist: grade, tikc: 是}", "E231 paper.form.yaml:9 tikc", "tick"),
        ("- {matrix: [grade], haed: 项目}", "E231 paper.form.yaml:9 haed", "head"),
        ("- {approval: [review], besides: true}", "E231 paper.form.yaml:9 besides", "beside"),
        ("- {approval: [{field: review, opnion: day}]}", "E231 paper.form.yaml:9 opnion", "opinion"),
        ("- {seal: 章, lines: [章]}", "E231 paper.form.yaml:9 lines", "line"),
        ("- {seal: 章, line: [{lable: 章}]}", "E231 paper.form.yaml:9 lable", "label"),
        ("- {prose: 兹有, boder: false}", "E231 paper.form.yaml:9 boder", "border"),
        ("- {page_break: true, wehn: day}", "E231 paper.form.yaml:9 wehn", "when"),
        ("- {qr: '{{ day }}', sise: 20}", "E231 paper.form.yaml:9 sise", "size"),
        ("- {tabel: contacts, label: 人}", "E232 paper.form.yaml:9 tabel", "table"),
        ("- {row: [custmer]}", "E203 paper.form.yaml:9 custmer", "customer"),
        ("- {table: contacts, columns: [nmae]}", "E203 paper.form.yaml:9 contacts.nmae", " name"),
        ("- {table: contacts, totals: {nmae: count}}", "E203 paper.form.yaml:9 contacts.nmae", " name"),
        ("- {checklist: grade, details: contacts, key: nmae}", "E203 paper.form.yaml:9 contacts.nmae", " name"),
    ],
)
def test_a_misspelt_setting_or_field_of_a_block_is_told_with_the_nearest(
    tmp_path: Path, block: str, told_as: str, hint: str
) -> None:
    error = refusal(tmp_path, f"{FORM}    - [customer]\n    {block}\n")
    assert told(error) == told_as
    assert f"“{hint.strip()}”？" in str(error.values["hint"])
    english = format_message(error.code, error.values, error.location, "", "en")
    assert english.endswith(f"Did you mean “{hint.strip()}”? [{error.code}]")
    assert not CHINESE.search(english)


@pytest.mark.parametrize(
    ("block", "told_as"),
    [
        ("- {label: 无名}", "E232 paper.form.yaml:9 "),
        ("- 备注", "E232 paper.form.yaml:9 "),
        ("- {group: 组}", "E239 paper.form.yaml:9 rows"),
        ("- {checklist: grade, columns: [name]}", "E239 paper.form.yaml:9 details"),
        ("- {checklist: grade, details: contacts}", "E239 paper.form.yaml:9 key"),
        ("- [{label: 无}]", "E237 paper.form.yaml:9 "),
        ("- [{field: grade, show: points}]", "E238 paper.form.yaml:9 points grade"),
        ("- [{field: grade, show_unit: 分}]", "E239 paper.form.yaml:9 show"),
        ("- [{field: customer, line: [章]}, day]", "E241 paper.form.yaml:9 "),
        ("- qr: customer", "E243 paper.form.yaml:9 customer"),
        ("- qr: '{customer}'", "E243 paper.form.yaml:9 {customer}"),
        ("- qr: '{{ custmer }}'", "E205 paper.form.yaml:9  custmer "),
        ("- approval: [customer]", "E240 paper.form.yaml:9 customer"),
        ("- {table: contacts, height: 9cm}", "E202 paper.form.yaml:9 layout.blocks.1.height"),
        ("- {table: contacts, columns: [{field: name, width: 0}]}", "E202 paper.form.yaml:9 layout.blocks.1.columns.0"),
    ],
)
def test_what_a_block_lacks_or_cannot_have_is_told_with_its_line(tmp_path: Path, block: str, told_as: str) -> None:
    assert told(refusal(tmp_path, f"{FORM}    - [customer]\n    {block}\n")).startswith(told_as)


def test_broken_yaml_is_told_with_line_and_column(tmp_path: Path) -> None:
    error = refusal(tmp_path, "id: paper\ntitle: [测试单\nschema: paper\n")
    assert (error.code, error.location.line) == ("E201", 3)
    assert error.location.column


def test_a_definition_that_is_not_utf8_is_told(tmp_path: Path) -> None:
    write_form(tmp_path, "customer: text")
    (tmp_path / "forms" / "paper.form.yaml").write_bytes("id: paper\ntitle: 测试单".encode("gb18030"))
    with pytest.raises(DefinitionError) as caught:
        Library(tmp_path).form("paper")
    assert caught.value.code == "E201"


def test_the_schema_must_exist(tmp_path: Path) -> None:
    error = refusal(tmp_path, FORM.replace("schema: paper", "schema: papre") + "    - [customer]\n")
    assert told(error) == "E207 paper.form.yaml:3 papre"


def test_the_id_must_be_the_file_name(tmp_path: Path) -> None:
    error = refusal(tmp_path, f"{FORM}    - [customer]\n", name="leaf")
    assert told(error) == "E208 leaf.form.yaml:1 paper"


@pytest.mark.parametrize(
    ("schema", "told_as"),
    [
        ("type: object\n", "E202 paper.schema.yaml:1 paper.schema.yaml properties: 不可缺少"),
        ("properties:\n  a: text\n", "E202 paper.schema.yaml:2 properties.a 应为一组设置"),
        ("properties:\n  Name: {type: string}\n", "E202 paper.schema.yaml:2 properties.Name 属性名"),
        ("properties:\n  a: {type: null}\n", "E202 paper.schema.yaml:2 properties.a 不支持的类型"),
        ("properties:\n  a: {$ref: missing.schema.yaml}\n", "E202 paper.schema.yaml:2 properties.a $ref: 找不到"),
        ("properties:\n  a: {$ref: ../paper.schema.yaml}\n", "E202 paper.schema.yaml:2 properties.a $ref: 找不到"),
        ("properties:\n  a: {$ref: '#/$defs/none'}\n", "E202 paper.schema.yaml:2 properties.a $ref: 找不到"),
        ("properties:\n  a: {$ref: '#/properties/a'}\n", "E202 paper.schema.yaml:2 properties.a $ref 循环引用"),
        ("properties:\n  a: {type: string, pattern: '('}\n", "E202 paper.schema.yaml:2 properties.a.pattern"),
        ("properties:\n  a: {type: string, minLength: two}\n", "E202 paper.schema.yaml:2 properties.a.minLength"),
        ("properties:\n  a: {type: string, x-aliases: 甲}\n", "E202 paper.schema.yaml:2 properties.a.x-aliases"),
        ("properties:\n  a: {oneOf: [{title: 甲}]}\n", "E202 paper.schema.yaml:2 properties.a.oneOf"),
        ("required: [b]\nproperties:\n  a: {type: string}\n", "E203 paper.schema.yaml:1 b"),
        (
            "properties:\n  a: {title: 名称, type: string}\n  b: {title: 名　称, type: string}\n",
            "E209 paper.schema.yaml:3 名　称 a b",
        ),
        (
            "properties:\n  a: {type: string, x-aliases: [名]}\n  b:\n    type: string\n    x-aliases: [名]\n",
            "E209 paper.schema.yaml:5 名 a b",
        ),
    ],
)
def test_wrong_schemas_are_told_with_their_line(tmp_path: Path, schema: str, told_as: str) -> None:
    text = "id: paper\ntitle: 测试单\nschema: paper\nlayout:\n  blocks:\n    - [a]\n"
    assert told(refusal(tmp_path, text, schema)).startswith(told_as)


def test_schemas_that_refer_to_each_other_in_a_circle_are_told(tmp_path: Path) -> None:
    write(tmp_path / "schemas" / "other.schema.yaml", "$defs: {x: {$ref: 'paper.schema.yaml#/$defs/y'}}\n")
    schema = "$defs: {y: {$ref: 'other.schema.yaml#/$defs/x'}}\nproperties:\n  a: {$ref: '#/$defs/y'}\n"
    error = refusal(tmp_path, "id: paper\ntitle: 单\nschema: paper\nlayout: {blocks: [[a]]}\n", schema)
    assert (error.code, str(error.values["reason"])) == ("E202", "$ref 循环引用")


@pytest.mark.parametrize(
    "settings",
    [
        {"checks": [{"that": "nmae", "message": "错"}]},
        {"checks": [{"that": "name", "message": "{{ nmae }}"}]},
        {"checks": [{"require": "nmae"}]},
        {"checks": [{"either": ["name", "nothing_like_it"]}]},
        {"checks": [{"each": "name", "that": "name", "message": "错"}]},
        {"unique": ["name + nmae"]},
        {"identity": ["nmae"]},
        {"number": "A-1"},
        {"compute": {"name": "1"}},
        {"unknown": 1},
        {"layout": {"blocks": [["nmae"]]}},
        {"layout": {"blocks": [{"table": "name"}]}},
    ],
)
def test_definition_errors_are_told_in_english_alone(tmp_path: Path, settings: dict[str, Any]) -> None:
    with pytest.raises(DefinitionError) as caught:
        form(tmp_path, "name: text", **settings)
    error = caught.value
    text = format_message(error.code, error.values, error.location, "", "en")
    assert not CHINESE.search(text), text


def test_a_format_that_does_not_exist_is_told_with_the_nearest(tmp_path: Path) -> None:
    write_form(tmp_path, "{phone 电话: {type: string, format: moblie}}")
    with pytest.raises(DefinitionError) as caught:
        Library(tmp_path).form("paper")
    assert "“properties.phone.format”：没有名为 moblie 的格式，最接近的是 mobile。" in str(caught.value)


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("number", "填写的编号"),
        ("sum", "系统计算"),
        ("rows.mobile", "一个值"),
        ("rows", "一个值"),
        ("review", "一个值"),
    ],
)
def test_only_a_single_value_that_is_entered_can_identify_a_record(tmp_path: Path, path: str, why: str) -> None:
    fields = """
    {number 编号: text, name 客户: text, sum 合计: {type: integer, readOnly: true}, rows 明细: [{mobile 手机: text}],
     review 审批: {opinion 意见: text}}
    """
    settings = {"number": "A-{seq}", "compute": {"sum": "1"}}
    with pytest.raises(DefinitionError) as caught:
        form(tmp_path, fields, **settings, identity=["name", path])
    assert f"“{path}”：" in str(caught.value)
    assert why in str(caught.value)
    assert form(tmp_path, fields, **settings, identity=["name", "review.opinion"]).identity == (
        "name",
        "review.opinion",
    )


def test_an_identity_names_a_field_once_and_at_least_one(tmp_path: Path) -> None:
    for identity in ([], ["name", "name"]):
        with pytest.raises(DefinitionError, match="E202"):
            form(tmp_path, "name: text", identity=identity)
