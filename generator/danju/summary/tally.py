"""Groups of records and the running figures of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from danju.model.field import MISSING, RecordType
from danju.model.form import Measure
from danju.summary.evaluation import Evaluation, Remembered
from danju.summary.reductions import REDUCTIONS, Figure, Reduction, Slot

_CONTRIBUTIONS = 512  # kinds of records that groups merely count


@dataclass(frozen=True, slots=True, eq=False)
class Contribution:
    """What a record does to every group it belongs to; compared by identity.

    Attributes:
        added: Slot and what is added to it.
        extremes: Slot, a value, and whether it takes the place of another.
    """

    added: tuple[tuple[int, Any], ...]
    extremes: tuple[tuple[int, Slot, Callable[[Any, Any], bool]], ...]


class Group:
    """The running figures of some records. Those that contribute the same are counted first and added up in the end."""

    __slots__ = ("_slots", "_waiting")

    def __init__(self, start: Sequence[Slot]) -> None:
        self._slots: list[Any] = list(start)
        self._waiting: dict[Contribution, int] = {}

    def count(self, contribution: Contribution) -> None:
        """Take a record in whose contribution comes again."""
        self._waiting[contribution] = self._waiting.get(contribution, 0) + 1

    def take(self, contribution: Contribution, times: int = 1) -> None:
        """Take so many records in."""
        slots = self._slots
        for slot, part in contribution.added:
            slots[slot] += part * times
        for slot, value, replaces in contribution.extremes:
            if slots[slot] is None or replaces(value, slots[slot]):
                slots[slot] = value

    def slots(self) -> list[Any]:
        """The running figures."""
        for contribution, times in self._waiting.items():
            self.take(contribution, times)
        self._waiting.clear()
        return self._slots


@dataclass(frozen=True, slots=True)
class _CompiledMeasure:
    """A measure ready to count; `slot` is the first of its own in a group."""

    when: Evaluation | None
    value: Evaluation | None
    reduction: Reduction
    slot: int


class SummaryTally:
    """Takes records into groups by the measures of a form."""

    def __init__(self, measures: Sequence[Measure], record_type: RecordType, clock: Mapping[str, object]) -> None:
        self._measures: list[_CompiledMeasure] = []
        self._start: list[Slot] = []
        needs: set[str] = set()
        for measure in measures:
            when, value = (
                Evaluation(text, record_type, clock) if text else None for text in (measure.when, measure.expression)
            )
            needs |= {name for each in (when, value) if each is not None for name in each.needs}
            reduction = REDUCTIONS[measure.function]
            self._measures.append(_CompiledMeasure(when, value, reduction, len(self._start)))
            self._start.extend(reduction.start)
        self._contribution = Remembered(needs, self._contribute, _CONTRIBUTIONS)

    def new_group(self) -> Group:
        """A group without records."""
        return Group(self._start)

    def add(self, values: Mapping[str, object], groups: Sequence[Group]) -> None:
        """Take a record into each of these groups."""
        contribution, comes_again = self._contribution(values)
        for group in groups:
            if comes_again:
                group.count(contribution)
            else:
                group.take(contribution)

    def results(self, group: Group) -> tuple[Figure, ...]:
        """A figure per measure."""
        slots = group.slots()
        return tuple(measure.reduction.result(slots[measure.slot : measure.slot + 2]) for measure in self._measures)

    def _contribute(self, values: Mapping[str, object]) -> Contribution:
        added: list[tuple[int, Any]] = []
        extremes: list[tuple[int, Slot, Callable[[Any, Any], bool]]] = []
        for measure in self._measures:
            if measure.when is not None and not measure.when(values):
                continue
            value = measure.value(values) if measure.value is not None else True
            if value is MISSING:
                continue
            parts, replaces = measure.reduction.parts(value), measure.reduction.replaces
            if replaces is None:
                added.extend(enumerate(parts, start=measure.slot))
            else:
                extremes.extend((measure.slot, part, replaces) for part in parts)
        return Contribution(tuple(added), tuple(extremes))
