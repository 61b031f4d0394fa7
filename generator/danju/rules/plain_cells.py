"""Cells about which there is nothing to say: many at once, each to the value that coercion would give.

A value is taken here only when coercion finds no fault in it, not even a note. Everything else is doubtful and is
left to the long road (`danju.rules.checking`), the only one that words messages.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, cast

from danju.model.field import Field, Kind
from danju.rules.coerce import TEXT_LIMIT, coerce
from danju.values.codes import CHECKS

__all__ = ["EXACT_CODES", "Gathered", "PlainColumn"]

EXACT_CODES: Mapping[str, re.Pattern[str]] = {
    "mobile": re.compile(r"1[3-9][0-9]{9}"),
    "phone": re.compile(r"0(?:10|2[0-9])-[2-9][0-9]{7}|0[3-9][0-9]{2}-[2-9][0-9]{6,7}"),
    "postcode": re.compile(r"[0-9]{6}"),
}
"""Codes that are right and in the form that is kept, as far as their shape tells; others are checked one by one."""

_REMEMBERED, _LONGEST_REMEMBERED = 4096, 200
_DOUBT = object()
_CELLS = frozenset({str, int, float, bool, Decimal, date, datetime, time})

# Han, Latin and digits with the usual punctuation: no blanks but the plain one, nothing invisible, no underscore
# (Excel's _x000D_). A text begins with what is neither a sign for “nothing” nor the beginning of a formula.
_SIGN = (
    r"!-^`-~\u00b0-\u00b3\u00b7\u00d7\u2013\u2014\u2018-\u201d\u2026\u2103\u2460-\u2473"
    r"\u3001-\u3011\uff01-\uff5e\uffe5\u4e00-\u9fff"
)
_START = r"(?:[0-9\u4e00-\u9fff]|[A-Za-z](?=.{3}))"


@dataclass(slots=True)
class Gathered:
    """What is noticed while columns are read.

    Attributes:
        doubtful: Positions of doubtful rows.
        texts: Values, and None, of fields in which people write freely.
    """

    doubtful: set[int] = field(default_factory=set)
    texts: list[str | None] = field(default_factory=list)


class PlainColumn:
    """Reads the cells of one field.

    Args:
        target: Neither table nor group.
        today: Completes dates without a year.
    """

    def __init__(self, target: Field, today: date) -> None:
        self.target = target
        self._known = _Known(target, today)
        pattern = _pattern(target)
        self._matches: Callable[[str], Any] | None = pattern.fullmatch if pattern else None

    def read(self, cells: Sequence[object], gathered: Gathered) -> list[object]:
        """The typed values, None for empty and for doubtful cells.

        Args:
            cells: As a reader delivers them.
            gathered: Receives which are doubtful, and the texts.
        """
        known, matches = self._known, self._matches
        before = known.doubts
        if matches is None:
            values = list(map(known.__getitem__, cells))
        elif self.target.multiline:
            values = [
                cell if cell.__class__ is str and matches(cell) and " \n" not in cell else known[cell] for cell in cells
            ]
        else:
            values = [cell if cell.__class__ is str and matches(cell) else known[cell] for cell in cells]
        if known.doubts != before:
            for index, value in enumerate(values):
                if value is _DOUBT:
                    gathered.doubtful.add(index)
                    values[index] = None
        if self.target.kind is Kind.TEXT:
            gathered.texts += cast("list[str | None]", values)
        return values


class _Known(dict[object, object]):
    """Typed values by cell, found as they are asked for; texts and days are kept, as registers repeat them.

    Attributes:
        doubts: How often a cell was doubtful.
    """

    def __init__(self, target: Field, today: date) -> None:
        super().__init__({None: None, "": None})
        self.doubts = 0
        self._target = target
        self._today = today

    def __missing__(self, cell: object) -> object:
        kept = cell.__class__
        outcome = coerce(cell, self._target, self._today) if kept in _CELLS else None
        if outcome is None or outcome.faults or not self._is_counted(outcome.value):
            self.doubts += 1
            return _DOUBT
        if (kept is str and len(str(cell)) <= _LONGEST_REMEMBERED) or kept is date or kept is datetime:
            if len(self) >= _REMEMBERED:
                self.clear()
                self.update({None: None, "": None})
            self[cell] = outcome.value
        return outcome.value

    def _is_counted(self, value: object) -> bool:
        """Whether as many options are ticked as may be."""
        if not isinstance(value, list):
            return True
        least, most = self._target.min_items, self._target.max_items
        return (most is None or len(value) <= most) and (least is None or len(value) >= least)


def _pattern(target: Field) -> re.Pattern[str] | None:
    """What a text of the field must match to be its own value, or None where only coercion can tell."""
    if target.kind is not Kind.TEXT:
        return None
    if target.format in CHECKS:
        exact = EXACT_CODES.get(target.format or "")
        is_word = any(char.isdigit() for word in target.empty_words for char in word)
        return None if is_word else exact
    least, most = max(target.min_length or 0, 2), min(target.max_length or TEXT_LIMIT, TEXT_LIMIT)
    if target.empty_words or least > most:
        return None
    line_end = r"\n" if target.multiline else ""
    return re.compile(f"{_START}[ {line_end}{_SIGN}]{{{least - 2},{most - 2}}}[{_SIGN}]")
