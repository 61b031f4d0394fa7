"""A form with every kind of field and every block that shows fields, and what of a record its paper shows."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.support.builders import form

from danju.model.form import Form

_FIELDS: Mapping[str, Any] = {
    "number 编号": "text",
    "name 名称*": "text",
    "count 件数": "integer",
    "price 单价": {"type": "number", "x-unit": "元", "x-decimals": 2},
    "day 日期": "date",
    "until 有效期": {"type": "string", "format": "date", "x-words": ["长期"]},
    "at 时间": "datetime",
    "urgent 是否加急": "boolean",
    "period 结算月份": {"type": "string", "format": "month"},
    "clock 来电钟点": {"type": "string", "format": "time"},
    "grade 等级": {"oneOf": [{"const": "甲", "x-score": 90}, {"const": "乙", "x-score": 80}, {"const": "丙"}]},
    "level 级别": "choice 高 中 低",
    "topics 事项": "choices 质量 价格 服务 其它",
    "memo 说明": "lines",
    "code 信用代码": {"type": "string", "format": "credit-code"},
    "mobile 手机": {"type": "string", "format": "mobile"},
    "items 明细": [
        {
            "goods 品名": "text",
            "qty 数量": {"type": "number", "x-unit": "吨"},
            "due 交货日": "date",
            "month 账期": {"type": "string", "format": "month"},
            "hour 装车钟点": {"type": "string", "format": "time"},
            "kind 种类": "choice 散装 袋装",
            "note 备注": "lines",
        }
    ],
    "papers 资料": "choices 执照 许可 合同",
    "details 资料明细": [{"paper 资料": "choice 执照 许可 合同", "cert 证号": "text", "until 有效期": "date"}],
    "look 外观": "choice 好 中 差",
    "box 包装": "choice 好 中 差",
    "review 审核": {"opinion 意见": "lines", "by 签字": "text", "day 日期": "date"},
    "final 批准": {"opinion 意见": "lines", "by 签字": "text", "day 日期": "date"},
    "handler 经办人": "text",
    "handled 经办日期": "date",
    "reply 答复": "lines",
}
_BLOCKS: list[Any] = [
    ["name", "count", "price"],
    ["day", "until"],
    ["at", "urgent"],
    ["period", "clock"],
    [{"field": "grade", "show": "score", "show_unit": "分"}, {"field": "level", "draw": "text"}],
    ["topics"],
    {"group": "基本", "rows": [["code"], [{"field": "mobile", "label_position": "above"}]]},
    [{"field": "memo", "height": "20mm", "grow": 1}],
    {"table": "items", "min_rows": 2, "row_numbers": "序号", "totals": {"qty": "sum"}},
    {"checklist": "papers", "tick": "有无", "details": "details", "key": "paper", "columns": ["cert", "until"]},
    {"matrix": ["look", "box"], "label": "评价", "head": "项目"},
    {"approval": ["review", "final"], "beside": True},
    {
        "row": [
            {
                "field": "reply",
                "height": "20mm",
                "line": [{"label": "经办人：", "field": "handler"}, {"date": "handled"}],
            }
        ]
    },
]


def form_of_all_kinds(folder: Path) -> Form:
    """The form."""
    header = {"left": ["number"], "right": [{"field": "day", "label": "填报日期"}]}
    return form(folder, _FIELDS, {"header": header, "blocks": _BLOCKS})


def shown(of: Form, values: Mapping[str, Any]) -> dict[str, Any]:
    """What the paper shows of a record: of rows that stand for options, the first of each that says anything."""
    fixed = {"details": "paper", "licences": "document", "steps": "step"}
    kept = dict(values)
    for table, key in fixed.items():
        field = of.record_type.field(table)
        member = field.member(key) if field else None
        if member is None or table not in kept:
            continue
        first = [next((row for row in kept[table] if row.get(key) == each.value), {}) for each in member.options]
        kept[table] = [row for row in first if len(row) > 1]
        if not kept[table]:
            del kept[table]
    return kept
