"""What a store remembers of earlier runs, small enough to hold 100,000 records in some 50 MB."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b

from danju.stores.store import Entry, key_of

__all__ = ["History", "content_key"]

NOTHING: Mapping[str, str] = {}


def content_key(form: str, content: str) -> str:
    """What identifies a record by all that it says."""
    return key_of(form, "content", content)


def _stem_key(stem: str) -> int:
    """What identifies a file stem, whatever the case of its letters."""
    return int.from_bytes(blake2b(stem.casefold().encode(), digest_size=8).digest(), "big")


@dataclass(slots=True)
class History:
    """Where every entry stands, and which files are finished.

    Attributes:
        given: Numbers given by rule, by form, in the order they were given, each with the place of its newest entry.
        typed: Numbers that people typed, likewise.
        has_voided: Whether anything was ever superseded.
    """

    given: dict[str, dict[str, int]] = field(default_factory=dict)
    typed: dict[str, dict[str, int]] = field(default_factory=dict)
    has_voided: bool = False
    _places: dict[bytes, int] = field(default_factory=dict)  # by identity, and by content where no number was typed
    _made: dict[int, Mapping[str, str]] = field(default_factory=dict)  # every stem, with what is finished
    _shared: dict[frozenset[tuple[str, str]], Mapping[str, str]] = field(default_factory=dict)

    def place_of(self, key: str) -> int | None:
        """The place of the newest entry with that identity or content key; None when it has none."""
        return self._places.get(bytes.fromhex(key))

    def place_of_number(self, form: str, number: str) -> int | None:
        """The place of the newest entry with that number."""
        place = self.typed.get(form, {}).get(number)
        return place if place is not None else self.given.get(form, {}).get(number)

    def has_stem(self, stem: str) -> bool:
        """Whether the file stem was ever given."""
        return _stem_key(stem) in self._made

    def made(self, stem: str) -> Mapping[str, str]:
        """The suffixes finished with that stem, each with the digest of what drew it."""
        return self._made.get(_stem_key(stem), NOTHING)

    def remember(self, entry: Entry, place: int) -> None:
        """Take in an entry that stands at a place; nothing of it is finished yet."""
        self._places[bytes.fromhex(entry.identity)] = place
        if not entry.typed:
            self._places[bytes.fromhex(content_key(entry.form, entry.content))] = place
        self._made[_stem_key(entry.stem)] = NOTHING
        if entry.number:
            numbers = self.typed if entry.typed else self.given
            numbers.setdefault(entry.form, {})[entry.number] = place

    def finish(self, stem: str, made: Mapping[str, str]) -> None:
        """Take in that files are complete."""
        key = _stem_key(stem)
        every = {**self._made.get(key, NOTHING), **made}
        self._made[key] = self._shared.setdefault(frozenset(every.items()), every)

    def forget(self, stem: str, suffixes: Collection[str]) -> None:
        """Take in that files of a stem are no longer there."""
        left = {suffix: by for suffix, by in self.made(stem).items() if suffix not in suffixes}
        self._made[_stem_key(stem)] = self._shared.setdefault(frozenset(left.items()), left)
