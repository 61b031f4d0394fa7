"""The command: a register → Word + PDF + summary."""

from __future__ import annotations

import shutil

from benchmarks.plan import Plan
from benchmarks.processes import Run, danju, run_program
from benchmarks.race import race_together
from benchmarks.registers import write_records, write_register
from benchmarks.results import Growth, Line, at_least, at_most, duration, number
from benchmarks.rows import iter_rows

WORKERS = (1, 2)
_SAMPLE = 20  # rows of the peers in one repeat, on each core
_TODAY = "2026-12-31"


def measure_batch(plan: Plan) -> tuple[list[Line], list[Growth]]:
    """The batch and how it grows, against docxtpl and plain WeasyPrint on as many cores."""
    growth: list[Growth] = []
    last: Run | None = None
    for rows in plan.growth:
        register = write_register(plan.folder / f"batch-{rows}.xlsx", iter_rows(rows, contacts=1))
        for workers in WORKERS:
            last = _render(plan, register.name, workers)
            if last.code != 0:
                message = (last.output.strip().splitlines() or [""])[-1]
                return [Line("Batch", "", note=f"the command ended with {last.code}: {message}")], growth
            growth.append(Growth(rows, workers, last.seconds, last.resident_mb))
    assert last is not None
    rows = plan.growth[-1]
    write_records(plan.folder / "records.json", iter_rows(1_000, contacts=1))
    count = plan.count(_SAMPLE)
    peers = race_together(plan.folder, "docxtpl+weasyprint", [count] * WORKERS[-1], max(2, plan.long_repeats))
    (plan.folder / "records.json").unlink()
    job = f"{rows:,}-row register → Word + PDF + summary, 2 cores"
    ours = f"{number(last.seconds)} s, {number(last.seconds / rows * 1000)} ms a row"
    name = "docxtpl + plain WeasyPrint"
    lines = []
    if peers.missing:
        lines.append(Line(job, ours, name, target=at_least(25), note=peers.missing))
    else:
        note = (
            f"peers measured on {2 * count} of the rows and scaled; our time includes start, reading, checking,"
            " numbers, journal and summary, theirs only filling, drawing and writing"
        )
        ratio = peers.best * rows / last.seconds
        lines.append(Line(job, ours, f"{name} {duration(peers.best)} a row", ratio, "×", at_least(25), note))
        mine, theirs = last.processor_seconds / rows, min(peers.processor_seconds)
        note = "what the clock would compare if nobody else used the machine and both cores were always busy"
        theirs_text = f"{name} {duration(theirs)} a row"
        lines.append(Line("The same, processor time", f"{duration(mine)} a row", theirs_text, theirs / mine, note=note))
    first = next(each for each in growth if each.workers == WORKERS[-1])
    lines.append(
        Line(
            f"Memory of all processes, {rows:,} rows",
            f"{number(last.resident_mb)} MB",
            f"{first.rows:,} rows: {number(first.memory_mb)} MB",
            last.resident_mb,
            "MB",
            at_most(400, "MB"),
            f"resident sizes added up, shared pages counted in each process; once: {number(last.own_mb)} MB",
        )
    )
    return lines, growth


def _render(plan: Plan, register: str, workers: int) -> Run:
    out = plan.folder / "out"
    shutil.rmtree(out, ignore_errors=True)
    arguments = ("render", register, "-o", "out", "--jobs", str(workers), "--summary", "--today", _TODAY)
    try:
        return run_program(danju(*arguments), plan.folder, watch_memory=True)
    finally:
        shutil.rmtree(out, ignore_errors=True)
