"""What commands print: issues, progress, the closing lines."""

from __future__ import annotations

import os
import re
import shlex
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from types import TracebackType
from typing import Any, Self

import click

from danju.issues import Issue, Severity
from danju.location import Location
from danju.messages import format_place
from danju.messages.sentences import sentence

_MARKS = {Severity.ERROR: ("✗", "red"), Severity.WARNING: ("!", "yellow"), Severity.NOTE: ("·", "bright_black")}
_SHOWN_OF_ONE_KIND = 20  # issues of one code about one field
_INDEX = re.compile(r"\[\d+\]")
_SECONDS_BETWEEN_LINES = 5.0
_PLAIN_WORD = re.compile(r"[\w@%+=:,./\\-]+" if os.name == "nt" else r"[\w@%+=:,./-]+")


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
class _IssueGroup:
    """Notes of one code about one field: the first, and how many there are."""

    first: Issue
    count: int = 0


@dataclass(slots=True)
class IssuePrinter:
    """Prints issues as they come, except that many of one kind are cut short and notes about a field make one line.

    Attributes:
        lang: zh or en.
        quiet: Collect only.
        show_all: Print every issue by itself.
        keep: Whether `issues` keeps them all (JSON needs that; a long run does not).
        severities, codes, repairs: How many came by.
    """

    lang: str
    quiet: bool = False
    show_all: bool = False
    keep: bool = False
    issues: list[Issue] = field(default_factory=list)
    severities: Counter[Severity] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    repairs: int = 0
    _kinds: Counter[tuple[str, str]] = field(default_factory=Counter)
    _notes: dict[tuple[str, str, str | None, str], _IssueGroup] = field(default_factory=dict)

    def __call__(self, issue: Issue) -> None:
        self.severities[issue.severity] += 1
        self.codes[issue.code] += 1
        self.repairs += issue.is_repair
        if self.keep:
            self.issues.append(issue)
        if self.quiet:
            return
        name = _INDEX.sub("", issue.path)
        if issue.severity is Severity.NOTE and issue.path and not self.show_all:
            place = issue.location
            self._notes.setdefault((issue.code, place.source, place.sheet, name), _IssueGroup(issue)).count += 1
            return
        kind = issue.code, name
        self._kinds[kind] += 1
        if self._kinds[kind] <= _SHOWN_OF_ONE_KIND or self.show_all:
            self._print(issue.severity, issue.text(self.lang))

    def close(self) -> None:
        """Say what was gathered or left out."""
        for group in self._notes.values():
            self._print(Severity.NOTE, _group_text(group.first, group.count, self.lang))
        more: Counter[str] = Counter()
        for (code, _), count in self._kinds.items():
            more[code] += 0 if self.show_all else max(0, count - _SHOWN_OF_ONE_KIND)
        for code, count in sorted(more.items()):
            if count:
                tell(self.lang, "more_of_a_kind", err=True, count=count, code=code)

    def _print(self, severity: Severity, text: str) -> None:
        mark, colour = _MARKS[severity]
        click.echo(f"{click.style(mark, fg=colour)} {text}", err=True)

    @property
    def errors(self) -> int:
        """How many errors came by."""
        return self.severities[Severity.ERROR]


def _group_text(first: Issue, count: int, lang: str) -> str:
    """`台账.xlsx › 台账 › F列「产量」等 2,931 处，如 F17：“1500吨”按 1500 读取。 [F138]`"""
    if count == 1:
        return first.text(lang)
    place = first.location
    letters = (place.cell or "").rstrip("0123456789")
    column = sentence("column", lang, letters=letters) if letters else ""
    field = f"{column}{sentence('label', lang, label=first.label)}"
    where = " › ".join(part for part in (place.source, place.sheet, field) if part)
    inner = format_place(replace(place, source="", sheet=None), "", lang)
    fact, _, code = replace(first, location=Location(), label="").text(lang).rpartition(" ")
    return sentence("many_places", lang, where=where, count=count, place=inner, fact=fact, code=code)


class Progress:
    """A bar with rate and time left on a terminal, a plain line every so often otherwise.

    Args:
        what: What is going on, a key of the sentences.
        lang: zh or en.
    """

    def __init__(self, what: str, lang: str) -> None:
        self._what = sentence(what, lang)
        self._lang = lang
        self._total: int | None = None
        self._count = 0
        self._begin = self._said = time.monotonic()
        self._bar: Any = None
        self._task: Any = None

    def __enter__(self) -> Self:
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
            from rich.progress import Progress as Bar

            columns = (
                SpinnerColumn(),
                TextColumn("{task.description}"),
                BarColumn(30),
                TextColumn("{task.fields[how]}"),
            )
            self._bar = Bar(*columns, TimeElapsedColumn(), console=Console(stderr=True), transient=True)
            self._bar.start()
            self._task = self._bar.add_task(self._what, total=None, how="")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def expect(self, total: int) -> None:
        """The work begins now, and there is so much of it."""
        self._total = total
        self._begin = self._said = time.monotonic()
        if self._bar is not None:
            self._bar.update(self._task, total=total)

    def step(self, count: int = 1) -> None:
        """So many more are done."""
        self._count += count
        now = time.monotonic()
        if now - self._said < (_SECONDS_BETWEEN_LINES if self._bar is None else 0.1):
            return
        self._said = now
        how = progress_words(self._lang, self._count, self._total, now - self._begin)
        if self._bar is not None:
            self._bar.update(self._task, completed=self._count, how=how)
        else:
            click.echo(f"{self._what} {how}", err=True)


def progress_words(lang: str, count: int, total: int | None, seconds: float) -> str:
    """`1,200/10,000  350/s  约剩 25 秒`; without a total neither that nor the time left."""
    rate = count / max(seconds, 0.001)
    shown = f"{count:,}" if total is None else f"{count:,}/{total:,}"
    shown += f"  {rate:,.0f}/s" if rate >= 10 else f"  {rate:.1f}/s"
    if total is None:
        return shown
    left = round(max(total - count, 0) / max(rate, 0.001))
    minutes, rest = divmod(left, 60)
    return f"{shown}  {sentence('minutes_left' if minutes else 'seconds_left', lang, minutes=minutes, seconds=rest)}"


def count_words(lang: str, errors: int, warnings: int, notes: int = 0) -> str:
    """`3 个错误，1 个提醒`: zero counts left out."""
    counts = {"errors": errors, "warnings": warnings, "notes": notes}
    return ("，" if lang == "zh" else ", ").join(
        sentence(key, lang, count=count) for key, count in counts.items() if count
    )


def command_line(*words: str) -> str:
    """A command as it can be typed into a shell here: words with blanks or signs in quotes."""
    quote = _windows_quoted if os.name == "nt" else shlex.quote
    return " ".join(word if _PLAIN_WORD.fullmatch(word) else quote(word) for word in words)


def _windows_quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'


def tell(lang: str, key: str, *, err: bool = False, **values: object) -> None:
    """A sentence of `danju.messages.sentences`, printed."""
    click.echo(sentence(key, lang, **values), err=err)
