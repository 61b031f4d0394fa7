"""An output folder: one writer at a time, every file whole or absent."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from danju.errors import EnvironmentFault, UsageError
from danju.stores.journal import Journal

STATE_FOLDER = ".danju"
_LEFTOVER = re.compile(r"\..+\.(?:\d+\.tmp|xlsx\.part)", re.DOTALL)  # as write_whole and the summary name them


def make_folder(path: Path) -> None:
    """The folder is there, with all the folders above it.

    Raises:
        EnvironmentFault: E303, it cannot be made.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as err:
        raise EnvironmentFault("E303", {"path": str(path), "reason": err.strerror or str(err)}) from err


def write_whole(path: Path, content: bytes) -> None:
    """A file appears with all its content or not at all: temporary file beside it, then rename.

    Raises:
        EnvironmentFault: E303, disk full, no permission, or the file is open in Excel.
    """
    make_folder(path.parent)
    temporary = path.with_name(f".{path.name[:60]}.{os.getpid()}.tmp")
    try:
        temporary.write_bytes(content)
        temporary.replace(path)
    except OSError as err:
        _remove(temporary)
        raise EnvironmentFault("E303", {"path": str(path), "reason": err.strerror or str(err)}) from err
    except BaseException:  # interrupted: nothing half-written stays
        _remove(temporary)
        raise


def _remove(temporary: Path) -> None:
    with suppress(OSError):
        temporary.unlink(missing_ok=True)


class OutputFolder:
    """Where documents go. Use as a context: entering locks the folder, leaving frees it.

    Both take away temporary files that a killed run or worker left.

    Attributes:
        path: The folder.
        journal: What it remembers of earlier runs.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.journal: Journal
        self._lock: IO[bytes] | None = None

    def __enter__(self) -> Self:
        if self.path.is_file():
            raise UsageError("E106", {"path": str(self.path)})
        try:
            state = self.path / STATE_FOLDER
            state.mkdir(parents=True, exist_ok=True)
            self._lock = (state / "lock").open("wb")
        except OSError as err:
            raise EnvironmentFault("E303", {"path": str(self.path), "reason": err.strerror or str(err)}) from err
        if not _take(self._lock):
            self._lock.close()
            raise UsageError("E107", {"path": str(self.path)})
        try:
            self._sweep()
            self.journal = Journal(state / "journal.jsonl")
        except BaseException:
            self._lock.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self.journal.close()
        finally:
            self._sweep()
            if self._lock is not None:
                self._lock.close()

    def _sweep(self) -> None:
        with suppress(OSError), os.scandir(self.path) as found:
            for each in found:
                if _LEFTOVER.fullmatch(each.name):
                    _remove(Path(each.path))

    def holds(self, name: str) -> bool:
        """Whether a file of that name is there with something in it; a power cut can leave empty ones."""
        try:
            return (self.path / name).stat().st_size > 0
        except OSError:
            return False

    def free_stem(self, stem: str, suffixes: tuple[str, ...]) -> str:
        """The stem, or with the first free ` (2)`, ` (3)`, … when it was given before or a file of that name exists."""
        candidate, count = stem, 1
        while self.journal.history.has_stem(candidate) or any(
            (self.path / f"{candidate}{suffix}").exists() for suffix in suffixes
        ):
            count += 1
            candidate = f"{stem} ({count})"
        return candidate


def _take(lock: IO[bytes]) -> bool:
    """An exclusive lock that the system frees when the process ends, however it ends."""
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]  # Windows only
        else:
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
