"""Runs that are killed, interrupted or out of room, as the command line sees them."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from pathlib import Path

import pytest
from tests.batch.kill_runs import command, digests, environment, kill_runs, write_rows

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals")


def test_killed_runs_end_like_an_undisturbed_one_when_resumed(tmp_path: Path) -> None:
    result = kill_runs(tmp_path, rows=120, kills=3, to="docx,pdf", jobs=2, in_a_row=3)
    assert (result.kills >= 3, result.differences) == (True, ())


def test_runs_that_correct_records_end_like_an_undisturbed_one_when_killed(tmp_path: Path) -> None:
    result = kill_runs(tmp_path, rows=60, kills=4, to="docx,pdf", jobs=2, in_a_row=2, corrected=50)
    assert (result.kills >= 4, result.differences) == (True, ())


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_interrupt_ends_within_two_seconds_and_tells_how_to_go_on(tmp_path: Path, jobs: int) -> None:
    rows, out = tmp_path / "走访.json", tmp_path / "出 单"
    write_rows(rows, 3000)
    process = subprocess.Popen(
        command(rows, out, "html,docx", jobs), env=environment(), stderr=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip
    while process.poll() is None and len(list(out.glob("*.docx"))) < 20:
        time.sleep(0.02)
    begin = time.monotonic()
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does it: to every process of the group
    os.killpg(process.pid, signal.SIGINT)
    _, told = process.communicate(timeout=10)
    assert time.monotonic() - begin < 2
    assert process.returncode == 130
    assert "Traceback" not in told
    state = told.strip().splitlines()[-1]
    found = re.fullmatch(r"已中断：已做好 (\d+) 条记录，没有留下不完整的文件。接着做：danju render (.*)", state)
    assert found is not None, told
    assert f"-o '{out}'" in found[2]
    assert 0 < int(found[1]) <= len(list(out.glob("*.html")))
    assert [path.name for path in out.glob(".*")] == [".danju"]
    deadline = time.monotonic() + 2
    while _processes_of_group(process.pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert _processes_of_group(process.pid) == []


def _processes_of_group(group: int) -> list[int]:
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, process_group = path.read_text().rpartition(")")[2].split()[:3]
        except OSError:
            continue
        if int(process_group) == group and state != "Z":
            found.append(int(path.parent.name))
    return found


_ON_A_SMALL_DISK = """
mount -t tmpfs -o size=256k none "$1" || exit 77
shift
"$@"
code=$?
ls -A "$OUT" | grep -c '[.]tmp$'
mount -o remount,size=100m "$OUT"
"$@" >/dev/null 2>&1
echo "resumed $?"
cp -r "$OUT/." "$OUT.kept"
exit $code
"""


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_full_disk_stops_the_run_and_resuming_with_more_room_ends_well(tmp_path: Path, jobs: int) -> None:
    rows, out = tmp_path / "走访.json", tmp_path / "out"
    write_rows(rows, 60)
    out.mkdir()
    (tmp_path / "out.kept").mkdir()
    wanted = tmp_path / "whole"
    subprocess.run(command(rows, wanted, "docx", 1), env=environment(), capture_output=True, check=False)
    script = ["unshare", "-m", "sh", "-c", _ON_A_SMALL_DISK, "sh"]
    done = subprocess.run(
        [*script, str(out), *command(rows, out, "docx", jobs)],
        env={**environment(), "OUT": str(out)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode in (1, 77) and "E303" not in done.stderr:
        pytest.skip("no mounts allowed here")
    assert done.returncode == 3, done.stderr
    assert "E303" in done.stderr
    assert "Traceback" not in done.stderr
    assert "已停止：已做好" in done.stderr
    assert done.stdout.split() == ["0", "resumed", "1"]
    assert digests(tmp_path / "out.kept") == digests(wanted)


def test_standard_output_says_how_the_records_add_up(tmp_path: Path) -> None:
    rows = tmp_path / "走访.json"
    write_rows(rows, 40)
    told = subprocess.run(
        command(rows, tmp_path / "out", "html", 2), env=environment(), capture_output=True, text=True, check=False
    ).stdout
    found = re.search(r"读取 (\d+) 条 = 出单 (\d+) 条 \+ 有错 (\d+) 条", told)
    assert found is not None
    read, made, failed = map(int, found.groups())
    assert (read, made + failed) == (40, 40)
    assert failed > 0
