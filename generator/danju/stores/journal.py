"""The journal of an output folder: which numbers were given to which records, and which files were finished.

One JSON object a line, appended and flushed before the work it announces, so that a run that is cut off never loses
track. A last line without its line break was cut off while writing and does not count.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import blake2b
from io import BufferedWriter
from pathlib import Path
from typing import Any

from danju.errors import EnvironmentFault

NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Entry:
    """What was reserved for one record.

    Attributes:
        form: Form id.
        digest: Digest of the record before it got its number.
        occurrence: 0 for the first record of that digest, 1 for its first repetition, …
        number: Its number, or "".
        stem: File name without suffix.
        typed: Whether a person typed the number.
    """

    form: str
    digest: str
    occurrence: int
    number: str
    stem: str
    typed: bool = False


def key_of(form: str, digest: str, occurrence: int) -> bytes:
    """What identifies a record across runs, in 16 bytes."""
    return blake2b(f"{form}\0{digest}\0{occurrence}".encode(), digest_size=16).digest()


def _stem_key(stem: str) -> int:
    """What identifies a file stem, whatever the case of its letters."""
    return int.from_bytes(blake2b(stem.casefold().encode(), digest_size=8).digest(), "big")


@dataclass(slots=True)
class History:
    """Everything an output folder remembers, small enough to hold 100,000 records in some 50 MB.

    Attributes:
        given: Numbers given by rule, by form, in the order they were given.
        typed: Numbers that people typed, by form.
    """

    given: dict[str, list[str]] = field(default_factory=dict)
    typed: dict[str, set[str]] = field(default_factory=dict)
    _places: dict[bytes, int] = field(default_factory=dict)  # where in the file each entry stands
    _done: dict[int, frozenset[str]] = field(default_factory=dict)  # every stem, with the suffixes that are finished
    _sets: dict[frozenset[str], frozenset[str]] = field(default_factory=dict)

    def place_of(self, key: bytes) -> int | None:
        """Where in the journal the record of that key has its entry; None when it has none."""
        return self._places.get(key)

    def has_stem(self, stem: str) -> bool:
        """Whether the file stem was ever given."""
        return _stem_key(stem) in self._done

    def suffixes_of(self, stem: str) -> frozenset[str]:
        """The suffixes finished with that stem."""
        return self._done.get(_stem_key(stem), NOTHING)

    def remember(self, entry: Entry, place: int) -> None:
        """Take in an entry that stands at a place in the journal."""
        self._places[key_of(entry.form, entry.digest, entry.occurrence)] = place
        self._done.setdefault(_stem_key(entry.stem), NOTHING)
        if entry.number and entry.typed:
            self.typed.setdefault(entry.form, set()).add(entry.number)
        elif entry.number:
            self.given.setdefault(entry.form, []).append(entry.number)

    def finish(self, stem: str, suffixes: Iterable[str]) -> None:
        """Take in that files are complete."""
        key = _stem_key(stem)
        every = self._done.get(key, NOTHING).union(suffixes)
        self._done[key] = self._sets.setdefault(every, every)


class Journal:
    """Reads and extends `.danju/journal.jsonl` of an output folder."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: BufferedWriter | None = None
        self._end = 0
        self.history = History()
        if path.exists():
            self._read()

    def _read(self) -> None:
        place = 0
        with self._faults(), self._path.open("rb") as lines:
            for line in lines:
                item = _parse(line)
                if "number" in item:
                    self.history.remember(Entry(**item), place)
                elif "done" in item:
                    self.history.finish(item["done"], item["suffixes"])
                place += len(line)

    def knows(self, form: str, digest: str, occurrence: int) -> bool:
        """Whether something was reserved for a record, now or by an earlier run."""
        return self.history.place_of(key_of(form, digest, occurrence)) is not None

    def find(self, form: str, digest: str, occurrence: int) -> Entry | None:
        """What was reserved for a record, now or by an earlier run."""
        place = self.history.place_of(key_of(form, digest, occurrence))
        if place is None:
            return None
        with self._faults(), self._path.open("rb") as file:
            file.seek(place)
            return Entry(**_parse(file.readline()))

    def reserve(self, entry: Entry) -> None:
        """Remember a number and file name before anything is made with them."""
        item: dict[str, object] = {
            "form": entry.form, "digest": entry.digest, "occurrence": entry.occurrence,
            "number": entry.number, "stem": entry.stem,
        }  # fmt: skip
        self.history.remember(entry, self._append({**item, "typed": True} if entry.typed else item))

    def finish(self, stem: str, suffixes: Iterable[str]) -> None:
        """Remember that files are complete."""
        every = sorted(suffixes)
        self._append({"done": stem, "suffixes": every})
        self.history.finish(stem, every)

    def _append(self, item: dict[str, object]) -> int:
        """Write a line; returns where it stands."""
        line = json.dumps(item, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        with self._faults():
            file = self._open()
            place = self._end
            file.write(line)
            file.flush()
        self._end += len(line)
        return place

    def _open(self) -> BufferedWriter:
        if self._file is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self._path.open("ab")
            self._end = self._file.tell()
            if self._end and not _ends_with_break(self._path):
                self._file.write(b"\n")
                self._end += 1
        return self._file

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


def _parse(line: bytes) -> dict[str, Any]:
    """A line's object; empty for a line that was cut off or is no JSON object."""
    if not line.endswith(b"\n"):
        return {}
    try:
        item = json.loads(line)
    except ValueError:
        return {}
    return item if isinstance(item, dict) else {}


def _ends_with_break(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(-1, 2)
        return file.read(1) == b"\n"
