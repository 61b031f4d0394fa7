"""Sources: what the arguments of a command name."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from danju.batch.finished import finished_to_leave_out
from danju.batch.pictures import with_pictures
from danju.errors import UsageError
from danju.messages import Words, did_you_mean, phrase
from danju.model.form import Form
from danju.readers import SUFFIXES, Reading, iter_readings
from danju.stores.superseded import VOID_FOLDER, VOID_LIST
from danju.values.text import nearest

SUMMARY_NAMES = ("汇总.xlsx", "summary.xlsx")
"""What `render --summary` and the hints of commands call a summary workbook."""


@dataclass(frozen=True, slots=True)
class Source:
    """One input.

    Attributes:
        path: Where it lies.
        name: What messages call it.
        is_summary: Whether it is a summary that Danju made and that was found in a folder, so that nobody meant it.
        is_finished: Likewise for a finished document.
        is_named: Whether it was given by name, not found in a folder.
        records: Records in memory, instead of a file.
    """

    path: Path
    name: str
    is_summary: bool = False
    is_finished: bool = False
    is_named: bool = True
    records: tuple[Mapping[str, object], ...] | None = None

    @property
    def is_left_out(self) -> bool:
        """Whether it is not to be read."""
        return self.is_summary or self.is_finished

    def readings(self, forms: Sequence[Form], chosen: Form | None) -> Iterator[Reading]:
        """What it holds, form by form; see `iter_readings`."""
        if self.records is None:
            path = None if self.name == "-" else self.path
            return (with_pictures(each, path) for each in iter_readings(self.path, self.name, forms, chosen))
        from danju.readers.structured.given import iter_given  # late: commands read files

        return iter_given(self.records, self.name, forms, chosen)


def find_sources(inputs: Sequence[str], stdin: Path | None = None) -> list[Source]:
    """The input files that arguments name: files, folders (searched through, sorted), or `-`.

    Raises:
        UsageError: E101 missing, E102 folder without input, E103 unsupported kind of file.
    """
    known = Words("、".join(SUFFIXES), ", ".join(SUFFIXES))
    sources: list[Source] = []
    for given in inputs:
        path = Path(given)
        if given == "-" and stdin is not None:
            sources.append(Source(stdin, "-"))
        elif path.is_dir():
            inside = [each for each in sorted(path.rglob("*")) if _is_input(each, path)]
            if not inside:
                raise UsageError("E102", {"path": given, "suffixes": known})
            sources.extend(_sort_out(inside, path))
        elif not path.exists():
            raise UsageError("E101", {"path": given, "hint": _similar_hint(path)})
        elif path.suffix.lower() not in SUFFIXES:
            suffix = path.suffix or phrase("extensionless")
            raise UsageError("E103", {"path": given, "suffix": suffix, "suffixes": known})
        else:
            sources.append(Source(path, path.name))
    return sources


def _sort_out(inside: Sequence[Path], root: Path) -> Iterator[Source]:
    """The files of a folder, those marked that Danju made and nobody means."""
    summaries = {each for each in inside if is_own_summary(each)}
    finished = finished_to_leave_out(each for each in inside if each not in summaries)
    for each in inside:
        yield Source(each, str(each.relative_to(root)), each in summaries, each in finished, is_named=False)


def _is_input(path: Path, root: Path) -> bool:
    inner = path.relative_to(root)
    if path.name == VOID_LIST or (path.parent.name == VOID_FOLDER and (path.parent / VOID_LIST).exists()):
        return False  # superseded papers and their list
    hidden = any(part.startswith((".", "~$")) for part in inner.parts)
    return path.is_file() and not hidden and path.suffix.lower() in SUFFIXES


def is_own_summary(path: Path) -> bool:
    """Whether a file is a summary workbook as Danju writes it: its name, and what it says about itself."""
    if path.name not in SUMMARY_NAMES:
        return False
    try:
        with zipfile.ZipFile(path) as package:
            return b"<Application>Danju</Application>" in package.read("docProps/app.xml")
    except (OSError, KeyError, ValueError, NotImplementedError, RuntimeError, zipfile.BadZipFile):
        return False


def _similar_hint(path: Path) -> Words | str:
    if not path.parent.is_dir():
        return ""
    candidate = nearest(path.name, [each.name for each in path.parent.iterdir()])
    return did_you_mean(candidate)
