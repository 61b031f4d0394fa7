"""What was found in one input, sorted by the places where its author will look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from danju.exchange.marks import MarkWords
from danju.issues import Issue, Severity
from danju.messages import CATALOGUE
from danju.ooxml.addresses import parse_cell
from danju.readers import Header

__all__ = ["Findings", "SheetFindings", "in_words", "note_lines"]

_LONGEST = 8_000  # signs of a cell's messages; a cell holds 32,767


@dataclass(slots=True)
class Findings:
    """One input and its issues.

    Attributes:
        path: The file.
        name: What messages call it.
        issues: All of them, in input order.
        headers: Of its registers, as the readers found them, by sheet; under None that of a file without sheets.
    """

    path: Path
    name: str
    issues: list[Issue] = field(default_factory=list)
    headers: dict[str | None, Header] = field(default_factory=dict)

    def count(self, severity: Severity) -> int:
        """Issues of one severity."""
        return sum(issue.severity is severity for issue in self.issues)

    @property
    def is_faulty(self) -> bool:
        """Whether there is an error or a warning."""
        return any(issue.severity is not Severity.NOTE for issue in self.issues)

    def on_sheet(self, title: str) -> Findings:
        """The same findings, those without a sheet on this one."""
        issues = [
            replace(issue, location=replace(issue.location, sheet=title)) if issue.location.cell else issue
            for issue in self.issues
        ]
        return Findings(self.path, self.name, issues, dict.fromkeys([title], *list(self.headers.values())[:1]))

    def by_sheet(self) -> dict[str, SheetFindings]:
        """Errors and warnings that have a cell, by sheet."""
        sheets: dict[str, SheetFindings] = {}
        for issue in self.issues:
            place = issue.location
            cell = parse_cell(place.cell or "")
            if issue.severity is not Severity.NOTE and place.sheet and cell is not None:
                sheets.setdefault(place.sheet, SheetFindings()).cells.setdefault(cell, []).append(issue)
        return sheets


@dataclass(slots=True)
class SheetFindings:
    """Errors and warnings of one sheet.

    Attributes:
        cells: By 0-based row and column.
    """

    cells: dict[tuple[int, int], list[Issue]] = field(default_factory=dict)

    def severity(self, cell: tuple[int, int]) -> Severity:
        """The worst of a cell."""
        return Severity.ERROR if any(issue.is_error for issue in self.cells[cell]) else Severity.WARNING

    def rows(self) -> dict[int, list[tuple[int, int]]]:
        """Cells by row, both ascending."""
        rows: dict[int, list[tuple[int, int]]] = {}
        for cell in sorted(self.cells):
            rows.setdefault(cell[0], []).append(cell)
        return rows

    def note(self, cell: tuple[int, int], words: MarkWords, lang: str) -> str:
        """What the comment of a cell says."""
        return "\n".join(line for issue in self.cells[cell] for line in note_lines(issue, words, lang))[:_LONGEST]

    def message(self, cells: Sequence[tuple[int, int]], lang: str) -> str:
        """What the column of messages says about these cells."""
        lines = [in_words(issue, lang) for cell in cells for issue in self.cells[cell]]
        return "\n".join(lines)[:_LONGEST]


def in_words(issue: Issue, lang: str) -> str:
    """`质量：“很好”不在选项中。可填：…`"""
    fact, remedy = CATALOGUE[issue.code].fill(issue.values, lang, issue.is_forbidden)
    colon, gap = ("：", "") if lang == "zh" else (": ", " ")
    return f"{issue.label}{colon if issue.label else ''}{fact}{gap if remedy else ''}{remedy}"


def note_lines(issue: Issue, words: MarkWords, lang: str) -> list[str]:
    """`【错误】质量：“很好”不在选项中。`, and on a second line its remedy, if it has one."""
    fact, remedy = CATALOGUE[issue.code].fill(issue.values, lang, issue.is_forbidden)
    brackets = ("【", "】") if lang == "zh" else ("[", "] ")
    label = f"{issue.label}：" if issue.label and lang == "zh" else f"{issue.label}: " if issue.label else ""
    first = f"{brackets[0]}{words.severities[issue.severity]}{brackets[1]}{label}{fact}"
    return [first, *([f"→ {remedy}"] if remedy else [])]
