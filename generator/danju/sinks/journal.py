"""The journal of an output folder: which numbers were given to which records, and which files were finished.

One JSON object a line, appended and flushed before the work it announces, so that a run that is cut off never loses
track. A last line without its line break was cut off while writing and does not count.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BufferedWriter
from pathlib import Path

from danju.errors import EnvironmentFault


@dataclass(frozen=True, slots=True)
class Entry:
    """What was reserved for one record.

    Attributes:
        form: Form id.
        digest: Digest of the record before it got its number.
        occurrence: 0 for the first record of that digest, 1 for its first repetition, …
        number: Its number, or "".
        stem: File name without suffix.
    """

    form: str
    digest: str
    occurrence: int
    number: str
    stem: str

    @property
    def key(self) -> tuple[str, str, int]:
        """What identifies the record across runs."""
        return self.form, self.digest, self.occurrence


@dataclass(slots=True)
class History:
    """Everything an output folder remembers.

    Attributes:
        entries: By record.
        numbers: Every number ever given, by form.
        stems: Every file stem ever given.
        done: Finished suffixes by stem.
    """

    entries: dict[tuple[str, str, int], Entry] = field(default_factory=dict)
    numbers: dict[str, set[str]] = field(default_factory=dict)
    stems: set[str] = field(default_factory=set)
    done: dict[str, set[str]] = field(default_factory=dict)


class Journal:
    """Reads and extends `.danju/journal.jsonl` of an output folder."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: BufferedWriter | None = None
        self.history = self._read()

    def _read(self) -> History:
        history = History()
        if not self._path.exists():
            return history
        for line in self._path.read_bytes().split(b"\n")[:-1]:
            try:
                item = json.loads(line)
            except ValueError:
                continue
            if "number" in item:
                self._remember(history, Entry(**item))
            elif "done" in item:
                history.done.setdefault(item["done"], set()).update(item["suffixes"])
        return history

    @staticmethod
    def _remember(history: History, entry: Entry) -> None:
        history.entries[entry.key] = entry
        history.stems.add(entry.stem.casefold())
        if entry.number:
            history.numbers.setdefault(entry.form, set()).add(entry.number)

    def reserve(self, entry: Entry) -> None:
        """Remember a number and file name before anything is made with them."""
        self._remember(self.history, entry)
        self._append(
            {
                "form": entry.form, "digest": entry.digest, "occurrence": entry.occurrence,
                "number": entry.number, "stem": entry.stem,
            }
        )  # fmt: skip

    def finish(self, stem: str, suffixes: Iterable[str]) -> None:
        """Remember that files are complete."""
        self.history.done.setdefault(stem, set()).update(suffixes)
        self._append({"done": stem, "suffixes": sorted(suffixes)})

    def _append(self, item: dict[str, object]) -> None:
        with self._faults():
            self._write(json.dumps(item, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")

    def _write(self, line: bytes) -> None:
        if self._file is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self._path.open("ab")
            if self._file.tell() and not self._path.read_bytes().endswith(b"\n"):
                self._file.write(b"\n")
        self._file.write(line)
        self._file.flush()

    def close(self) -> None:
        """Close the file; further entries open it again."""
        file, self._file = self._file, None
        if file is not None:
            with self._faults():
                file.close()

    @contextmanager
    def _faults(self) -> Iterator[None]:
        """What the system refuses, as one clear message."""
        try:
            yield
        except OSError as err:
            raise EnvironmentFault("E303", {"path": str(self._path), "reason": err.strerror or str(err)}) from err
