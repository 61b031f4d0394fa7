"""Widths: what labels and values of a form need. Column widths follow from what the fields can hold."""

from __future__ import annotations

from danju.layout.labels import label_lines, width_em
from danju.layout.measure import metrics
from danju.layout.sketch import EM_MM, LABEL_PAD_MM, PAD_MM
from danju.model.field import Field, Kind, RecordType
from danju.model.layout import (
    ApprovalBlock,
    Band,
    Block,
    ChecklistBlock,
    Entry,
    MatrixBlock,
    Pairs,
    SealBlock,
    TableBlock,
)

_LEAST_LABEL_EM = 4.0
_WIDEST_OPTION_LINE_EM = 17.0  # wider ones break into balanced lines when they share their row
_DEFAULT_EM = {Kind.NUMBER: 7.0, Kind.INTEGER: 5.0, Kind.DATE: 8.0, Kind.DATETIME: 10.5, Kind.BOOLEAN: 2.0}


class Widths:
    """What the labels and values of one record type need."""

    def __init__(self, record_type: RecordType) -> None:
        self._type = record_type

    def label_of(self, path: str, override: str | None) -> str:
        """The label as the layout overrides it, else the schema's."""
        if override is not None:
            return override
        field = self._type.find(path)
        return field.label if field else ""

    def first_labels_mm(self, blocks: tuple[Block, ...]) -> float:
        """Width of the first label column: its longest label line."""
        widest = max((width_em(label_lines(label)) for block in blocks for label in self._first(block)), default=0.0)
        return max(widest, _LEAST_LABEL_EM) * EM_MM + 2 * LABEL_PAD_MM

    def side_labels_mm(self, blocks: tuple[Block, ...]) -> float:
        """One width for all labels that are not first in their row, so that their edges meet."""
        widest = max((width_em(label_lines(label)) for label in self._side(blocks)), default=0.0)
        return max(widest, _LEAST_LABEL_EM) * EM_MM + 2 * LABEL_PAD_MM

    def _first(self, block: Block) -> list[str]:
        match block:
            case Pairs(entries=entries):
                first = entries[0]
                return [self.label_of(first.field, first.label)] if first.label_position == "left" else []
            case TableBlock(field=field, label=label) | ChecklistBlock(field=field, label=label):
                return [self.label_of(field, label)]
            case ApprovalBlock(steps=steps, beside=False):
                return [self.label_of(step.field, step.label) for step in steps]
            case Band(label=label) | SealBlock(label=label) | MatrixBlock(label=label):
                return [label]
        return []

    def _side(self, blocks: tuple[Block, ...]) -> list[str]:
        labels: list[str] = []
        for block in blocks:
            if isinstance(block, Band):
                labels += self._side(block.blocks)
            if isinstance(block, Pairs):
                rest = [entry for entry in block.entries[1:] if entry.label_position == "left"]
                labels += [self.label_of(entry.field, entry.label) for entry in rest]
        return labels

    def value_mm(self, field: Field | None, heading: str = "") -> float:
        """Width that keeps a typical longest value, and a heading, on one line."""
        em = 4.0
        if field is not None:
            em = field.width_em or _DEFAULT_EM.get(field.kind, 6.0)
            if field.kind is Kind.CHOICE:
                em = max(len(option.label) for option in field.options) + 1.0
        return max(em, metrics().width(heading)) * EM_MM + 2 * PAD_MM

    def entry_mm(self, entry: Entry) -> float:
        """As `value_mm`; an option line of few options asks to stay on one line."""
        field = self._type.find(entry.field)
        if field is None or not field.options or entry.draw == "text":
            return self.value_mm(field)
        widths = [len(option.label) + 1.3 + (1.6 if entry.show else 0.0) for option in field.options]
        return min(sum(widths) + len(widths) - 1, _WIDEST_OPTION_LINE_EM) * EM_MM + 2 * PAD_MM


def is_one_line(field: Field | None) -> bool:
    """Whether values of a field should stay on one line: codes, numbers, dates."""
    return field is not None and (field.kind in _DEFAULT_EM or field.format is not None)
