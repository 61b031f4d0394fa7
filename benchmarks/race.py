"""Contenders side by side: each in its own process, repeats taken in turn, so that a busy moment hits all alike."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

RUST_PYTHON = Path(sys.prefix) / "peers" / "rust-docxtpl" / "bin" / "python"
"""rust-docxtpl takes docxtpl's import name and refuses to stand beside it: it has an environment of its own."""
ROOT = Path(__file__).resolve().parent.parent


@dataclass(slots=True)
class Entry:
    """A contender in a race.

    Attributes:
        name: Key of `benchmarks.contenders.CONTENDERS`.
        count: Rows in one repeat.
        repeats: Repeats at most; all contenders take part in the first ones.
    """

    name: str
    count: int
    repeats: int


@dataclass(slots=True)
class Score:
    """What a contender did.

    Attributes:
        missing: What to install, when it could not take part.
        seconds: Time per row of each repeat, processor time in a race on one core.
        processor_seconds: Processor time per row of all processes together, where several raced.
        size: Bytes per row.
        notes: What it said.
    """

    missing: str = ""
    seconds: list[float] = field(default_factory=list)
    processor_seconds: list[float] = field(default_factory=list)
    size: float = 0.0
    notes: dict[str, Any] = field(default_factory=dict)

    @property
    def best(self) -> float:
        """Seconds per row of the best repeat."""
        return min(self.seconds)


class Contender:
    """A running `benchmarks.contender`; use it in a `with` block."""

    def __init__(self, name: str, folder: Path, is_on_one_core: bool = True) -> None:
        self.name = name
        self.missing = ""
        python = Path(sys.executable)
        if name == "rust-docxtpl":
            python = RUST_PYTHON
            if not python.exists():
                self.missing = "rust-docxtpl is not installed: python -m benchmarks --setup"
                return
        self._process = subprocess.Popen(
            [str(python), "-m", "benchmarks.contender", name, str(folder), *["one-core"] * is_on_one_core],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=ROOT,
            text=True,
        )
        self.missing = str(self._read().get("missing", ""))

    def start(self, first: int, count: int) -> None:
        """Begin one repeat."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"first": first, "count": count}) + "\n")
        self._process.stdin.flush()

    def finish(self) -> dict[str, Any]:
        """Wait for the repeat; a contender that broke says so under `missing`."""
        answer = self._read()
        self.missing = str(answer.get("missing", ""))
        return answer

    def _read(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if line:
            answer: dict[str, Any] = json.loads(line)
            return answer
        _, errors = self._process.communicate()
        last = errors.strip().splitlines()[-1:] or ["no message"]
        return {"missing": f"{self.name} stopped: {last[0]}"}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        process = getattr(self, "_process", None)
        if process is not None:
            process.communicate()


def race(folder: Path, entries: Sequence[Entry]) -> Mapping[str, Score]:
    """The scores by name, each contender on one core; every repeat gets rows it has not seen, while there are any."""
    contenders = {entry.name: Contender(entry.name, folder) for entry in entries}
    scores = {name: Score(contender.missing) for name, contender in contenders.items()}
    try:
        for turn in range(max(entry.repeats for entry in entries)):
            for entry in entries:
                contender, score = contenders[entry.name], scores[entry.name]
                if score.missing or turn >= entry.repeats:
                    continue
                contender.start(turn * entry.count, entry.count)
                answer = contender.finish()
                if contender.missing:
                    score.missing = contender.missing
                    continue
                score.seconds.append(answer["seconds"] / entry.count)
                score.size = answer["size"] / max(answer["count"], 1)
                score.notes = answer["notes"]
    finally:
        for contender in contenders.values():
            contender.__exit__()
    return scores


def race_together(folder: Path, name: str, counts: Sequence[int], repeats: int) -> Score:
    """Several processes of one contender at once, as many as counts; seconds by the clock per row of all together."""
    score = Score()
    contenders = [Contender(name, folder, is_on_one_core=False) for _ in counts]
    try:
        for turn in range(repeats):
            score.missing = next((each.missing for each in contenders if each.missing), "")
            if score.missing:
                break
            first = turn * sum(counts)
            begin = time.perf_counter()
            for contender, count in zip(contenders, counts, strict=True):
                contender.start(first, count)
                first += count
            answers = [contender.finish() for contender in contenders]
            seconds = time.perf_counter() - begin
            if not any(contender.missing for contender in contenders):
                score.seconds.append(seconds / sum(counts))
                score.processor_seconds.append(sum(answer["seconds"] for answer in answers) / sum(counts))
                score.size = sum(answer["size"] for answer in answers) / sum(counts)
    finally:
        for contender in contenders:
            contender.__exit__()
    return score
