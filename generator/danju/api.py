"""What `import danju` gives: the use cases as functions. Nothing here prints, asks or ends the process.

Whoever wants to see a long run go on, or must not hold all of its records, takes the events of `danju.work` instead.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, TypeAlias, TypedDict, Unpack, cast

from danju.blanks import BlankOptions, make_blank
from danju.errors import DanjuError
from danju.events import Done, Event, Found, Made, Noticed, Read, Returned, Tally, Written
from danju.exchange.stamp import FileShape
from danju.issues import Issue, Severity
from danju.library import Library
from danju.model.form import Form
from danju.model.record import Record
from danju.renderers import Rendered
from danju.work.check import check as check_events
from danju.work.check import give_back as give_back_events
from danju.work.gather import convert as convert_events
from danju.work.gather import summarise as summarise_events
from danju.work.inputs import Inputs
from danju.work.render import Wish, parse_targets
from danju.work.render import render as render_events

if TYPE_CHECKING:
    from danju.word_template import WordTemplate

__all__ = [
    "DanjuError",
    "FinishedPaper",
    "Form",
    "Given",
    "How",
    "Issue",
    "Record",
    "Rendered",
    "Report",
    "Severity",
    "blank",
    "check",
    "convert",
    "fill",
    "form",
    "forms",
    "give_back",
    "read",
    "render",
    "render_into",
    "summarise",
]

Given: TypeAlias = "str | Path | Mapping[str, object] | Record"
"""An input: a file, a folder, a record as a mapping of labels or names to values, or a checked record."""


class How(TypedDict, total=False):
    """What every function over inputs takes by name.

    Attributes:
        form: Name or title of the form; without it each input's form is recognised.
        workspace: Folder with schemas/, forms/, templates/ of its own; without it only the built-in forms are known.
        strict: Whether a value that is not kept as it was typed is an error, and a document that something is to be
            said about is not made.
        today: The day, or moment, that records are judged at; without it now.
    """

    form: str
    workspace: str | Path
    strict: bool
    today: date


@dataclass(frozen=True, slots=True)
class FinishedPaper:
    """One document of one record.

    Attributes:
        name: File name, as the form's rule makes it.
        content: Its bytes.
        record: The record, with its number.
        issues: What was found about the record and its documents.
    """

    name: str
    content: bytes
    record: Record
    issues: tuple[Issue, ...] = ()

    @property
    def suffix(self) -> str:
        """`.docx`, `.pdf`, …"""
        return Path(self.name).suffix


@dataclass(frozen=True, slots=True)
class Report:
    """What became of the inputs.

    Attributes:
        records: The good ones, in input order; with their numbers when they were rendered.
        issues: Everything that was found, in the order it was found.
        tally: Counts of records and files.
        papers: The documents, of `render`.
        files: The files written, of the functions that write.
        content: The data, of `convert` without a path.
    """

    records: tuple[Record, ...]
    issues: tuple[Issue, ...]
    tally: Tally
    papers: tuple[FinishedPaper, ...] = ()
    files: tuple[Path, ...] = ()
    content: bytes = b""

    @property
    def errors(self) -> tuple[Issue, ...]:
        """The issues that keep a record or file from being used."""
        return tuple(issue for issue in self.issues if issue.is_error)


def forms(workspace: str | Path | None = None) -> tuple[Form, ...]:
    """All forms, a workspace's before the built-in ones.

    Raises:
        DefinitionError: One of them is wrong.
    """
    return Library(_path(workspace)).forms()


def form(name: str, workspace: str | Path | None = None) -> Form:
    """The form of that name, title or alias.

    Raises:
        UsageError: E104, there is none.
        DefinitionError: It is wrong.
    """
    return Library(_path(workspace)).form(name)


def blank(
    form: str, to: str = "xlsx", *,
    as_form: bool = False, rows: int = 200, english: bool = False, workspace: str | Path | None = None,
) -> bytes:  # fmt: skip
    """An empty form to be filled in and read back.

    Args:
        form: Name or title of the form.
        to: `xlsx`, `docx`, `pdf`, `yaml`, or `schema` for the JSON Schema of the YAML file.
        as_form: Whether a workbook shows the paper; without it a register with one record a row.
        rows: Rows that a register is prepared for.
        english: Whether English labels stand below the Chinese ones.
        workspace: See `How`.

    Raises:
        UsageError: E104, there is no such form; E105, no such kind of file.
    """
    shape = FileShape.FORM if as_form or to != "xlsx" else FileShape.REGISTER
    return make_blank(Library(_path(workspace)).form(form), to, BlankOptions(shape, rows, english))


def check(inputs: Given | Iterable[Given], **how: Unpack[How]) -> Report:
    """The good records and every issue of the inputs; nothing is written.

    Raises:
        UsageError: An input or the form is not there.
        DefinitionError: A form is wrong.
    """
    return _report(_take(check_events(_asked(inputs, how))))


def read(inputs: Given | Iterable[Given], **how: Unpack[How]) -> Iterator[Event]:
    """The same one by one, for inputs of any size: `Read` for a record, `Found` for an issue, `Done` at the end."""
    return check_events(_asked(inputs, how))


def give_back(inputs: Given | Iterable[Given], folder: str | Path, *, lang: str = "zh", **how: Unpack[How]) -> Report:
    """The same, and a marked copy of every file with an error or a warning in a folder.

    Raises:
        UsageError: As `check`; also E106, E115, the folder cannot be used.
        EnvironmentFault: E303, a copy cannot be written.
    """
    told = _take(give_back_events(_asked(inputs, how), Path(folder), lang))
    return _report(told, files=_files(told))


def render(
    inputs: Given | Iterable[Given], to: str | Sequence[str] = (), *,
    template: str | Path | None = None, jobs: int = 1, **how: Unpack[How],
) -> Report:  # fmt: skip
    """The documents of every good record, in memory; numbers begin with the first unless records bring their own.

    Args:
        inputs: What to render.
        to: `docx`, `pdf`, `xlsx`, `html`, one or several; without it Word and PDF, with a template Word.
        template: A Word template to fill; needs `form`.
        jobs: Worker processes; 1 works in this process.
        how: See `How`.

    Raises:
        UsageError: As `check`; also E105, E116, E117.
        DefinitionError: A form or the template is wrong.
        EnvironmentFault: The machine lacks something.
    """
    with TemporaryDirectory(prefix="danju-") as folder:
        wish = Wish(Path(folder), parse_targets(to), jobs, template=_path(template))
        told = _take(render_events(_asked(inputs, how), wish))
        return _report(told, _made(told), papers=tuple(_iter_papers(told, wish.output)))


def render_into(
    folder: str | Path, inputs: Given | Iterable[Given], to: str | Sequence[str] = (), *,
    template: str | Path | None = None, jobs: int = 1, again: bool = False, summary: str = "", **how: Unpack[How],
) -> Report:  # fmt: skip
    """The documents of every good record, written into a folder that remembers its numbers.

    Args:
        folder: Where they go.
        inputs, to, template, jobs, how: As for `render`.
        again: Whether records that the folder already holds are made anew, with new numbers, instead of left alone.
        summary: Language of the summary workbook to be made too, `zh` or `en`, or "" for none.

    Raises:
        UsageError: As `render`; also E106, E107, the folder cannot be used.
        DefinitionError: A form or the template is wrong.
        EnvironmentFault: The machine cannot go on; what was made until then is finished.
    """
    wish = Wish(Path(folder), parse_targets(to), jobs, again, summary, template=_path(template))
    told = _take(render_events(_asked(inputs, how), wish))
    return _report(told, _made(told), files=_files(told, wish.output))


def summarise(inputs: Given | Iterable[Given], path: str | Path, *, lang: str = "zh", **how: Unpack[How]) -> Report:
    """A summary workbook, written: overview, a register for each form, the issues.

    Raises:
        UsageError: As `check`; also E108, the path does not end in .xlsx.
        EnvironmentFault: E303, it cannot be written.
    """
    told = _take(summarise_events(_asked(inputs, how), Path(path), lang))
    return _report(told, files=_files(told))


def convert(
    inputs: Given | Iterable[Given], to: str = "json", path: str | Path | None = None, *,
    computed: bool = False, **how: Unpack[How],
) -> Report:  # fmt: skip
    """The good records as plain data: dates in ISO format, fields by name.

    Args:
        inputs: What to convert.
        to: `json`, `yaml`, `csv` or `xlsx`.
        path: Where the file goes; without it the bytes are the report's `content`.
        computed: Whether computed fields are included.
        how: See `How`.

    Raises:
        UsageError: As `check`; also E105, E109, the format cannot hold them.
        EnvironmentFault: E303, it cannot be written.
    """
    told = _take(convert_events(_asked(inputs, how), to, _path(path), computed=computed))
    (written,) = (event for event in told if isinstance(event, Written))
    return _report(told, files=_files(told), content=written.content)


def fill(
    template: str | Path | bytes, values: Mapping[str, object], *,
    folder: str | Path | None = None, strict: bool = False,
) -> Rendered:  # fmt: skip
    """A Word template filled with any values, without a form; a template is compiled once.

    Args:
        template: The .docx with tags: its path or bytes.
        values: By the names in the tags.
        folder: Where pictures are looked for; without it only picture data is accepted.
        strict: Whether a name that the values lack is an error.

    Raises:
        UsageError: E101, there is no such template.
        DefinitionError: It cannot be filled at all.
        InputError: A value cannot be put in.
    """
    from danju.word_template import plain_names  # late, here and below: the other functions need no templates
    from danju.work.fill import read_template

    content = template if isinstance(template, bytes) else read_template(Path(template))
    filler = _template(content, "" if isinstance(template, bytes) else Path(template).name)
    filled = filler.fill_checked(cast("Mapping[str, object]", plain_names(values)), folder=_path(folder), strict=strict)
    return Rendered(filled.content, (*filler.issues, *filled.issues))


@lru_cache(maxsize=8)
def _template(content: bytes, name: str) -> WordTemplate:
    from danju.word_template import compile_template

    return compile_template(content, name=name)


def _asked(given: Given | Iterable[Given], how: How) -> Inputs:
    """The inputs as the use cases take them; records come after all files."""
    each = [given] if isinstance(given, str | Path | Mapping | Record) else list(given)
    return Inputs(
        tuple(str(one) for one in each if isinstance(one, str | Path)),
        how.get("form", ""),
        _path(how.get("workspace")),
        how.get("today"),
        how.get("strict", False),
        records=tuple(_mapping(one) for one in each if not isinstance(one, str | Path)),
    )


def _mapping(record: Mapping[str, object] | Record) -> Mapping[str, object]:
    return {"form": record.form_id, **record.values} if isinstance(record, Record) else record


def _path(path: str | Path | None) -> Path | None:
    return None if path is None else Path(path)


def _take(events: Iterator[Event]) -> list[Event]:
    with closing(cast("Generator[Event]", events)):
        return list(events)


def _report(told: Sequence[Event], records: Sequence[Record] | None = None, **more: Any) -> Report:
    """Events as one value; the records are those read, unless others are given."""
    if records is None:
        records = [event.record for event in told if isinstance(event, Read) and event.record is not None]
    issues = tuple(event.issue for event in told if isinstance(event, Found | Noticed))
    (tally,) = (event.tally for event in told if isinstance(event, Done))
    return Report(tuple(records), issues, tally, **more)


def _files(told: Sequence[Event], folder: Path | None = None) -> tuple[Path, ...]:
    """The files written, documents in this folder."""
    files: list[Path] = []
    for event in told:
        if isinstance(event, Made) and folder is not None:
            files += (folder / name for name in event.files)
        elif isinstance(event, Written | Returned) and event.path is not None:
            files.append(event.path)
    return tuple(files)


def _iter_papers(told: Sequence[Event], folder: Path) -> Iterator[FinishedPaper]:
    """The documents made, with what was found since their record was read."""
    found: list[Issue] = []
    for event in told:
        if isinstance(event, Read):
            found = []
        elif isinstance(event, Found | Noticed):
            found.append(event.issue)
        elif isinstance(event, Made):
            for name in event.files:
                yield FinishedPaper(name, (folder / name).read_bytes(), event.record, tuple(found))


def _made(told: Sequence[Event]) -> list[Record]:
    return [event.record for event in told if isinstance(event, Made)]
