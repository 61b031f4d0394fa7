"""Runs: checked records → numbers and names → documents, into one output folder."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from danju.batch.dispatch import CHUNK_SECONDS, Dispatcher, Task
from danju.batch.items import Item
from danju.batch.jobs import DoJob, Job, Outcome, do_job
from danju.batch.ledger import Ledger, LedgerPaper
from danju.batch.workers import InlineExecutor
from danju.errors import DefinitionError, EnvironmentFault
from danju.events import Event, Found, Made, Noticed, Tally
from danju.issues import Issue
from danju.location import Location
from danju.messages import Words, phrase
from danju.model.form import Form
from danju.model.record import Change
from danju.pipeline import TARGETS
from danju.stores.numbers import NumberGiver
from danju.stores.store import Store

_MOST_WAITING = 2000  # items read while an earlier one is still being made


@dataclass(frozen=True, slots=True)
class _Started:
    """An item on its way; without `made` it was no good, without `task` an earlier run made it."""

    item: Item
    made: Made | None = None
    paper: LedgerPaper | None = None
    task: Task | None = None

    @property
    def is_done(self) -> bool:
        return self.task is None or self.task.outcome is not None


@dataclass(slots=True)
class Batch:
    """One run into one output folder.

    Attributes:
        store: Where documents go.
        targets: Formats to make.
        workspace: Where definitions come from.
        numbers: Gives numbers.
        again: Whether records that the store already holds get a new number.
        do: How a job is done.
        template: A Word template given for this run, or None.
        strict: Whether a warning about a document keeps it from being written.
        tally: Filled while running.
    """

    store: Store
    targets: tuple[str, ...]
    workspace: Path | None
    numbers: NumberGiver
    again: bool
    do: DoJob = do_job
    template: Path | None = None
    strict: bool = False
    tally: Tally = field(default_factory=Tally)
    _ledger: Ledger = field(init=False)
    _redrawn: dict[str, tuple[Form, int]] = field(default_factory=dict)
    _waiting: deque[_Started] = field(default_factory=deque)
    _said: set[tuple[str, Location, str, str]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._ledger = Ledger(self.store, self.numbers, self.targets, tuple(TARGETS), self.again)

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
            for form, count in self._redrawn.values():
                yield Noticed(Issue("F317", Location(form.title), values={"count": count}), form)
        finally:
            dispatcher.close(at_once=not is_over)
            self.tally.repeated = self._ledger.repeated
            if not is_over:
                self._keep_what_is_done()

    def _start(self, item: Item, dispatcher: Dispatcher) -> _Started:
        self.tally.read += item.is_record
        if item.record is None or item.form is None:
            return _Started(item)
        form, record = item.form, item.record
        paper = self._ledger.settle(form, record)
        if isinstance(paper, Issue):
            return _Started(replace(item, record=None, issues=(*item.issues, paper)))
        entry = paper.entry
        values = {**record.values, form.number_field: entry.number} if entry.number else dict(record.values)
        ordered = {each.name: values[each.name] for each in form.record_type.fields if each.name in values}
        files = tuple(f"{entry.stem}.{target}" for target in self.targets)
        made = Made(form, replace(record, values=ordered), files, entry.version)
        if not paper.left:
            return _Started(item, made, paper)
        place = self.store.place(replacing=paper.replaced is not None)
        job = Job(
            form.id, form.digest, self.workspace, ordered, entry.stem, place, paper.left, record.location,
            entry.version, self.template, self.strict,
        )  # fmt: skip
        return _Started(item, made, paper, dispatcher.add(job))

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
                if outcome is not None and started.paper is not None:
                    self._keep(started.paper, outcome)

    def _keep(self, paper: LedgerPaper, outcome: Outcome) -> None:
        """Count a record, and remember the files made of it, all or some; from now on they stand in their place."""
        self.tally.made += outcome.is_made
        self.tally.failed += not outcome.is_made
        suffixes = [f".{target}" for target in paper.left if f"{paper.entry.stem}.{target}" in outcome.files]
        if not suffixes:
            return
        replaced = paper.replaced
        if replaced is not None and paper.is_redrawn:
            given_way = {suffix: by for suffix, by in replaced.made.items() if suffix in suffixes}
            replaced = replace(replaced, made=given_way)
        self.store.finish(paper.entry, {suffix: paper.made_by[suffix] for suffix in suffixes}, replaced)
        self.tally.files += len(suffixes)
        self.tally.corrected += paper.is_corrected and outcome.is_made

    def _finish(self, started: _Started) -> Iterator[Event]:
        """Count a finished item at once, then tell of it."""
        item, made, paper = started.item, started.made, started.paper
        outcome = started.task.outcome if started.task is not None else None
        if outcome is not None and paper is not None:
            self._keep(paper, outcome)
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
        if outcome is not None and outcome.files and paper is not None and paper.replaced is not None:
            made = yield from self._replaced(made, paper)
        if outcome is None or outcome.is_made:
            yield made

    def _replaced(self, made: Made, paper: LedgerPaper) -> Generator[Noticed, None, Made]:
        """What was replaced, and why."""
        if paper.is_redrawn:
            form, count = self._redrawn.get(made.form.id, (made.form, 0))
            self._redrawn[made.form.id] = form, count + 1
            return made
        changes = self._ledger.changes(made.form, paper)
        entry = paper.entry
        values = {"number": entry.number or entry.stem, "version": entry.version, "changes": _words(changes)}
        yield Noticed(Issue("F314", made.record.location, values=values), made.form)
        return replace(made, changes=changes or ())

    def _news(self, issue: Issue, form: Form) -> Iterator[Found]:
        """An issue that was not told before; what is wrong with a template is told once, not with every record."""
        key = (issue.code, issue.location, issue.label, issue.path)
        if issue.location.record is None:
            if key in self._said:
                return
            self._said.add(key)
        yield Found(issue, form)


def _words(changes: Sequence[Change] | None) -> Words:
    """The changes in a sentence: 客户地址 南宁 → 南宁市青秀区；…"""
    if changes is None:
        return phrase("what_said_before_was_not")
    empty = phrase("empty")
    zh = "；".join(f"{each.label} {each.old or empty.zh} → {each.new or empty.zh}" for each in changes)
    return Words(zh, "; ".join(f"{each.label} {each.old or empty.en} → {each.new or empty.en}" for each in changes))
