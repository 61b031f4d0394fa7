"""The measurements by name, in the order of the table; each gives lines, and may add to the growth table."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from benchmarks.measures.batch import measure_batch
from benchmarks.measures.cold import measure_cold
from benchmarks.measures.documents import measure_pdf, measure_word
from benchmarks.measures.registers import measure_check, measure_summary
from benchmarks.plan import Plan
from benchmarks.results import Growth, Line

MEASURES: Mapping[str, Callable[[Plan], tuple[list[Line], list[Growth]]]] = {
    "word": measure_word,
    "pdf": measure_pdf,
    "batch": measure_batch,
    "check": measure_check,
    "summary": measure_summary,
    "cold": measure_cold,
}
