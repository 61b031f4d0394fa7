"""The journal of an output folder: which numbers were given to which records, and which files were finished.

One JSON object a line, appended and flushed before the work it announces, so that a run that is cut off never loses
track. Reading checks every line. A last line that was cut off while it was written does not count and is taken away
before the next one is written; any other damage is told with its line, and nothing is done.

    {"journal": 2}                                        lines below are of this format; absent in old journals
    {"form": …, "identity": …, "content": …, "number": …, "stem": …, "version": …}      an `Entry`
    {"done": stem, "made": {".pdf": what drew it}}                                      its files are complete
    {"done": …, "made": …, "void": {…}}                   likewise, and what they replace is superseded, see `Voided`
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from io import BufferedReader, BufferedWriter
from pathlib import Path

from danju.errors import UsageError
from danju.location import Location
from danju.messages import Words, phrase
from danju.stores.files import ends_with_break, refusals
from danju.stores.history import History
from danju.stores.lines import FORMAT, DoneLine, LineFault, Voided, done_line, entry_line, is_cut_off, parse_line
from danju.stores.store import Entry

__all__ = ["Journal"]


class Journal:
    """Reads and extends `.danju/journal.jsonl` of an output folder.

    Raises:
        UsageError: E120, a line is damaged.
        EnvironmentFault: E303, the system refuses it.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: BufferedWriter | None = None
        self._reading: BufferedReader | None = None
        self._end = 0  # of the last whole line
        self._format = 1
        self.history = History()
        if path.exists():
            try:
                with refusals(self._path):
                    self._read()
            except BaseException:
                self.close()
                raise

    def _read(self) -> None:
        for count, line in enumerate(self._lines(), 1):
            if line.strip():
                try:
                    self._take(line)
                except LineFault as fault:
                    is_last = not line.endswith(b"\n")
                    if not (is_cut_off(line) and (is_last or self._format == 1)):  # format 1 went on below such a line
                        where = Location(str(self._path), line=count)
                        raise UsageError("E120", {"reason": fault.reason}, where) from fault
                    if is_last:
                        return
            self._end += len(line)

    def _take(self, line: bytes) -> None:
        item = parse_line(line)
        if isinstance(item, int):
            self._format = item
        elif isinstance(item, Entry):
            self._check_number(item)
            self.history.remember(item, self._end)
        else:
            if not self.history.has_stem(item.stem):
                raise LineFault(phrase("nothing_was_reserved", stem=item.stem))
            self._remember(item)

    def _check_number(self, entry: Entry) -> None:
        """A number that was given by rule belongs to one record."""
        place = self.history.given.get(entry.form, {}).get(entry.number)
        if place is None or entry.typed:
            return
        earlier = self._entry_at(place)
        if entry.identity != earlier.identity and entry.content != earlier.content:
            zh, en = f"编号“{entry.number}”前面已给了另一条记录", f"“{entry.number}” was given to another record above"
            raise LineFault(Words(zh, en))

    def _remember(self, done: DoneLine) -> None:
        if done.void is not None:
            self.history.forget(done.void.stem, {Path(name).suffix for name in done.void.files})
            self.history.has_voided = True
        self.history.finish(done.stem, done.made)

    def find(self, key: str) -> Entry | None:
        """The newest entry with that identity or content key."""
        place = self.history.place_of(key)
        return None if place is None else self._entry_at(place)

    def find_number(self, form: str, number: str) -> Entry | None:
        """The newest entry with that number."""
        place = self.history.place_of_number(form, number)
        return None if place is None else self._entry_at(place)

    def _entry_at(self, place: int) -> Entry:
        with refusals(self._path):
            if self._reading is None:
                self._reading = self._path.open("rb")
            self._reading.seek(place)
            entry = parse_line(self._reading.readline())
        assert isinstance(entry, Entry)
        return entry

    def iter_replacements(self) -> Iterator[tuple[DoneLine, Voided]]:
        """Everything that replaced something, with what it replaced, in order; read from the file again."""
        if self._path.exists():
            with refusals(self._path):
                for line in self._lines():
                    done = parse_line(line) if b'"void"' in line and line.endswith(b"\n") else None
                    if isinstance(done, DoneLine) and done.void is not None:
                        yield done, done.void

    def reserve(self, entry: Entry) -> None:
        """Remember a number and file name before anything is made with them."""
        place = self._append(entry_line(entry))
        self.history.remember(entry, place)

    def finish(self, done: DoneLine) -> None:
        """Remember that files are complete."""
        self._append(done_line(done))
        self._remember(done)

    def _append(self, item: Mapping[str, object]) -> int:
        """Write a line; returns where it stands."""
        with refusals(self._path):
            file = self._file or self._open()
            return self._write(file, item)

    def _write(self, file: BufferedWriter, item: Mapping[str, object]) -> int:
        line = json.dumps(item, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        place = self._end
        file.write(line)
        file.flush()
        self._end += len(line)
        return place

    def _open(self) -> BufferedWriter:
        """The file, ready for whole lines of this format."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._file = file = self._path.open("ab")
        if file.tell() > self._end:
            file.truncate(self._end)
        if self._end and not ends_with_break(self._path):
            file.write(b"\n")
            self._end += 1
        if self._format < FORMAT:
            self._write(file, {"journal": FORMAT})
            self._format = FORMAT
        return file

    def close(self) -> None:
        """Close the file; further entries open it again."""
        file, self._file = self._file, None
        reading, self._reading = self._reading, None
        with refusals(self._path):
            if reading is not None:
                reading.close()
            if file is not None:
                file.close()

    def _lines(self) -> Iterator[bytes]:
        with self._path.open("rb") as lines:
            yield from lines
