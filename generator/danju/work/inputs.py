"""Inputs: what a use case works on, and the one walk over it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from danju.batch import Item, KnownNumbers, Source, find_sources, iter_items
from danju.events import Event, Made, Read, Tally
from danju.library import Library
from danju.model.form import Form
from danju.rules.computing import Clock

__all__ = ["Inputs", "ReadyInputs"]


@dataclass(frozen=True, slots=True)
class Inputs:
    """What to work on, as it was asked for.

    Attributes:
        given: Files, folders, or `-`.
        form: Name of the form that they hold; "" to recognise it.
        workspace: Folder with schemas/, forms/, templates/ of its own, or None.
        today: The day, or moment, that records are judged at; None for now.
        strict: Whether a value that is not kept as it was typed is an error, and a document that something is to be
            said about is not made.
        stdin: A file that holds what `-` stands for.
        records: Records that are given as they are; they come after the files.
    """

    given: tuple[str, ...]
    form: str = ""
    workspace: Path | None = None
    today: date | None = None
    strict: bool = False
    stdin: Path | None = None
    records: tuple[Mapping[str, object], ...] = ()

    def open(self, template: Path | None = None) -> ReadyInputs:
        """The same with its forms loaded and its files found.

        Args:
            template: A Word template that the forms are written into, or None.

        Raises:
            UsageError: E101–E104, an input or the form is not there.
            DefinitionError: The form is wrong; any of them when none is named.
        """
        library = Library(self.workspace, template)
        forms = library.good_forms() if self.form else library.forms()
        chosen = library.form(self.form) if self.form else None
        sources = find_sources(self.given, self.stdin)
        if self.records:
            sources.append(Source(Path(), "", records=self.records))
        return ReadyInputs(forms, chosen, tuple(sources), Clock(_moment(self.today)), self.strict)


def _moment(today: date | None) -> datetime:
    """The end of a day that is given without a time."""
    if today is None:
        return datetime.now()
    if isinstance(today, datetime) and (today.hour or today.minute):
        return today
    return datetime(today.year, today.month, today.day, 23, 59)


@dataclass(frozen=True, slots=True)
class ReadyInputs:
    """Inputs that can be read.

    Attributes:
        forms: What the sources may hold.
        chosen: The form that was named, or None; the others may then be broken.
        sources: The files.
        clock: The moment that records are judged at.
        strict: See `Inputs`.
    """

    forms: Sequence[Form]
    chosen: Form | None
    sources: tuple[Source, ...]
    clock: Clock
    strict: bool

    @property
    def files(self) -> tuple[Source, ...]:
        """The sources that are files to be read."""
        return tuple(each for each in self.sources if not each.is_left_out and each.records is None)

    def items(self, known_numbers: KnownNumbers | None = None) -> Iterator[Item]:
        """Every record, checked, in input order; argument as of `iter_items`."""
        return iter_items(
            self.sources, self.forms, self.chosen, self.clock, strict=self.strict, known_numbers=known_numbers
        )

    def read(self, tally: Tally, items: Iterator[Item] | None = None) -> Iterator[Event]:
        """The same as events, counted; `items` are its items on their way through somebody's hands."""
        for item in self.items() if items is None else items:
            tally.read += item.is_record
            tally.failed += item.is_record and item.record is None
            yield from item.events()

    def keep(self, tally: Tally) -> Iterator[Event]:
        """The same, every good record kept for the one file that is made of them."""
        for event in self.read(tally):
            yield event
            if isinstance(event, Read) and event.record is not None:
                tally.made += 1
                yield Made(event.form, event.record)

    def named_apart(self) -> ReadyInputs:
        """The same, sources that share a name called by their whole path."""
        names = [source.name for source in self.sources]
        return replace(
            self,
            sources=tuple(
                replace(each, name=str(each.path)) if names.count(each.name) > 1 else each for each in self.sources
            ),
        )
