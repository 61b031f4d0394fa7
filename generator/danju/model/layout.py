"""Layout: what a form's paper says around its blocks, as its YAML file has it. Lengths are millimetres."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """What every block has. The kinds of blocks, with their settings and how they are drawn: `danju.layout.blocks`.

    Attributes:
        when: Expression that must hold for the block to be printed; empty: always.
    """

    when: str = ""


@dataclass(frozen=True, slots=True)
class SignPart:
    """A part of a sign-off line: `经办人：覃晓燕` or a date `2026 年 3 月 21 日`.

    Attributes:
        field: Dotted path, or "" for a blank to be filled by hand.
        label: Words before it, e.g. `签字：`; "" for a date.
        is_date: Whether the blank is a date (`　年　月　日`).
    """

    field: str = ""
    label: str = ""
    is_date: bool = False


_FOOT_AT_MM = 10.0
_FOOT_MM = 6.5  # the foot's line and some air above it


@dataclass(frozen=True, slots=True)
class Paper:
    """The sheet.

    Attributes:
        width_mm, height_mm: As printed (already turned when landscape).
        top_mm, right_mm, bottom_mm, left_mm: Margins; the binding edge is the left.
    """

    width_mm: float = 210.0
    height_mm: float = 297.0
    top_mm: float = 19.0
    right_mm: float = 18.0
    bottom_mm: float = 20.0
    left_mm: float = 22.0

    @property
    def content_width_mm(self) -> float:
        """Width between the margins."""
        return self.width_mm - self.left_mm - self.right_mm

    @property
    def content_height_mm(self) -> float:
        """Height between the margins, the foot kept free however narrow the lower one is."""
        return self.height_mm - self.top_mm - max(self.bottom_mm, _FOOT_MM)

    @property
    def foot_mm(self) -> float:
        """Distance of the foot's lower edge from that of the sheet."""
        return max(0.0, min(_FOOT_AT_MM, self.bottom_mm - _FOOT_MM))


@dataclass(frozen=True, slots=True)
class HeaderPart:
    """A piece of the line above the grid: `编号：ZF-202603-017`."""

    field: str = ""
    label: str | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """The whole paper.

    Attributes:
        blocks: From top to bottom.
        paper: The sheet.
        unit_name: Name of the organisation above the title, or "".
        left, right: The line above the grid.
        notes: Small lines below the grid.
        label_width_mm: Width of the first label column; None: from the labels.
        fill_page: Whether growing cells share the spare height.
        copies: Names of the copies that are printed of each record, on one sheet when they fit; empty: one, unnamed.
    """

    blocks: tuple[Block, ...]
    paper: Paper = field(default_factory=Paper)
    unit_name: str = ""
    left: tuple[HeaderPart, ...] = ()
    right: tuple[HeaderPart, ...] = ()
    notes: tuple[str, ...] = ()
    label_width_mm: float | None = None
    fill_page: bool = True
    copies: tuple[str, ...] = ()
