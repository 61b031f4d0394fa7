"""The short road through a register gives what the long road gives: every record, value, place and issue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.support.builders import CLOCK, form

from danju.library import Library
from danju.library.places import builtin_root
from danju.model.form import Form
from danju.model.record import RawRecord, Record
from danju.pipeline import check, plain_check
from danju.readers import PlainRecord, Reading, iter_readings
from danju.readers.table.sheets import BrokenCell, Merge, Row, Sheet
from danju.readers.tabular import Tables

FLAT = """
number 编号: {type: string, maxLength: 40}
customer 客户*: {type: string, minLength: 2, maxLength: 20}
day 日期*: date
amount 金额: {type: number, minimum: 0, maximum: 5000, x-unit: 元, x-decimals: 2}
count 件数: {type: integer, default: 1}
grade 等级*: choice 甲级 乙级 丙级
kinds 种类: {type: array, maxItems: 2, items: {oneOf: [{const: 红}, {const: 绿}, {const: 蓝}]}}
mobile 手机: {type: string, format: mobile}
phone 电话: {type: string, format: phone, x-empty: [无, 暂无]}
until 有效期: {type: string, format: date, x-words: [长期]}
urgent 加急: boolean
remark 备注: {type: string, x-multiline: true, default: ''}
total 合价: {type: number, readOnly: true, x-decimals: 2}
word 评语: {type: string, readOnly: true}
"""
NESTED = """
customer 客户*: {type: string, minLength: 2, maxLength: 20}
day 日期*: date
goods 货物*:
- {item 品名*: text, price 单价: number, kind 类别: choice 板材 线材, share 占比: {type: integer, default: 100}}
people 联系人: {type: array, maxItems: 2, x-text: '{name}（{title}）', items: {type: object, required: [name],
  properties: {name: {title: 姓名, type: string}, title: {title: 职务, type: string},
  mobile: {title: 手机, type: string, format: mobile}, phone: {title: 电话, type: string, format: phone}}}}
