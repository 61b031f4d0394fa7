"""A record that comes again: the same changes nothing, a corrected one is the next version of its paper."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.support.batches import Run, files_of, record

from danju.batch import Job, Outcome, do_job
from danju.events import Tally
from danju.issues import Issue
from danju.stores.folder import FolderStore
from danju.stores.store import key_of

IDENTITY: Mapping[str, Any] = {"identity": ["customer", "day"], "unique": []}
ROWS = [record("甲", note="一"), record("乙"), record("丙")]


def run(folder: Path, records: list[dict[str, Any]], *more: Any, **options: Any) -> Run:
    """A run of the form whose records are known by customer and day."""
    return Run(folder, records, *more, **{**IDENTITY, **options})


def everything(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Time and bytes of every file but the lock."""
    return {
        str(path.relative_to(folder)): (path.stat().st_mtime_ns, path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "lock"
    }


def papers(folder: Path) -> dict[str, bytes]:
    """Every file outside `.danju`."""
    return {name: content for name, (_, content) in everything(folder).items() if not name.startswith(".danju")}


def voided(folder: Path) -> list[list[str]]:
    """The rows of the list of superseded papers."""
    text = (folder / "作废" / "作废登记.csv").read_text(encoding="utf-8-sig")
    return list(csv.reader(io.StringIO(text)))[1:]


def said(issues: list[Issue], code: str) -> list[str]:
    """The issues of one code as people read them."""
    return [issue.text() for issue in issues if issue.code == code]


def test_the_same_input_again_changes_nothing_at_all(tmp_path: Path) -> None:
    first = run(tmp_path, ROWS, ("html", "docx"))
    before = everything(first.out)
    again = run(tmp_path, ROWS, ("html", "docx"))
    assert everything(again.out) == before
    assert again.tally == Tally(read=3, skipped=3)
    assert [made.record for made in again.made] == [made.record for made in first.made]


def test_corrected_records_keep_their_numbers_and_become_version_two(tmp_path: Path) -> None:
    before = run(tmp_path, ROWS, ("html", "docx")).files
    people = [{"name": "陈", "mobile": "1"}, {"name": "李"}]
    corrected = [{**ROWS[0], "note": "二"}, ROWS[1], {**ROWS[2], "people": people}]
    again = run(tmp_path, corrected, ("html", "docx"))
    assert again.tally == Tally(read=3, made=2, skipped=1, files=4, corrected=2)
    assert again.names == list(before)
    assert again.files["A-202603-002 乙.docx"] == before["A-202603-002 乙.docx"]
    assert "A-202603-001　第2版（更正）" in again.files["A-202603-001 甲.html"].decode()
    assert "版（更正）" not in again.files["A-202603-002 乙.html"].decode()
    assert files_of(again.out / "作废").keys() - {"作废登记.csv"} == {
        "A-202603-001 甲 第1版.docx", "A-202603-001 甲 第1版.html",
        "A-202603-003 丙 第1版.docx", "A-202603-003 丙 第1版.html",
    }  # fmt: skip
    for name, content in files_of(again.out / "作废").items():
        if name != "作废登记.csv":
            assert content == before[name.replace(" 第1版", "")]
    told = said(again.issues, "F314")
    assert [line.partition("：")[2].partition("。")[0] for line in told] == [
        "编号 A-202603-001 更正为第2版：备注 一 → 二",
        "编号 A-202603-003 更正为第2版：联系人1·姓名 （空） → 陈；联系人1·手机 （空） → 1；联系人2·姓名 （空） → 李",
    ]
    assert told[0].startswith("输入.json › 第1行：")
    assert [(made.version, len(made.changes)) for made in again.made] == [(2, 1), (1, 0), (2, 3)]


def test_the_list_of_superseded_papers_names_file_version_successor_day_and_digest(tmp_path: Path) -> None:
    before = run(tmp_path, ROWS[:1]).files["A-202603-001 甲.html"]
    after = run(tmp_path, [{**ROWS[0], "note": "二"}]).files["A-202603-001 甲.html"]
    run(tmp_path, [{**ROWS[0], "note": "三"}])
    assert voided(tmp_path / "out") == [
        ["A-202603-001", "第1版", "A-202603-001 甲 第1版.html", "A-202603-001 甲.html", "第2版", "2026-06-30",
         sha256(before).hexdigest()],
        ["A-202603-001", "第2版", "A-202603-001 甲 第2版.html", "A-202603-001 甲.html", "第3版", "2026-06-30",
         sha256(after).hexdigest()],
    ]  # fmt: skip


def test_after_a_correction_the_same_input_changes_nothing(tmp_path: Path) -> None:
    run(tmp_path, ROWS)
    corrected = [{**ROWS[0], "note": "二"}, *ROWS[1:]]
    before = everything(run(tmp_path, corrected).out)
    assert run(tmp_path, corrected).tally == Tally(read=3, skipped=3)
    assert everything(tmp_path / "out") == before


def test_every_format_of_the_old_version_is_put_away_even_if_not_asked_for_again(tmp_path: Path) -> None:
    run(tmp_path, ROWS[:1], ("html", "docx"))
    again = run(tmp_path, [{**ROWS[0], "note": "二"}])
    assert again.names == ["A-202603-001 甲.html"]
    third = run(tmp_path, [{**ROWS[0], "note": "二"}], ("docx",))
    assert third.names == ["A-202603-001 甲.docx", "A-202603-001 甲.html"]
    assert third.tally == Tally(read=1, made=1, files=1)


def test_a_typed_number_identifies_whatever_else_changes(tmp_path: Path) -> None:
    run(tmp_path, [record("甲", number="X-1")])
    again = run(tmp_path, [record("甲有限公司", "2026-05-05", number="X-1")])
    assert again.names == ["X-1 甲有限公司.html"]
    assert "客户 甲 → 甲有限公司；日期 2026-03-18 → 2026-05-05" in said(again.issues, "F314")[0]


def test_a_given_number_that_is_typed_back_is_the_same_record(tmp_path: Path) -> None:
    """As somebody does it who works on with the finished register."""
    before = everything(run(tmp_path, ROWS[:1]).out)
    assert run(tmp_path, [{**ROWS[0], "number": "A-202603-001"}]).tally.skipped == 1
    assert everything(tmp_path / "out") == before
    assert run(tmp_path, [{**ROWS[0], "number": "A-202603-001　第2版（更正）", "note": "二"}]).tally.corrected == 1


def test_two_records_of_one_run_do_not_share_a_number(tmp_path: Path) -> None:
    run(tmp_path, ROWS[:1])
    stranger = record("丁", number="A-202603-001")
    for records in ([ROWS[0], stranger], [stranger, ROWS[0]]):
        again = run(tmp_path, records)
        assert len(said(again.issues, "F315")) == 1
        assert again.tally.failed == 1


def test_width_blanks_and_case_are_a_correction_not_another_record(tmp_path: Path) -> None:
    run(tmp_path, [record("Ab（集团）")])
    assert run(tmp_path, [record("AB (集团)")]).names == ["A-202603-001 AB (集团).html"]


def test_without_an_identity_the_content_identifies(tmp_path: Path) -> None:
    twins = [record("甲"), record("甲")]
    first = Run(tmp_path, twins)
    assert first.names == ["A-202603-001 甲.html", "A-202603-002 甲.html"]
    assert Run(tmp_path, twins).tally == Tally(read=2, skipped=2)
    assert Run(tmp_path, [record("甲", note="二")]).names[-1] == "A-202603-003 甲.html"


def test_a_form_that_gets_an_identity_later_knows_its_records_by_their_content(tmp_path: Path) -> None:
    before = Run(tmp_path, ROWS)
    run(tmp_path, ROWS)
    again = run(tmp_path, [{**ROWS[0], "note": "二"}, *ROWS[1:]])
    assert (again.names, again.tally.corrected) == (before.names, 1)
    assert Run(tmp_path, ROWS[1:]).names == before.names


def test_again_gives_new_numbers_but_leaves_typed_ones(tmp_path: Path) -> None:
    records = [ROWS[0], record("丁", number="X-1")]
    before = run(tmp_path, records).files
    again = run(tmp_path, records, again=True)
    assert again.names == ["A-202603-001 甲.html", "A-202603-002 甲.html", "X-1 丁.html"]
    assert (again.tally.repeated, again.tally.skipped) == (1, 1)
    assert {name: content for name, content in again.files.items() if name in before} == before
    assert run(tmp_path, records).tally == Tally(read=2, skipped=2)


def test_a_paper_without_a_number_says_its_version_too(tmp_path: Path) -> None:
    bare = {"number": "", "filename": "{customer}"}
    run(tmp_path, ROWS[:1], **bare)
    again = run(tmp_path, [{**ROWS[0], "note": "二"}], **bare)
    assert (again.names, again.tally.corrected) == (["甲.html"], 1)
    assert again.files["甲.html"].decode().count("第2版（更正）") >= 2


def test_a_changed_form_is_told_and_its_papers_are_made_again(tmp_path: Path) -> None:
    before = run(tmp_path, ROWS[:2], ("html", "docx")).files
    again = run(tmp_path, ROWS[:2], title="新的标题")
    assert again.tally == Tally(read=2, made=2, files=2)
    assert [issue.values["count"] for issue in again.issues if issue.code == "F317"] == [2]
    assert "新的标题" in again.files["A-202603-001 甲.html"].decode()
    assert "版（更正）" not in again.files["A-202603-001 甲.html"].decode()
    assert again.files["A-202603-001 甲.docx"] == before["A-202603-001 甲.docx"]
    assert (again.out / "作废" / "A-202603-001 甲 第1版.html").read_bytes() == before["A-202603-001 甲.html"]
    assert voided(again.out)[0][4] == "同版重做（表单或模板已改）"
    assert run(tmp_path, ROWS[:2], title="新的标题").tally.skipped == 2
    whole = run(tmp_path, ROWS[:2], ("html", "docx"), title="新的标题")
    assert whole.tally == Tally(read=2, made=2, files=2)
    third = run(tmp_path, ROWS[:2], title="又一个")
    assert len(voided(third.out)) == 6
    assert (third.out / "作废" / "A-202603-001 甲 第1版 (2).html").exists()


def test_a_paper_that_was_never_there_is_not_a_version(tmp_path: Path) -> None:
    def refuse(job: Job) -> Outcome:
        return do_job(Job(**{**_fields(job), "targets": ("nothing",)}))

    run(tmp_path, ROWS[:1], do=refuse)
    again = run(tmp_path, [{**ROWS[0], "note": "二"}])
    assert (again.tally.corrected, again.names) == (0, ["A-202603-001 甲.html"])
    assert "版（更正）" not in again.files["A-202603-001 甲.html"].decode()


def _fields(job: Job) -> dict[str, Any]:
    return {name: getattr(job, name) for name in job.__slots__}


def test_a_paper_that_was_there_is_a_version_even_if_its_run_was_killed_before_it_said_so(tmp_path: Path) -> None:
    first = run(tmp_path, ROWS[:1])
    paper = first.files["A-202603-001 甲.html"]
    journal = first.out / ".danju" / "journal.jsonl"
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join(line for line in lines if b'"done"' not in line))
    again = run(tmp_path, [{**ROWS[0], "note": "二"}])
    assert again.tally.corrected == 1
    assert (again.out / "作废" / "A-202603-001 甲 第1版.html").read_bytes() == paper


