"""What to say behind an unknown name in a definition."""

from __future__ import annotations

from collections.abc import Iterable

from danju.messages import Words
from danju.values.text import nearest

__all__ = ["nearest_hint"]


def nearest_hint(name: str, known: Iterable[str], otherwise: Words | str = "") -> Words | str:
    """“Did you mean …?” with the nearest known name; the other words when there is none."""
    candidate = nearest(name, known)
    return Words(f"是否指 {candidate}？", f"Did you mean {candidate}?") if candidate else otherwise
