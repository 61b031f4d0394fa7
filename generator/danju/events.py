"""What happens while records are worked on, as data: whoever shows it (a terminal, a page) finds the words."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from danju.issues import Issue
from danju.model.form import Form
from danju.model.record import Change, Record

__all__ = ["Done", "Event", "Expected", "Found", "Made", "Noticed", "Read", "Returned", "Tally", "Written"]


@dataclass(slots=True)
class Tally:
    """Counts of a run; read = made + skipped + failed once everything is made.

    Attributes:
        read: Records read.
        made: Records made into documents, or kept in the one file that is made.
        skipped: Records that an earlier run had finished.
        failed: Records with errors.
        files: Files written.
        repeated: Records that had a number and were given another one.
        corrected: Those of `made` that are a further version of a record.
    """

    read: int = 0
    made: int = 0
    skipped: int = 0
    failed: int = 0
    files: int = 0
    repeated: int = 0
    corrected: int = 0


@dataclass(frozen=True, slots=True)
class Expected:
    """The work begins, and there are so many records."""

    records: int


@dataclass(frozen=True, slots=True)
class Read:
    """A record was read and checked; what was found about it follows.

    Attributes:
        form: Its form.
        record: None when it cannot be used.
    """

    form: Form
    record: Record | None


@dataclass(frozen=True, slots=True)
class Found:
    """Something is to be said about a record, a file or a template.

    Attributes:
        issue: What.
        form: The form it is about, or None when that is unknown.
    """

    issue: Issue
    form: Form | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """A record was made into documents, or went into the one file that is made.

    Attributes:
        form: Its form.
        record: With its number.
        files: Names of its documents.
        version: Of its paper.
        changes: What a correction changed since the version before, as far as that is known.
    """

    form: Form
    record: Record
    files: tuple[str, ...] = ()
    version: int = 1
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Noticed:
    """Something is to be said about papers of earlier runs: what this run did to them, no fact about its input.

    Attributes:
        issue: What: a correction with what it changed, a form that is another one now.
        form: The form it is about.
    """

    issue: Issue
    form: Form


@dataclass(frozen=True, slots=True)
class Written:
    """A file about many records was made.

    Attributes:
        path: Where it is; None when it was not to be written.
        content: Its bytes when it was not to be written.
        forms: The forms of its records.
    """

    path: Path | None
    content: bytes = b""
    forms: tuple[Form, ...] = ()


@dataclass(frozen=True, slots=True)
class Returned:
    """An input went back to its author, or need not.

    Attributes:
        source: What messages call the input.
        path: The file that goes back; None when there was nothing to say.
        kind: `marked`, `clean`, `copy`, `text`, or "" without a file.
        errors, warnings: Counts.
    """

    source: str
    path: Path | None = None
    kind: str = ""
    errors: int = 0
    warnings: int = 0


@dataclass(frozen=True, slots=True)
class Done:
    """Everything is done."""

    tally: Tally


Event = Expected | Read | Found | Made | Noticed | Written | Returned | Done
