"""Stores: the only way to a place where documents are kept, whatever that place is.

    reserve an entry → put its files → finish it

An entry is remembered before anything is made with its number, its files count once they are finished; a run that is
cut off between the two goes on where it was.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Protocol

__all__ = ["Entry", "Issued", "Place", "Store", "key_of"]


@dataclass(frozen=True, slots=True)
class Issued:
    """A paper that was issued and is to be replaced.

    Attributes:
        stem: Its file name without suffix.
        version: Its version.
        content: Digest of what it says.
        made: Suffixes that were finished, each with the digest of what drew it.
    """

    stem: str
    version: int
    content: str
    made: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entry:
    """What was reserved for one version of a record.

    Attributes:
        form: Form id.
        identity: What identifies the record among those of its form, from `key_of`.
        content: Digest of what a person entered: no computed fields, no number.
        number: Its number, or "".
        stem: File name without suffix.
        version: 1, and one more for every correction of a paper that was issued.
        typed: Whether a person typed the number.
        replaces: The issued paper that this version corrects; it stays until the files of this one are finished.
    """

    form: str
    identity: str
    content: str
    number: str
    stem: str
    version: int = 1
    typed: bool = False
    replaces: Issued | None = None


def key_of(*parts: str) -> str:
    """A key of 16 bytes in hexadecimal for what identifies a record: no one can read the record out of it."""
    return blake2b("\0".join(parts).encode(errors="surrogatepass"), digest_size=16).hexdigest()


class Place(Protocol):
    """Where files are put; crosses process borders."""

    def put(self, name: str, content: bytes) -> None:
        """A file appears with all its content or not at all.

        Raises:
            EnvironmentFault: E303, it cannot be written.
        """


class Store(Protocol):
    """Keeps documents and remembers what they were made from. One writer at a time.

    Attributes:
        given: Numbers given by rule, by form, in the order they were given; grows as entries are reserved.
        typed: Numbers that people typed, by form.
    """

    @property
    def given(self) -> Mapping[str, Collection[str]]: ...

    @property
    def typed(self) -> Mapping[str, Collection[str]]: ...

    def numbers(self, form: str) -> Iterator[str]:
        """Every number of a form, given or typed."""

    def find(self, identity: str) -> Entry | None:
        """The newest entry of a record, reserved now or by an earlier run."""

    def find_number(self, form: str, number: str) -> Entry | None:
        """The newest entry with that number."""

    def find_content(self, form: str, content: str) -> Entry | None:
        """The newest entry without a typed number that says exactly this: known by it when its identity is not."""

    def content_of(self, digest: str) -> Mapping[str, object] | None:
        """What a person entered, as plain data; None when it was not kept."""

    def free_stem(self, stem: str, suffixes: tuple[str, ...]) -> str:
        """The stem, or with the first free ` (2)`, ` (3)`, … when it was given before or a file of that name exists."""

    def reserve(self, entry: Entry, content: str) -> None:
        """Remember an entry, and what was entered, before anything is made with them.

        Args:
            entry: What is reserved.
            content: The text of which `entry.content` is the digest.
        """

    def place(self, *, replacing: bool) -> Place:
        """Where the files of an entry are put; those that replace others wait out of sight until they are finished."""

    def has(self, name: str) -> bool:
        """Whether a file of that name is there with something in it; a power cut can leave empty ones."""

    def made(self, stem: str) -> Mapping[str, str]:
        """The suffixes finished with that stem, each with the digest of what drew it ("" when unknown)."""

    def finish(self, entry: Entry, made: Mapping[str, str], replaced: Issued | None = None) -> None:
        """Remember that files are complete; from then on they stand in their place.

        Args:
            entry: Whose files they are.
            made: Their suffixes, each with the digest of what drew it.
            replaced: The paper whose files they replace; these are put away, marked as superseded.
        """
