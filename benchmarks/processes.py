"""Whole programs: how long they run and how much memory all their processes take together."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_EVERY_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Run:
    """A program that ran.

    Attributes:
        seconds: From start to end.
        code: Exit code.
        processor_seconds: Processor time of the program and the children it waited for.
        resident_mb: Most memory at one time, the processes' resident sizes added up: shared pages count several times.
        own_mb: The same with every shared page counted once (PSS), where the system tells; else 0.
        largest_mb: Most memory of the largest single process (ru_maxrss).
        output: What it printed to both channels.
    """

    seconds: float
    code: int
    processor_seconds: float
    resident_mb: float
    own_mb: float
    largest_mb: float
    output: str


def danju(*arguments: str) -> list[str]:
    """Our command, as installed beside this Python."""
    command = Path(sys.executable).with_name("danju")
    return [str(command), *arguments] if command.exists() else [sys.executable, "-m", "danju", *arguments]


def run_program(command: Sequence[str], folder: Path, watch_memory: bool = False) -> Run:
    """Run a program to its end."""
    with tempfile.TemporaryFile() as output:
        begin = time.perf_counter()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, cwd=folder)
        resident = own = 0.0
        while True:
            pid, status, usage = os.wait4(process.pid, os.WNOHANG if watch_memory else 0)
            if pid:
                break
            now_resident, now_own = tree_memory_mb(process.pid)
            resident, own = max(resident, now_resident), max(own, now_own)
            time.sleep(_EVERY_SECONDS)
        seconds = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        text = output.read().decode(errors="replace")
    scale = 1 << 20 if sys.platform == "darwin" else 1 << 10
    largest = usage.ru_maxrss / scale
    return Run(seconds, process.returncode, usage.ru_utime + usage.ru_stime, max(resident, largest), own, largest, text)


def tree_memory_mb(pid: int) -> tuple[float, float]:
    """Resident and proportional memory of a process and all its descendants; zeros where there is no /proc."""
    resident = own = 0.0
    for each in _tree(pid):
        try:
            with Path(f"/proc/{each}/smaps_rollup").open(encoding="ascii") as file:
                sizes = dict(line.split(":", 1) for line in file if line.startswith(("Rss:", "Pss:")))
        except OSError:  # ended meanwhile, or not Linux
            continue
        resident += int(sizes.get("Rss", "0 kB").split()[0]) / 1024
        own += int(sizes.get("Pss", "0 kB").split()[0]) / 1024
    return resident, own


def _tree(pid: int) -> list[int]:
    found, waiting = [], [pid]
    while waiting:
        current = waiting.pop()
        found.append(current)
        for task in Path(f"/proc/{current}/task").glob("*/children"):
            try:
                waiting.extend(int(child) for child in task.read_text(encoding="ascii").split())
            except OSError:
                continue
    return found
