"""Events shown as they come: issues, progress, and what the closing lines need."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from typing import cast

from danju.cli.options import Common
from danju.cli.report import IssuePrinter, Progress
from danju.events import Done, Event, Expected, Found, Noticed, Read, Returned, Tally, Written

__all__ = ["Shown", "show"]


@dataclass(slots=True)
class Shown:
    """What is left of a run when its events have been shown.

    Attributes:
        printer: Has counted the issues.
        tally: Counts of records and files.
        forms: Records read, by form.
        returned: What became of each input that was checked to be given back.
        written: The files about many records, in the order they were made.
    """

    printer: IssuePrinter
    tally: Tally = field(default_factory=Tally)
    forms: Counter[str] = field(default_factory=Counter)
    returned: list[Returned] = field(default_factory=list)
    written: list[Written] = field(default_factory=list)

    @property
    def exit_code(self) -> int:
        """1 when there was an error among the issues."""
        return 1 if self.printer.errors else 0


def show(events: Iterator[Event], what: str, common: Common, printer: IssuePrinter | None = None) -> Shown:
    """Show the events of a use case; whatever interrupts, its generator is closed and so clears up.

    Args:
        events: A generator of `danju.work`.
        what: What is going on, a key of the sentences.
        common: In which language.
        printer: Prints the issues.
    """
    shown = Shown(printer or IssuePrinter(common.lang))
    try:
        with closing(cast("Generator[Event]", events)), Progress(what, common.lang) as progress:
            for event in events:
                match event:
                    case Read(form):
                        shown.forms[form.id] += 1
                        progress.step()
                    case Found(issue) | Noticed(issue):
                        shown.printer(issue)
                    case Expected(records):
                        progress.expect(records)
                    case Returned():
                        shown.returned.append(event)
                    case Written():
                        shown.written.append(event)
                    case Done(tally):
                        shown.tally = tally
    finally:
        shown.printer.close()
    return shown
