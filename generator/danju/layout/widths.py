"""Widths: what labels and values of a form need. Column widths follow from what the fields can hold."""

from __future__ import annotations

from collections.abc import Iterable

from danju.layout.labels import label_lines, width_em
from danju.layout.measure import metrics
from danju.layout.sketch import EM_MM, LABEL_PAD_MM, PAD_MM
from danju.model.field import Field, RecordType
from danju.model.layout import HeaderPart

_LEAST_LABEL_EM = 4.0
_TYPICAL_EM = 6.0


class Widths:
    """What the labels and values of one record type need."""

    def __init__(self, record_type: RecordType) -> None:
        self._type = record_type

    def field(self, path: str) -> Field | None:
        """The field of a dotted path, or None."""
        return self._type.find(path)

    def label_of(self, path: str, override: str | None) -> str:
        """The label as the layout overrides it, else the schema's."""
        if override is not None:
            return override
        field = self._type.find(path)
        return field.label if field else ""

    def labels_mm(self, labels: Iterable[str]) -> float:
        """Width of a column of labels: its longest label line."""
        widest = max((width_em(label_lines(label)) for label in labels), default=0.0)
        return max(widest, _LEAST_LABEL_EM) * EM_MM + 2 * LABEL_PAD_MM

    def value_mm(self, field: Field | None, heading: str = "") -> float:
        """Width that keeps a typical longest value, and a heading, on one line."""
        em = 4.0
        if field is not None:
            em = field.width_em or field.kind.paper_em or _TYPICAL_EM
            if field.kind.is_choice:
                em = max(len(option.label) for option in field.options) + 1.0
        return max(em, metrics().width(heading)) * EM_MM + 2 * PAD_MM

    def head_mm(self, parts: tuple[HeaderPart, ...]) -> float:
        """Width of one side of the line above the grid, as it is with typical values."""
        em = 0.0
        for part in parts:
            field = self._type.find(part.field) if part.field else None
            em += metrics().width(part.text or self.label_of(part.field, part.label)) + 2.0
            if field is not None:
                em += 1.0 + (field.width_em or field.kind.paper_em or 8.0)
        return em * EM_MM


def is_one_line(field: Field | None) -> bool:
    """Whether values of a field should stay on one line: codes, numbers, dates."""
    return field is not None and (field.kind.one_line or field.format is not None)
