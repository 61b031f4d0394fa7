"""PDF forms typed into by a viewer, and small PDF files written by hand."""

from __future__ import annotations

import ctypes
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2  # type: ignore[import-untyped, unused-ignore]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped, unused-ignore]

from danju.readers.pdf.form import FormField, iter_fields


def fields_of(content: bytes) -> dict[str, FormField]:
    """The fields of a form by full name; their nodes are of no use once this returns."""
    with pikepdf.open(BytesIO(content)) as pdf:
        return {each.name: each for each in iter_fields(pdf.Root.AcroForm)}


def boxes_of(content: bytes) -> dict[str, list[tuple[int, list[float]]]]:
    """Page (0-based) and rectangle of every widget, by full name of its field."""
    with pikepdf.open(BytesIO(content)) as pdf:
        pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        return {
            each.name: [(pages[kid.P.objgen], [float(edge) for edge in kid.Rect]) for kid in each.node.Kids]
            for each in iter_fields(pdf.Root.AcroForm)
            if "/Kids" in each.node
        }


def type_in(content: bytes, typed: Mapping[str, str | None], box: int = 0) -> bytes:
    """The form as Chrome leaves it (PDFium): each field clicked, text typed, the file saved.

    Args:
        content: The form.
        typed: Text by full name; None for a click alone.
        box: Which of a field's boxes is clicked, 0-based.
    """
    boxes = boxes_of(content)
    document = pypdfium2.PdfDocument(content)
    document.init_forms()
    handle = document.formenv.raw
    for name, text in typed.items():
        number, (left, bottom, right, top) = boxes[name][min(box, len(boxes[name]) - 1)]
        page = document[number]
        spot = (handle, page, 0, (left + right) / 2, (bottom + top) / 2)
        pdfium.FORM_OnMouseMove(*spot)
        pdfium.FORM_OnLButtonDown(*spot)
        pdfium.FORM_OnLButtonUp(*spot)
        if text is not None:
            packed = f"{text}\0".encode("utf-16-le")
            given = ctypes.create_string_buffer(packed, len(packed))
            pdfium.FORM_ReplaceSelection(handle, page, ctypes.cast(given, ctypes.POINTER(ctypes.c_ushort)))
        pdfium.FORM_ForceToKillFocus(handle)
        page.close()
    out = BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()


def ink(content: bytes, page: int, rectangle: Sequence[float]) -> float:
    """Share of dark pixels in a rectangle of a page, form fields drawn."""
    document = pypdfium2.PdfDocument(content)
    document.init_forms()
    sheet = document[page]
    picture = sheet.render(scale=2, may_draw_forms=True).to_pil().convert("L")
    left, bottom, right, top = rectangle
    height = sheet.get_height()
    part = picture.crop((int(2 * left), int(2 * (height - top)), int(2 * right), int(2 * (height - bottom))))
    dark = sum(count for grey, count in enumerate(part.histogram()) if grey < 128)
    size = part.width * part.height
    sheet.close()
    document.close()
    return dark / size


def write_pdf(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """A PDF file of these objects, numbered from 1, the first being the catalogue."""
    out = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return out + (
        b"xref\n0 %d\n0000000000 65535 f \n%btrailer\n<</Size %d/Root 1 0 R%b>>\nstartxref\n%d\n%%%%EOF\n"
        % (size, table, size, trailer, len(out))
    )


def stream(entries: bytes, data: bytes) -> bytes:
    """A stream object's body."""
    return b"<<%b/Length %d>>\nstream\n%b\nendstream" % (entries, len(data), data)


def changed(content: bytes, change: Any) -> bytes:
    """A file saved again after `change(pdf)`."""
    out = BytesIO()
    with pikepdf.open(BytesIO(content)) as pdf:
        change(pdf)
        pdf.save(out)
    return out.getvalue()
