"""Cold starts of whole programs."""

from __future__ import annotations

import sys

from benchmarks.plan import Plan
from benchmarks.processes import danju, run_program
from benchmarks.registers import write_record
from benchmarks.results import Growth, Line, at_most, duration
from benchmarks.rows import iter_rows
from benchmarks.workspaces import write_workspace

_TIMES, _EXTRA_MS = 1.6, 60
_MANY_FORMS = 20  # besides the built-in ones


def measure_cold(plan: Plan) -> tuple[list[Line], list[Growth]]:
    """`danju --help` against importing click; one YAML record to Word and to PDF; the same with many forms."""
    record = write_record(plan.folder / "record.yaml", next(iter_rows(1))).name
    many = write_workspace(plan.folder / "many", _MANY_FORMS).name
    today = ("--today", "2026-12-31")
    programs = {
        "help": danju("--help"),
        "click": [sys.executable, "-c", "import click"],
        "docx": danju("render", record, "--to", "docx", "-o", "cold", *today),
        "pdf": danju("render", record, "--to", "pdf", "-o", "cold", *today),
        "many": danju("render", record, "--to", "docx", "-o", "cold", "-w", many, *today),
    }
    seconds: dict[str, list[float]] = {name: [] for name in programs}
    for turn in range(1 + plan.repeats):  # the first fills the system's file cache
        for name, command in programs.items():
            run = run_program(command, plan.folder)
            if run.code:
                return [Line("Cold start", "", note=f"{name} ended with {run.code}: {run.output.strip()[-200:]}")], []
            if turn:
                seconds[name].append(run.seconds)
    best = {name: min(each) for name, each in seconds.items()}
    allowed = at_most(round(best["click"] * _TIMES * 1000 + _EXTRA_MS), "ms")
    return [
        Line(
            "danju --help",
            duration(best["help"]),
            f'python -c "import click" {duration(best["click"])}',
            best["help"] * 1000,
            "ms",
            allowed,
            f"target: {_TIMES} × importing click + {_EXTRA_MS} ms",
        ),
        Line("One YAML record to Word, cold", duration(best["docx"]), "", best["docx"], "s", at_most(0.5, "s")),
        Line("One YAML record to PDF, cold", duration(best["pdf"]), "", best["pdf"], "s", at_most(1.5, "s")),
        Line(f"The same to Word with {_MANY_FORMS} more forms at hand", duration(best["many"]), "", best["many"], "s"),
    ], []
