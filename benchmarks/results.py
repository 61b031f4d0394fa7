"""What was measured, as data: lines with a target, and how cost grows."""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from importlib.metadata import PackageNotFoundError, version
from typing import Any

_PACKAGES = ("danju", "docxtpl", "weasyprint", "typst", "openpyxl", "XlsxWriter")


@dataclass(frozen=True, slots=True)
class Target:
    """A bound.

    Attributes:
        bound: The figure to keep.
        is_least: Whether it is the least that will do; else the most.
        unit: × for ratios, else KB, MB, s, ms.
    """

    bound: float
    is_least: bool
    unit: str

    def is_met(self, figure: float) -> bool:
        """Whether a figure keeps the bound."""
        return figure >= self.bound if self.is_least else figure <= self.bound

    def __str__(self) -> str:
        return f"{'≥' if self.is_least else '≤'} {number(self.bound)} {self.unit}"


def at_least(times: float) -> Target:
    """A ratio that must be reached."""
    return Target(times, is_least=True, unit="×")


def at_most(bound: float, unit: str) -> Target:
    """A cost that must not be passed."""
    return Target(bound, is_least=False, unit=unit)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table.

    Attributes:
        job: What was done.
        ours: Our figure, in words.
        peer: Whom we compare with and its figure, in words.
        figure: What the target bounds: a ratio or a cost; None when it could not be measured.
        unit: Of the figure.
        target: Its bound, or None when it is only told.
        note: Why it is missing, or what to know about it.
    """

    job: str
    ours: str
    peer: str = ""
    figure: float | None = None
    unit: str = "×"
    target: Target | None = None
    note: str = ""

    @property
    def verdict(self) -> str:
        """met, missed, skipped, or nothing without a target."""
        if self.figure is None:
            return "skipped"
        if self.target is None:
            return ""
        return "met" if self.target.is_met(self.figure) else "missed"


@dataclass(frozen=True, slots=True)
class Growth:
    """What a batch of so many rows cost with so many workers."""

    rows: int
    workers: int
    seconds: float
    memory_mb: float


@dataclass(slots=True)
class Results:
    """One run."""

    lines: list[Line] = field(default_factory=list)
    growth: list[Growth] = field(default_factory=list)
    about: dict[str, str] = field(default_factory=dict)

    def to_json(self) -> str:
        """All of it, readable by `from_json`."""
        lines = [{**asdict(line), "verdict": line.verdict} for line in self.lines]
        growth = [asdict(each) for each in self.growth]
        return json.dumps({"about": self.about, "lines": lines, "growth": growth}, ensure_ascii=False, indent=1)

    @classmethod
    def from_json(cls, text: str) -> Results:
        """Results that an earlier run kept."""
        document: dict[str, Any] = json.loads(text)
        lines = []
        for each in document["lines"]:
            each.pop("verdict", None)
            target = each.pop("target")
            lines.append(Line(**each, target=Target(**target) if target else None))
        return cls(lines, [Growth(**each) for each in document["growth"]], document["about"])


def about_this_run(options: Sequence[str]) -> dict[str, str]:
    """What the figures depend on."""
    versions = []
    for package in _PACKAGES:
        try:
            versions.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            continue
    return {
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "system": f"{sys.platform}, {os.cpu_count()} cores",
        "packages": ", ".join(versions),
        "options": " ".join(options),
        "load": f"load {load()}",
    }


def load() -> str:
    """How many programs wanted a core in the last minute, where the system tells."""
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"


def number(value: float) -> str:
    """Three digits that matter, thousands apart."""
    if value == int(value) or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def duration(seconds: float) -> str:
    """Seconds or milliseconds, whichever reads better."""
    return f"{number(seconds)} s" if seconds >= 1 else f"{number(seconds * 1000)} ms"
