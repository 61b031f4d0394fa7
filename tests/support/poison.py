"""Jobs that do harm: what a worker process must survive. Worker processes find these functions by their names."""

from __future__ import annotations

import os
import time

from danju.batch import Job, Outcome, do_job

EXIT, HANG, MEMORY, SLOW = "毒甲退出", "毒乙停住", "毒丙内存", "慢"


def do_poisoned(job: Job) -> Outcome:
    """What the customer's name says, else the usual."""
    customer = job.values.get("customer")
    if customer == EXIT:
        with (job.place.path / ".danju" / "tries").open("a") as file:
            file.write("x")
        os._exit(9)
    if customer == HANG:
        time.sleep(600)
    if customer == MEMORY:
        bytearray(1 << 60)
    return do_job(job)


def do_quickly(job: Job) -> Outcome:
    """A tiny file, at the cost of the batch alone."""
    job.place.put(f"{job.stem}.html", b"x")
    return Outcome((f"{job.stem}.html",))


def do_slowly(job: Job) -> Outcome:
    """The usual after a nap."""
    time.sleep(0.05)
    return do_quickly(job)
