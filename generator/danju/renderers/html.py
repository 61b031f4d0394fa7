"""HTML: a drawing as a page for the browser, and as the input of the PDF renderer."""

from __future__ import annotations

import base64
import html
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from danju.layout.fonts import templates_folder
from danju.model.drawing import FOOT_LINE_MM, LINE_MM, TEXT_PT, Cell, Drawing, Line, Page, Rows, Run
from danju.ooxml.properties import Properties
from danju.renderers.grid import Rules, place_cells


@dataclass(frozen=True, slots=True)
class HtmlCell:
    """A cell as HTML needs it.

    Attributes:
        rowspan, colspan: As in the drawing.
        height_mm: Of its row, or None when it covers several.
        classes: CSS classes.
        style: Heights of the cell and of its lines.
        content: Escaped markup.
    """

    rowspan: int
    colspan: int
    height_mm: float | None
    classes: str
    style: str
    content: Any


Look = tuple[str, float]
"""Alignment and height of lines."""
_WEIGHTS = ("", "i", "o")  # of a rule, in the names of classes


def rows_of(page: Page | Rows, columns: int = 0) -> list[list[HtmlCell]]:
    """The rows of a page's grid, or around it, with the cells that begin in them; uncovered tracks have bare cells."""
    rows: list[list[tuple[int, HtmlCell]]] = [[] for _ in page.heights_mm]
    columns = columns or max(cell.column + cell.colspan for cell in page.cells)
    for cell, rules in ((item.cell, item.rules) for item in place_cells(page, columns)):
        looks = {(line.align, line.height_mm) for line in cell.lines} or {("left", LINE_MM)}
        look = looks.pop() if len(looks) == 1 else None
        height = page.heights_mm[cell.row] if cell.rowspan == 1 else None
        made = HtmlCell(
            cell.rowspan,
            cell.colspan,
            height,
            _classes(cell, rules, look),
            _style(cell, height, look),
            _content(cell, look),
        )
        rows[cell.row].append((cell.column, made))
    return [[made for _, made in sorted(row, key=lambda pair: pair[0])] for row in rows]


def _classes(cell: Cell, rules: Rules, look: Look | None) -> str:
    """CSS classes: kind, alignment, and the weights of its rules."""
    flags = {
        "label": cell.is_label,
        "bare": not cell.border,
        cell.role: bool(cell.role),
        cell.valign: cell.valign != "middle",
        look[0][0] if look else "": look is not None and look[0] != "left",
    }
    names = [name for name, given in flags.items() if given]
    return " ".join(names + [side + _WEIGHTS[rule] for side, rule in zip("trbl", rules, strict=True) if _WEIGHTS[rule]])


def _style(cell: Cell, height_mm: float | None, look: Look | None) -> str:
    """The height of a cell in one row, and size and height of its lines where they are not the usual ones."""
    height = f"height:{round(height_mm, 3)}mm" if height_mm is not None else ""
    size = f"font-size:{cell.lines[0].runs[0].size_pt:g}pt" if cell.role and cell.lines else ""
    line = f"line-height:{look[1]:.4f}mm" if look and look[1] != LINE_MM else ""
    return ";".join(filter(None, (height, size, line)))


def _content(cell: Cell, look: Look | None) -> Any:
    """The lines of a cell as escaped markup: plain text with line ends, as few elements as the looks allow.

    An empty line holds a blank, for an empty last line would not count.
    """
    from markupsafe import Markup

    lines = [_line_markup(line) for line in cell.lines]
    if not any(lines):
        return Markup("")
    if look is None:
        pairs = zip(cell.lines, lines, strict=True)
        found = "".join([_paragraph(line, text) for line, text in pairs])
    else:
        found = "\n".join([text or " " for text in lines])
    return Markup(f"<h1>{found}</h1>" if cell.role == "title" else found)  # noqa: S704  # every run has been escaped


def _paragraph(line: Line, text: str) -> str:
    height = f' style="line-height:{line.height_mm:.4f}mm"' if line.height_mm != LINE_MM else ""
    return f'<p class="{line.align[0]}"{height}>{text or "<br>"}</p>'


def _line_markup(line: Line) -> str:
    """The words of a line as escaped HTML, or its picture."""
    picture = line.picture
    if picture is None:
        return "".join(map(_run_markup, line.runs))
    data = base64.b64encode(picture.content).decode()
    style = f"display:inline-block;vertical-align:top;width:{picture.width_mm:.3f}mm;height:{picture.height_mm:.3f}mm"
    words = html.escape(picture.words)
    return f'<img src="data:{picture.media_type};base64,{data}" alt="{words}" style="{style}">'


def _run_markup(run: Run) -> str:
    """A run as escaped HTML."""
    text = html.escape(run.text)
    size = f"font-size:{run.size_pt:g}pt;" if run.size_pt != TEXT_PT else ""
    weight = "font-weight:bold;" if run.bold else ""
    grey = ' class="g"' if run.grey else ""
    if not (size or weight or grey):
        return text
    spacing = f"letter-spacing:{run.spacing_pt:g}pt;" if run.spacing_pt else ""
    style = f' style="{size}{weight}{spacing}"' if size or weight or spacing else ""
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
    foot = f"vertical-align: top; padding-top: {paper.bottom_mm - paper.foot_mm - FOOT_LINE_MM:.3f}mm"
    boxes = f"@bottom-left {{ {foot} }} @bottom-right {{ {foot} }}"
    return f"@page {{ size: {paper.width_mm}mm {paper.height_mm}mm; margin: {margins}; {boxes} }}"


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
