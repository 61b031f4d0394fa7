"""The Python API: typed results, nothing printed, nothing loaded before it is needed."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.batches import FIELDS, LAYOUT, SETTINGS, files_of, record
from tests.support.builders import write_form
from tests.support.pdfs import page_texts

import danju
from danju import api
from danju.events import Done, Found, Read, Tally

DAY = date(2026, 6, 30)
GOOD = {
    "form": "visit_report", "客户单位名称": "甲公司", "走访日期": date(2026, 3, 18),
    "质量": "优良", "服务态度": "良好", "产品知名度": "驰名",
}  # fmt: skip


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A workspace with the usual test form."""
    return write_form(tmp_path / "forms", FIELDS, LAYOUT, **SETTINGS)


@pytest.fixture(autouse=True)
def _silent(capfd: pytest.CaptureFixture[str]) -> Any:
    """Nothing is printed, whatever is called."""
    yield
    assert capfd.readouterr() == ("", "")


def test_importing_danju_loads_next_to_nothing() -> None:
    code = "import sys, danju; print(*sorted(name for name in sys.modules if name.startswith('danju')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env={
        "PYTHONPATH": ":".join(sys.path), "PYTHONIOENCODING": "utf-8",
    })  # fmt: skip
    assert done.stdout.split() == ["danju"]


def test_everything_offered_is_there_and_everything_else_is_not() -> None:
    assert danju.__all__ == api.__all__
    assert all(getattr(danju, name) is not None for name in danju.__all__)
    assert set(danju.__all__) <= set(dir(danju))
    with pytest.raises(AttributeError, match="chekc"):
        danju.chekc  # type: ignore[attr-defined]  # noqa: B018  # a slip of the pen


def test_a_mapping_is_checked_as_a_file_would_be(workspace: Path) -> None:
    report = danju.check([record("甲"), {"day": "哪天"}], workspace=workspace, today=DAY)
    assert [one.values["customer"] for one in report.records] == ["甲"]
    assert [(one.code, one.location.record, one.label) for one in report.issues] == [
        ("F101", 2, "客户"),
        ("F105", 2, "日期"),
    ]
    assert report.errors == report.issues
    assert report.tally == Tally(read=2, failed=1)


def test_files_folders_mappings_and_records_may_be_mixed(workspace: Path, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.json").write_text(json.dumps(record("甲")), encoding="utf-8")
    first = danju.check(folder, workspace=workspace, today=DAY)
    again = danju.check([folder, record("乙"), *first.records], workspace=workspace, today=DAY)
    assert [one.values["customer"] for one in again.records] == ["甲", "乙", "甲"]
    assert [one.code for one in again.issues] == ["F307", "F310"]
    assert danju.check([], workspace=workspace).tally == Tally()


def test_values_of_programs_are_read_as_those_of_files() -> None:
    typed = {**GOOD, "走访日期": datetime(2026, 3, 18, 9, 30), "综合得分": Decimal("88.33"), "客户地址": float("nan")}
    assert danju.check(typed, today=DAY).records[0].values == danju.check(GOOD, today=DAY).records[0].values
    with pytest.raises(TypeError, match="not object"):
        danju.check({"客户": object()})


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet="甲乙公司ABC 12.,", min_size=1, max_size=20), st.dates(date(2020, 1, 1), date(2026, 6, 1)))
def test_a_checked_record_is_itself_again_when_it_is_checked(name: str, day: date) -> None:
    once = danju.check({**GOOD, "客户单位名称": name, "走访日期": day}, today=DAY)
    again = danju.check(once.records, today=DAY)
    assert [one.values for one in again.records] == [one.values for one in once.records]
    assert not again.issues


def test_strict_and_today_mean_what_they_mean_to_the_command(workspace: Path) -> None:
    future = record("甲", "2026-07-01")
    assert danju.check(future, workspace=workspace, today=datetime(2026, 7, 1, 12)).records[0].values["open"] == 0
    loose = {**GOOD, "质量": "優良"}
    assert [danju.check(loose, strict=strict, today=DAY).tally.failed for strict in (False, True)] == [0, 1]


def test_reading_gives_events_one_by_one() -> None:
    events = list(danju.read([GOOD, {"form": "visit_report"}], today=DAY))
    assert [type(event) for event in events[:2]] == [Read, Read]
    assert isinstance(events[-1], Done)
    assert {event.issue.code for event in events if isinstance(event, Found)} == {"F101"}


def test_papers_come_with_number_content_and_what_is_to_be_said(workspace: Path) -> None:
    given = [record("甲"), record("乙", "哪天"), record("丙", colour="?")]
    report = danju.render(given, "docx, pdf", workspace=workspace, today=DAY)
    assert [paper.name for paper in report.papers] == [
        "A-202603-001 甲.docx", "A-202603-001 甲.pdf", "A-202603-002 丙.docx", "A-202603-002 丙.pdf",
    ]  # fmt: skip
    assert [paper.suffix for paper in report.papers[:2]] == [".docx", ".pdf"]
    assert [[one.code for one in paper.issues] for paper in report.papers] == [[], [], ["F102"], ["F102"]]
    assert [one.values["number"] for one in report.records] == ["A-202603-001", "A-202603-002"]
    assert any("A-202603-001" in text for text in page_texts(report.papers[1].content))


