"""Files that are whole or absent, and what the system refuses as one clear message."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from danju.errors import EnvironmentFault

__all__ = ["ends_with_break", "make_folder", "move", "refusals", "remove", "write_whole"]


@contextmanager
def refusals(path: Path) -> Iterator[None]:
    """Raises EnvironmentFault, E303, for what the system refuses: disk full, no permission, a file open in Excel."""
    try:
        yield
    except OSError as err:
        raise EnvironmentFault("E303", {"path": str(path), "reason": err.strerror or str(err)}) from err


def make_folder(path: Path) -> None:
    """The folder is there, with all the folders above it.

    Raises:
        EnvironmentFault: E303, it cannot be made.
    """
    with refusals(path):
        path.mkdir(parents=True, exist_ok=True)


def write_whole(path: Path, content: bytes) -> None:
    """A file appears with all its content or not at all: temporary file beside it, then rename.

    Raises:
        EnvironmentFault: E303, it cannot be written.
    """
    make_folder(path.parent)
    temporary = path.with_name(f".{path.name[:60]}.{os.getpid()}.tmp")
    try:
        with refusals(path):
            temporary.write_bytes(content)
            temporary.replace(path)
    except BaseException:  # refused or interrupted: nothing half-written stays
        remove(temporary)
        raise


def move(path: Path, to: Path) -> None:
    """The file lies at another place of the same disk.

    Raises:
        EnvironmentFault: E303, it is in use, say.
    """
    with refusals(path):
        to.parent.mkdir(parents=True, exist_ok=True)
        path.replace(to)


def remove(path: Path) -> None:
    """The file is gone, if the system lets it go."""
    with suppress(OSError):
        path.unlink(missing_ok=True)


def ends_with_break(path: Path) -> bool:
    """Whether the last byte of a file that is not empty ends a line."""
    with path.open("rb") as file:
        file.seek(-1, 2)
        return file.read(1) == b"\n"
