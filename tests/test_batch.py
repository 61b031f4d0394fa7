"""Batches: one bad record stops nothing, numbers are never lost, equal input gives equal folders."""

from __future__ import annotations

import json
from collections.abc import Mapping
from concurrent.futures import Executor, ProcessPoolExecutor
from datetime import datetime
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
from tests.support.builders import CLOCK, write_form

from danju import batch
from danju.batch import Batch, Made, Tally, find_sources, iter_items, typed_numbers
from danju.cli.render import InlineExecutor
from danju.errors import EnvironmentFault, UsageError
from danju.issues import Issue
from danju.library import Library
from danju.rules.computing import Clock
from danju.sinks.folder import OutputFolder
from danju.sinks.numbers import NumberGiver

FIELDS = """
number 编号: text
customer 客户*: {type: string, maxLength: 60}
day 日期*: date
open 天数: {type: integer, readOnly: true}
"""
SETTINGS: Mapping[str, Any] = {
    "number": "A-{day:%Y%m}-{seq:03d}",
    "filename": "{number} {customer}",
    "compute": {"open": "days_between(day, today)"},
    "unique": ["customer"],
}


def record(customer: str = "甲公司", day: str = "2026-03-18", **more: Any) -> dict[str, Any]:
    """One record."""
    return {"customer": customer, "day": day, **more}


class Run:
    """What one run did."""

    def __init__(
        self, folder: Path, records: list[dict[str, Any]], targets: tuple[str, ...] = ("html",), out: str = "out",
        resume: bool = False, executor: Executor | None = None, clock: Clock = CLOCK,
    ) -> None:  # fmt: skip
        workspace = write_form(folder / "forms", FIELDS, [["customer"], ["day"], ["open"]], **SETTINGS)
        (folder / "输入.json").write_text(json.dumps(records), encoding="utf-8")
        forms = [Library(workspace).form("paper")]
        sources = find_sources([str(folder / "输入.json")])
        self.issues: list[Issue] = []
        self.made: list[Made] = []
        self.out = folder / out
        with OutputFolder(self.out) as output:
            numbers = NumberGiver(output.journal.history.numbers, typed_numbers(sources, forms, forms[0]))
            job = Batch(output, targets, workspace, numbers, resume, self.issues.append, self.made.append)
            job.run(iter_items(sources, forms, forms[0], clock), executor or InlineExecutor(), 2)
        self.tally: Tally = job.tally

    @property
    def files(self) -> dict[str, bytes]:
        """Every visible file."""
        return {path.name: path.read_bytes() for path in sorted(self.out.iterdir()) if path.is_file()}

    @property
    def names(self) -> list[str]:
        """Names of the files, temporary ones too."""
        return list(self.files)


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
    first, second = Run(tmp_path, [record("甲")]), Run(tmp_path, [record("甲"), record("乙")])
    assert second.names == ["A-202603-001 甲.html", "A-202603-002 甲.html", "A-202603-003 乙.html"]
    assert (first.tally.repeated, second.tally.repeated) == (0, 1)
    for name in second.names:
        (second.out / name).unlink()
    assert Run(tmp_path, [record("丙")]).names == ["A-202603-004 丙.html"]


def test_resuming_keeps_numbers_and_makes_only_what_is_missing(tmp_path: Path) -> None:
    records = [record("甲"), record("乙"), record("乙"), record("丙")]
    first = Run(tmp_path, records)
    before = first.files
    (first.out / "A-202603-002 乙.html").unlink()
    again = Run(tmp_path, [record("新", "2026-03-01"), *records], resume=True)
    assert again.tally == Tally(read=5, made=2, skipped=3, files=2)
    assert again.files == {**before, "A-202603-005 新.html": again.files["A-202603-005 新.html"]}


def test_resuming_on_another_day_makes_nothing_twice(tmp_path: Path) -> None:
    Run(tmp_path, [record("甲")])
    later = Run(tmp_path, [record("甲")], resume=True, clock=Clock(datetime(2026, 7, 9)))
    assert (later.tally.skipped, later.names) == (1, ["A-202603-001 甲.html"])


def test_resuming_with_another_format_keeps_the_number(tmp_path: Path) -> None:
    Run(tmp_path, [record("甲")])
    again = Run(tmp_path, [record("甲")], targets=("html", "docx"), resume=True)
    assert again.names == ["A-202603-001 甲.docx", "A-202603-001 甲.html"]
    assert again.tally == Tally(read=1, made=1, files=1)


ALL = ("docx", "pdf", "xlsx", "html")


def test_the_same_input_gives_the_same_bytes_wherever_it_is_made(tmp_path: Path) -> None:
    """In another folder and by other processes."""
    records = [record("甲"), {"day": "2026-03-18"}, record("乙"), record("丙", "2026-05-06")]
    one = Run(tmp_path, records, ALL, "一")
    assert len(one.files) == 12
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        two = Run(tmp_path, records, ALL, "二", executor=pool)
    assert two.files == one.files
    assert [made.record for made in two.made] == [made.record for made in one.made]
    assert two.issues == one.issues


def test_a_record_that_cannot_be_made_is_told_and_the_others_are_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = batch.do_job

    def poisoned(job: batch.Job) -> batch.Outcome:
        if job.values["customer"] == "毒":
            monkeypatch.setattr(Path, "write_bytes", lambda *_: 1 / 0)
            outcome = usual(job)
            monkeypatch.undo()
            monkeypatch.setattr(batch, "do_job", poisoned)
            return outcome
        return usual(job)

    monkeypatch.setattr(batch, "do_job", poisoned)
    run = Run(tmp_path, [record("甲"), record("毒"), record("丙")])
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
    run = Run(tmp_path, [record("甲"), record("乙"), record("丙")], resume=True)
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
