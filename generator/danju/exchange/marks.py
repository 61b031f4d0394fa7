"""Marks that a returned file carries: what `danju.returns` writes and what readers and later runs know again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from danju.messages import Severity

__all__ = [
    "AUTHOR",
    "COLUMN_FILL",
    "COLUMN_NAME",
    "FILLS",
    "INDEX_NAME",
    "SEPARATOR",
    "SIGNATURE",
    "STATE_NAME",
    "WORDS",
    "MarkWords",
]

AUTHOR = "单据检查"
"""Author of comments, in every language, so that they are known again."""

SEPARATOR = "────── 单据检查 ──────"
"""Begins every comment, and stands below what a person wrote in one before."""

SIGNATURE = "〔单据检查〕"
"""Ends every line that is added to a text file."""

FILLS: Mapping[Severity, str] = {Severity.ERROR: "FFC4BE", Severity.WARNING: "FFEAA3"}
"""RRGGBB of the cells that are marked; what they were is told by the background colour, which a solid fill hides."""
COLUMN_FILL = "FFF7F5"
"""RRGGBB of the cells of the column of messages."""

COLUMN_NAME = "danju._marks."
"""Begins the hidden defined names of the headings of columns of messages: `danju._marks.1`, `danju._marks.2`, …"""
INDEX_NAME = "danju._marks.index"
"""Hidden defined name of the first cell of the index sheet."""
STATE_NAME = "danju._marks.state."
"""Begins the hidden defined names that say what was there before; text constants, joined in their order."""


@dataclass(frozen=True, slots=True)
class MarkWords:
    """The fixed words of marks in one language.

    Attributes:
        heading: Of the column of messages; odd enough that no register has it.
        index: Title of the index sheet.
        title: Its first cell; odd enough as well.
        hint: Its second row.
        counts: Filled with the numbers of errors, warnings and notes.
        columns: Headings of the index: number, severity, sheet, cell, field, fact, remedy, code.
        severities: Words of the severities.
        copied: Ends the stem of a file that is a copy of another kind.
    """

    heading: str
    index: str
    title: str
    hint: str
    counts: str
    columns: tuple[str, ...]
    severities: Mapping[Severity, str]
    copied: str


WORDS: Mapping[str, MarkWords] = {
    "zh": MarkWords(
        heading="错误（单据检查）",
        index="检查结果",
        title="检查结果（单据检查）",
        hint="点“单元格”可跳到该处。改好后直接交回本文件：颜色、批注、错误列和本表会自动识别并去除。",
        counts="错误 {errors} 处　提醒 {warnings} 处　说明 {notes} 条",
        columns=("序号", "级别", "工作表", "单元格", "栏目", "问题", "处理", "代码"),
        severities={Severity.ERROR: "错误", Severity.WARNING: "提醒", Severity.NOTE: "说明"},
        copied="（检查结果）",
    ),
    "en": MarkWords(
        heading="Errors (checked by Danju)",
        index="Check result",
        title="Check result (by Danju)",
        hint="Click a cell's address to go there. Hand this very file back when mended: colours, comments, the column"
        " of errors and this sheet are recognised and taken out.",
        counts="Errors: {errors}   Warnings: {warnings}   Notes: {notes}",
        columns=("No.", "Level", "Sheet", "Cell", "Field", "Issue", "Remedy", "Code"),
        severities={Severity.ERROR: "Error", Severity.WARNING: "Warning", Severity.NOTE: "Note"},
        copied=" (check result)",
    ),
}
"""By language."""
