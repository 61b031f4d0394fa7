"""`approval`: a chain of opinions, each with a sign-off line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar, Self

from danju.layout.blocks.block import Composer, PaperBlock
from danju.layout.blocks.node import FLAG, GROW, LENGTH, TEXT, DefinitionNode, Settings, name_or
from danju.layout.blocks.signing import SIGN_LINE, SIGN_ROW_MM, SIGNED_MM, draw_signed, read_sign_line
from danju.layout.grid import FixedWords, SignOf, ValueOf
from danju.layout.labels import label_lines
from danju.layout.sketch import EM_MM, ROW_MM, SketchedCell, Span, running
from danju.layout.widths import Widths
from danju.model.field import Field
from danju.model.layout import SignPart


@dataclass(frozen=True, slots=True)
class ApprovalStep:
    """An opinion with a sign-off line at the bottom right.

    Attributes:
        label: Overrides the schema's label; `|` marks where it may break.
        field: Group field with the step's members, or "" when `opinion` and `line` name fields.
        opinion: Dotted path of the opinion.
        line: Sign-off parts.
        height_mm: Least height.
    """

    label: str | None
    field: str
    opinion: str
    line: tuple[SignPart, ...]
    height_mm: float | None = None


@dataclass(frozen=True, slots=True)
class ApprovalBlock(PaperBlock):
    """A chain of approval steps, one below the other, or side by side."""

    NAME = "approval"
    SETTINGS: ClassVar[Settings] = {
        "approval": {
            "type": "array",
            "minItems": 1,
            "items": name_or({"field": TEXT, "label": TEXT, "opinion": TEXT, "line": SIGN_LINE, "height": LENGTH}),
        },
        "beside": FLAG,
        "grow": GROW,
    }

    steps: tuple[ApprovalStep, ...]
    beside: bool = False
    grow: float = 1.0

    @classmethod
    def read(cls, node: DefinitionNode, when: str) -> Self:
        """The steps; a group field alone says what its opinion and its sign-off line are."""
        steps = tuple(_read_step(step) for step in node.at("approval").each())
        return cls(steps, node.get("beside", False), node.grow(1.0), when=when)

    def first_labels(self, widths: Widths) -> Iterable[str]:
        """A label for each step, unless they stand beside each other."""
        return () if self.beside else [widths.label_of(step.field, step.label) for step in self.steps]

    def draw(self, page: Composer, span: Span) -> None:
        """Two rows a step, or four rows for all."""
        if self.beside:
            self._draw_beside(page, span)
            return
        for step in self.steps:
            label = page.widths.label_of(step.field, step.label)
            draw_signed(page, span, label, step.opinion, step.line, (step.height_mm or SIGNED_MM, self.grow))

    def _draw_beside(self, page: Composer, span: Span) -> None:
        """Steps side by side: a head, an opinion, and under it a line for the name and one for the date."""
        sketch = page.sketch
        edges = running(span.left, [(span.right - span.left) / len(self.steps)] * len(self.steps))
        head = sketch.row(ROW_MM, keep_next=True)
        height = max(step.height_mm or SIGNED_MM for step in self.steps)
        opinion = sketch.row(max(ROW_MM, height - SIGN_ROW_MM), self.grow, keep_next=True)
        name_row = sketch.row(SIGN_ROW_MM / 1.4, keep_next=True)
        date_row = sketch.row(SIGN_ROW_MM / 1.4)
        for step, (at, end) in zip(self.steps, pairwise(edges), strict=True):
            label = page.widths.label_of(step.field, step.label).replace("|", "")
            sketch.cell(
                SketchedCell(head, 1, at, end, FixedWords(label_lines(label, (end - at) / EM_MM - 1)), is_label=True)
            )
            sketch.cell(SketchedCell(opinion, 1, at, end, ValueOf(step.opinion), valign="top", open_bottom=True))
            names = SignOf(tuple(part for part in step.line if not part.is_date))
            dates = SignOf(tuple(part for part in step.line if part.is_date))
            sketch.cell(SketchedCell(name_row, 1, at, end, names, open_top=True, open_bottom=True))
            sketch.cell(SketchedCell(date_row, 1, at, end, dates, open_top=True))


def _read_step(node: DefinitionNode) -> ApprovalStep:
    name = node.get("field", "")
    opinion = node.get("opinion", "")
    line = read_sign_line(node.at("line"))
    if name:
        group = node.field(name, "field")
        if not group.members:
            raise node.error("E240", "field", name=name)
        opinion = opinion or f"{name}.{_opinion_of(group)}"
        line = line or tuple(_sign_parts(name, group))
    elif opinion:
        node.field(opinion, "opinion")
    return ApprovalStep(node.get("label"), name, opinion, line, node.mm())


def _opinion_of(group: Field) -> str:
    return group.value_member or group.members[0].name


def _sign_parts(name: str, group: Field) -> list[SignPart]:
    """`签字：…` and a date, from the members of an approval group other than its opinion."""
    return [
        SignPart(f"{name}.{member.name}", "" if member.kind.tells_day else f"{member.label}：", member.kind.tells_day)
        for member in group.members
        if member.name != _opinion_of(group)
    ]
