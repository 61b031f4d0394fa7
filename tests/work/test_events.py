"""Use cases as events: in input order, as data; whoever stops taking them leaves nothing half-done."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any, cast

import pytest
from tests.support.batches import FIELDS, LAYOUT, SETTINGS, record
from tests.support.builders import write_form

from danju.errors import UsageError
from danju.events import Done, Event, Expected, Found, Made, Read, Returned, Tally, Written
from danju.work.check import check, give_back
from danju.work.gather import convert, summarise
from danju.work.inputs import Inputs
from danju.work.render import Wish, render

BAD = {"day": "2026-03-18"}


def inputs(folder: Path, *records: dict[str, Any], strict: bool = False) -> Inputs:
    """Records of the usual test form."""
    workspace = write_form(folder / "forms", FIELDS, LAYOUT, **SETTINGS)
    data = folder / "输入.json"
    data.write_text(json.dumps(records), encoding="utf-8")
    return Inputs((str(data),), workspace=workspace, today=date(2026, 6, 30), strict=strict)


def told(events: Iterator[Event]) -> list[str]:
    """A line for each event."""
    return [_line(event) for event in events]


def _line(event: Event) -> str:
    match event:
        case Read(_, read):
            return f"read {read.values['customer'] if read else '-'}"
        case Found(issue):
            return f"found {issue.code}"
        case Made(_, made, files):
            return " ".join(["made", str(made.values["customer"]), *files])
        case Expected(count):
            return f"expect {count}"
        case Written(path):
            return f"written {path.name if path else '-'}"
        case Returned(source, path, kind):
            return f"returned {source} {path.name if path else '-'} {kind}".strip()
        case Done(tally):
            return f"done {tally.read}={tally.made}+{tally.skipped}+{tally.failed}, {tally.files} files"


def test_a_check_reads_and_finds(tmp_path: Path) -> None:
    assert told(check(inputs(tmp_path, record("甲"), BAD))) == [
        "read 甲", "read -", "found F101", "done 2=0+0+1, 0 files",
    ]  # fmt: skip


def test_a_render_tells_how_many_to_expect_and_what_was_made(tmp_path: Path) -> None:
    asked = inputs(tmp_path, record("甲"), BAD)
    wish = Wish(tmp_path / "out", ("html",), summary="zh")
    assert told(render(asked, wish)) == [
        "expect 2", "read 甲", "made 甲 A-202603-001 甲.html", "read -", "found F101", "written 汇总.xlsx",
        "done 2=1+0+1, 1 files",
    ]  # fmt: skip


def test_a_summary_and_a_conversion_keep_the_good_records(tmp_path: Path) -> None:
    asked = inputs(tmp_path, record("甲"), BAD)
    kept = ["read 甲", "made 甲", "read -", "found F101"]
    assert told(summarise(asked, tmp_path / "s.xlsx", "zh")) == [*kept, "written s.xlsx", "done 2=1+0+1, 1 files"]
    assert told(convert(asked, "json")) == [*kept, "written -", "done 2=1+0+1, 0 files"]
    (content,) = [event.content for event in convert(asked, "json") if isinstance(event, Written)]
    assert json.loads(content) == [{"customer": "甲", "day": "2026-03-18"}]


def test_what_goes_back_and_what_need_not(tmp_path: Path) -> None:
    asked = inputs(tmp_path, BAD)
    good = tmp_path / "好.yaml"
    good.write_text("客户: 甲\n日期: 2026-03-18\n", encoding="utf-8")
    both = Inputs((*asked.given, str(good)), workspace=asked.workspace, today=asked.today)
    assert told(give_back(both, tmp_path / "back", "zh")) == [
        "read -", "found F101", "read 甲", "found F055", "returned 输入.json 输入.json.检查结果.txt text",
        "returned 好.yaml -", "done 2=0+0+1, 1 files",
    ]  # fmt: skip


def test_a_run_that_nobody_takes_any_further_clears_up_and_can_be_resumed(tmp_path: Path) -> None:
    asked, wish = inputs(tmp_path, *(record(name) for name in "甲乙丙")), Wish(tmp_path / "out", ("html",))
    tally = Tally()
    events = render(asked, wish, tally)
    with closing(cast("Any", events)):
        for event in events:
            if isinstance(event, Made):
                break
    left = sorted(path.name for path in wish.output.iterdir())
    assert left[:2] == [".danju", "A-202603-001 甲.html"]
    assert tally.made == len(left) - 1
    again = told(render(asked, Wish(wish.output, ("html",))))
    assert again[-1].startswith(f"done 3={3 - tally.made}+{tally.made}+0")


def docx(folder: Path, *texts: str) -> Path:
    """A Word template."""
    from docx import Document

    document = Document()
    for text in texts:
        document.add_paragraph(text)
    document.save(str(folder / "函.docx"))
    return folder / "函.docx"


def with_template(folder: Path, *texts: str, strict: bool = False, jobs: int = 1) -> tuple[list[str], list[str]]:
    """What was found, and the files made, for two good records."""
    asked = inputs(folder, record("甲"), record("乙"), strict=strict)
    named = Inputs(asked.given, "paper", asked.workspace, asked.today, strict)
    wish = Wish(folder / "out", jobs=jobs, template=docx(folder, *texts))
    events = list(render(named, wish))
    issues = [event.issue for event in events if isinstance(event, Found)]
    texts_of_issues = [f"{'error' if each.is_error else 'warning'} {each.text()}" for each in issues]
    return texts_of_issues, sorted(path.name for path in wish.output.iterdir() if path.suffix)


def test_a_template_with_an_unknown_name_is_told_once_and_located(tmp_path: Path) -> None:
    found, made = with_template(tmp_path, "致{{ 客户 }}", "于{{ custmer }}收到")
    place, said = "函.docx › 正文 › 第2段 › 「{{ custmer }}」", "表单里没有名为“custmer”的栏目，此处留空"
    assert found == [f"warning {place}：{said}。是否指“客户（customer）”？ [T126]"]
    assert made == ["A-202603-001 甲.docx", "A-202603-002 乙.docx"]


def test_a_template_without_tags_is_told(tmp_path: Path) -> None:
    found, made = with_template(tmp_path, "致贵公司")
    assert ([each[-6:] for each in found], len(made)) == (["[T127]"], 2)


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("text", ["致{{ 客护 }}", "致贵公司", "{%p if 客户 %}多余", "印 }} 出"])
def test_strict_makes_nothing_with_a_template_that_something_is_wrong_with(
    tmp_path: Path, text: str, jobs: int
) -> None:
    texts = (text, "{%p endif %}") if "if" in text else (text,)
    found, made = with_template(tmp_path, *texts, strict=True, jobs=jobs)
    assert found
    assert all(each.startswith("error") for each in found)
    assert made == []


def test_a_template_makes_word_only_unless_that_is_refused(tmp_path: Path) -> None:
    """Never two different papers under one number."""
    asked = inputs(tmp_path, record("甲"))
    template = docx(tmp_path, "致{{ 客户 }}")
    with pytest.raises(UsageError, match="E117"):
        list(render(asked, Wish(tmp_path / "out", template=template)))
    named = Inputs(asked.given, "paper", asked.workspace, asked.today)
    for targets in (("pdf",), ("docx", "pdf")):
        with pytest.raises(UsageError, match=r"--to docx.*E116"):
            list(render(named, Wish(tmp_path / "out", targets, template=template)))
    assert not (tmp_path / "out").exists()


def test_a_template_of_the_workspace_beside_a_drawn_format_is_noted(tmp_path: Path) -> None:
    asked = inputs(tmp_path, record("甲"), record("乙"))
    assert asked.workspace is not None
    (asked.workspace / "templates").mkdir()
    docx(tmp_path, "致{{ 客户 }}").rename(asked.workspace / "templates" / "paper.docx")
    events = render(asked, Wish(tmp_path / "out", ("docx", "html")))
    (text,) = [event.issue.text() for event in events if isinstance(event, Found)]
    assert text.startswith("paper.docx：Word 按这份模板做，html 按表单的版式做：同一编号下两种样子。")
    assert not [event for event in render(asked, Wish(tmp_path / "一", ("docx",))) if isinstance(event, Found)]
