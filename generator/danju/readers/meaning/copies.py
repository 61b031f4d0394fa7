"""Copies of one paper (存根联, 客户联): they say the same, so the first one alone is read."""

from __future__ import annotations

from collections.abc import Iterable

from danju.layout.copies import is_cut
from danju.model.form import Form
from danju.values.text import fold

__all__ = ["end_of_first_copy"]


def end_of_first_copy(rows: Iterable[Iterable[str]], form: Form) -> int | None:
    """The first row that belongs to a further copy: a line to cut along, or the copy's name alone.

    Args:
        rows: Texts of each row; empty ones do not matter.
        form: None of its papers has a further copy unless its layout says so.
    """
    later = {fold(name) for name in form.layout.copies[1:]}
    if not later:
        return None
    for number, row in enumerate(rows):
        texts = {text.strip() for text in row} - {""}
        if len(texts) == 1 and any(is_cut(text) or fold(text) in later for text in texts):
            return number
    return None
