"""The story of one document.

    reader → RawRecord → check → Record → number → drawing → renderer → Rendered → folder

`check` turns what was read into a record or into issues; `render_document` turns a numbered record into the bytes of
one file and what is to be said about it. Both are pure: clock, numbers and folders come from outside.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from danju.errors import UsageError
from danju.issues import Issue
from danju.layout.coverage import is_printable, iter_unprintable
from danju.layout.fitting import fits, iter_unfitting
from danju.location import Location
from danju.messages import Words
from danju.model.form import Form
from danju.model.record import RawRecord, plain_digest
from danju.renderers import Rendered
from danju.rules.checking import Checked, check_record, find_place, to_plain
from danju.rules.computing import Clock
from danju.rules.expressions import names_of
from danju.rules.numbering import with_version
from danju.rules.plain_records import PlainCheck

if TYPE_CHECKING:
    from danju.model.drawing import Drawing
    from danju.ooxml.properties import Properties
    from danju.word_template import WordTemplate

Render = Callable[["FilledForm"], Rendered]


def check(raw: RawRecord, form: Form, clock: Clock, position: int = 0) -> Checked:
    """The checked record, or every issue that prevents it; what no font and no paper can show counts as an error."""
    checked = check_record(raw, form, clock, position)
    if checked.record is None:
        return checked
    values = checked.record.values
    found = [
        ("F120", path, label, {"char": char, "code": f"U+{ord(char):04X}"})
        for path, label, char in iter_unprintable(form.record_type.fields, values)
    ]
    found += [("F160", path, label, {"value": value}) for path, label, value in iter_unfitting(form, values)]
    issues = [
        Issue(code, find_place(raw, checked.places, path), label, path, told) for code, path, label, told in found
    ]
    return Checked(None, (*checked.issues, *issues)) if issues else checked


def plain_check(form: Form, clock: Clock) -> PlainCheck:
    """What `check` does, for many records about which there is nothing to say."""
    return PlainCheck(form, clock, is_printable, lambda values: fits(form, values))


@dataclass(frozen=True, slots=True)
class FilledForm:
    """A record on its form's paper: what every renderer draws from, made once for all formats.

    Attributes:
        form: The form.
        values: The record, typed, with its number as it is printed.
        drawing: The record on its paper.
        properties: What the files say about themselves.
        source: The record as plain data, as it is attached to its PDF.
    """

    form: Form
    values: Mapping[str, object]
    drawing: Drawing
    properties: Properties
    source: Mapping[str, object]


def fill_form(form: Form, values: Mapping[str, object], version: int = 1) -> FilledForm:
    """A numbered record on its form's paper.

    Args:
        form: The form.
        values: A checked record with its number.
        version: Of the paper; from the second on it stands behind the number, or in its place.
    """
    from danju.layout.draw import draw  # late, here and below: whoever only checks draws nothing
    from danju.ooxml.properties import Properties

    plain = to_plain(values)
    properties = Properties(
        title=form.title,
        number=str(values.get(form.number_field) or ""),
        form_id=form.id,
        form_version=form.version,
        form_digest=form.digest,
        record_digest=plain_digest(plain),
        author=form.layout.unit_name,
        date=record_date(form, values),
    )
    source = {"form": form.id, "version": form.version, "digest": form.digest, "record": plain}
    number = properties.number
    shown = {**values, form.number_field: with_version(number, version)} if number and version > 1 else values
    mark = "" if number else with_version("", version).strip()
    return FilledForm(form, shown, draw(form, shown, mark=mark), properties, source)


def digest_of(values: Mapping[str, object]) -> str:
    """sha256 of a record's content, independent of the order of its properties."""
    return plain_digest(to_plain(values))


def record_date(form: Form, values: Mapping[str, object]) -> str:
    """ISO date of a record, so that equal records give equal files: where its retention begins, else its first date."""
    for name in _date_names(_Key(form)):
        value = values.get(name)
        if isinstance(value, date):
            return value.isoformat()[:10]
    return ""


class _Key:
    """A form as a cache key."""

    __slots__ = ("form",)

    def __init__(self, form: Form) -> None:
        self.form = form

    def __hash__(self) -> int:
        return hash(self.form.digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and other.form.digest == self.form.digest


@lru_cache(maxsize=256)
def _date_names(key: _Key) -> tuple[str, ...]:
    dates = [field.name for field in key.form.record_type.fields if field.kind.tells_day]
    named = key.form.retention.get("from")
    return (*([str(named)] if named else []), *dates)


def render_document(form: Form, values: Mapping[str, object], target: str) -> Rendered:
    """One finished file.

    Args:
        form: The form.
        values: A checked record with its number.
        target: A key of `TARGETS`.
    """
    return draw_document(fill_form(form, values), target)


def draw_document(filled: FilledForm, target: str) -> Rendered:
    """One finished file of a record on its paper, from which those of other targets may be made as well."""
    return _renderer(target)(filled)


def compare_looks(form: Form, targets: Sequence[str]) -> tuple[Issue, ...]:
    """A note when a template of one's own draws the Word file and the form's layout the other formats of a record."""
    others = [target for target in targets if target != "docx"]
    if not form.word_template or not 0 < len(others) < len(targets):
        return ()
    values = {"others": Words("、".join(others), ", ".join(others))}
    return (Issue("T128", Location(Path(form.word_template).name), values=values),)


def _compile_word() -> Render:
    from danju.renderers.word import compile_word

    renderer = compile_word()

    def render(filled: FilledForm) -> Rendered:
        if filled.form.word_template:
            path = Path(filled.form.word_template)
            template = _word_template(path, path.stat().st_mtime_ns, _Key(filled.form))
            made = template.fill_checked(names_of(filled.form.record_type, filled.values))
            return replace(made, issues=(*template.issues, *made.issues))
        return Rendered(renderer.render(filled.drawing, filled.properties))

    return render


@lru_cache(maxsize=16)
def _word_template(path: Path, _time: int, key: _Key) -> WordTemplate:
    """The form's own Word template, compiled once for each time that it was changed."""
    from danju.word_template import compile_template

    return compile_template(path.read_bytes(), key.form.record_type, path.name)


def _compile_excel() -> Render:
    from danju.renderers.excel import compile_excel

    renderer = compile_excel()
    return lambda filled: Rendered(renderer.render(filled.drawing, filled.properties))


def _compile_pdf() -> Render:
    from danju.layout.draw import draw
    from danju.renderers.pdf import PdfRenderer

    renderer = PdfRenderer(lambda form: draw(form, {}, every_block=True))

    def render(filled: FilledForm) -> Rendered:
        if filled.form.templates:
            from danju.renderers.pdf_html import render_html_pdf

            return Rendered(render_html_pdf(filled.drawing, filled.properties, filled.source, filled.form.templates))
        return Rendered(renderer.render(filled.form, filled.drawing, filled.properties, filled.source))

    return render


def _compile_html() -> Render:
    from danju.renderers.html import HtmlRenderer

    renderer = HtmlRenderer()
    return lambda filled: Rendered(
        renderer.render(filled.drawing, filled.properties, filled.form.templates, to_plain(filled.source["record"]))
    )


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
