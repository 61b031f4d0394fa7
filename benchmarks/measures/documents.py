"""Engines alone, one core: a Word file or a PDF of each record."""

from __future__ import annotations

from pathlib import Path

from benchmarks.plan import Plan
from benchmarks.race import Entry, Score, race
from benchmarks.registers import write_records
from benchmarks.results import Growth, Line, Target, at_least, at_most, duration, number
from benchmarks.rows import iter_rows

_RECORDS = 1_000


def measure_word(plan: Plan) -> tuple[list[Line], list[Growth]]:
    """Values → Word."""
    job = "Word, engine only, one core"
    scores = race(
        _records(plan),
        [
            Entry("danju-word", plan.count(200), plan.repeats),
            Entry("docxtpl", plan.count(15), plan.repeats),
            Entry("rust-docxtpl", plan.count(15), plan.repeats),
        ],
    )
    ours = scores["danju-word"]
    return [
        _ratio(job, ours, "docxtpl", scores["docxtpl"], at_least(100)),
        _ratio(job, ours, "rust-docxtpl", scores["rust-docxtpl"], at_least(60)),
    ], []


def measure_pdf(plan: Plan) -> tuple[list[Line], list[Growth]]:
    """Values → PDF."""
    job = "PDF, one core"
    scores = race(
        _records(plan),
        [
            Entry("danju-pdf", plan.count(150), plan.repeats),
            Entry("weasyprint", plan.count(6), plan.repeats),
            Entry("typst", plan.count(40), plan.repeats),
        ],
    )
    ours = scores["danju-pdf"]
    lines = [
        _ratio(job, ours, "plain WeasyPrint", scores["weasyprint"], at_least(80)),
        _ratio(job, ours, "Typst", scores["typst"], at_least(4)),
    ]
    if ours.seconds:
        pages = float(ours.notes["pages"])
        sizes = {"WeasyPrint": scores["weasyprint"], "Typst": scores["typst"]}
        peers = "; ".join(f"{name} {number(score.size / 1024)} KB" for name, score in sizes.items() if score.seconds)
        size = ours.size / pages / 1024
        note = "PDF/A-3b with the record attached"
        lines.append(Line("PDF, size of a page", f"{number(size)} KB", peers, size, "KB", at_most(25, "KB"), note))
    return lines, []


def _records(plan: Plan) -> Path:
    path = plan.folder / "records.json"
    if not path.exists():
        write_records(path, iter_rows(_RECORDS))
    return plan.folder


def _ratio(job: str, ours: Score, name: str, peer: Score, target: Target) -> Line:
    missing = ours.missing or peer.missing
    if missing:
        return Line(job, _rate(ours), name, target=target, note=missing)
    return Line(job, _rate(ours), f"{name} {_rate(peer)}", peer.best / ours.best, "×", target)


def _rate(score: Score) -> str:
    return f"{duration(score.best)}, {number(round(1 / score.best))}/s" if score.seconds else ""
