"""Worker processes: they may die, hang or run out of memory without harm to the others."""

from __future__ import annotations

import os
import signal
import threading
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import active_children, get_context
from pathlib import Path

import pytest
from tests.support.batches import Run, record
from tests.support.poison import EXIT, HANG, MEMORY, do_poisoned, do_quickly, do_slowly

from danju.batch import WorkerPool
from danju.batch.dispatch import RETRIES
from danju.batch.workers import WorkerDiedError, WorkerHungError
from danju.errors import EnvironmentFault
from danju.issues import Issue


def places(issues: list[Issue]) -> list[tuple[str, int | None]]:
    """Code and record of each issue."""
    return [(issue.code, issue.location.record) for issue in issues]


def test_poisoned_records_are_named_and_the_others_are_made(tmp_path: Path) -> None:
    names = [f"客户{index}" for index in range(60)]
    names[7], names[23], names[41] = EXIT, HANG, MEMORY
    executor = partial(WorkerPool, 2, time_limit=3.0)  # compiling the form on a busy machine takes one
    run = Run(tmp_path, [record(name) for name in names], executor=executor, workers=2, do=do_poisoned)
    assert places(run.issues) == [("E305", 8), ("E306", 24), ("E304", 42)]
    assert "“A-202603-024 毒乙停住”没有做成：3 秒内没有做完" in run.issues[1].text()
    assert [made.record.values["customer"] for made in run.made] == [name for name in names if "毒" not in name]
    assert len(run.files) == 57
    assert (run.tally.read, run.tally.made, run.tally.failed) == (60, 57, 3)
    tries = len((run.out / ".danju" / "tries").read_text())
    assert RETRIES <= tries <= RETRIES + 1
    assert active_children() == []


def test_a_pool_that_breaks_as_a_whole_is_replaced(tmp_path: Path) -> None:
    names = ["甲", EXIT, "乙", "丙"]
    pool = partial(ProcessPoolExecutor, 2, get_context("spawn"))
    run = Run(tmp_path, [record(name) for name in names], executor=pool, workers=2, do=do_poisoned)
    assert places(run.issues) == [("E305", 2)]
    assert run.names == ["A-202603-001 甲.html", "A-202603-003 乙.html", "A-202603-004 丙.html"]


def test_a_resumed_run_tries_again_what_was_poisoned(tmp_path: Path) -> None:
    records = [record("甲"), record(MEMORY), record("乙")]
    Run(tmp_path, records, do=do_poisoned)
    again = Run(tmp_path, records)
    assert (again.tally.made, again.tally.skipped) == (1, 2)
    assert again.files == Run(tmp_path, records, out="二").files


def test_one_and_two_workers_give_the_same_folder(tmp_path: Path) -> None:
    records = [record(f"客户{index % 50}", f"2026-0{index % 3 + 1}-05") for index in range(80)]
    records[5] = {"day": "2026-03-18"}
    records[9]["number"] = "A-202601-003"
    one = Run(tmp_path, records, ("docx", "html"), "一")
    two = Run(tmp_path, records, ("docx", "html"), "二", executor=partial(WorkerPool, 2), workers=2)
    assert two.files == one.files
    assert two.made == one.made
    assert (two.issues, two.tally) == (one.issues, one.tally)


def test_an_interrupted_run_leaves_no_worker_and_no_temporary_file(tmp_path: Path) -> None:
    records = [record(f"客户{index}") for index in range(400)]
    begin = time.monotonic()
    threading.Timer(1.5, os.kill, (os.getpid(), signal.SIGINT)).start()
    with pytest.raises(KeyboardInterrupt):
        Run(tmp_path, records, executor=partial(WorkerPool, 2), workers=2, do=do_slowly)
    assert time.monotonic() - begin < 3.5
    assert active_children() == []
    names = [path.name for path in (tmp_path / "out").iterdir()]
    assert [name for name in names if name.endswith(".tmp")] == []
    whole = Run(tmp_path, records, out="二", do=do_quickly)
    assert Run(tmp_path, records, do=do_quickly).files == whole.files


def test_what_a_call_raises_comes_back(tmp_path: Path) -> None:
    pool = WorkerPool(1)
    with pool, pytest.raises(ZeroDivisionError):
        pool.submit(divmod, 1, 0).result()


def test_a_pool_goes_on_after_a_worker_died_or_hung() -> None:
    with WorkerPool(1, time_limit=0.5) as pool:
        assert isinstance(pool.submit(os._exit, 3).exception(), WorkerDiedError)
        assert isinstance(pool.submit(time.sleep, 60).exception(), WorkerHungError)
        assert pool.submit(divmod, 7, 2).result() == (3, 1)
    assert active_children() == []


def test_a_call_that_cannot_be_sent_fails_alone() -> None:
    with WorkerPool(1) as pool:
        assert pool.submit(lambda: 1).exception() is not None
        assert pool.submit(divmod, 7, 2).result() == (3, 1)


def test_workers_that_do_not_start_stop_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("danju.batch.workers._work", _end_at_once)
    with pytest.raises(EnvironmentFault, match="E307"):
        Run(tmp_path, [record("甲")], executor=partial(WorkerPool, 2), workers=2)


def _end_at_once(_pipe: object) -> None:
    os._exit(1)


def test_workers_end_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    with WorkerPool(1) as outer:
        inner = outer.submit(_worker_of_a_child).result()
        os.kill(outer.submit(os.getpid).result(), signal.SIGKILL)
        deadline = time.monotonic() + 5
        while _is_alive(inner) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert not _is_alive(inner)


def _worker_of_a_child() -> int:
    """The process id of a worker that this process starts and leaves behind."""
    import multiprocessing

    multiprocessing.current_process()._config["daemon"] = False  # type: ignore[attr-defined]  # may have children
    pool = WorkerPool(1)
    pid = pool.submit(os.getpid).result()
    pool.submit(time.sleep, 60)
    return pid


def _is_alive(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
