"""The story of one document.

    reader → RawRecord → check → Record → number → drawing → renderer → Document → folder

`check` turns what was read into a record or into issues; `render_document` turns a numbered record into the bytes of
one file. Both are pure: clock, numbers and folders come from outside.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from danju.errors import UsageError
from danju.issues import Issue
from danju.layout.coverage import iter_unprintable
from danju.layout.draw import draw
from danju.model.field import Kind
from danju.model.form import Form
from danju.model.record import RawRecord
from danju.renderers.properties import Properties
from danju.rules.checking import Checked, check_record, to_plain
from danju.rules.computing import Clock

Render = Callable[[Form, Mapping[str, object]], bytes]


@dataclass(frozen=True, slots=True)
class Document:
    """One output file.

    Attributes:
        suffix: `.docx`, `.pdf`, …
        content: Its bytes.
    """

    suffix: str
    content: bytes


def check(raw: RawRecord, form: Form, clock: Clock, position: int = 0) -> Checked:
    """The checked record, or every issue that prevents it; a character that no font has counts as an error."""
    checked = check_record(raw, form, clock, position)
    if checked.record is None:
        return checked
    missing = [
        Issue("F120", checked.places.get(path) or raw.place(path), label, path, {"char": char, "code": f"U+{ord(char):04X}"})
        for path, label, char in iter_unprintable(form.record_type.fields, checked.record.values)
    ]
    return Checked(None, (*checked.issues, *missing)) if missing else checked


def digest_of(values: Mapping[str, object]) -> str:
    """sha256 of a record's content, independent of the order of its properties."""
    plain = json.dumps(to_plain(values), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def render_document(form: Form, values: Mapping[str, object], target: str) -> Document:
    """One finished file.

    Args:
        form: The form.
        values: A checked record with its number.
        target: A key of `TARGETS`.
    """
    return Document(f".{target}", _renderer(target)(form, values))


def properties_of(form: Form, values: Mapping[str, object]) -> Properties:
    """What a document says about itself; its date is the record's own, so that equal records give equal files."""
    return Properties(
        title=form.title,
        number=str(values.get(form.number_field) or ""),
        form_id=form.id,
        form_version=form.version,
        form_digest=form.digest,
        record_digest=digest_of(values),
        author=form.layout.unit_name,
        date=record_date(form, values),
    )


def record_date(form: Form, values: Mapping[str, object]) -> str:
    """ISO date of a record: where its retention begins, else its first date; "" when it has none."""
    named = form.retention.get("from")
    dates = [field.name for field in form.record_type.fields if field.kind in (Kind.DATE, Kind.DATETIME)]
    for name in [str(named)] * (named is not None) + dates:
        value = values.get(name)
        if value is not None and not isinstance(value, str):
            return str(to_plain(value))[:10]
    return ""


def source_of(form: Form, values: Mapping[str, object]) -> dict[str, object]:
    """The record as it is attached to its PDF."""
    return {"form": form.id, "version": form.version, "digest": form.digest, "record": to_plain(values)}


def _compile_word() -> Render:
    from danju.renderers.word import compile_word

    renderer = compile_word()
    return lambda form, values: renderer.render(draw(form, values), properties_of(form, values))


def _compile_excel() -> Render:
    from danju.renderers.excel import compile_excel

    renderer = compile_excel()
    return lambda form, values: renderer.render(draw(form, values), properties_of(form, values))


def _compile_pdf() -> Render:
    from danju.renderers.pdf import PdfRenderer

    renderer = PdfRenderer()
    return lambda form, values: renderer.render(
        draw(form, values), properties_of(form, values), source_of(form, values)
    )


def _compile_html() -> Render:
    from danju.renderers.html import HtmlRenderer

    renderer = HtmlRenderer()
    return lambda form, values: renderer.render(draw(form, values), properties_of(form, values))


TARGETS: Mapping[str, Callable[[], Render]] = {
    "docx": _compile_word,
    "pdf": _compile_pdf,
    "xlsx": _compile_excel,
    "html": _compile_html,
}
"""Output formats; each is compiled when first asked for."""


@lru_cache(maxsize=8)
def _renderer(target: str) -> Render:
    if target not in TARGETS:
        raise UsageError("E105", {"name": target, "known": "、".join(TARGETS)})
    return TARGETS[target]()
