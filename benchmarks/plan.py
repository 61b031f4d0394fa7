"""How much is measured."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

GROWTH = (100, 1_000, 10_000)


@dataclass(frozen=True, slots=True)
class Plan:
    """Sizes of a run.

    Attributes:
        folder: Work folder, empty at the start.
        batch_rows: Of the register that becomes documents.
        register_rows: Of the register that is checked and summarised.
        growth: Sizes of the batches whose growth is shown, `batch_rows` the last.
        repeats: Of what takes less than a few seconds.
        long_repeats: Of what takes longer.
        share: Of the usual rows in one repeat of a race.
    """

    folder: Path
    batch_rows: int
    register_rows: int
    growth: tuple[int, ...]
    repeats: int
    long_repeats: int
    share: float

    def count(self, usual: int) -> int:
        """Rows in one repeat."""
        return max(1, round(usual * self.share))


def plan_for(folder: Path, rows: int | None, is_quick: bool) -> Plan:
    """The plan that the options ask for."""
    batch_rows = rows or (300 if is_quick else 10_000)
    register_rows = rows or (3_000 if is_quick else 100_000)
    sizes: Sequence[int] = (100,) if is_quick else GROWTH
    growth = (*(size for size in sizes if size < batch_rows), batch_rows)
    if is_quick:
        return Plan(folder, batch_rows, register_rows, growth, repeats=3, long_repeats=1, share=0.3)
    return Plan(folder, batch_rows, register_rows, growth, repeats=5, long_repeats=2, share=1.0)
