"""Jobs: one record each, small and picklable; done in any process, never raising."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from danju.errors import DanjuError, EnvironmentFault
from danju.issues import Issue, count_errors, forbid_warnings
from danju.library import Library
from danju.location import Location
from danju.model.form import Form
from danju.pipeline import compare_looks, draw_document, fill_form
from danju.stores.store import Place


@dataclass(frozen=True, slots=True)
class Job:
    """One record to be made into files; crosses process borders.

    Attributes:
        form_id: The form.
        form_digest: Of the form as the run began with it.
        workspace: Where definitions come from, or None.
        values: The numbered record.
        stem: File name without suffix.
        place: Where its files are put.
        targets: Keys of `danju.pipeline.TARGETS`.
        location: The record's place, for messages.
        version: Of the paper.
        template: A Word template given for this run, or None.
        strict: Whether a warning about a document keeps it from being written.
    """

    form_id: str
    form_digest: str
    workspace: Path | None
    values: Mapping[str, object]
    stem: str
    place: Place
    targets: tuple[str, ...]
    location: Location
    version: int = 1
    template: Path | None = None
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a job.

    Attributes:
        files: Names of the files made.
        errors: Why others were not; none when all is well.
        issues: What is to be said about the files; one with an error among them was not made.
    """

    files: tuple[str, ...] = ()
    errors: tuple[DanjuError, ...] = ()
    issues: tuple[Issue, ...] = ()

    @property
    def is_made(self) -> bool:
        """Whether all of the record's files are there."""
        return not self.errors and not count_errors(self.issues)


DoJob = Callable[[Job], Outcome]
"""How a job is done; a function of a module, so that worker processes find it by its name."""


@lru_cache(maxsize=4)
def _library(workspace: Path | None, template: Path | None) -> Library:
    return Library(workspace, template)


def _form(job: Job) -> Form:
    """The job's form; loaded anew when its files have changed since this process read them."""
    form = _library(job.workspace, job.template).form(job.form_id)
    if form.digest != job.form_digest:
        _library.cache_clear()
        form = _library(job.workspace, job.template).form(job.form_id)
    return form


def do_job(job: Job) -> Outcome:
    """The files of one record, written whole; a format that fails keeps no other from being made. Never raises."""
    made: list[str] = []
    errors: list[DanjuError] = []
    try:
        filled = fill_form(_form(job), job.values, job.version)
    except Exception as err:  # noqa: BLE001  # whatever one record does, the others go on
        return Outcome(errors=(_told(job, err),))
    issues = [*compare_looks(filled.form, job.targets)]
    for target in job.targets:
        try:
            rendered = draw_document(filled, target)
            found = forbid_warnings(rendered.issues) if job.strict else rendered.issues
            issues += found
            if count_errors(found):
                continue
            name = f"{job.stem}.{target}"
            job.place.put(name, rendered.content)
            made.append(name)
        except EnvironmentFault as err:
            return Outcome(tuple(made), (*errors, err), tuple(issues))
        except Exception as err:  # noqa: BLE001  # as above
            errors.append(_told(job, err))
    return Outcome(tuple(made), tuple(errors), tuple(issues))


def _told(job: Job, err: Exception) -> DanjuError:
    return err if isinstance(err, DanjuError) else unexpected(job, err)


def unexpected(job: Job, err: Exception) -> DanjuError:
    """E304: a record that could not be made for a reason that nobody foresaw."""
    reason = f"{type(err).__name__}: {err}".rstrip(": ")[:300]
    return DanjuError("E304", {"stem": job.stem, "reason": reason}, job.location)


def do_chunk(do: DoJob, jobs: Sequence[Job]) -> tuple[tuple[Outcome, ...], float]:
    """The outcomes of several jobs, in their order, and how many seconds they took together."""
    begin = time.perf_counter()
    outcomes = []
    for job in jobs:
        try:
            outcomes.append(do(job))
        except Exception as err:  # noqa: BLE001  # a job never raises, whatever it was made of
            outcomes.append(Outcome(errors=(unexpected(job, err),)))
    return tuple(outcomes), time.perf_counter() - begin
