"""What is entered in a blank workbook is read back, whatever the form."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from tests.blanks.filling import entered, fill_form, fill_register, read_back
from tests.support.builders import form
from tests.support.strategies import records

from danju import kinds
from danju.blanks import BlankOptions, make_blank
from danju.blanks.excel.columns import linked_tables, plan_columns
from danju.exchange.stamp import FileShape
from danju.layout.blocks.block import iter_blocks
from danju.layout.blocks.checklist import ChecklistBlock
from danju.library import Library
from danju.model.form import Form
from danju.pipeline import render_document

BUILT_IN = ("visit_report", "complaint_record", "customer_opening")
FEW = settings(max_examples=6, phases=[Phase.generate], derandomize=True, deadline=None)
EVERY_KIND = """
title_of 题名*: text
body 正文: lines
quantity 数量: {type: integer, minimum: 0, x-unit: 件}
price 单价: {type: number, minimum: 0, x-unit: 元, x-decimals: 2}
on 日期: date
at 时间: datetime
month 月份: {type: string, format: month}
hour 钟点: {type: string, format: time}
cash 现金: boolean
level 级别: choice 甲 乙 丙
colours 颜色: choices 红 黄 蓝
many 明细标记: choices 一 二 三 四 五 六 七 八
code 信用代码: {type: string, format: credit-code}
mobile 手机: {type: string, format: mobile}
phone 电话: {type: string, format: phone}
account 账号: {type: string, format: bank-account}
until 有效期: {type: string, format: date, x-words: [长期]}
items 货物: [{name 品名*: text, weight 重量: number, kind 种类: choice 粗 细, due 账期: {type: string, format: month}}]
approval 审批: {opinion 意见: lines, signed_by 签字: text, signed_on 签署日期: date}
"""


@pytest.fixture(scope="module", params=[*BUILT_IN, "every_kind"])
def any_form(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Form:
    if request.param == "every_kind":
        return form(tmp_path_factory.mktemp("form"), EVERY_KIND)
    return Library().form(request.param)


def checklists(of: Form) -> dict[str, ChecklistBlock]:
    """Checklists by the table of their details."""
    blocks = (block for block in iter_blocks(of.layout) if isinstance(block, ChecklistBlock))
    return {block.details: block for block in blocks if block.details}


def on_paper(of: Form, values: Mapping[str, Any], most_rows: int = 3) -> dict[str, Any]:
    """The part of a record that has a place: as many rows as there are, one detail an option in their order."""
    kept = dict(entered(of, values))
    fixed = checklists(of)
    for field in of.record_type.fields:
        rows = kept.get(field.name)
        if field.kind is not kinds.TABLE or not rows:
            continue
        kept[field.name] = rows[:most_rows]
        if (block := fixed.get(field.name)) is not None:
            key = field.member(block.key)
            assert key is not None
            shown = [column.field for column in block.columns]
            firsts = {row[block.key]: row for row in reversed(rows) if row.get(block.key)}
            told = [firsts[option.value] for option in key.options if option.value in firsts]
            kept[field.name] = [row for row in told if any(row.get(name) not in (None, "") for name in shown)]
        if not kept[field.name]:
            del kept[field.name]
    return kept


def in_columns(of: Form, values: Mapping[str, Any]) -> dict[str, Any]:
    """The part of a record that a register of this form has columns for."""
    paths = [column.path for column in plan_columns(of)]
    linked = {table.name for table in linked_tables(of)}
    kept = dict(entered(of, values))
    for name, value in list(kept.items()):
        if isinstance(value, list) and value and isinstance(value[0], dict) and name not in linked:
            kept[name] = [
                row for index, row in enumerate(value) if any(p.startswith(f"{name}[{index}]") for p in paths)
            ]
    return kept


def test_what_is_entered_in_a_register_is_read_back(any_form: Form) -> None:
    blank = make_blank(any_form, "xlsx", BlankOptions(FileShape.REGISTER, rows=5))

    @FEW
    @given(st.lists(records(any_form), min_size=1, max_size=3))
    def law(given_records: list[Mapping[str, Any]]) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = fill_register(blank, any_form, given_records, Path(folder) / "台账.xlsx")
            assert read_back(path, any_form) == [in_columns(any_form, values) for values in given_records]

    law()


def test_what_is_entered_in_a_form_is_read_back(any_form: Form) -> None:
    blank = make_blank(any_form, "xlsx", BlankOptions(FileShape.FORM))

    @FEW
    @given(records(any_form))
    def law(values: Mapping[str, Any]) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = fill_form(blank, any_form, values, Path(folder) / "单.xlsx")
            assert read_back(path, any_form) == [on_paper(any_form, values)]

    law()


def test_a_finished_paper_is_read_back(any_form: Form) -> None:
    """Texts that are cut between pages excepted: where the paper breaks a line can no longer be told."""

    @FEW
    @given(records(any_form))
    def law(values: Mapping[str, Any]) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "单.xlsx"
            path.write_bytes(render_document(any_form, values, "xlsx").content)
            assert read_back(path, any_form) == [on_paper(any_form, values, most_rows=6)]

    law()


def test_equal_input_gives_equal_bytes(any_form: Form) -> None:
    for shape in (FileShape.REGISTER, FileShape.FORM):
        options = BlankOptions(shape, rows=3)
        assert make_blank(any_form, "xlsx", options) == make_blank(any_form, "xlsx", options)
