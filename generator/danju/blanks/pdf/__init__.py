"""Blank PDF: the printed paper of a form with fields to fill in (AcroForm), read back by `danju.readers.pdf.file`."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from io import BytesIO
from typing import Any

from danju.blanks import BlankOptions
from danju.blanks.pdf.fields import add_fields
from danju.blanks.pdf.places import BOXES, FieldPlace, iter_places
from danju.exchange.paths import top_of
from danju.exchange.stamp import FileShape, stamp_of
from danju.layout.blocks.columns import TableColumn
from danju.layout.blocks.pairs import Pair, Pairs
from danju.layout.blocks.table import TableBlock
from danju.layout.compile import form_key
from danju.layout.draw import draw, shape_of
from danju.layout.grid import Grid
from danju.layout.plan import plan_of
from danju.model.drawing import Drawing, Line, Page
from danju.model.field import Field
from danju.model.form import Form
from danju.model.layout import Block, Layout
from danju.ooxml.properties import NO_DATE, Properties
from danju.renderers.pdf import FormPdf

__all__ = ["make"]

_TOOL = "Danju blank"  # a finished document is told from a blank by it
_MORE_ROWS = 3  # of a table that has no place on the paper
_SPACE = "\u3000"  # as wide as a box


def make(form: Form, options: BlankOptions) -> bytes:
    """The bytes of a fillable PDF; the same form gives the same bytes.

    Pages look as the printed empty form does, blocks with conditions shown; fields that have no place on the paper
    follow on a page of their own. A blank does not claim to be PDF/A, though it could: Acrobat opens such files
    read-only until somebody finds the button that allows filling them in.
    """
    import pikepdf

    out = BytesIO()
    with pikepdf.open(BytesIO(_paper(form))) as pdf:
        places = list(_places(form))
        left = _unplaced(form, {place.path for place in places})
        if left is not None:
            first = len(pdf.pages)
            with pikepdf.open(BytesIO(_paper(left))) as more:
                pdf.pages.extend(more.pages)
            places += [replace(place, page=place.page + first) for place in _places(left)]
        stamp = stamp_of(form, FileShape.FORM)
        add_fields(pdf, form, places, stamp.line, english=options.english)
        _describe(pdf, form, stamp.properties())
        pdf.remove_unreferenced_resources()
        pdf.save(
            out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate, compress_streams=True
        )
    return out.getvalue()


def _blank(form: Form) -> tuple[Drawing, Grid]:
    """The empty paper with every block, and its grid."""
    shape = shape_of(form, {})
    shape = replace(shape, shown=tuple((when, True) for when, _ in shape.shown))
    return draw(form, {}, every_block=True), plan_of(form_key(form), shape).grid


def _places(form: Form) -> list[FieldPlace]:
    drawing, grid = _blank(form)
    return list(iter_places(form, drawing, grid))


def _paper(form: Form) -> bytes:
    """The printed paper; boxes are left to the fields that stand on them."""
    drawing = _without_boxes(_blank(form)[0])
    properties = Properties(
        form.title, "", form.id, form.version, form.digest, form.digest, form.layout.unit_name, NO_DATE
    )
    return FormPdf(drawing).render(drawing, properties, {})


def _without_boxes(drawing: Drawing) -> Drawing:
    def page(given: Page) -> Page:
        cells = tuple(cell._replace(lines=tuple(map(_without_box, cell.lines))) for cell in given.cells)
        return replace(given, cells=cells)

    return replace(drawing, pages=tuple(map(page, drawing.pages)))


@lru_cache(maxsize=1024)
def _without_box(line: Line) -> Line:
    return line._replace(
        runs=tuple(
            run._replace(text=_SPACE, symbol=False) if run.symbol and run.text in BOXES else run for run in line.runs
        ),
    )


def _unplaced(form: Form, placed: set[str]) -> Form | None:
    """A form of the fields that the paper has no place for: those that stand in running text, for example."""
    tops = set(map(top_of, placed))
    singles: list[str] = []
    tables: list[Field] = []
    for target in form.record_type.fields:
        if target.kind.is_table:
            tables += [target] if target.name not in tops and not target.computed else []
        else:
            singles += [path for path, field in _leaves(target) if path not in placed and not field.computed]
    if not singles and not tables:
        return None
    blocks: tuple[Block, ...] = (
        *(Pairs((Pair(path),)) for path in singles if path != form.number_field),
        *(TableBlock(table.name, columns=_columns(table), min_rows=_MORE_ROWS) for table in tables),
    )
    if not blocks:
        return None
    layout = Layout(blocks, form.layout.paper, fill_page=False)
    digest = hashlib.sha256(f"{form.digest} continued".encode()).hexdigest()  # layouts are kept by digest
    return replace(form, title=f"{form.title}（续）", layout=layout, digest=digest)


def _columns(table: Field) -> tuple[TableColumn, ...]:
    return tuple(TableColumn(member.name) for member in table.members)


def _leaves(target: Field) -> list[tuple[str, Field]]:
    if not target.kind.is_group:
        return [(target.name, target)]
    return [
        (f"{target.name}.{path}", field)
        for member in target.members
        if not member.kind.is_table
        for path, field in _leaves(member)
    ]


def _describe(pdf: Any, form: Form, properties: Mapping[str, str]) -> None:
    """What the document says about itself: its stamp instead of a record."""
    from pikepdf import Dictionary

    root = pdf.Root
    for key in ("/Names", "/AF", "/OutputIntents"):
        if key in root:
            del root[key]
    if "/Metadata" in root:
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as about:
            for key in ("pdfaid:part", "pdfaid:conformance"):
                if key in about:
                    del about[key]
            about["xmp:CreatorTool"] = _TOOL
    root.Lang = "zh-CN"
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    pdf.docinfo["/Creator"] = _TOOL
    pdf.docinfo["/Subject"] = f"{form.id} v{form.version}"
    for name, value in properties.items():
        pdf.docinfo[f"/{name}"] = value
