"""One engine in a process of its own: `python -m benchmarks.contender NAME WORK_FOLDER [one-core]`.

Speaks JSON lines: says that it is ready (or what it lacks), then runs one repeat for each `{"first": …, "count": …}`
line and answers with the seconds of processor time it took. A process of its own keeps engines out of each other's
heap, and keeps apart docxtpl and rust-docxtpl, which have the same import name. On one core, threads gain nothing, and
processor time is what the clock would show if nobody else used the machine.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

Repeat = Callable[[int, int], "Yield"]


@dataclass(slots=True)
class Yield:
    """What one repeat gave.

    Attributes:
        size: Bytes written.
        count: Files, rows or whatever the contender counts.
        seconds: Time that counts, when preparation in between must not; else None for all of it.
        notes: Anything else worth saying.
    """

    size: int = 0
    count: int = 0
    seconds: float | None = None
    notes: dict[str, object] = field(default_factory=dict)


class MissingPeerError(Exception):
    """A peer cannot be measured here; the text says what to install."""


def run(repeat: Repeat, first: int, count: int) -> dict[str, object]:
    """One timed repeat over rows `first` to `first + count`; no garbage is collected meanwhile, as in `timeit`."""
    gc.collect()
    gc.disable()
    try:
        begin = time.process_time()
        given = repeat(first, count)
        seconds = time.process_time() - begin
    finally:
        gc.enable()
    return {
        "seconds": seconds if given.seconds is None else given.seconds,
        "size": given.size,
        "count": given.count,
        "notes": given.notes,
    }


def main(name: str, folder: Path, is_on_one_core: bool) -> None:
    """Answer until standard input ends."""
    if is_on_one_core and hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    from benchmarks.contenders import CONTENDERS

    answers = sys.stdout
    sys.stdout = sys.stderr  # a peer that prints must not disturb the conversation
    try:
        repeat = CONTENDERS[name](folder)
    except MissingPeerError as err:
        print(json.dumps({"missing": str(err)}), file=answers, flush=True)
        return
    print(json.dumps({"ready": True}), file=answers, flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        print(json.dumps(run(repeat, asked["first"], asked["count"])), file=answers, flush=True)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), "one-core" in sys.argv[3:])
