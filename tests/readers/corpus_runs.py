"""Other people's files: each must give records or issues, never a traceback, within 10 seconds and 512 MiB.

python -m tests.readers.corpus_runs DIR [--form FORM] [--all]

Test files of spreadsheet programs, say those of Apache POI or LibreOffice, make a good DIR: broken, hostile, huge, odd.
Each file is checked by the command in a process of its own; files that break the law are listed.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

SECONDS, MEBIBYTES = 10, 512
_CRASHED = 70
_SAFETY = 3  # a run is killed after this many times the limit


@dataclass(frozen=True)
class Outcome:
    """What the command did with one file.

    Attributes:
        path: The file.
        seconds: Elapsed.
        mebibytes: Largest resident size.
        fault: How it broke the law, or "".
        codes: Codes of its issues, with their number.
        records: Records read.
    """

    path: Path
    seconds: float
    mebibytes: float
    fault: str
    codes: Counter[str]
    records: int


def run_file(path: Path, more: Sequence[str] = ()) -> Outcome:
    """`danju check FILE --json` in a forked process."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as out, tempfile.TemporaryFile("w+", encoding="utf-8") as err:
        began = time.monotonic()
        pid = os.fork()
        if pid == 0:
            _check(path, more, out.fileno(), err.fileno())
        status, usage = _wait(pid, began)
        seconds = time.monotonic() - began
        out.seek(0)
        err.seek(0)
        return _judge(path, status, seconds, usage.ru_maxrss / 1024, out.read(), err.read())


def _check(path: Path, more: Sequence[str], out: int, err: int) -> None:
    os.dup2(out, 1)
    os.dup2(err, 2)
    size = 4 * MEBIBYTES * 2**20
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    sys.argv = ["danju", "check", str(path), "--json", "--lang", "zh", *more]
    from danju.cli.main import main

    code = _CRASHED
    try:
        main()
    except SystemExit as stop:
        code = int(stop.code or 0)
    finally:
        if code == _CRASHED:
            traceback.print_exc()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _wait(pid: int, began: float) -> tuple[int, resource.struct_rusage]:
    while True:
        done, status, usage = os.wait4(pid, os.WNOHANG)
        if done:
            return status, usage
        if time.monotonic() - began > _SAFETY * SECONDS:
            os.kill(pid, signal.SIGKILL)
            _, status, usage = os.wait4(pid, 0)
            return status, usage
        time.sleep(0.005)


def _judge(path: Path, status: int, seconds: float, mebibytes: float, out: str, err: str) -> Outcome:
    codes: Counter[str] = Counter()
    records, fault = 0, ""
    code = os.waitstatus_to_exitcode(status)
    if "Traceback" in err or code not in (0, 1, 2):
        fault = f"exit {code}: " + (err.strip().splitlines() or [""])[-1][:160]
    elif seconds > SECONDS:
        fault = f"{seconds:.1f} s"
    elif mebibytes > MEBIBYTES:
        fault = f"{mebibytes:.0f} MiB"
    elif code == 2:
        fault = "" if err.strip() else "exit 2 without a word"
    else:
        report = json.loads(out)
        records = report["records"]
        codes.update(issue["code"] for issue in report["issues"])
        fault = "" if records or codes else "neither records nor issues"
    return Outcome(path, seconds, mebibytes, fault, codes, records)


def iter_files(folder: Path) -> Iterator[Path]:
    """Files below a folder that Danju says it can read."""
    from danju.readers import SUFFIXES

    yield from sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix.lower() in SUFFIXES)


def main() -> int:
    """Run the corpus; exit code 1 when a file broke the law."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--form")
    parser.add_argument("--all", action="store_true", help="list every file")
    args = parser.parse_args()
    import danju.batch
    import danju.cli.check
    import danju.library  # noqa: F401 - loaded once, before the forks

    totals: Counter[str] = Counter()
    outcomes = [run_file(path, ("--form", args.form) if args.form else ()) for path in iter_files(args.folder)]
    for each in outcomes:
        totals.update(each.codes.keys())
        if each.fault or args.all:
            said = each.fault or dict(each.codes)
            print(f"{each.path.name}: {said}  ({each.records} records, {each.seconds:.1f} s, {each.mebibytes:.0f} MiB)")
    slowest = max((each.seconds for each in outcomes), default=0.0)
    largest = max((each.mebibytes for each in outcomes), default=0.0)
    bad = sum(bool(each.fault) for each in outcomes)
    print(f"{len(outcomes)} files, {bad} against the law; slowest {slowest:.1f} s, largest {largest:.0f} MiB")
    print("files by issue:", dict(totals.most_common()))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
