"""Registers with a column for each option: what is ticked is what was chosen."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.readers.builders import form, read_grid, text

from danju import kinds
from danju.model.field import Field, Option
from danju.model.form import Form

PAPERS = Field("papers", kinds.CHOICES, "资料", options=tuple(Option(word, word) for word in ("执照", "合同", "图纸")))
SHOP = form("shop", "登记表", text("name", "客户名称", required=True), text("phone", "电话"), PAPERS)


def read(folder: Path, *rows: str, of: Form = SHOP) -> list[object]:
    head = ["| 客户名称 | 资料 | | | 电话 |", "| | 执照 | 合同 | 图纸 | |"]
    found = read_grid(folder, "\n".join([*head, *rows]), of, merges="B1:D1")
    assert found.codes == []
    return [values.get("papers") for values in found.values]


@pytest.mark.parametrize("mark", ["√", "是", "有", "1", "☑", "执照", "v"])
def test_any_usual_mark_ticks(mark: str, tmp_path: Path) -> None:
    assert read(tmp_path, f"| 甲公司 | {mark} | | √ | 0771-3210088 |") == ["执照、图纸"]


@pytest.mark.parametrize("mark", ["×", "否", "无", "—", "/", "☐"])
def test_a_mark_that_says_no_does_not(mark: str, tmp_path: Path) -> None:
    assert read(tmp_path, f"| 甲公司 | √ | {mark} | | 0771-3210088 |") == ["执照"]


def test_no_tick_at_all_is_an_empty_value(tmp_path: Path) -> None:
    assert read(tmp_path, "| 甲公司 | | | | 0771-3210088 |") == [None]


def test_what_is_no_mark_is_kept_for_the_check_to_complain_about(tmp_path: Path) -> None:
    assert read(tmp_path, "| 甲公司 | 复印件 | √ | | 1 |") == ["执照：复印件、合同"]
