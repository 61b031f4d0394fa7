"""A store in a folder: one writer at a time, every file whole or absent.

    甲.pdf                      finished papers
    作废/甲 第1版.pdf            superseded ones, and their list
    .danju/journal.jsonl        what was reserved and finished
    .danju/records.jsonl        what was entered, to tell what a correction changes
    .danju/new/                 files that replace others, until all of one paper are complete

A paper is replaced in one step, the line of the journal that says so. Before it the old files stand where they were;
after it the moves follow, the old ones out of the way, then the new ones into their place; what a killed run left
undone of them is done by the next one first.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from danju.errors import EnvironmentFault, UsageError
from danju.stores.contents import Contents
from danju.stores.files import make_folder, move, refusals, remove, write_whole
from danju.stores.history import content_key
from danju.stores.journal import Journal
from danju.stores.lines import DoneLine, Voided
from danju.stores.store import Entry, Issued
from danju.stores.superseded import VOID_FOLDER, VOID_LIST, free_name, void_list

__all__ = ["FolderPlace", "FolderStore", "make_folder", "write_whole"]

STATE_FOLDER = ".danju"
_LEFTOVER = re.compile(r"\..+\.(?:\d+\.tmp|xlsx\.part)", re.DOTALL)  # as write_whole and the summary name them


@dataclass(frozen=True, slots=True)
class FolderPlace:
    """A folder that takes files; as of `Place`.

    Attributes:
        path: The folder.
    """

    path: Path

    def put(self, name: str, content: bytes) -> None:
        """A file appears with all its content or not at all."""
        write_whole(self.path / name, content)


class FolderStore:
    """A folder as `Store`. Use as a context: entering locks the folder, leaving frees it.

    Both take away temporary files that a killed run or worker left.

    Args:
        path: The folder.
        today: The day on which papers are superseded.
    """

    def __init__(self, path: Path, today: date) -> None:
        self.path = path
        self._today = today
        self._state = path / STATE_FOLDER
        self._new = self._state / "new"
        self._journal: Journal
        self._contents = Contents(self._state / "records.jsonl")
        self._lock: IO[bytes] | None = None

    def __enter__(self) -> Self:
        if self.path.is_file():
            raise UsageError("E106", {"path": str(self.path)})
        with refusals(self.path):
            self._state.mkdir(parents=True, exist_ok=True)
            self._lock = (self._state / "lock").open("wb")
        if not _take(self._lock):
            self._lock.close()
            raise UsageError("E107", {"path": str(self.path)})
        try:
            self._sweep()
            self._journal = Journal(self._state / "journal.jsonl")
            self._complete()
        except BaseException:
            self._lock.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if error is None:
                self._complete()
            else:
                with suppress(EnvironmentFault):
                    self._complete()
            self._close()
        finally:
            self._sweep()
            if self._lock is not None:
                self._lock.close()

    def _close(self) -> None:
        self._journal.close()
        with refusals(self._contents.path):
            rest = self._contents.close()
        if rest is not None:
            write_whole(self._contents.path, rest)
        self._write_list()

    def _sweep(self) -> None:
        for folder in (self.path, self._new, self.path / VOID_FOLDER):
            with suppress(OSError), os.scandir(folder) as found:
                for each in found:
                    if _LEFTOVER.fullmatch(each.name):
                        remove(Path(each.path))

    @property
    def given(self) -> Mapping[str, Mapping[str, int]]:
        """Numbers given by rule, by form."""
        return self._journal.history.given

    @property
    def typed(self) -> Mapping[str, Mapping[str, int]]:
        """Numbers that people typed, by form."""
        return self._journal.history.typed

    def numbers(self, form: str) -> Iterator[str]:
        """Every number of a form, given or typed."""
        return chain(self.given.get(form, ()), self.typed.get(form, ()))

    def find(self, identity: str) -> Entry | None:
        """The newest entry of a record."""
        return self._journal.find(identity)

    def find_number(self, form: str, number: str) -> Entry | None:
        """The newest entry with that number."""
        return self._journal.find_number(form, number)

    def find_content(self, form: str, content: str) -> Entry | None:
        """The newest entry without a typed number that says exactly this."""
        return self._journal.find(content_key(form, content))

    def content_of(self, digest: str) -> Mapping[str, object] | None:
        """What a person entered; None when it was not kept."""
        with refusals(self._contents.path):
            return self._contents.find(digest)

    def free_stem(self, stem: str, suffixes: tuple[str, ...]) -> str:
        """The stem, or with the first free count."""
        candidate, count = stem, 1
        while self._journal.history.has_stem(candidate) or any(
            (self.path / f"{candidate}{suffix}").exists() for suffix in suffixes
        ):
            count += 1
            candidate = f"{stem} ({count})"
        return candidate

    def reserve(self, entry: Entry, content: str) -> None:
        """Remember an entry and what was entered."""
        with refusals(self._contents.path):
            self._contents.keep(content)
        self._journal.reserve(entry)

    def place(self, *, replacing: bool) -> FolderPlace:
        """The folder, or where files wait that replace others."""
        return FolderPlace(self._new if replacing else self.path)

    def has(self, name: str) -> bool:
        """Whether a file of that name is there with something in it."""
        try:
            return (self.path / name).stat().st_size > 0
        except OSError:
            return False

    def made(self, stem: str) -> Mapping[str, str]:
        """The suffixes finished with that stem."""
        return self._journal.history.made(stem)

    def finish(self, entry: Entry, made: Mapping[str, str], replaced: Issued | None = None) -> None:
        """Remember that files are complete, and let them take the place of those that they replace."""
        if replaced is None:
            self._journal.finish(DoneLine(entry.stem, made))
            return
        void = self._voided(entry, made, replaced)
        self._journal.finish(DoneLine(entry.stem, made, void))
        self._exchange(void)
        if replaced.content != entry.content:
            self._contents.drop(replaced.content)

    def _voided(self, entry: Entry, made: Iterable[str], old: Issued) -> Voided:
        """How the files of a paper are put away, and what takes their place."""
        files = {}
        for suffix in sorted(old.made):
            path = self.path / f"{old.stem}{suffix}"
            if path.exists():
                files[path.name] = free_name(self.path / VOID_FOLDER, old.stem, old.version, suffix), _digest(path)
        new = {name: _digest(self._new / name) for name in (f"{entry.stem}{suffix}" for suffix in sorted(made))}
        day = self._today.isoformat()
        return Voided(entry.form, entry.number, old.stem, old.version, entry.version, day, files, new)

    def _exchange(self, void: Voided) -> None:
        """Files in their places: what was done already is not done again."""
        for name, (put_away, digest) in void.files.items():
            old, away = self.path / name, self.path / VOID_FOLDER / put_away
            if old.exists() and not away.exists() and _digest(old) == digest:
                move(old, away)
        for name, digest in void.new.items():
            new = self._new / name
            if new.exists() and _digest(new) == digest:
                move(new, self.path / name)

    def _complete(self) -> None:
        """What a killed run had begun to exchange is exchanged; what it had not finished is dropped."""
        waiting = self._waiting()
        last = {done.stem: void for done, void in self._journal.iter_replacements()} if waiting else {}
        for void in last.values():
            if not waiting.isdisjoint(void.new):
                self._exchange(void)
        for name in self._waiting():
            remove(self._new / name)
        with suppress(OSError):
            self._new.rmdir()

    def _waiting(self) -> set[str]:
        with suppress(OSError):
            return {each.name for each in self._new.iterdir()}
        return set()

    def _write_list(self) -> None:
        """The list of superseded papers names them all, unless somebody has thrown the whole folder away."""
        path = self.path / VOID_FOLDER / VOID_LIST
        if not self._journal.history.has_voided or not path.parent.is_dir():
            return
        papers = [void for _, void in self._journal.iter_replacements()]
        with refusals(path):
            known = path.read_bytes().decode(errors="replace") if path.exists() else ""
        if not all(put_away in known for paper in papers for put_away, _ in paper.files.values()):
            write_whole(path, void_list(papers))


def _digest(path: Path) -> str:
    with refusals(path):
        return sha256(path.read_bytes()).hexdigest()


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
