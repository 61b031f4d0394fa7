"""Batches: many inputs → checked records → documents.

One bad record stops nothing; memory does not grow with their number. Work is handed to any
`concurrent.futures.Executor` through `submit` and `wait` only, a bounded number of jobs at a time; jobs and outcomes
are small and picklable, and a job never raises.

    sources → items (read, checked) → run (number, name, journal) → dispatch (chunks) → workers → jobs
"""

from __future__ import annotations

from danju.batch.dispatch import Dispatcher
from danju.batch.gaps import KnownNumbers
from danju.batch.items import Item, Survey, iter_items, survey
from danju.batch.jobs import DoJob, Job, Outcome, do_job
from danju.batch.run import Batch
from danju.batch.sources import SUMMARY_NAMES, Source, find_sources
from danju.batch.workers import InlineExecutor, WorkerPool

__all__ = [
    "SUMMARY_NAMES",
    "Batch",
    "Dispatcher",
    "DoJob",
    "InlineExecutor",
    "Item",
    "Job",
    "KnownNumbers",
    "Outcome",
    "Source",
    "Survey",
    "WorkerPool",
    "do_job",
    "find_sources",
    "iter_items",
    "survey",
]
