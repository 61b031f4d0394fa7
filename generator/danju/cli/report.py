"""What commands print: issues, progress, the closing lines."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

import click

from danju.issues import Issue, Severity

_MARKS = {Severity.ERROR: ("✗", "red"), Severity.WARNING: ("!", "yellow"), Severity.NOTE: ("·", "bright_black")}
_SHOWN_OF_ONE_CODE = 20


def guess_lang() -> str:
    """`en` when the locale says English, else `zh`."""
    for name in ("DANJU_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "").lower()
        if value:
            return "en" if value.startswith("en") else "zh"
    return "zh"


def asked_lang(arguments: Sequence[str]) -> str:
    """What `--lang` says on a command line, else the guess."""
    for position, argument in enumerate(arguments):
        name, _, value = argument.partition("=")
        if name == "--lang":
            value = value or "".join(arguments[position + 1 : position + 2])
            return value if value in ("zh", "en") else guess_lang()
    return guess_lang()


@dataclass(slots=True)
class IssuePrinter:
    """Prints issues as they come; many of one kind are cut short on a terminal, never in JSON.

    Attributes:
        lang: zh or en.
        quiet: Collect only.
        limit: Issues of one code printed at most.
        keep: Whether `issues` keeps them all (JSON needs that; a long run does not).
    """

    lang: str
    quiet: bool = False
    limit: int = _SHOWN_OF_ONE_CODE
    keep: bool = False
    issues: list[Issue] = field(default_factory=list)
    severities: Counter[Severity] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)

    def __call__(self, issue: Issue) -> None:
        self.severities[issue.severity] += 1
        self.codes[issue.code] += 1
        if self.keep:
            self.issues.append(issue)
        if self.quiet or self.codes[issue.code] > self.limit:
            return
        mark, colour = _MARKS[issue.severity]
        click.echo(f"{click.style(mark, fg=colour)} {issue.text(self.lang)}", err=True)

    def close(self) -> None:
        """Say what was left out."""
        if self.quiet:
            return
        for code, count in sorted(self.codes.items()):
            if count > self.limit:
                more = count - self.limit
                text = (
                    f"……另有 {more} 条 [{code}]，用 --all 全部列出。"
                    if self.lang == "zh"
                    else f"… and {more} more [{code}]; see --all."
                )
                click.echo(text, err=True)

    @property
    def errors(self) -> int:
        """How many errors came by."""
        return self.severities[Severity.ERROR]


class Progress:
    """A bar with rate on a terminal, a plain line every so often otherwise."""

    def __init__(self, what: str, lang: str, every: int = 500) -> None:
        self._what = what
        self._lang = lang
        self._every = every
        self._count = 0
        self._bar: Any = None
        self._task: Any = None

    def __enter__(self) -> Self:
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import Progress as Bar
            from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

            columns = (
                SpinnerColumn(),
                TextColumn("{task.description}"),
                TextColumn("{task.completed:,}"),
                TextColumn("{task.fields[rate]}"),
                TimeElapsedColumn(),
            )
            self._bar = Bar(*columns, console=Console(stderr=True), transient=True)
            self._bar.start()
            self._task = self._bar.add_task(self._what, total=None, rate="")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def step(self) -> None:
        """One more is done."""
        self._count += 1
        if self._bar is not None:
            elapsed = self._bar.tasks[0].elapsed or 0.001
            self._bar.update(self._task, completed=self._count, rate=f"{self._count / elapsed:.1f}/s")
        elif self._count % self._every == 0:
            click.echo(f"{self._what} {self._count:,}", err=True)


def count_words(lang: str, pairs: Iterable[tuple[int, str, str]]) -> str:
    """`3 个错误，1 个提醒` — zero counts left out."""
    parts = [(f"{count} {zh}" if lang == "zh" else f"{count} {en}") for count, zh, en in pairs if count]
    return ("，" if lang == "zh" else ", ").join(parts)


def say(lang: str, zh: str, en: str, err: bool = False) -> None:
    """A line in the user's language."""
    click.echo(zh if lang == "zh" else en, err=err)
