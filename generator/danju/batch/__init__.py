"""Batches: many inputs → checked records → documents.

One bad record stops nothing; memory does not grow with their number. Work is handed to any
`concurrent.futures.Executor` through `submit` and `wait` only, a bounded number of jobs at a time; jobs and outcomes
are small and picklable, and a job never raises.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from danju.errors import DanjuError, UsageError
from danju.issues import Issue
from danju.library import Library
from danju.location import Location
from danju.model.form import Form
from danju.model.record import RawValue, Record
from danju.pipeline import check, digest_of, render_documents
from danju.readers import SUFFIXES, iter_readings
from danju.rules.computing import Clock
from danju.rules.numbering import fill_pattern, safe_file_name
from danju.rules.text import clean
from danju.sinks.folder import OutputFolder, write_whole
from danju.sinks.journal import Entry
from danju.sinks.numbers import NumberGiver

WINDOW_PER_WORKER = 8  # jobs waiting for each worker: enough to keep it busy, few enough to keep memory flat


@dataclass(frozen=True, slots=True)
class Source:
    """One input file.

    Attributes:
        path: Where it lies.
        name: What messages call it.
    """

    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class Item:
    """What became of one record, or of a file as a whole.

    Attributes:
        form: Its form, or None when the file's form could not be told.
        record: None when an issue is an error, or when the item is about the file.
        issues: Found on the way.
        is_record: Whether it counts as a record read.
    """

    form: Form | None
    record: Record | None
    issues: tuple[Issue, ...]
    is_record: bool = True


def find_sources(inputs: Sequence[str], stdin: Path | None = None) -> list[Source]:
    """The input files that arguments name: files, folders (searched through, sorted), or `-`.

    Raises:
        UsageError: E101 missing, E102 folder without input, E103 unsupported kind of file.
    """
    known = "、".join(SUFFIXES)
    sources: list[Source] = []
    for given in inputs:
        path = Path(given)
        if given == "-" and stdin is not None:
            sources.append(Source(stdin, "-"))
        elif path.is_dir():
            inside = [each for each in sorted(path.rglob("*")) if _is_input(each, path)]
            if not inside:
                raise UsageError("E102", {"path": given, "suffixes": known})
            sources.extend(Source(each, str(each.relative_to(path))) for each in inside)
        elif not path.exists():
            raise UsageError("E101", {"path": given, "hint": _similar_hint(path)})
        elif path.suffix.lower() not in SUFFIXES:
            raise UsageError("E103", {"path": given, "suffix": path.suffix or "无扩展名", "suffixes": known})
        else:
            sources.append(Source(path, path.name))
    return sources


def _is_input(path: Path, root: Path) -> bool:
    inner = path.relative_to(root)
    hidden = any(part.startswith((".", "~$")) for part in inner.parts)
    return path.is_file() and not hidden and path.suffix.lower() in SUFFIXES


def _similar_hint(path: Path) -> str:
    from danju.rules.text import nearest

    if not path.parent.is_dir():
        return ""
    candidate = nearest(path.name, [each.name for each in path.parent.iterdir()])
    return f"；是否指“{candidate}”？" if candidate else ""


def iter_items(sources: Sequence[Source], forms: Sequence[Form], chosen: Form | None, clock: Clock) -> Iterator[Item]:
    """Every record of the inputs, checked, in input order; then what was noticed about each file."""
    position = 0
    seen: dict[tuple[str, str, object], Location] = {}
    for source in sources:
        for reading in iter_readings(source.path, source.name, forms, chosen):
            if reading.form is not None:
                for raw in reading.records:
                    checked = check(raw, reading.form, clock, position)
                    position += 1
                    yield _with_repeats(Item(reading.form, checked.record, checked.issues), seen)
            if reading.issues:
                yield Item(reading.form, None, tuple(reading.issues), is_record=False)


def _with_repeats(item: Item, seen: dict[tuple[str, str, object], Location]) -> Item:
    """The item, with a warning or error when a value that should be unique was there before."""
    if item.record is None or item.form is None:
        return item
    found: list[Issue] = []
    paths = {*item.form.unique, item.form.number_field} - {""}
    for path in sorted(paths):
        value = item.record.values.get(path)
        if value is None:
            continue
        place = item.record.location
        earlier = seen.setdefault((item.form.id, path, value), place)
        if earlier is not place:
            field = item.form.record_type.find(path)
            code = "F303" if path == item.form.number_field else "F307"
            found.append(
                Issue(
                    code, place, field.label if field else path, path, {"value": value, "others": _place_text(earlier)}
                )
            )
    if not found:
        return item
    failed = any(issue.is_error for issue in found)
    return replace(item, record=None if failed else item.record, issues=(*item.issues, *found))


def _place_text(place: Location) -> str:
    from danju.messages import format_place

    return format_place(place, "", "zh")


def typed_numbers(sources: Sequence[Source], forms: Sequence[Form], chosen: Form | None) -> dict[str, set[str]]:
    """Numbers that people typed, by form, so that none of them is given to another record."""
    found: dict[str, set[str]] = {}
    for source in sources:
        for reading in iter_readings(source.path, source.name, forms, chosen):
            if reading.form is None or not reading.form.number_field:
                continue
            for raw in reading.records:
                node = raw.fields.get(reading.form.number_field)
                if isinstance(node, RawValue) and node.value not in (None, ""):
                    found.setdefault(reading.form.id, set()).add(clean(str(node.value)))
    return found


@dataclass(frozen=True, slots=True)
class Job:
    """One record to be made into files; crosses process borders.

    Attributes:
        form_id: The form.
        workspace: Where definitions come from, or None.
        values: The numbered record.
        stem: File name without suffix.
        folder: Output folder.
        targets: Keys of `danju.pipeline.TARGETS`.
        place: The record's place, for messages.
    """

    form_id: str
    workspace: Path | None
    values: Mapping[str, object]
    stem: str
    folder: Path
    targets: tuple[str, ...]
    place: Location


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a job.

    Attributes:
        files: Names of the files made.
        error: Why it failed, or None.
    """

    files: tuple[str, ...] = ()
    error: DanjuError | None = None


