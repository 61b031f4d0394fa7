"""Render: checked records → documents in an output folder, and their summary."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from danju.batch import SUMMARY_NAMES, Batch, InlineExecutor, WorkerPool, survey
from danju.errors import UsageError
from danju.events import Done, Event, Expected, Tally, Written
from danju.messages import Words
from danju.model.form import Form
from danju.pipeline import TARGETS
from danju.stores.folder import FolderStore
from danju.stores.numbers import NumberGiver
from danju.work.gather import new_summary, sum_up
from danju.work.inputs import Inputs

__all__ = ["TIME_LIMIT_SECONDS", "Wish", "parse_targets", "render"]

TIME_LIMIT_SECONDS = 120.0
_USUAL = ("docx", "pdf")


@dataclass(frozen=True, slots=True)
class Wish:
    """What a run should make.

    Attributes:
        output: Folder.
        targets: Formats, keys of `danju.pipeline.TARGETS`; empty for the usual ones.
        jobs: Worker processes; 1 works in this process.
        again: Whether records that the folder already holds are made anew, with new numbers; typed ones stay.
        summary: Language of the summary workbook to be made too, or "" for none.
        time_limit: Seconds that a record may take in a worker process.
        template: A Word template to fill, or None.
    """

    output: Path
    targets: tuple[str, ...] = ()
    jobs: int = 1
    again: bool = False
    summary: str = ""
    time_limit: float = TIME_LIMIT_SECONDS
    template: Path | None = None

    @property
    def formats(self) -> tuple[str, ...]:
        """The formats that are made: with a template Word only, unless others are asked for."""
        return self.targets or (_USUAL if self.template is None else ("docx",))

    @property
    def summary_path(self) -> Path:
        """Where the summary workbook goes."""
        return self.output / SUMMARY_NAMES[0]

    def executor(self) -> Callable[[], Executor]:
        """Where jobs are done."""
        return InlineExecutor if self.jobs == 1 else lambda: WorkerPool(self.jobs, self.time_limit)


def parse_targets(given: str | Sequence[str]) -> tuple[str, ...]:
    """`docx，pdf`, or the names one by one → formats, each once.

    Raises:
        UsageError: E105, there is no such format.
    """
    names = given.replace("，", ",").split(",") if isinstance(given, str) else given
    known = {"word": "docx", "excel": "xlsx"}
    plain = (name.strip().lower().lstrip(".") for name in names)
    targets = tuple(dict.fromkeys(known.get(name, name) for name in plain if name))
    unknown = [name for name in targets if name not in TARGETS]
    if unknown or (given and not targets):
        listed = Words("、".join(TARGETS), ", ".join(TARGETS))
        raise UsageError("E105", {"name": unknown[0] if unknown else str(given), "known": listed})
    return targets


def render(inputs: Inputs, wish: Wish, tally: Tally | None = None) -> Iterator[Event]:
    """The documents of every good record.

    Args:
        inputs: What to render.
        wish: What to make of it.
        tally: Filled on the way, so that whoever stops early knows how far it came.

    Raises:
        UsageError: E106, E107, the folder cannot be used; E116, E117, the template does not go with the rest.
        DefinitionError: The template cannot be filled for the form.
        EnvironmentFault: The machine cannot go on; what was told until then is finished.
    """
    _guard_template(inputs, wish)
    opened = inputs.open(wish.template)
    if wish.template is not None and opened.chosen is not None:
        _try_template(wish.template, opened.chosen)
    tally = tally if tally is not None else Tally()
    today = opened.clock.today
    writer = new_summary(opened.forms, today, wish.summary) if wish.summary else None
    with writer or nullcontext(), FolderStore(wish.output, today) as store:
        found = survey(opened.sources, opened.forms, opened.chosen)
        yield Expected(found.records)
        batch = Batch(
            store, wish.formats, inputs.workspace, NumberGiver(store.given, store.typed, found.numbers),
            wish.again, template=wish.template, strict=inputs.strict, tally=tally,
        )  # fmt: skip
        events = batch.run(opened.items(store.numbers), wish.executor(), wish.jobs)
        yield from sum_up(events, writer) if writer is not None else events
        if writer is not None:
            writer.save(wish.summary_path)
            yield Written(wish.summary_path)
    yield Done(tally)


def _guard_template(inputs: Inputs, wish: Wish) -> None:
    """Never two different papers under one number."""
    if wish.template is None:
        return
    if not inputs.form:
        raise UsageError("E117")
    others = [target for target in wish.formats if target != "docx"]
    if others:
        raise UsageError("E116", {"others": Words("、".join(others), ", ".join(others))})


def _try_template(path: Path, form: Form) -> None:
    """Nothing, when the template can be filled for the form.

    Raises:
        DefinitionError: Its first fault, located.
    """
    from danju.word_template import compile_template  # late: most runs have no template
    from danju.work.fill import read_template

    compile_template(read_template(path), form.record_type, path.name)
