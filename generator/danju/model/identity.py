"""What is remembered about an object that cannot be hashed: kept by identity, not by content."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

__all__ = ["ById"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True, eq=False)
class ById(Generic[T]):
    """A cache key that stands for one object and keeps it alive.

    Attributes:
        of: The object.
    """

    of: T

    def __hash__(self) -> int:
        return id(self.of)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ById) and other.of is self.of
