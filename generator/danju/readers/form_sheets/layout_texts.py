"""What a form's layout prints besides fields, for readers of its paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import lru_cache

from danju.model.identity import ById
from danju.model.layout import Layout, SignPart
from danju.values.text import fold

__all__ = ["printed_texts", "sign_parts"]


def sign_parts(layout: Layout) -> dict[tuple[str, ...], tuple[SignPart, ...]]:
    """The sign-off lines of a layout by the paths of their fields."""
    return _collect(ById(layout))


@lru_cache(maxsize=64)
def _collect(printed: ById[Layout]) -> dict[tuple[str, ...], tuple[SignPart, ...]]:
    found: dict[tuple[str, ...], tuple[SignPart, ...]] = {}
    for line in _iter_lines(printed.of):
        found.setdefault(tuple(part.field for part in line if part.field), line)
        names = tuple(part for part in line if not part.is_date)
        dates = tuple(part for part in line if part.is_date)
        for half in (names, dates):  # as side-by-side approvals set them
            found.setdefault(tuple(part.field for part in half if part.field), half)
    return found


def _iter_lines(node: object) -> Iterator[tuple[SignPart, ...]]:
    if isinstance(node, tuple):
        if node and all(isinstance(each, SignPart) for each in node):
            yield node
        else:
            for each in node:
                yield from _iter_lines(each)
    elif is_dataclass(node):
        for each in fields(node):
            yield from _iter_lines(getattr(node, each.name))


def printed_texts(layout: Layout) -> frozenset[str]:
    """Every text that a layout prints, folded."""
    return _collect_texts(ById(layout))


@lru_cache(maxsize=64)
def _collect_texts(printed: ById[Layout]) -> frozenset[str]:
    return frozenset(fold(text.replace("|", "")) for text in _iter_texts(printed.of) if len(text) > 1)


def _iter_texts(node: object) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, tuple | list):
        for each in node:
            yield from _iter_texts(each)
    elif is_dataclass(node):
        for each in fields(node):
            yield from _iter_texts(getattr(node, each.name))
