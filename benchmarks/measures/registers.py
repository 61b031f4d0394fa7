"""Long registers: read and checked, and made into a summary workbook."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.plan import Plan
from benchmarks.processes import Run, danju, run_program
from benchmarks.race import Entry, race
from benchmarks.registers import write_register
from benchmarks.results import Growth, Line, at_least, at_most, number
from benchmarks.rows import iter_rows

_TODAY = "2026-12-31"
_SMALLER = (1_000, 10_000)  # of the summary, to show what is fixed cost and what grows
_ITERATE = (
    "import sys, openpyxl\n"
    "book = openpyxl.load_workbook(sys.argv[1], read_only=True)\n"
    "for row in book.active.iter_rows(values_only=True): pass"
)


def measure_check(plan: Plan) -> tuple[list[Line], list[Growth]]:
    """`danju check` against openpyxl that only reads."""
    register = _register(plan)
    ours: list[Run] = []
    peer: list[Run] = []
    for _ in range(plan.long_repeats):
        ours.append(run_program(danju("check", register.name, "--today", _TODAY), plan.folder, watch_memory=True))
        peer.append(run_program([sys.executable, "-c", _ITERATE, register.name], plan.folder))
    mine, theirs = (min(run.processor_seconds for run in runs) for runs in (ours, peer))
    job = f"{plan.register_rows:,}-row register read and checked"
    if any(run.code for run in ours + peer):
        return [Line(job, "", note="a program failed: " + _last_words(ours + peer))], []
    memory = max(run.resident_mb for run in ours)
    note = f"processor time of whole programs, start included; `danju check` takes {number(memory)} MB"
    name = f"openpyxl read-only, iterating {number(theirs)} s"
    return [Line(job, f"{number(mine)} s", name, theirs / mine, "×", at_least(3), note)], []


def measure_summary(plan: Plan) -> tuple[list[Line], list[Growth]]:
    """The summary workbook: writing alone against the peers' writers, then the whole command and its memory."""
    register = _register(plan)
    sizes = (*(size for size in _SMALLER if size < plan.register_rows), plan.register_rows)
    lines = [line for rows in sizes for line in _writers(plan, rows)]
    job = _summary_job(plan.register_rows)
    run = run_program(
        danju("summary", register.name, "-o", "command.xlsx", "--today", _TODAY), plan.folder, watch_memory=True
    )
    if run.code:
        lines.append(Line(f"{job}, memory", "", note="the command failed: " + _last_words([run])))
    else:
        ours_text = f"{number(run.resident_mb)} MB, {number(run.seconds)} s"
        name = "danju summary, reading and checking included"
        lines.append(Line(f"{job}, memory", ours_text, name, run.resident_mb, "MB", at_most(250, "MB")))
    return lines, []


def _writers(plan: Plan, rows: int) -> Iterator[Line]:
    """Our writer against the peers' on the first rows of the register."""
    race(plan.folder, [Entry("danju-summary", rows, 1)])  # the peers write the cells that this one wrote
    repeats = plan.long_repeats if rows == plan.register_rows else plan.repeats
    names = {"openpyxl-write": "openpyxl write-only", "xlsxwriter-write": "XlsxWriter constant_memory"}
    scores = race(plan.folder, [Entry(name, rows, repeats) for name in ("danju-summary", *names)])
    ours = scores["danju-summary"]
    for key, name in names.items():
        peer = scores[key]
        target = at_least(3)
        if missing := ours.missing or peer.missing:
            yield Line(_summary_job(rows), "", name, target=target, note=missing)
            continue
        mine, theirs = ours.best * rows, peer.best * rows
        note = "same cells; ours with styles, table, filters, overview and charts, theirs bare"
        yield Line(
            _summary_job(rows), f"{number(mine)} s", f"{name} {number(theirs)} s", theirs / mine, "×", target, note
        )


def _summary_job(rows: int) -> str:
    return f"Summary workbook, {rows:,} rows"


def _register(plan: Plan) -> Path:
    path = plan.folder / "register.xlsx"
    return path if path.exists() else write_register(path, iter_rows(plan.register_rows, contacts=1))


def _last_words(runs: list[Run]) -> str:
    return next(((run.output.strip().splitlines() or [""])[-1] for run in runs if run.code), "")