def test_a_correction_that_is_taken_back_before_it_was_made_leaves_the_paper(tmp_path: Path) -> None:
    def refuse(job: Job) -> Outcome:
        return do_job(Job(**{**_fields(job), "targets": ("nothing",)}))

    before = run(tmp_path, ROWS).files
    cut = run(tmp_path, [{**ROWS[0], "note": "二"}, *ROWS[1:]], do=refuse)
    assert (cut.tally.failed, cut.files) == (1, before)
    again = run(tmp_path, ROWS)
    assert (again.tally.skipped, again.files) == (3, before)
    assert run(tmp_path, [{**ROWS[0], "note": "三"}]).made[0].version == 2


def test_only_the_newest_content_is_kept(tmp_path: Path) -> None:
    run(tmp_path, ROWS)
    run(tmp_path, [{**ROWS[0], "note": "二"}, *ROWS[1:]])
    kept = (tmp_path / "out" / ".danju" / "records.jsonl").read_text(encoding="utf-8")
    assert sorted(json.loads(line).get("note", "") for line in kept.splitlines()) == ["", "", "二"]


def test_without_what_was_kept_a_correction_is_made_and_says_so(tmp_path: Path) -> None:
    run(tmp_path, ROWS)
    (tmp_path / "out" / ".danju" / "records.jsonl").unlink()
    again = run(tmp_path, [{**ROWS[0], "note": "二"}, *ROWS[1:]])
    assert again.tally.corrected == 1
    assert "原来的内容没有留存" in said(again.issues, "F314")[0]


