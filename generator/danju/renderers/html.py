"""HTML: a drawing as a page for the browser, and as the input of the PDF renderer."""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from danju.layout.fonts import templates_folder
from danju.model.drawing import Cell, Drawing, Page, Run
from danju.ooxml.properties import Properties

TEXT_PT = 10.5


@dataclass(frozen=True, slots=True)
class HtmlCell:
    """A cell as HTML needs it.

    Attributes:
        rowspan, colspan: As in the drawing.
        height_mm: Of its row, or None when it covers several.
        classes: CSS classes.
        content: Escaped markup.
    """

    rowspan: int
    colspan: int
    height_mm: float | None
    classes: str
    content: Any


def rows_of(page: Page) -> list[list[HtmlCell]]:
    """The page's rows with the cells that begin in them."""
    last_column = max((cell.column + cell.colspan for cell in page.cells), default=0)
    ends = (len(page.heights_mm), last_column)
    rows: list[list[HtmlCell]] = [[] for _ in page.heights_mm]
    for cell in page.cells:
        align = _shared_align(cell)
        height = page.heights_mm[cell.row] if cell.rowspan == 1 else None
        content = _content(cell, with_paragraphs=align is None)
        rows[cell.row].append(HtmlCell(cell.rowspan, cell.colspan, height, _classes(cell, align, ends), content))
    return rows


def _shared_align(cell: Cell) -> str | None:
    """The alignment of all lines, or None when they differ."""
    aligns = {line.align for line in cell.lines}
    return aligns.pop() if len(aligns) == 1 else None if aligns else "left"


def _classes(cell: Cell, align: str | None, ends: tuple[int, int]) -> str:
    """CSS classes: kind, alignment, missing rules, and the outer edges it stands at."""
    flags = {
        "label": cell.is_label,
        cell.valign: cell.valign != "middle",
        "c": align == "center",
        "r": align == "right",
        "open-top": cell.open_top,
        "open-bottom": cell.open_bottom,
        "bare": not cell.border,
        "et": cell.row == 0,
        "eb": cell.row + cell.rowspan == ends[0],
        "el": cell.column == 0,
        "er": cell.column + cell.colspan == ends[1],
    }
    return " ".join(name for name, given in flags.items() if given)


def _content(cell: Cell, with_paragraphs: bool) -> Any:
    """The lines of a cell as escaped markup: plain text with line ends, as few elements as the looks allow.

    An empty line holds a blank, for an empty last line would not count.
    """
    from markupsafe import Markup

    lines = ["".join(map(_run_markup, line.runs)) for line in cell.lines]
    if not any(lines):
        return Markup("")
    if with_paragraphs:
        pairs = zip(cell.lines, lines, strict=True)
        return Markup("".join(f'<p class="{line.align[0]}">{text or "<br>"}</p>' for line, text in pairs))  # noqa: S704  # escaped
    return Markup("\n".join(text or " " for text in lines))  # noqa: S704  # every run has been escaped


def _run_markup(run: Run) -> str:
    """A run as escaped HTML."""
    text = html.escape(run.text)
    size = f"font-size:{run.size_pt:g}pt;" if run.size_pt != TEXT_PT else ""
    weight = "font-weight:bold;" if run.bold else ""
    grey = ' class="g"' if run.grey else ""
    if not (size or weight or grey):
        return text
    style = f' style="{size}{weight}"' if size or weight else ""
    return f"<span{grey}{style}>{text}</span>"


@lru_cache(maxsize=8)
def _environment(folder: str) -> Any:
    from jinja2 import FileSystemLoader
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    env = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader([*filter(None, [folder]), str(templates_folder())]),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.globals.update(rows_of=rows_of)
    return env


@lru_cache(maxsize=64)
def stylesheet(names: tuple[str, ...], folder: str = "", form_id: str = "") -> str:
    """Stylesheets one after the other, a workspace's before the built-in ones, then the form's own if it has one."""
    found = []
    for name in names:
        own = Path(folder) / name
        found.append(own if folder and own.is_file() else templates_folder() / name)
    extra = Path(folder) / f"{form_id}.css"
    if folder and form_id and extra.is_file():
        found.append(extra)
    return "\n".join(path.read_text(encoding="utf-8") for path in found)


def page_rule(drawing: Drawing) -> str:
    """The `@page` rule of the drawing's paper."""
    paper = drawing.paper
    margins = f"{paper.top_mm}mm {paper.right_mm}mm {paper.bottom_mm}mm {paper.left_mm}mm"
    return f"@page {{ size: {paper.width_mm}mm {paper.height_mm}mm; margin: {margins}; }}"


def to_markup(
    drawing: Drawing, properties: Properties, css: str, folder: str = "", record: Mapping[str, object] | None = None
) -> str:
    """The HTML text of a drawing.

    Args:
        drawing: The record on its paper: `d` in the template.
        properties: What the file says about itself.
        css: The whole stylesheet.
        folder: Templates that replace the built-in ones: `<form>.html.j2`, else `document.html.j2`.
        record: The record as plain data, for templates that draw it in a way of their own.
    """
    from markupsafe import Markup

    template = _environment(folder).select_template([f"{properties.form_id}.html.j2", "document.html.j2"])
    return str(
        template.render(
            d=drawing,
            record=record or {},
            title=f"{drawing.title} {properties.number}".strip(),
            author=properties.author,
            description=f"{properties.form_id} v{properties.form_version} {properties.number}".strip(),
            date=properties.date,
            css=Markup(css),  # noqa: S704  # stylesheets, not data
        )
    )


class HtmlRenderer:
    """Draws records as self-contained web pages that also print on the form's paper."""

    def render(
        self, drawing: Drawing, properties: Properties, folder: str = "", record: Mapping[str, object] | None = None
    ) -> bytes:
        """The page as UTF-8; see `to_markup` for the arguments."""
        sheets = stylesheet(("document.css", "print.css", "screen.css"), folder, properties.form_id)
        return to_markup(drawing, properties, page_rule(drawing) + sheets, folder, record).encode()