def test_papers_in_memory_and_in_a_folder_are_the_same(workspace: Path, tmp_path: Path) -> None:
    given = [record("甲"), record("乙")]
    inside = danju.render(given, ["docx", "html"], workspace=workspace, today=DAY)
    out = tmp_path / "out"
    written = danju.render_into(out, given, "docx,html", workspace=workspace, today=DAY, jobs=2, summary="zh")
    files = files_of(out)
    assert {paper.name: paper.content for paper in inside.papers} == {
        name: content for name, content in files.items() if name != "汇总.xlsx"
    }
    assert {path.name for path in written.files} == set(files)
    again = danju.render_into(out, given, "html", workspace=workspace, today=DAY)
    assert (again.tally.skipped, again.records) == (2, written.records)


def test_a_template_that_does_not_fit_is_told_with_its_papers(workspace: Path, tmp_path: Path) -> None:
    from docx import Document

    document = Document()
    document.add_paragraph("致 {{ custmer }}")
    document.save(str(tmp_path / "函.docx"))
    how: Any = {"template": tmp_path / "函.docx", "form": "paper", "workspace": workspace, "today": DAY}
    (paper,) = danju.render(record("甲"), **how).papers
    assert [issue.code for issue in paper.issues] == ["T126"]
    refused = danju.render(record("甲"), strict=True, **how)
    assert (refused.papers, [issue.code for issue in refused.errors]) == ((), ["T126"])


def test_files_about_many_records_are_written_or_given(workspace: Path, tmp_path: Path) -> None:
    given, how = [record("甲"), record("乙", "哪天")], {"workspace": workspace, "today": DAY}
    summary = danju.summarise(given, tmp_path / "s.xlsx", **how)  # type: ignore[arg-type]  # a plain dict of options
    assert (summary.files, summary.files[0].read_bytes()[:2]) == ((tmp_path / "s.xlsx",), b"PK")
    data = danju.convert(given, computed=True, workspace=workspace, today=DAY)
    assert json.loads(data.content) == [{"customer": "甲", "day": "2026-03-18", "open": 104}]
    written = danju.convert(given, "csv", tmp_path / "x.csv", workspace=workspace, today=DAY)
    assert (written.files, written.content) == ((tmp_path / "x.csv",), b"")
    (again,) = danju.check(tmp_path / "x.csv", form="paper", workspace=workspace, today=DAY).records
    assert again.values == data.records[0].values


def test_only_files_are_given_back(workspace: Path, tmp_path: Path) -> None:
    bad = tmp_path / "坏.yaml"
    bad.write_text("客户: 甲\n日期: 哪天\n", encoding="utf-8")
    report = danju.give_back([bad, {"客户": "乙"}], tmp_path / "back", workspace=workspace, form="paper", today=DAY)
    assert report.files == (tmp_path / "back" / "坏.yaml",)
    assert "哪天" in report.files[0].read_text(encoding="utf-8")
    assert report.tally.failed == 2


def test_forms_and_blanks() -> None:
    assert danju.form("客户走访报告单") == danju.form("visit_report")
    assert danju.form("visit_report").id in {one.id for one in danju.forms()}
    register, paper = danju.blank("visit_report"), danju.blank("visit_report", as_form=True)
    assert register[:2] == paper[:2] == b"PK"
    assert register != paper
    assert danju.blank("visit_report", "pdf").startswith(b"%PDF")


def test_a_template_is_filled_without_a_form(tmp_path: Path) -> None:
    from docx import Document

    document = Document()
    document.add_paragraph("{{ 客户名称 }} {{ 金额 }} {{ 电话 }}")
    path = tmp_path / "函.docx"
    document.save(str(path))
    filled = danju.fill(path, {"客户名称": "甲", "金额": 12000.5})
    assert [issue.code for issue in filled.issues] == ["T113"]
    assert danju.fill(path.read_bytes(), {"客户名称": "甲", "金额": 12000.5}).content == filled.content
    with pytest.raises(danju.DanjuError, match="T122"):
        danju.fill(path, {}, strict=True)


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda: danju.check("没有.xlsx"), "E101"),
        (lambda: danju.check("-"), "E101"),
        (lambda: danju.check(GOOD, form="没有"), "E104"),
        (lambda: danju.render(GOOD, "odt"), "E105"),
        (lambda: danju.render(GOOD, ","), "E105"),
        (lambda: danju.render(GOOD, "pdf", template="x.docx", form="visit_report"), "E116"),
        (lambda: danju.render(GOOD, template="没有.docx", form="visit_report"), "E101"),
        (lambda: danju.convert(GOOD, "odt"), "E105"),
        (lambda: danju.fill("没有.docx", {}), "E101"),
    ],
)
def test_what_cannot_work_is_an_exception_with_a_code(call: Any, code: str) -> None:
    with pytest.raises(danju.DanjuError) as caught:
        call()
    assert caught.value.code == code
