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
from danju.renderers.properties import Properties

TEXT_PT = 10.5


@dataclass(frozen=True, slots=True)
class HtmlRow:
    """A row of a page as HTML needs it."""

    height_mm: float
    cells: tuple[Cell, ...]


def rows_of(page: Page) -> list[HtmlRow]:
    """The page's rows with the cells that begin in them."""
    return [
        HtmlRow(height, tuple(cell for cell in page.cells if cell.row == number))
        for number, height in enumerate(page.heights_mm)
    ]


def classes_of(cell: Cell) -> str:
    """CSS classes of a cell."""
    flags = {
        "label": cell.is_label,
        cell.valign: cell.valign != "middle",
        "open-top": cell.open_top,
        "open-bottom": cell.open_bottom,
        "bare": not cell.border,
    }
    return " ".join(name for name, given in flags.items() if given)


def markup_of(run: Run) -> Any:
    """A run as escaped HTML."""
    from markupsafe import Markup

    text = html.escape(run.text)
    classes = " ".join(name for name, given in (("k", run.keep), ("g", run.grey)) if given)
    styles = "".join(
        (
            f"font-size:{run.size_pt:g}pt;" if run.size_pt != TEXT_PT else "",
            "font-weight:bold;" if run.bold else "",
        )
    )
    attributes = (f' class="{classes}"' if classes else "") + (f' style="{styles}"' if styles else "")
    if attributes:
        text = f"<span{attributes}>{text}</span>"
    return Markup(text)  # noqa: S704  # the only variable part has been escaped above


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
    env.globals.update(rows_of=rows_of, classes_of=classes_of, markup_of=markup_of)
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

    suffix = ".html"
    media_type = "text/html"

    def render(
        self, drawing: Drawing, properties: Properties, folder: str = "", record: Mapping[str, object] | None = None
    ) -> bytes:
        """The page as UTF-8; see `to_markup` for the arguments."""
        sheets = stylesheet(("document.css", "print.css", "screen.css"), folder, properties.form_id)
        return to_markup(drawing, properties, page_rule(drawing) + sheets, folder, record).encode()
