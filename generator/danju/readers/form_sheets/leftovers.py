"""What a form sheet says besides its fields: unknown labels are issues, other words become notes."""

from __future__ import annotations

import re
from collections.abc import Callable

from danju.issues import Issue
from danju.model.form import Form
from danju.readers.assembly import RecordBuilder
from danju.readers.form_sheets.grid import FormGrid, Region
from danju.readers.form_sheets.layout_texts import printed_texts
from danju.readers.registers.title_lines import iter_pairs
from danju.readers.spreadsheets.cells import as_text
from danju.readers.words import TOTALS
from danju.values.text import clean, fold

__all__ = ["is_title", "report_leftovers"]

_LABEL_LENGTH = 16
_PLAIN = re.compile(r"[^\d。！？!?；;，,☑□√×]+[:：]?")


def is_title(form: Form, text: object) -> bool:
    """Whether a cell names the form: its title, perhaps with a company or year before it."""
    if not isinstance(text, str) or len(text) > 80:
        return False
    folded = fold(text)
    return any(fold(title) in folded for title in (form.title, *form.aliases, form.record_type.title) if len(title) > 1)


def report_leftovers(
    grid: FormGrid, form: Form, hint: Callable[[str], object], used: set[tuple[int, int]], record: RecordBuilder
) -> None:
    """Says what was not used; `hint` gives the remedy for an unknown label."""
    rest: dict[int, list[Region]] = {}
    static = printed_texts(form.layout)
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
    grid: FormGrid, region: Region, hint: Callable[[str], object], used: set[tuple[int, int]], record: RecordBuilder
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
    record.add_issue(Issue("F102", grid.location(region), values={"name": name, "hint": hint(name)}))
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