@lru_cache(maxsize=4)
def _library(workspace: Path | None) -> Library:
    return Library(workspace)


def do_job(job: Job) -> Outcome:
    """The files of one record, written whole; never raises."""
    made = []
    try:
        form = _library(job.workspace).form(job.form_id)
        for document in render_documents(form, job.values, job.targets):
            name = f"{job.stem}{document.suffix}"
            write_whole(job.folder / name, document.content)
            made.append(name)
    except DanjuError as err:
        return Outcome(tuple(made), err)
    except Exception as err:  # noqa: BLE001  # whatever one record does, the others go on
        reason = f"{type(err).__name__}: {err}"[:300]
        return Outcome(tuple(made), DanjuError("E304", {"stem": job.stem, "reason": reason}, job.place))
    return Outcome(tuple(made))


@dataclass(slots=True)
class Tally:
    """Counts of a run, for the closing line.

    Attributes:
        read: Records read.
        made: Records made into documents.
        skipped: Records that an earlier run had finished.
        failed: Records with errors.
        files: Files written.
        repeated: Records of which the folder holds documents from an earlier run.
    """

    read: int = 0
    made: int = 0
    skipped: int = 0
    failed: int = 0
    files: int = 0
    repeated: int = 0


@dataclass(frozen=True, slots=True)
class Made:
    """A record that went through a batch.

    Attributes:
        form: Its form.
        record: With its number.
        files: Files made from it.
    """

    form: Form
    record: Record
    files: tuple[str, ...]


