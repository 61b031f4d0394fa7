"""What was entered in the newest version of each record, so that a run can say what a correction changed.

`.danju/records.jsonl` beside the journal: one line a record, known by its digest alone. The papers do not do for this:
which formats there are changes, and a letter from a Word template need not show every field. No more is kept than the
newest papers of the same folder say: what a correction replaced is taken out when the run ends, and there is neither
index nor copy elsewhere. Without the file all goes on, only the list of changes is missing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from io import BufferedWriter
from pathlib import Path

from danju.stores.files import ends_with_break

__all__ = ["Contents"]


class Contents:
    """Reads and extends the file.

    Attributes:
        path: Where it is.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: BufferedWriter | None = None
        self._places: dict[bytes, int] | None = None
        self._outdated: set[bytes] = set()

    def keep(self, content: str) -> None:
        """Remember what was entered in a record."""
        if self._file is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self.path.open("ab")
            if self._file.tell() and not ends_with_break(self.path):
                self._file.write(b"\n")
        self._file.write(content.encode() + b"\n")
        self._file.flush()
        self._outdated.discard(sha256(content.encode()).digest())

    def find(self, digest: str) -> Mapping[str, object] | None:
        """What was entered, by its digest; None when it is not there as it was."""
        if self._places is None:
            self._places = self._all_places()
        place = self._places.get(bytes.fromhex(digest))
        if place is None:
            return None
        with self.path.open("rb") as file:
            file.seek(place)
            found: Mapping[str, object] = json.loads(file.readline())
        return found

    def drop(self, digest: str) -> None:
        """What was replaced need not be kept any longer."""
        self._outdated.add(bytes.fromhex(digest))

    def close(self) -> bytes | None:
        """Close the file; what it should hold from now on, when something is to be taken out."""
        if self._file is not None:
            self._file.close()
        if not self._outdated or not self.path.exists():
            return None
        lines = self.path.read_bytes().splitlines(keepends=True)
        return b"".join(line for line in lines if _digest(line) not in self._outdated)

    def _all_places(self) -> dict[bytes, int]:
        places: dict[bytes, int] = {}
        place = 0
        if self.path.exists():
            with self.path.open("rb") as lines:
                for line in lines:
                    places[_digest(line)] = place
                    place += len(line)
        return places


def _digest(line: bytes) -> bytes:
    return sha256(line.removesuffix(b"\n")).digest()