review 审核: {opinion 意见: lines, on 签字日期: date, by 签字人*: text}
visitor 走访人: text
"""
COMPUTE = {"total": "amount * count", "word": "grade + '，' + (number | default('无编号'))"}
RULES = [
    {"that": "day <= today", "fields": ["day"], "message": "晚于今天", "remedy": "请核对。"},
    {"that": "remark", "when": "grade == '丙级'", "fields": ["remark"], "message": "没有备注", "remedy": "请补。",
     "severity": "note"},
    {"that": "total <= 4000", "fields": ["total"], "message": "太多", "remedy": "请核对。", "severity": "warning"},
]  # fmt: skip
ROW_RULE = {"that": "price >= 1", "each": "goods", "fields": ["price"], "message": "太便宜", "remedy": "请核对。"}

DAYS: Sequence[object] = (date(2026, 3, 18), datetime(2026, 3, 18, 9, 30), "2026-03-18", "2026年3月18日")
ODD_DAYS: Sequence[object] = (date(2026, 8, 1), "3月18日", "2026-02-30", "26.3.18", 46099.0, "明天", True)
TEXTS: Sequence[object] = ("南宁华盛石化有限公司", "柳州华平", "ABC Trading Co.", "到货及时，服务好。（续签）", "3号库")
ODD_TEXTS: Sequence[object] = (
    " 柳州华平 ", "-", "——", "无", "甲", "=1+1", "合计", "注：以上", "a\tb", "第一行\n第二行", "x_x000D_\ny",
    "隐\u200b形", "左\u202e右",
    "坏\x01字", "长" * 21, 12.5, 3, True, date(2026, 3, 1), "NA", "  ", "\U0001f600笑", "乮", "N/A", "审核：李四",
)  # fmt: skip
CELLS: Mapping[str, tuple[Sequence[object], Sequence[object]]] = {
    "序号": ((1, 2.0, "3"), ("合计", "注：以上数据", "序号", " ")),
    "编号": (("ZF-0001", "ZF-0002", "A1024"), (*ODD_TEXTS, 1001.0)),
    "客户": (TEXTS, ODD_TEXTS),
    "日期": (DAYS, ODD_DAYS),
    "金额": ((12.5, 3, 100.0, "18.50", 0.1), ("1,200元", "面议", -3, 12.345, 6000, "1200.", True, date(2026, 1, 1))),
    "件数": ((1, 2.0, "3"), (2.5, "三", "1件", 0.1 + 0.2)),
    "等级": (("甲级", "乙级", "丙级"), ("甲", "丁级", "☑甲级 □乙级", "甲级、乙级", " 乙级", 1)),
    "种类": (("红", "红、绿", "蓝"), ("红、绿、蓝", "紫", "绿绿", "☐红 ☑绿")),
    "手机": (("13907710001", "15977301234"), (13907710001.0, "139 0771 0001", "1390771000", "+86 13907710001", "-")),
    "电话": (("0771-3210088", "010-65321234"), ("3210088", "无", "07713210088", "0771-3210088转12", 7713210088.0)),
    "有效期": (("长期", date(2027, 1, 1), "2027-01-01"), ("永久", "2027年")),
    "加急": (("是", "否", True), ("也许", "√", 1, 0.0)),
    "备注": ((*TEXTS, "第一行\n第二行"), ODD_TEXTS),
    "合价": ((), (25, "100.00", 12.5, "多")),
    "走访人": (("韦丽娟", "莫志远"), ODD_TEXTS),
    "品名": (("板材", "HRB400 钢筋"), (*ODD_TEXTS, "小计")),
    "单价": ((3, 4.5, "5.25"), ("面议", 0.5, " ")),
    "类别": (("板材", "线材"), ("管材", "-")),
    "占比": ((50, "30"), (1.5,)),
    "姓名": (("陈建国", "李梅"), ODD_TEXTS),
    "联系人": (("陈建国", "李梅（经理）", "覃海波"), ("张三；李四", "李梅（经理）；王五（主管）", "☑张三", 5, "-")),
    "职务": (("总经理", "采购部经理"), ODD_TEXTS),
    "手机/电话": (
        ("13907710001/0771-3210088", "15977301234"),
        ("0771-3210088 13907710001", 13607720088.0, "无/无", "12"),
    ),
    "意见": (("同意", "同意。\n请抓紧办理"), ODD_TEXTS),
    "签字人": (("王五",), ("-", " ", 5)),
    "签字日期": (DAYS, ODD_DAYS),
    "金额（万元）": ((1, "0.2"), ("面议",)),
    "车牌": (("桂A12345",), ()),
}
HEADERS: Mapping[str, Sequence[str]] = {
    "flat": (
        "编号 客户 日期 金额 件数 等级 种类 手机 电话 有效期 加急 备注",
        "序号 客户 等级 日期 合价 金额 件数 备注 车牌",
        "日期 等级 客户 客户 编号",
        "序号 客户 日期 等级 金额（万元）",
        "客户 等级",
    ),
    "nested": (
        "序号 客户 日期 品名 单价 类别 走访人",
        "客户 日期 品名 单价 联系人 职务 手机/电话",
        "序号 日期 客户 品名1 单价1 品名2 单价2 走访人",
        "客户 日期 意见 签字人 签字日期 品名",
        "客户 日期 姓名 手机/电话 品名 占比 品名3",
    ),
}


@lru_cache(maxsize=1)
def _forms() -> Mapping[str, Form]:
    with TemporaryDirectory() as folder:
        flat = form(Path(folder) / "1", FLAT, compute=COMPUTE, checks=RULES)
        bare = form(Path(folder) / "2", FLAT.replace("合价", "总额"), checks=RULES[:1], schema={"minProperties": 4},
                    compute={"total": "amount * count", "word": "grade"})  # fmt: skip
        nested = form(Path(folder) / "3", NESTED, checks=[ROW_RULE])
    return {"flat": flat, "bare": bare, "nested": nested}


@dataclass(frozen=True)
class Register:
    """A sheet and the form that it is read by."""

    form: Form = field(repr=False)
    sheet: Sheet = field(repr=False)
    rows: list[Row]


def _cell(heading: str, dirt: int) -> st.SearchStrategy[object]:
    clean, odd = CELLS.get(heading) or CELLS[heading.rstrip("123")]
    strategy: st.SearchStrategy[object] = st.sampled_from([*clean, *clean, *clean, *clean, None] if clean else [None])
    if not dirt:
        return st.sampled_from(clean or (None,))
    odd = (*odd, "", BrokenCell("#N/A"), BrokenCell(""))
    return st.integers(0, 40).flatmap(lambda roll: st.sampled_from(odd) if roll < dirt else strategy)


@st.composite
def registers(draw: st.DrawFn) -> Register:
    """Registers of every habit, more or less clean."""
    name = draw(st.sampled_from(["flat", "bare", "nested"]))
    headings = draw(st.sampled_from(HEADERS["nested" if name == "nested" else "flat"])).split()
    dirt = draw(st.sampled_from([0, 1, 4]))
    rows: list[Row] = [
        ["填报单位：销售部", "走访人：莫志远", draw(st.sampled_from(["备注：一律加急", "日期：2026-03-01", None]))]
    ]
    rows.append(list(headings))
    record = st.tuples(*(_cell(heading, dirt) for heading in headings)).map(list)
    habits = st.sampled_from(["record"] * 8 + ["more"] * 3 + ["header", "total", "note", "blank", "short", "other"])
    for _ in range(draw(st.integers(1, 14))):
        habit = draw(habits) if dirt else draw(st.sampled_from(["record", "record", "more"]))
        rows.append(_row(habit, draw(record), headings))
    merges = draw(st.lists(_merge(len(rows), len(headings)), max_size=2)) if dirt else []
    return _register(name, rows, tuple(merges))


def _row(habit: str, cells: Row, headings: Sequence[str]) -> Row:
    if habit == "more":  # a continuation row: only what stands in tables
        inner = ("品名", "单价", "类别", "占比", "姓名", "联系人", "职务", "手机/电话")
        return [cell if heading in inner else None for heading, cell in zip(headings, cells, strict=True)]
    if habit == "header":
        return list(headings)
    if habit == "other":
        return ["日期", "客户", "等级", "备注"]
    if habit == "total":
        return ["合计", None, 3]
    if habit == "note":
        return ["注：以上为第一季度数据"]
    if habit == "blank":
        return [None, "  "]
    return cells[:3] if habit == "short" else cells


def _merge(height: int, width: int) -> st.SearchStrategy[Merge]:
    return st.tuples(st.integers(2, height), st.integers(0, width - 1), st.integers(1, 2)).map(
        lambda at: Merge(at[0], at[1], at[0] + at[2], at[1])
    )


def _outcomes(register: Register, is_short: bool) -> Iterator[str]:
    """Everything that is known about every record, then about the sheet."""
    position = 0
    for reading in Tables("表.xlsx", (register.sheet,)).iter_unstamped([register.form], register.form):
        for entry in _entries(reading, register.form, is_short):
            if isinstance(entry, PlainRecord):
                yield repr((Record(register.form.id, entry.values, entry.location, position), ()))
            else:
                checked = check(entry, register.form, CLOCK, position)
                yield repr((checked.record, checked.issues))
            position += 1
        yield repr(reading.issues)


def _entries(reading: Reading, of: Form, is_short: bool) -> Iterator[Any]:
    if is_short and reading.iter_checked is not None:
        return reading.iter_checked(plain_check(of, CLOCK))
    return reading.records


@pytest.fixture(autouse=True)
def _short_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("danju.readers.registers.plain._CHUNK", 3)


@settings(
    max_examples=120, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(registers())
def test_both_roads_give_the_same_records_and_issues(register: Register) -> None:
    assert list(_outcomes(register, True)) == list(_outcomes(register, False))


CLEAN = {
    "a column a field": ("flat", "", [
        "序号 编号 客户 日期 金额 件数 等级 种类 手机 电话 有效期 加急 备注",
        [1, "ZF-1", "柳州华平", date(2026, 3, 18), 12.5, 2, "甲级", "红、绿", "13907710001", "0771-3210088", "长期",
         "是", "好"],
        [2, None, "ABC 贸易公司", "2026-03-19", 3, None, "乙级", None, None, None, date(2027, 1, 1), None,
         "第一行\n第二行"],
    ]),
    "continuation rows": ("nested", "", [
        "序号 客户 日期 品名 单价 手机/电话 联系人",
        [1, "柳州华平", date(2026, 3, 18), "板材", 3, "13907710001/0771-3210088", "李梅（经理）"],
        [None, None, None, "线材", 4.5, "15977301234", "王五"],
        [2, "桂林鑫达", date(2026, 3, 19), "钢筋", 5, None, None],
    ]),
    "rows below merged cells": ("nested", "0 1 2", [
        "序号 客户 日期 品名 单价",
        [1, "柳州华平", date(2026, 3, 18), "板材", 3],
        [None, None, None, "线材", 4.5],
        [2, "桂林鑫达", date(2026, 3, 19), "钢筋", 5],
    ]),
    "numbered columns and a group": ("nested", "", [
        "客户 日期 意见 签字人 品名1 单价1 品名2 单价2",
        ["柳州华平", date(2026, 3, 18), "同意", "王五", "板材", 3, "线材", 4.5],
        ["桂林鑫达", date(2026, 3, 19), None, None, "板材", 3, None, None],
    ]),
    "texts only, as in CSV files": ("nested", "", ["客户 日期 品名 单价", ["柳州华平", "2026-03-18", "板材", "3"]]),
}  # fmt: skip


@pytest.mark.parametrize("name", CLEAN)
def test_clean_registers_take_the_short_road(name: str) -> None:
    of, merged, (header, *rows) = CLEAN[name]
    register = _register(of, [header.split(), *rows], tuple(Merge(1, int(at), 2, int(at)) for at in merged.split()))
    (reading,) = Tables("表.xlsx", (register.sheet,)).iter_unstamped([register.form], register.form)
    entries = list(_entries(reading, register.form, True))
    assert [type(entry) for entry in entries] == [PlainRecord] * len(entries)
    assert list(_outcomes(register, True)) == list(_outcomes(register, False))


def test_a_doubtful_record_alone_takes_the_long_road() -> None:
    rows = [["柳州华平", day, "板材", 3] for day in ("2026-03-18", "3月", date(2026, 3, 19), "2026-07-01")]
    register = _register("nested", [["客户", "日期", "品名", "单价"], *rows])
    (reading,) = Tables("表.xlsx", (register.sheet,)).iter_unstamped([register.form], register.form)
    kinds = [type(entry) for entry in _entries(reading, register.form, True)]
    assert kinds == [PlainRecord, RawRecord, PlainRecord, PlainRecord]


def _register(of: str, rows: list[Row], merges: tuple[Merge, ...] = ()) -> Register:
    sheet = Sheet("表.xlsx", "Sheet1", True, merges, lambda: iter([list(row) for row in rows]))
    return Register(_forms()[of], sheet, rows)


def test_the_sample_register_is_the_same_by_both_roads() -> None:
    forms = Library(None).forms()
    path = next((builtin_root() / "samples").glob("*.xlsx"))
    found = []
    for is_short in (True, False):
        for reading in iter_readings(path, path.name, forms, None):
            assert reading.form is not None
            for entry in _entries(reading, reading.form, is_short):
                checked = entry if isinstance(entry, PlainRecord) else check(entry, reading.form, CLOCK).record
                found.append(repr((checked.location, checked.values)) if checked else "")
    assert found[: len(found) // 2] == found[len(found) // 2 :]
