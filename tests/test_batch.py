"""Batches: one bad record stops nothing, numbers are never lost, equal input gives equal folders."""

from __future__ import annotations

import json
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from multiprocessing import get_context
from pathlib import Path

import pytest
from tests.support.batches import FIELDS, LAYOUT, SETTINGS, Run, record
from tests.support.builders import CLOCK, write_form

from danju.batch import Job, Outcome, do_job, find_sources, iter_items
from danju.errors import EnvironmentFault, UsageError
from danju.events import Tally
from danju.library import Library
from danju.rules.computing import Clock


def test_one_bad_record_does_not_stop_the_others(tmp_path: Path) -> None:
    run = Run(tmp_path, [record("甲"), {"day": "2026-03-18"}, record("乙", "哪天"), record("丙")])
    assert run.names == ["A-202603-001 甲.html", "A-202603-002 丙.html"]
    assert [issue.code for issue in run.issues] == ["F101", "F105"]
    assert run.tally == Tally(read=4, made=2, failed=2, files=2)


def test_numbers_follow_the_order_of_the_input(tmp_path: Path) -> None:
    days = ["2026-03-18", "2026-04-01", "2026-03-02", "2026-04-02"]
    run = Run(tmp_path, [record(f"客户{i}", day) for i, day in enumerate(days)])
    numbers = [made.record.values["number"] for made in run.made]
    assert numbers == ["A-202603-001", "A-202604-001", "A-202603-002", "A-202604-002"]
    assert [made.record.position for made in run.made] == [0, 1, 2, 3]


def test_typed_numbers_are_kept_and_given_to_nobody_else(tmp_path: Path) -> None:
    run = Run(tmp_path, [record("甲"), record("乙", number="A-202603-001"), record("丙")])
    assert run.names == ["A-202603-001 乙.html", "A-202603-002 甲.html", "A-202603-003 丙.html"]


def test_a_number_used_twice_is_an_error_and_a_repeated_customer_a_warning(tmp_path: Path) -> None:
    run = Run(tmp_path, [record("甲", number="X"), record("乙", number="X"), record("甲")])
    assert [(issue.code, issue.is_error, issue.label) for issue in run.issues] == [
        ("F303", True, "编号"),
        ("F307", False, "客户"),
        ("F309", False, "编号"),
        ("F310", False, "客户"),
    ]
    assert run.names == ["A-202603-001 甲.html", "X 甲.html"]


def test_equal_file_names_get_a_count(tmp_path: Path) -> None:
    run = Run(tmp_path, [record("甲", number="a"), record("甲", number="A"), record("甲", number="A ")])
    assert run.names == ["A 甲 (2).html", "a 甲.html"]


@pytest.mark.parametrize("customer", ["../../逃", "CON", "甲/乙:丙", "喜" * 60, "点..."])
def test_no_customer_name_leads_out_of_the_folder(tmp_path: Path, customer: str) -> None:
    run = Run(tmp_path, [record(customer)])
    (name,) = run.names
    assert len(name.encode()) <= 200
    assert {path.name for path in tmp_path.iterdir()} == {"forms", "out", "输入.json"}


def test_a_second_run_never_gives_a_number_again(tmp_path: Path) -> None:
    first, second = Run(tmp_path, [record("甲")]), Run(tmp_path, [record("甲"), record("乙")], again=True)
    assert second.names == ["A-202603-001 甲.html", "A-202603-002 甲.html", "A-202603-003 乙.html"]
    assert (first.tally.repeated, second.tally.repeated) == (0, 1)
    for name in second.names:
        (second.out / name).unlink()
    assert Run(tmp_path, [record("丙")]).names == ["A-202603-004 丙.html"]


def test_a_second_run_keeps_numbers_and_makes_only_what_is_missing(tmp_path: Path) -> None:
    records = [record("甲"), record("乙"), record("乙"), record("丙")]
    first = Run(tmp_path, records)
    before = first.files
    (first.out / "A-202603-002 乙.html").unlink()
    again = Run(tmp_path, [record("新", "2026-03-01"), *records])
    assert again.tally == Tally(read=5, made=2, skipped=3, files=2)
    assert again.files == {**before, "A-202603-005 新.html": again.files["A-202603-005 新.html"]}


def test_another_day_makes_nothing_twice(tmp_path: Path) -> None:
    Run(tmp_path, [record("甲")])
    later = Run(tmp_path, [record("甲")], clock=Clock(datetime(2026, 7, 9)))
    assert (later.tally.skipped, later.names) == (1, ["A-202603-001 甲.html"])


def test_another_format_keeps_the_number(tmp_path: Path) -> None:
    Run(tmp_path, [record("甲")])
    again = Run(tmp_path, [record("甲")], targets=("html", "docx"))
    assert again.names == ["A-202603-001 甲.docx", "A-202603-001 甲.html"]
    assert again.tally == Tally(read=1, made=1, files=1)


ALL = ("docx", "pdf", "xlsx", "html")


def test_the_same_input_gives_the_same_bytes_wherever_it_is_made(tmp_path: Path) -> None:
    """In another folder and by other processes."""
    records = [record("甲"), {"day": "2026-03-18"}, record("乙"), record("丙", "2026-05-06")]
    one = Run(tmp_path, records, ALL, "一")
    assert len(one.files) == 12
    two = Run(tmp_path, records, ALL, "二", executor=lambda: ProcessPoolExecutor(2, get_context("spawn")), workers=2)
    assert two.files == one.files
    assert [made.record for made in two.made] == [made.record for made in one.made]
    assert two.issues == one.issues


