"""Records as they hardly come, on papers of every shape: short, mixed and overlong values, empty ones, many rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from tests.support.builders import form

from danju.library import Library
from danju.model.field import Field
from danju.model.form import Form

_WORDS = (
    "化工", "质量稳定，", "服务（热情）", "2026年3月18日", "Danju 1.0", "5,000,000元", "“好”", "100㎡", "见附件；",
    "ABCDEFGHIJKLMNOP", "0771-3210088", "一", "。", "——", "《合同》", "a", "12", "广西壮族自治区",
)  # fmt: skip
_LENGTHS = (0, 1, 2, 6, 12, 25, 40, 60, 120, 400)
_TITLES = (
    "申请表",
    "客户走访情况登记及处理意见表",
    "关于进一步加强化工产品销售客户服务质量管理工作的情况登记及处理意见汇总审批表",
)
_FIELDS = """
number 编号: text
unit 登记单位: text
a 名称: text
b 统一社会信用代码: text
c 数量: {type: number, x-unit: 元, x-decimals: 2}
d 等级: choice 非常优良 优良 良好 一般
e 走访内容（事项）: choices 产品信息 市场信息 服务质量 需求和期望
m 说明: lines
t 联系人: [{name 姓名: text, mobile 手机: text, amount 金额: number, grade 等级: choice 甲 乙}]
g 主管领导审批: {opinion 意见: text, by 签字: text, on 日期: date}
"""
_PAPERS: tuple[dict[str, Any], ...] = (
    {},
    {"size": "A5"},
    {"size": "A5", "orientation": "landscape", "margins": [10, 10, 10, 10]},
    {"orientation": "landscape"},
    {"margins": [10, 15, 12, 25]},
    {"size": "A3", "margins": [25, 25, 25, 30]},
)
_BLOCKS: tuple[list[Any], ...] = (
    [
        ["a"],
        ["b", "c"],
        ["d"],
        ["e"],
        {"table": "t"},
        [{"field": "m", "height": "20mm", "grow": 1}],
        {"approval": ["g"]},
    ],
    [["a", "c", "d"], {"group": "情况", "rows": [["b"], ["m"], {"table": "t", "label": "", "row_numbers": "序号"}]}],
    [["a"], ["m"]],
)


def papers(folder: Path) -> list[Form]:
    """Our own forms, and one for each shape of paper."""
    made = list(Library().forms())
    for number, paper in enumerate(_PAPERS):
        layout = {
            "paper": paper,
            "header": {"unit": "广西某某石化有限公司" if number % 2 else "", "left": ["number"], "right": ["unit"]},
            "blocks": _BLOCKS[number % len(_BLOCKS)],
            "notes": [
                "注：本表一式两份，由经办部门和客户各执一份；填写不全的，退回重新填写，直至完备为止，不得涂改，逾期视为放弃完毕。"
            ],
        }
        title = _TITLES[number % len(_TITLES)]
        made.append(form(folder / str(number), _FIELDS, layout, title=title))
    return made


def iter_extremes(folder: Path, count: int) -> Iterator[tuple[Form, Mapping[str, object]]]:
    """So many records, the same at every call."""
    forms = papers(folder)
    for number in range(count):
        paper = forms[number % len(forms)]
        random = Random(number)
        yield paper, _record(random, paper.record_type.fields, paper.number_field)


def _record(random: Random, fields: tuple[Field, ...], number_field: str = "") -> dict[str, object]:
    values: dict[str, object] = {}
    for field in fields:
        if field.name == number_field:
            values[field.name] = random.choice(("A-1", "广西石化企发〔2026〕投诉字第TS-202603-017号"))
        elif not field.computed and random.random() < 0.85:
            value = _value(random, field)
            if value not in (None, "", []):
                values[field.name] = value
    return values


def _value(random: Random, field: Field) -> object:
    kind = field.kind
    if kind.is_table:
        rows = min(random.choice((0, 1, 3, 8, 30)), field.max_items or 30)
        return [_record(random, field.members) for _ in range(rows)]
    if kind.is_group:
        return _record(random, field.members)
    if kind.is_choice:
        return random.choice(field.options).value
    if kind.is_list:
        return [option.value for option in field.options if random.random() < 0.4]
    if kind.is_number:
        return Decimal(random.choice(("0", "5", "17", "1200", "5000000", "123456789")))
    if kind.name == "date":
        return date(2026, random.randint(1, 12), random.randint(1, 28))
    if kind.name == "datetime":
        return datetime(2026, 3, random.randint(1, 28), 14, 35)
    if kind.name == "boolean":
        return random.random() < 0.5
    return _text(random, field)


def _text(random: Random, field: Field) -> str:
    length = min(random.choice(_LENGTHS), field.max_length or 400)
    text = ""
    while len(text) < length:
        text += random.choice(_WORDS)
    lines = "\n" if field.multiline and random.random() < 0.3 else ""
    return (text[: length // 2] + lines + text[length // 2 : length]).strip()
