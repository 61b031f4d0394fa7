"""Check, and give back: what is wrong with the inputs, told or put into copies of their files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from danju.batch import Item
from danju.errors import UsageError
from danju.events import Done, Event, Found, Returned, Tally
from danju.issues import Severity
from danju.returns import Findings, make_return
from danju.stores.folder import write_whole
from danju.work.inputs import Inputs, ReadyInputs

__all__ = ["check", "give_back"]


def check(inputs: Inputs) -> Iterator[Event]:
    """Every issue of the inputs; nothing is written."""
    tally = Tally()
    yield from inputs.open().read(tally)
    yield Done(tally)


def give_back(inputs: Inputs, folder: Path, lang: str) -> Iterator[Event]:
    """The same, then a marked copy of every file with an error or a warning; an author's earlier copy stays.

    Args:
        inputs: What to check.
        folder: Where the copies go.
        lang: Language of the marks.

    Raises:
        UsageError: E106, the folder is a file; E115, it holds inputs.
        EnvironmentFault: E303, a copy cannot be written.
    """
    opened = inputs.open().named_apart()
    _guard(folder, inputs, opened)
    found = {each.name: Findings(each.path, each.name) for each in opened.files}
    tally = Tally()
    yield from opened.read(tally, _noted(opened.items(), found))
    written: set[Path] = set()
    for findings in found.values():
        yield from _return(findings, folder, lang, written)
    tally.files = len(written)
    yield Done(tally)


def _noted(items: Iterator[Item], found: Mapping[str, Findings]) -> Iterator[Item]:
    """The items; issues, and where headers stand, are kept by the name of the file."""
    for item in items:
        for issue in item.issues:
            if issue.location.source in found:
                found[issue.location.source].issues.append(issue)
        for place, header in item.headers.items():
            if place.source in found:
                found[place.source].headers[place.sheet] = header
        yield item


def _return(findings: Findings, folder: Path, lang: str, written: set[Path]) -> Iterator[Event]:
    returned = make_return(findings, lang)
    if returned is None:
        yield Returned(findings.name)
        return
    path = _free_place(folder, returned.name, returned.content, written)
    written.add(path)
    write_whole(path, returned.content)
    yield from (Found(note) for note in returned.notes)
    errors, warnings = findings.count(Severity.ERROR), findings.count(Severity.WARNING)
    yield Returned(findings.name, path, returned.kind.value, errors, warnings)


def _guard(folder: Path, inputs: Inputs, opened: ReadyInputs) -> None:
    """Make sure that nothing is written over the inputs or into a folder that is one."""
    if folder.is_file():
        raise UsageError("E106", {"path": str(folder)})
    wanted = folder.resolve()
    given = [Path(each).resolve() for each in inputs.given if Path(each).is_dir()]
    homes = {source.path.resolve().parent for source in opened.files}
    if wanted in homes or any(wanted.is_relative_to(each) for each in given):
        raise UsageError("E115", {"path": str(folder)})


def _free_place(folder: Path, name: str, content: bytes, written: set[Path]) -> Path:
    """The file of that name, or with the first free ` (2)`, ` (3)`, … when another one has it."""
    path, count = folder / name, 1
    while path in written or (path.exists() and not _holds(path, content)):
        count += 1
        path = folder / f"{Path(name).stem} ({count}){Path(name).suffix}"
    return path


def _holds(path: Path, content: bytes) -> bool:
    try:
        return path.read_bytes() == content
    except OSError:
        return False