def test_a_record_that_cannot_be_made_is_told_and_the_others_are_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def poisoned(job: Job) -> Outcome:
        with monkeypatch.context() as patch:
            if job.values["customer"] == "毒":
                patch.setattr(Path, "write_bytes", lambda *_: 1 / 0)
            return do_job(job)

    run = Run(tmp_path, [record("甲"), record("毒"), record("丙")], do=poisoned)
    assert [(issue.code, issue.location.record) for issue in run.issues] == [("E304", 2)]
    assert run.names == ["A-202603-001 甲.html", "A-202603-003 丙.html"]
    assert run.tally == Tally(read=3, made=2, failed=1, files=2)


def test_a_full_disk_stops_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(EnvironmentFault, match="No space left"):
        Run(tmp_path, [record("甲"), record("乙")])


def test_an_interrupted_run_leaves_no_temporary_files_and_can_be_resumed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:

        def interrupt(path: Path, target: Path) -> None:
            if "乙" in target.name:
                raise KeyboardInterrupt
            path.rename(target)

        patch.setattr(Path, "replace", interrupt)
        with pytest.raises(KeyboardInterrupt):
            Run(tmp_path, [record("甲"), record("乙"), record("丙")])
    left = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert left == [".danju", "A-202603-001 甲.html"]
    run = Run(tmp_path, [record("甲"), record("乙"), record("丙")])
    assert run.names == ["A-202603-001 甲.html", "A-202603-002 乙.html", "A-202603-003 丙.html"]


def test_inputs_are_files_folders_or_standard_input(tmp_path: Path) -> None:
    for name in ("乙.yaml", "甲/丙.json", ".隐藏.json", "~$甲.xlsx", "说明.txt", "甲/.git/x.json"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("{}", encoding="utf-8")
    found = find_sources([str(tmp_path), "-", str(tmp_path / "乙.yaml")], tmp_path / "stdin.json")
    assert [source.name for source in found] == ["乙.yaml", str(Path("甲/丙.json")), "-", "乙.yaml"]


@pytest.mark.parametrize(
    ("name", "code", "hint"),
    [("走访.jsn", "E101", "走访.json"), ("空", "E102", ""), ("说明.txt", "E103", ""), ("没有/这里.json", "E101", "")],
)
def test_inputs_that_cannot_be_used_are_told(tmp_path: Path, name: str, code: str, hint: str) -> None:
    (tmp_path / "空").mkdir()
    for known in ("走访.json", "说明.txt"):
        (tmp_path / known).write_text("", encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        find_sources([str(tmp_path / name)])
    assert caught.value.code == code
    assert hint in str(caught.value)


def test_a_run_that_was_cut_off_gives_the_numbers_it_would_have_given(tmp_path: Path) -> None:
    """Also where a typed number lies ahead of those that are given."""
    records = [record("甲"), record("乙", number="A-202603-005"), record("丙"), record("丁")]
    whole = Run(tmp_path, records, out="一")
    cut = Run(tmp_path, records, out="二")
    journal = cut.out / ".danju" / "journal.jsonl"
    lines = journal.read_bytes().splitlines(keepends=True)
    for left in range(len(lines)):
        journal.write_bytes(b"".join(lines[:left]) + lines[left][:20])
        for path in cut.out.glob("*.html"):
            path.unlink()
        assert Run(tmp_path, records, out="二").files == whole.files


def test_every_issue_of_a_record_knows_which_record_of_its_file_it_is(tmp_path: Path) -> None:
    (tmp_path / "台账.csv").write_text("客户,日期\n甲,2026-03-18\n,2026-03-18\n乙,哪天\n", encoding="utf-8")
    workspace = write_form(tmp_path / "forms", FIELDS, LAYOUT, **SETTINGS)
    forms = [Library(workspace).form("paper")]
    items = list(iter_items(find_sources([str(tmp_path / "台账.csv")]), forms, None, CLOCK))
    issues = [issue for item in items for issue in item.issues]
    assert [(issue.code, issue.location.record) for issue in issues] == [("F101", 2), ("F105", 3)]
    assert [issue.text().partition("：")[0] for issue in issues] == ["台账.csv › A3「客户」", "台账.csv › B4「日期」"]
    assert [item.record.location.record for item in items if item.record is not None] == [1]


def test_a_summary_found_in_a_folder_is_no_input(tmp_path: Path) -> None:
    from danju.summary import SummaryWriter

    workspace = write_form(tmp_path / "forms", FIELDS, LAYOUT, **SETTINGS)
    forms = [Library(workspace).form("paper")]
    out = tmp_path / "出"
    out.mkdir()
    with SummaryWriter(forms, CLOCK.today) as writer:
        writer.save(out / "汇总.xlsx")
    (out / "甲.json").write_text(json.dumps([record("甲")]), encoding="utf-8")
    items = list(iter_items(find_sources([str(out)]), forms, None, CLOCK))
    assert sorted([issue.code for issue in item.issues] for item in items) == [[], ["F020"]]
    assert not find_sources([str(out / "汇总.xlsx")])[0].is_summary


def test_a_workbook_of_ones_own_with_that_name_is_read(tmp_path: Path) -> None:
    from openpyxl import Workbook

    Workbook().save(tmp_path / "汇总.xlsx")
    assert [source.is_summary for source in find_sources([str(tmp_path)])] == [False]


def test_records_read_are_records_made_there_already_or_with_issues(tmp_path: Path) -> None:
    records = [record("甲"), {"day": "x"}, record("乙"), record("丙", number="A-1"), record("丁", number="A-1")]
    first = Run(tmp_path, records)
    (first.out / first.names[0]).unlink()
    for tally in (first.tally, Run(tmp_path, records).tally):
        assert tally.read == len(records) == tally.made + tally.skipped + tally.failed
