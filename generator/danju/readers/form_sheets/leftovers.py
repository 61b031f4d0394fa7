"""Words beside the fields: what a layout prints, and what a sheet says; unknown labels are issues, the rest notes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from functools import lru_cache

from danju.exchange.controls import FURTHER
from danju.issues import Issue
from danju.messages import Words
from danju.model.form import Form
from danju.model.identity import ById
from danju.model.layout import Layout, SignPart
from danju.readers.form_sheets.grid import FormGrid, Region
from danju.readers.meaning.forms import is_title
from danju.readers.meaning.headings import unknown_name
from danju.readers.meaning.records import RecordBuilder
from danju.readers.meaning.texts import iter_pairs
from danju.readers.meaning.words import TOTALS
from danju.readers.table.sheets import as_text
from danju.values.text import clean, fold

__all__ = ["printed_texts", "report_leftovers", "sign_parts"]


Hint = Callable[[str], Words | str]
"""What is said behind an unknown label."""


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


_LABEL_LENGTH = 16
_PLAIN = re.compile(r"[^\d。！？!?；;，,☑□√×]+[:：]?")


def report_leftovers(grid: FormGrid, form: Form, hint: Hint, used: set[tuple[int, int]], record: RecordBuilder) -> None:
    """Says what was not used; `hint` gives the remedy for an unknown label."""
    rest: dict[int, list[Region]] = {}
    static = printed_texts(form.layout) | {fold(FURTHER)}
    for region in grid.iter_filled():
        if region.key in used:
            continue
        if is_title(form, region.value) or _is_static(region, static):
            continue
        if _report_unknown(grid, region, hint, used, record):
            continue
        if not _is_caption(grid, region, used):
            rest.setdefault(region.top, []).append(region)
    for row, regions in rest.items():
        text = "  ".join(clean(as_text(region.value)) for region in regions)
        record.add_issue(Issue("F012", grid.location(regions[0]), values={"rows": row + 1, "text": text}))


def _report_unknown(
    grid: FormGrid,
    region: Region,
    hint: Hint,
    used: set[tuple[int, int]],
    record: RecordBuilder,
) -> bool:
    """An unknown label with a value, beside it or in the same cell."""
    text = region.value
    if not isinstance(text, str) or fold(text) in TOTALS:
        return False
    pair = next(iter_pairs(text), None)
    if pair is not None and pair[1]:
        name = pair[0]
    else:
        right = grid.right_of(region)
        is_label = len(text) <= _LABEL_LENGTH and _PLAIN.fullmatch(text.strip()) is not None
        if not is_label or right is None or right.value is None or right.key in used:
            return False
        used.add(right.key)
        name = clean(text).rstrip(":：")
    used.add(region.key)
    record.add_issue(unknown_name(name, grid.location(region), hint(name)))
    return True


def _is_caption(grid: FormGrid, region: Region, used: set[tuple[int, int]]) -> bool:
    """Words beside or above labels that hold nothing themselves: a section's caption, or a label nobody filled in."""
    if (
        not isinstance(region.value, str)
        or len(region.value) > _LABEL_LENGTH
        or not _PLAIN.fullmatch(region.value.strip())
    ):
        return False
    right, below = grid.right_of(region), grid.below(region)
    return right is None or right.value is None or right.key in used or (below is not None and below.key in used)


def _is_static(region: Region, static: frozenset[str]) -> bool:
    text = fold(as_text(region.value))
    return any(text in each for each in static)
