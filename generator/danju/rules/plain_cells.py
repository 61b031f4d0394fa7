"""Cells about which there is nothing to say: many at once, each to the value that coercion would give.

A value is taken here only when coercion finds no fault in it, not even a note. Everything else is doubtful and is
left to the long road (`danju.rules.checking`), the only one that words messages.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, cast

from danju.kinds.coercion import coerce
from danju.model.field import Field

__all__ = ["Gathered", "PlainColumn"]

_REMEMBERED, _LONGEST_REMEMBERED = 4096, 200
_DOUBT = object()
_CELLS = frozenset({str, int, float, bool, Decimal, date, datetime, time})


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
        pattern = target.kind.pattern(target)
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
        if self.target.kind.is_free:
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
