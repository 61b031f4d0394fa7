"""Renderers: a drawing → the bytes of a file."""

from __future__ import annotations

from dataclasses import dataclass

from danju.issues import Issue

__all__ = ["Rendered"]


@dataclass(frozen=True, slots=True)
class Rendered:
    """A finished file and what a person should know about it.

    Attributes:
        content: Its bytes.
        issues: Of the record, or of the template it was made with.
    """

    content: bytes
    issues: tuple[Issue, ...] = ()
