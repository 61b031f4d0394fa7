"""Blank forms in Word: the printed form with content controls, its own words locked.

Labels are locked by grouping (§17.5.2.15), not by protecting the document: under “filling in forms” Word adds no rows
to repeated sections, and programs differ in whether they open content controls at all; one that does not know groups
leaves everything open, so that people can always fill in the form.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import BytesIO
from itertools import groupby
from typing import TYPE_CHECKING, Any

from danju.blanks.word.controls import ControlMaker
from danju.blanks.word.marks import FIRST_MARK, FillIn, draw_marked
from danju.blanks.word.parts import add_parts
from danju.exchange.paths import steps_of
from danju.exchange.stamp import FileShape, stamp_of
from danju.model.form import Form
from danju.ooxml.package import Package
from danju.ooxml.properties import Properties
from danju.ooxml.text import escape
from danju.renderers.word import compile_word
from danju.renderers.word_parts import NAMESPACES, TINY_PARAGRAPH

if TYPE_CHECKING:
    from danju.blanks import BlankOptions

__all__ = ["make"]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_EXTENSIONS = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    ' xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" mc:Ignorable="w14 w15"'
)
_MARK = re.compile(f"([{chr(FIRST_MARK)}-\U000ffffd])")


def make(form: Form, options: BlankOptions) -> bytes:
    """The blank form as a .docx; equal bytes for equal forms."""
    drawing, places = draw_marked(form)
    properties = Properties(form.title, "", form.id, form.version, form.digest, "", form.layout.unit_name, "")
    out = BytesIO()
    with Package(BytesIO(compile_word().render(drawing, properties))) as package:
        package.put(package.main, _fill_in(package.read(package.main), form, places))
        add_parts(package, stamp_of(form, FileShape.FORM))
        package.write(out)
    return out.getvalue()


def _fill_in(xml: bytes, form: Form, places: Sequence[FillIn]) -> bytes:
    """The document with controls for marks, repeated rows, and its own words locked."""
    from lxml import etree

    maker = ControlMaker(form.number_field)
    root: Any = etree.fromstring(xml.replace(b"<w:document ", f"<w:document {_EXTENSIONS} ".encode(), 1))
    body = root.find(f"{_W}body")
    section = body[-1]
    body[:0] = _nodes(TINY_PARAGRAPH)  # LibreOffice takes the look of the first words in a group away
    _wrap(body, [node for node in body if node is not section], maker.group_xml())
    section.addprevious(_nodes(TINY_PARAGRAPH)[0])  # Word adds a higher one where a file ends with a control
    for table in list(root.iter(f"{_W}tbl")):
        _repeat_rows(table, form, places, maker)
    for run in list(root.iter(f"{_W}r")):
        text = "".join(run.itertext(f"{_W}t"))
        if _MARK.search(text):
            look = run.find(f"{_W}rPr")
            shown = etree.tostring(look, encoding="unicode", with_tail=False) if look is not None else "<w:rPr/>"
            for node in _nodes(_with_controls(shown, text, places, maker)):
                run.addprevious(node)
            run.getparent().remove(run)
    etree.cleanup_namespaces(root, keep_ns_prefixes=["w", "r", "w14", "w15", "mc"])
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)


def _nodes(xml: str) -> list[Any]:
    from lxml import etree

    return list(etree.fromstring(f"<w:body {NAMESPACES} {_EXTENSIONS}>{xml}</w:body>"))


def _wrap(parent: Any, nodes: Sequence[Any], wrapper: str) -> None:
    """Puts neighbours into a control that stands where they stood."""
    (control,) = _nodes(wrapper)
    parent.insert(parent.index(nodes[0]), control)
    control.find(f"{_W}sdtContent").extend(nodes)


def _with_controls(look: str, text: str, places: Sequence[FillIn], maker: ControlMaker) -> str:
    """A run as runs and controls, in the order of its text."""
    pieces = []
    for piece in _MARK.split(text):
        if not piece:
            continue
        if not _MARK.fullmatch(piece):
            pieces.append(_run_xml(look, piece))
            continue
        place = places[ord(piece) - FIRST_MARK]
        pieces.append(maker.control_xml(place, look))
        if place.shows_unit:
            pieces.append(_run_xml(look, f" {place.field.unit}"))
    return "".join(pieces)


def _run_xml(look: str, text: str) -> str:
    return f'<w:r>{look}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _repeat_rows(table: Any, form: Form, places: Sequence[FillIn], maker: ControlMaker) -> None:
    """Rows of one table field, next to each other, become a section that people can add rows to."""
    for name, run in groupby(table.findall(f"{_W}tr"), lambda row: _table_of(row, places)):
        if not name:
            continue
        rows, field = list(run), form.record_type.field(name)
        _wrap(table, rows, maker.repeated_xml(field.label if field else name, name))
        for row in rows:
            _wrap(row.getparent(), [row], maker.item_xml())


def _table_of(row: Any, places: Sequence[FillIn]) -> str:
    """Name of the table that a row holds numbered places of, or ""."""
    for mark in _MARK.findall("".join(row.itertext(f"{_W}t"))):
        table, number = steps_of(places[ord(mark) - FIRST_MARK].path)[0]
        if number.isdigit():
            return table
    return ""
