"""Results as a table: for the terminal, as plain text, as Markdown in a page of the docs."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks.results import Growth, Line, Results, number

BEGIN, END = "<!-- benchmarks: begin -->", "<!-- benchmarks: end -->"
_HEADS = ("measured", "ours", "compared with", "figure", "target", "")
_GROWTH_HEADS = ("rows", "workers", "time", "per row", "memory")
_MARKS = {"met": "✓ met", "missed": "✗ missed", "skipped": "– skipped", "": ""}
_COLOURS = {"met": "green", "missed": "red", "skipped": "yellow", "": ""}


def cells_of(line: Line) -> tuple[str, ...]:
    """The cells of a line."""
    figure = "" if line.figure is None else f"{number(line.figure)} {line.unit}"
    return line.job, line.ours, line.peer, figure, str(line.target or ""), _MARKS[line.verdict]


def growth_cells(growth: Growth) -> tuple[str, ...]:
    """The cells of a line of the growth table."""
    return (
        f"{growth.rows:,}",
        str(growth.workers),
        f"{number(growth.seconds)} s",
        f"{number(growth.seconds / growth.rows * 1000)} ms",
        f"{growth.memory_mb:,.0f} MB",
    )


def notes_of(results: Results) -> list[str]:
    """What is to be known about single lines, each once."""
    return list(dict.fromkeys(f"{line.job}: {line.note}" for line in results.lines if line.note))


def print_table(results: Results) -> None:
    """To the terminal, with rich when it is there; plain text elsewhere."""
    if not sys.stdout.isatty():
        print(plain(results))
        return
    try:
        from rich import box
        from rich.console import Console
        from rich.table import Table
    except ImportError:
        print(plain(results))
        return
    console = Console()
    table = Table(*_HEADS, box=box.SIMPLE)
    for line in results.lines:
        table.add_row(*cells_of(line), style=_COLOURS[line.verdict] or None)
    console.print(table)
    if results.growth:
        console.print("Word + PDF + summary by the command, as the register grows:")
        growth = Table(*_GROWTH_HEADS, box=box.SIMPLE)
        for each in results.growth:
            growth.add_row(*growth_cells(each))
        console.print(growth)
    for note in notes_of(results):
        console.print(f"· {note}", markup=False, highlight=False)
    console.print("; ".join(filter(None, results.about.values())), style="dim", highlight=False)


def plain(results: Results) -> str:
    """Columns of plain text."""
    out = _columns([_HEADS, *map(cells_of, results.lines)])
    if results.growth:
        out += ["", *_columns([_GROWTH_HEADS, *map(growth_cells, results.growth)])]
    out += ["", *(f"* {note}" for note in notes_of(results)), "; ".join(filter(None, results.about.values()))]
    return "\n".join(out)


def _columns(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(_width(row[at]) for row in rows) for at in range(len(rows[0]))]
    padded = ([cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)] for row in rows)
    return ["  ".join(row).rstrip() for row in padded]


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def markdown(results: Results) -> str:
    """The tables for a page of the docs."""
    out = [*_markdown_table(_HEADS, map(cells_of, results.lines))]
    if results.growth:
        out += ["", "Word + PDF + summary by the command, as the register grows:", ""]
        out += _markdown_table(_GROWTH_HEADS, map(growth_cells, results.growth))
    if notes := notes_of(results):
        out += ["", *(f"- {note}" for note in notes)]
    out += ["", f"Measured with {'; '.join(filter(None, results.about.values()))}."]
    return "\n".join(out)


def _markdown_table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    lines = [heads, ["---"] * len(heads), *rows]
    return ["| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines]


def put_into_page(page: Path, text: str) -> None:
    """Replace what stands between the markers of a page.

    Raises:
        ValueError: The page has no markers.
    """
    content = page.read_text(encoding="utf-8")
    before, begin, rest = content.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{page} lacks the lines {BEGIN} and {END}")
    page.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}", encoding="utf-8")