@dataclass(slots=True)
class Batch:
    """One run into one output folder.

    Attributes:
        folder: The locked output folder.
        targets: Formats to make.
        workspace: Where definitions come from.
        numbers: Gives numbers.
        resume: Whether records that the folder already holds are left as they are.
        tally: Filled while running.
        on_issue: Called with every issue, in input order.
        on_made: Called with every record made, in input order.
    """

    folder: OutputFolder
    targets: tuple[str, ...]
    workspace: Path | None
    numbers: NumberGiver
    resume: bool
    on_issue: Callable[[Issue], None]
    on_made: Callable[[Made], None]
    tally: Tally = field(default_factory=Tally)
    _occurrences: dict[tuple[str, str], int] = field(default_factory=dict)

    def run(self, items: Iterator[Item], executor: Executor, workers: int) -> None:
        """All items, their files made by the executor, results reported in input order."""
        waiting: list[tuple[Made, Future[Outcome] | None]] = []
        pending: set[Future[Outcome]] = set()
        for item in items:
            self.tally.read += item.is_record
            for issue in item.issues:
                self.on_issue(issue)
            if item.record is None or item.form is None:
                self.tally.failed += item.is_record
                continue
            made, job = self._prepare(item.form, item.record)
            future = executor.submit(do_job, job) if job is not None else None
            waiting.append((made, future))
            if future is not None:
                pending.add(future)
            while len(pending) >= workers * WINDOW_PER_WORKER:
                _, pending = wait(pending, return_when=FIRST_COMPLETED)
            self._report(waiting)
        while waiting:
            wait(pending, return_when=FIRST_COMPLETED)
            pending = {future for future in pending if not future.done()}
            self._report(waiting)

    def _prepare(self, form: Form, record: Record) -> tuple[Made, Job | None]:
        """Number and file name, remembered before anything is made; no job when an earlier run made everything."""
        computed = {each.name for each in form.record_type.fields if each.computed}  # may change from day to day
        digest = digest_of({name: value for name, value in record.values.items() if name not in computed})
        occurrence = self._occurrences.get((form.id, digest), 0)
        self._occurrences[form.id, digest] = occurrence + 1
        history = self.folder.journal.history
        entry = history.entries.get((form.id, digest, occurrence))
        suffixes = tuple(f".{target}" for target in self.targets)
        if entry is not None and not self.resume:
            self.tally.repeated += 1
        if entry is None or not self.resume:
            entry = self._reserve(form, record, digest, occurrence, suffixes)
        values = {**record.values, form.number_field: entry.number} if entry.number else dict(record.values)
        ordered = {each.name: values[each.name] for each in form.record_type.fields if each.name in values}
        numbered = replace(record, values=ordered)
        left = tuple(
            target
            for target in self.targets
            if f".{target}" not in history.done.get(entry.stem, ())
            or not (self.folder.path / f"{entry.stem}.{target}").exists()
        )
        made = Made(form, numbered, tuple(f"{entry.stem}{suffix}" for suffix in suffixes))
        if not left:
            return made, None
        return made, Job(form.id, self.workspace, ordered, entry.stem, self.folder.path, left, record.location)

    def _reserve(self, form: Form, record: Record, digest: str, occurrence: int, suffixes: tuple[str, ...]) -> Entry:
        typed = record.values.get(form.number_field) if form.number_field else None
        number = str(typed) if typed else self.numbers.next_number(form, record.values)
        names = {**record.values, "number": number, "title": form.title, "form": form.id, "seq": record.position + 1}
        longest = max(suffixes, key=len, default="")
        stem = safe_file_name(fill_pattern(form.filename_rule, names), " (9999)" + longest)[: -len(" (9999)" + longest)]
        entry = Entry(form.id, digest, occurrence, number, self.folder.free_stem(stem, suffixes))
        self.folder.journal.reserve(entry)
        return entry

    def _report(self, waiting: list[tuple[Made, Future[Outcome] | None]]) -> None:
        """Report what is finished at the head of the queue."""
        while waiting and (waiting[0][1] is None or waiting[0][1].done()):
            made, future = waiting.pop(0)
            outcome = future.result() if future is not None else None
            if outcome is not None and outcome.error is not None:
                if outcome.error.exit_code == 3:
                    raise outcome.error
                self.tally.failed += 1
                place = made.record.location
                self.on_issue(Issue(outcome.error.code, place, values=outcome.error.values))
                continue
            if outcome is None:
                self.tally.skipped += 1
            else:
                self.tally.made += 1
                self.tally.files += len(outcome.files)
                self.folder.journal.finish(Path(outcome.files[0]).stem, [Path(name).suffix for name in outcome.files])
            self.on_made(made)
