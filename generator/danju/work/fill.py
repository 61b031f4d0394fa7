"""Fill: a Word template of one's own with records of a data file, without any form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from danju.errors import DanjuError, UsageError
from danju.events import Done, Event, Found, Tally, Written
from danju.issues import Issue
from danju.location import Location
from danju.stores.folder import write_whole
from danju.word_template import compile_template, plain_names
from danju.word_template.data_file import read_data
from danju.word_template.output_names import OutputNames

__all__ = ["fill", "read_template"]


def fill(template: Path, data: Path, output: Path, *, strict: bool = False) -> Iterator[Event]:
    """One file for each record of the data.

    Args:
        template: The .docx with tags.
        data: YAML or JSON; pictures lie in its folder.
        output: Path of the files; its name may hold `{栏目}` and `{seq}`.
        strict: Whether a name that a record lacks is an error.

    Raises:
        UsageError: E101, E103, E108, a file is not there or of another kind.
        InputError, DefinitionError: The data cannot be read, the template cannot be filled at all.
        EnvironmentFault: E303, a file cannot be written.
    """
    if output.suffix.lower() != ".docx":
        raise UsageError("E108", {"path": str(output), "suffix": ".docx"})
    filler = compile_template(read_template(template), name=template.name)
    records = read_data(data)
    names = OutputNames(output, len(records))
    tally = Tally(read=len(records))
    yield from (Found(issue) for issue in filler.issues)
    for position, record in enumerate(records, 1):
        values = plain_names(record)
        assert isinstance(values, dict)
        try:
            path = names.next(values, position)
            filled = filler.fill_checked(values, folder=data.resolve().parent, strict=strict)
        except DanjuError as err:
            if err.exit_code != 1 and err.code != "T124":
                raise
            tally.failed += 1
            yield Found(Issue(err.code, _of_record(err.location, position), values=err.values))
            continue
        write_whole(path, filled.content)
        tally.made += 1
        yield from (Found(replace(each, location=_of_record(each.location, position))) for each in filled.issues)
        yield Written(path)
    tally.files = tally.made
    yield Done(tally)


def read_template(path: Path) -> bytes:
    """A template's bytes.

    Raises:
        UsageError: E101, there is no such file.
    """
    try:
        return path.read_bytes()
    except OSError as err:
        raise UsageError("E101", {"path": str(path), "hint": ""}) from err


def _of_record(place: Location, position: int) -> Location:
    return replace(place, record=position)