def test_superseded_papers_are_no_input(tmp_path: Path) -> None:
    from danju.batch import find_sources

    run(tmp_path, ROWS, ("docx",))
    run(tmp_path, [{**ROWS[0], "note": "二"}, *ROWS[1:]], ("docx",))
    found = find_sources([str(tmp_path / "out")])
    assert sorted(source.name for source in found if not source.is_left_out) == [
        "A-202603-001 甲.docx", "A-202603-002 乙.docx", "A-202603-003 丙.docx",
    ]  # fmt: skip


@pytest.mark.parametrize("step", range(12))
def test_a_correcting_run_that_stops_anywhere_is_completed_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    """It stops at the n-th file that is moved or written whole."""
    corrected = [{**ROWS[0], "note": "二"}, ROWS[1], {**ROWS[2], "note": "三"}]
    run(tmp_path, ROWS, ("html", "docx"), "whole")
    run(tmp_path, ROWS, ("html", "docx"), "cut")
    wanted = run(tmp_path, corrected, ("html", "docx"), "whole")
    with monkeypatch.context() as patch:
        left = iter(range(step))
        replace = Path.replace

        def stop(path: Path, target: Path) -> Path:
            if next(left, None) is None:
                os_exit_like = KeyboardInterrupt()
                monkeypatch.setattr(FolderStore, "_complete", lambda _: None)
                raise os_exit_like
            return replace(path, target)

        patch.setattr(Path, "replace", stop)
        with pytest.raises(KeyboardInterrupt):
            run(tmp_path, corrected, ("html", "docx"), "cut")
    monkeypatch.undo()
    again = run(tmp_path, corrected, ("html", "docx"), "cut")
    assert papers(again.out) == papers(wanted.out)
    assert not (again.out / ".danju" / "new").exists()
    before = everything(again.out)
    run(tmp_path, corrected, ("html", "docx"), "cut")
    assert everything(again.out) == before


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.lists(st.dictionaries(st.sampled_from("甲乙丙"), st.sampled_from("一二三")), min_size=1, max_size=5))
def test_versions_count_the_contents_that_were_issued(
    tmp_path_factory: pytest.TempPathFactory, data: list[dict[str, str]]
) -> None:
    """Whatever comes in whatever order: a number stays with its record, and the newest content stands in the folder."""
    folder = tmp_path_factory.mktemp("runs")
    versions: dict[str, list[str]] = {}
    numbers: dict[str, object] = {}
    for notes in data:
        done = run(folder, [record(customer, note=note) for customer, note in notes.items()], do=_tiny)
        for made in done.made:
            customer, note = str(made.record.values["customer"]), str(made.record.values["note"])
            known = versions.setdefault(customer, [])
            if known[-1:] != [note]:
                known.append(note)
            assert made.version == len(known)
            assert numbers.setdefault(customer, made.record.values["number"]) == made.record.values["number"]
    for customer, known in versions.items():
        (path,) = (folder / "out").glob(f"* {customer}.html")
        assert path.read_text(encoding="utf-8") == f"{customer}{known[-1]}"
        away = sorted((folder / "out" / "作废").glob(f"* {customer} 第*版.html"))
        assert [each.read_text(encoding="utf-8") for each in away] == [f"{customer}{note}" for note in known[:-1]]


def _tiny(job: Job) -> Outcome:
    """What the record says, in a file."""
    job.place.put(f"{job.stem}.html", f"{job.values['customer']}{job.values['note']}".encode())
    return Outcome((f"{job.stem}.html",))


def test_no_identity_can_be_read_out_of_the_journal(tmp_path: Path) -> None:
    run(tmp_path, ROWS)
    entry = json.loads((tmp_path / "out" / ".danju" / "journal.jsonl").read_text(encoding="utf-8").splitlines()[1])
    assert entry["identity"] == key_of("paper", "identity", "customer", "day", "甲", "2026-03-18")
    assert "甲" not in json.dumps({**entry, "stem": ""}, ensure_ascii=False)
