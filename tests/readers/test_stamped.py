"""Stamped files find their form, and say so when it has changed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.support.builders import form

from danju.exchange.stamp import FileShape, stamp_of
from danju.issues import Fault, Issue
from danju.location import Location
from danju.readers.meaning.forms import Recognised, recognise

OLD = "customer 客户*: text\nlevel 级别: choice 甲 乙"


def text_of(found: Recognised | Fault, lang: str = "zh") -> str:
    fault = found.warning if isinstance(found, Recognised) else found
    assert fault is not None
    return Issue(fault.code, Location("单.xlsx"), values=fault.values).text(lang)


def test_a_file_of_todays_form_is_read_without_a_word(tmp_path: Path) -> None:
    today = form(tmp_path, OLD)
    assert recognise(stamp_of(today, FileShape.FORM), [today], None) == Recognised(today)


def test_an_older_file_that_still_fits_is_read_with_a_warning(tmp_path: Path) -> None:
    stamp = stamp_of(form(tmp_path / "old", OLD), FileShape.FORM)
    today = form(tmp_path / "new", OLD + "\nremark 备注: text", version=2)
    found = recognise(stamp, [today], None)
    assert isinstance(found, Recognised)
    assert found.form is today
    assert text_of(found).startswith("单.xlsx：文件按第 1 版制作，现为第 2 版（新增“备注”）；已按现版读取。")


def test_an_older_file_that_no_longer_fits_is_refused_with_every_difference(tmp_path: Path) -> None:
    stamp = stamp_of(form(tmp_path / "old", OLD), FileShape.FORM)
    today = form(tmp_path / "new", "level 级别: choice 甲 丙\nremark 备注*: text", version=2)
    found = recognise(stamp, [today], None)
    assert isinstance(found, Fault)
    assert "“客户”已取消；“级别”取消了选项 乙；新增必填栏目“备注”" in text_of(found)
    assert "“级别” lost the options 乙" in text_of(found, "en")


def test_a_changed_layout_alone_needs_no_warning(tmp_path: Path) -> None:
    today = form(tmp_path, OLD)
    assert recognise(replace(stamp_of(today, FileShape.FORM), digest="before"), [today], None) == Recognised(today)


def test_a_file_of_another_form_is_not_read_as_the_one_chosen(tmp_path: Path) -> None:
    today = form(tmp_path, OLD)
    stamp = replace(stamp_of(today, FileShape.FORM), form_id="other")
    assert "为“other”制作的，不是“测试单”" in text_of(recognise(stamp, [today], today))
    assert "这里没有这种表单" in text_of(recognise(stamp, [today], None))
