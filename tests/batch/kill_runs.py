"""Runs that are killed at random moments and run again: in the end nothing may differ from an undisturbed run.

python -m tests.batch.kill_runs --rows 1000 --kills 20 --to docx,pdf,xlsx --jobs 2 [--corrected 200]
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

TODAY = "2026-06-30"
_ROOT = Path(__file__).resolve().parents[2]
_GRADES = ("非常优良", "优良", "良好", "一般")


@dataclass(frozen=True)
class Result:
    """What the kills showed.

    Attributes:
        kills: Runs that were killed before they were over.
        differences: Names of files that were missing, too many or different, with what was done before.
    """

    kills: int
    differences: tuple[str, ...]


def write_rows(path: Path, count: int, corrected: int = 0) -> None:
    """A register of visits, some with a typed number, some with an issue; the first few corrected."""
    records = []
    for index in range(count):
        record = {
            "customer_name": f"广西第{index % (count - 3)}机电设备有限公司",
            "visit_date": f"2026-0{index % 6 + 1}-{index % 27 + 1:02d}",
            "quality": _GRADES[index % 4],
            "service": _GRADES[index % 3],
            "awareness": "驰名",
            "suggestion": "发货及时，包装牢固。" * (index % 9),
        }
        if index < corrected:
            record["suggestion"] = "更正：以此为准。"
        if index % 17 == 5:
            record["number"] = f"ZF-20260{index % 6 + 1}-{900 + index}"
        if index % 29 == 11:
            record["quality"] = "不知道"
        records.append(record)
    path.write_text(json.dumps({"form": "visit_report", "records": records}, ensure_ascii=False), encoding="utf-8")


def command(rows: Path, out: Path, to: str, jobs: int) -> list[str]:
    """The command under test."""
    arguments = ["render", str(rows), "--to", to, "-o", str(out), "--jobs", str(jobs), "--summary", "--today", TODAY]
    return [sys.executable, "-m", "danju", *arguments]


def environment() -> dict[str, str]:
    """Where the command finds its package."""
    return {**os.environ, "PYTHONPATH": str(_ROOT / "generator"), "DANJU_LANG": "zh", "PYTHONIOENCODING": "utf-8"}


def digests(folder: Path) -> Mapping[str, str]:
    """Every file outside `.danju`, temporary ones too, with its sha256."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".danju" not in path.parts
    }


def kill_runs(
    folder: Path, rows: int, kills: int, to: str, jobs: int, seed: int = 1, in_a_row: int = 2, corrected: int = 0
) -> Result:
    """Kill a run as often as asked for, in each new folder `in_a_row` times, then once less, … until once.

    With corrections the first run is left alone, and the one that corrects so many of its rows is killed.
    """
    chance = random.Random(seed)
    register = folder / "走访.json"
    if corrected:
        write_rows(register, rows)
        _finish(command(register, folder / "first", to, jobs))
        shutil.copytree(folder / "first", folder / "whole")
    write_rows(register, rows, corrected)
    begin = time.monotonic()
    _finish(command(register, folder / "whole", to, jobs))
    seconds = time.monotonic() - begin
    wanted = digests(folder / "whole")
    done, differences, number = 0, [], 0
    while done < kills:
        number += 1
        out, killed = folder / f"killed{number}", []
        if corrected:
            shutil.copytree(folder / "first", out)
        for _ in range(in_a_row - (number - 1) % in_a_row):
            killed.append(chance.uniform(0.1, seconds))
            if _kill_after(killed[-1], command(register, out, to, jobs if chance.random() < 0.7 else 1)):
                done += 1
        _finish(command(register, out, to, jobs))
        found = digests(out)
        changed = {name for name in wanted.keys() | found.keys() if wanted.get(name) != found.get(name)}
        for name in sorted(changed):
            how = "missing" if name not in found else "too many" if name not in wanted else "different"
            differences.append(f"{how} after {[round(each, 2) for each in killed]}: {name}")
    return Result(done, tuple(differences))


def _finish(arguments: list[str]) -> None:
    done = subprocess.run(arguments, env=environment(), capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1) or "Traceback" in done.stderr:
        raise RuntimeError(done.stderr)


def _kill_after(seconds: float, arguments: list[str]) -> bool:
    """Whether the run was still going on when it was killed; its workers have to end by themselves."""
    process = subprocess.Popen(arguments, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return True
    return False


def main() -> int:
    """Print what the kills showed; 1 when anything differed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--to", default="docx,pdf,xlsx")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--corrected", type=int, default=0)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        result = kill_runs(Path(folder), given.rows, given.kills, given.to, given.jobs, given.seed, 2, given.corrected)
    sys.stdout.write(f"{result.kills} kills, {len(result.differences)} differences\n")
    sys.stdout.writelines(f"  {each}\n" for each in result.differences[:50])
    return 1 if result.differences else 0


if __name__ == "__main__":
    raise SystemExit(main())
