"""Runs: checked records → numbers and names → documents, into one output folder."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from danju.batch.dispatch import CHUNK_SECONDS, Dispatcher, Task
from danju.batch.items import Item
from danju.batch.jobs import DoJob, Job, Outcome, do_job
from danju.batch.workers import InlineExecutor
from danju.errors import DefinitionError, EnvironmentFault
from danju.events import Event, Found, Made, Tally
from danju.issues import Issue
from danju.location import Location
from danju.model.form import Form
from danju.model.record import Record
from danju.pipeline import digest_of
from danju.rules.numbering import fill_pattern, safe_file_name
from danju.stores.folder import OutputFolder
from danju.stores.journal import Entry, key_of
from danju.stores.numbers import NumberGiver

_MOST_WAITING = 2000  # items read while an earlier one is still being made


@dataclass(frozen=True, slots=True)
class _Started:
    """An item on its way; without `made` it was no good, without `task` an earlier run made it."""

    item: Item
    made: Made | None = None
    task: Task | None = None

    @property
    def is_done(self) -> bool:
        return self.task is None or self.task.outcome is not None


@dataclass(slots=True)
class Batch:
    """One run into one output folder.

    Attributes:
        folder: The locked output folder.
        targets: Formats to make.
        workspace: Where definitions come from.
        numbers: Gives numbers.
        resume: Whether records that the folder already holds are left as they are.
        do: How a job is done.
        template: A Word template given for this run, or None.
        strict: Whether a warning about a document keeps it from being written.
        tally: Filled while running.
    """

    folder: OutputFolder
    targets: tuple[str, ...]
    workspace: Path | None
    numbers: NumberGiver
    resume: bool
    do: DoJob = do_job
    template: Path | None = None
    strict: bool = False
    tally: Tally = field(default_factory=Tally)
    _occurrences: dict[bytes, int] = field(default_factory=dict)
    _waiting: deque[_Started] = field(default_factory=deque)
    _said: set[tuple[str, Location, str, str]] = field(default_factory=set)

    def run(
        self, items: Iterator[Item], open_executor: Callable[[], Executor] = InlineExecutor, workers: int = 1
    ) -> Iterator[Event]:
        """Events of all items in input order, their files made by the executor; closed early, it ends the work at once.

        Raises:
            EnvironmentFault: The machine cannot go on: no room on the disk, workers that do not start. What was
                told until then is finished and need not be done again.
        """
        chunk_seconds = CHUNK_SECONDS if workers > 1 else 0.0
        dispatcher = Dispatcher(open_executor, workers, self.do, chunk_seconds)
        is_over = False
        try:
            for item in items:
                self._waiting.append(self._start(item, dispatcher))
                yield from self._finished(dispatcher, _MOST_WAITING)
            yield from self._finished(dispatcher, 0)
            is_over = True
        finally:
            dispatcher.close(at_once=not is_over)
            if not is_over:
                self._keep_what_is_done()

    def _start(self, item: Item, dispatcher: Dispatcher) -> _Started:
        self.tally.read += item.is_record
        if item.record is None or item.form is None:
            return _Started(item)
        made, job = self._prepare(item.form, item.record)
        return _Started(item, made, dispatcher.add(job) if job is not None else None)

    def _prepare(self, form: Form, record: Record) -> tuple[Made, Job | None]:
        """Number and file name, remembered before anything is made; no job when an earlier run made everything."""
        computed = {each.name for each in form.record_type.fields if each.computed}  # may change from day to day
        digest = digest_of({name: value for name, value in record.values.items() if name not in computed})
        entry = self._entry_of(form, record, digest)
        values = {**record.values, form.number_field: entry.number} if entry.number else dict(record.values)
        ordered = {each.name: values[each.name] for each in form.record_type.fields if each.name in values}
        numbered = replace(record, values=ordered)
        finished = self.folder.journal.history.suffixes_of(entry.stem)
        left = tuple(
            target
            for target in self.targets
            if f".{target}" not in finished or not self.folder.holds(f"{entry.stem}.{target}")
        )
        made = Made(form, numbered, tuple(f"{entry.stem}.{target}" for target in self.targets))
        if not left:
            return made, None
        folder, place = self.folder.path, record.location
        return made, Job(form.id, self.workspace, ordered, entry.stem, folder, left, place, self.template, self.strict)

    def _entry_of(self, form: Form, record: Record, digest: str) -> Entry:
        """What is or was reserved for the record."""
        key = key_of(form.id, digest, 0)
        occurrence = self._occurrences.get(key, 0)
        self._occurrences[key] = occurrence + 1
        journal = self.folder.journal
        if self.resume:
            entry = journal.find(form.id, digest, occurrence)
            if entry is not None:
                return entry
        elif journal.knows(form.id, digest, occurrence):
            self.tally.repeated += 1
        return self._reserve(form, record, digest, occurrence)

    def _reserve(self, form: Form, record: Record, digest: str, occurrence: int) -> Entry:
        typed = record.values.get(form.number_field) if form.number_field else None
        number = str(typed) if typed else self.numbers.next_number(form, record.values)
        names = {**record.values, "number": number, "title": form.title, "form": form.id, "seq": record.position + 1}
        suffixes = tuple(f".{target}" for target in self.targets)
        room = " (9999)" + max(suffixes, key=len, default="")
        stem = safe_file_name(fill_pattern(form.filename_rule, names), room)[: -len(room)]
        entry = Entry(form.id, digest, occurrence, number, self.folder.free_stem(stem, suffixes), bool(typed))
        self.folder.journal.reserve(entry)
        return entry

    def _finished(self, dispatcher: Dispatcher, most_waiting: int) -> Iterator[Event]:
        """Events of what is finished at the head of the queue; waits for it while the queue is too long."""
        waiting = self._waiting
        while waiting:
            if not waiting[0].is_done:
                task = waiting[0].task
                if len(waiting) <= most_waiting or task is None:
                    return
                dispatcher.wait_for(task)
            yield from self._finish(waiting.popleft())

    def _keep_what_is_done(self) -> None:
        """Remember, at a sudden end, what was made behind a record that is not: it need not be made again."""
        with suppress(EnvironmentFault):
            for started in self._waiting:
                outcome = started.task.outcome if started.task is not None else None
                if outcome is not None:
                    self._keep(outcome)

    def _keep(self, outcome: Outcome) -> None:
        """Count a record, and remember the files made of it, all or some."""
        self.tally.made += outcome.is_made
        self.tally.failed += not outcome.is_made
        if outcome.files:
            self.folder.journal.finish(Path(outcome.files[0]).stem, [Path(name).suffix for name in outcome.files])
            self.tally.files += len(outcome.files)

    def _finish(self, started: _Started) -> Iterator[Event]:
        """Count a finished item at once, then tell of it."""
        item, made = started.item, started.made
        outcome = started.task.outcome if started.task is not None else None
        if outcome is not None:
            self._keep(outcome)
        elif made is not None:
            self.tally.skipped += 1
        else:
            self.tally.failed += item.is_record
        yield from item.events()
        if made is None:
            return
        if outcome is not None:
            for error in outcome.errors:
                if error.exit_code == 3:
                    raise error
                place = error.location if isinstance(error, DefinitionError) else made.record.location
                yield from self._news(Issue(error.code, place, values=error.values), made.form)
            for issue in outcome.issues:
                yield from self._news(issue, made.form)
        if outcome is None or outcome.is_made:
            yield made

    def _news(self, issue: Issue, form: Form) -> Iterator[Found]:
        """An issue that was not told before; what is wrong with a template is told once, not with every record."""
        key = (issue.code, issue.location, issue.label, issue.path)
        if issue.location.record is None:
            if key in self._said:
                return
            self._said.add(key)
        yield Found(issue, form)
