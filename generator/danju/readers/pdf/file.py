"""PDF files: our own fillable forms, filled in with any program, and our own finished documents."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from danju.exchange.pdf_names import STAMP_FIELD
from danju.exchange.stamp import FileShape, Stamp, nature_of
from danju.issues import Fault, Issue
from danju.location import Location
from danju.messages import Words, phrase
from danju.model.field import Field
from danju.model.form import Form
from danju.model.record import RawNode, RawRecord, RawValue
from danju.readers.files.kinds import FileKind, sniff_kind
from danju.readers.meaning.forms import recognise
from danju.readers.pdf.filling import read_filling
from danju.readers.pdf.form import FormField, iter_fields
from danju.readers.pdf.guard import fault_of_file
from danju.readers.pdf.objects import PdfLimitError, is_dictionary, text_of
from danju.readers.pdf.records import AttachedRecord, iter_attachments
from danju.readers.reading import Reading, refuse

__all__ = ["PdfFile", "open_pdf"]

_HEADER_WITHIN = 1024  # bytes before which %PDF must stand; Adobe's readers are as lenient
_MAKER = "Danju"


@dataclass(frozen=True, slots=True)
class _PdfContent:
    """What is in a file, taken out before it is closed.

    Attributes:
        said: Document properties.
        fields: Of its form; None when it has none.
        is_xfa: Whether its form is XFA, without ordinary fields.
        records: Attached ones.
        attached: Names of the other attachments.
        identifier: First part of the file's identifier, in hexadecimal, or "".
    """

    said: Mapping[str, str]
    fields: tuple[FormField, ...] | None
    is_xfa: bool
    records: tuple[AttachedRecord, ...]
    attached: tuple[str, ...]
    identifier: str

    @property
    def stamp(self) -> Stamp | None:
        """What it says about its form."""
        stamp = Stamp.from_properties(self.said)
        if stamp is None and self.fields:
            line = next((field.value for field in self.fields if field.name == STAMP_FIELD), None)
            stamp = Stamp.from_line(line) if isinstance(line, str) else None
        return stamp

    @property
    def is_ours(self) -> bool:
        """Whether it says that Danju made it."""
        return any(self.said.get(key, "").startswith(_MAKER) for key in ("Creator", "Producer"))


def open_pdf(path: Path, name: str) -> PdfFile | Reading:
    """A PDF file, or why it cannot be read."""
    content = _load(path)
    return refuse(name, content) if isinstance(content, Fault) else PdfFile(name, content)


@dataclass(slots=True)
class PdfFile:
    """A filled form, or the records attached to finished documents.

    Attributes:
        name: What locations show as the source.
        content: What is in it.
        notes: What was noticed so far.
    """

    name: str
    content: _PdfContent
    notes: list[Issue] = field(default_factory=list)

    @property
    def stamp(self) -> Stamp | None:
        """The stamp of a form with fields; attached records have their own."""
        stamp = self.content.stamp
        is_form = bool(self.content.fields) and not self.content.records
        return stamp if is_form and stamp is not None and stamp.shape is not FileShape.DOCUMENT else None

    def iter_stamped(self, form: Form) -> Iterator[Reading]:
        """The record in a form's fields."""
        filling = read_filling(self.content.fields or (), form, Location(self.name, record=1))
        if filling.count:
            yield Reading(self.name, form, iter((filling.record,)), self.notes)
        else:
            yield refuse(self.name, Fault("F044", {"form": form.title}))

    def iter_unstamped(self, forms: Sequence[Form], chosen: Form | None) -> Iterator[Reading]:
        """Attached records, each with its own stamp; a refusal when there are none."""
        if self.content.records:
            yield from _iter_attached(self.content, self.name, forms, chosen)
        else:
            yield refuse(self.name, Fault("F043") if self.content.is_xfa else _no_form(self.content))


def _load(path: Path) -> _PdfContent | Fault:
    with path.open("rb") as stream:
        start = stream.read(_HEADER_WITHIN)
    if start and b"%PDF" not in start:
        kind = sniff_kind(path)
        actual = kind.value if kind is not FileKind.PDF else FileKind.BINARY.value
        return Fault("F010", {"suffix": path.suffix, "actual": actual})
    fault = fault_of_file(path)
    if fault is not None:
        return fault
    import pikepdf

    try:
        with pikepdf.open(path) as pdf:
            return _taken_out(pdf)
    except pikepdf.PasswordError:
        return Fault("F042")
    except (PdfLimitError, RecursionError, MemoryError):
        return Fault("F047", {"reason": phrase("fields_attachments_without_end")})
    except (pikepdf.PdfError, AttributeError, KeyError, ValueError, TypeError, IndexError, RuntimeError, OSError):
        return Fault("F046")


def _taken_out(pdf: Any) -> _PdfContent:
    root = pdf.Root
    form = root.get("/AcroForm")
    fields = tuple(iter_fields(form)) if is_dictionary(form) else None
    attachments = tuple(iter_attachments(root))
    information = pdf.trailer.get("/Info")
    said = {str(key)[1:]: text_of(value) for key, value in information.items()} if is_dictionary(information) else {}
    identifier = pdf.trailer.get("/ID")
    return _PdfContent(
        said=said,
        fields=fields,
        is_xfa=bool(fields is not None and "/XFA" in form and not fields),
        records=tuple(each.record for each in attachments if each.record is not None),
        attached=tuple(each.name for each in attachments if each.record is None),
        identifier=_in_hexadecimal(bytes(identifier[0])) if identifier is not None and len(identifier) else "",
    )


def _in_hexadecimal(identifier: bytes) -> str:
    """One road to PDF writes bytes, the other their hexadecimal digits."""
    is_text = re.fullmatch(rb"[0-9a-f]{32}", identifier) is not None
    return identifier.decode() if is_text else identifier.hex()


def _no_form(content: _PdfContent) -> Fault:
    """Why there is nothing to read."""
    stamp = content.stamp
    if any(each.lower().endswith(".pdf") for each in content.attached):
        return Fault("F045", {"reason": phrase("portfolio_other_pdf_files")})
    if stamp is not None and stamp.shape is not FileShape.DOCUMENT:
        reason = phrase("fields_were_flattened_probably_by")
        return Fault("F045", {"reason": reason})
    if stamp is not None or content.is_ours:
        reason = phrase("data_was_lost_probably_by")
        return Fault("F045", {"reason": reason})
    return Fault("F041")


def _iter_attached(content: _PdfContent, name: str, forms: Sequence[Form], chosen: Form | None) -> Iterator[Reading]:
    """One reading for each attached record."""
    for number, attached in enumerate(content.records, 1):
        place = Location(name, record=number)
        form = next((each for each in (*forms, *([chosen] if chosen else [])) if each.id == attached.form_id), None)
        found = recognise(_stamp_of(attached, form), forms, chosen)
        if isinstance(found, Fault):
            yield refuse(name, found, place)
            continue
        fields = _raw_fields(attached.values, found.form.record_type.fields, place)
        issues = [Issue(found.warning.code, place, values=found.warning.values)] if found.warning else []
        doubt = _doubt(content, attached, found.form) if len(content.records) == 1 else None
        if doubt is not None:
            issues.append(Issue("F048", place, values={"reason": doubt}))
        yield Reading(name, found.form, iter((RawRecord(place, fields),)), issues)


def _stamp_of(attached: AttachedRecord, form: Form | None) -> Stamp:
    """The stamp of an attached record; what its form was is told by the fields it has."""
    fields: dict[str, tuple[str, str]] = {}
    if form is not None and form.digest != attached.digest:
        today = dict(form.record_type.iter_paths())
        fields = {path: (each.label, nature_of(each)) for path, each in today.items() if not each.computed}
        gone = [path for path in _paths(attached.values, "") if path not in today]
        fields |= {path: (path, "") for path in gone if path.rpartition(".")[0] not in gone}
    return Stamp(attached.form_id, attached.version, attached.digest, FileShape.DOCUMENT, fields)


def _paths(values: object, prefix: str) -> Iterator[str]:
    """Dotted paths of everything in plain data, without row indexes; parents first, none twice."""
    seen: dict[str, None] = {}
    if isinstance(values, dict):
        for key, value in values.items():
            seen[f"{prefix}{key}"] = None
            seen |= dict.fromkeys(_paths(value, f"{prefix}{key}."))
    elif isinstance(values, list):
        for row in values:
            seen |= dict.fromkeys(_paths(row, prefix))
    yield from seen


def _doubt(content: _PdfContent, attached: AttachedRecord, form: Form) -> Words | None:
    """Why the data may not be what the paper shows, or None."""
    subject = content.said.get("Subject", "").split()
    number = str(attached.values.get(form.number_field) or "") if form.number_field else ""
    if not attached.is_whole:
        return phrase("attached_data_does_not_fit")
    if subject[:1] == [attached.form_id] and len(subject) > 2 and subject[2:] != number.split():
        said = " ".join(subject[2:])
        return phrase("file_says_number", said=said, number=number or phrase("nothing"))
    if content.is_ours and content.identifier and content.identifier != attached.content_digest[:32]:
        return phrase("file_s_identifier_does_not")
    return None


def _raw_fields(values: Mapping[str, object], fields: tuple[Field, ...], place: Location) -> dict[str, RawNode]:
    """Plain data → raw nodes, by the fields' kinds; names that are not fields have been looked at before."""
    found: dict[str, RawNode] = {}
    for each in fields:
        value = values.get(each.name)
        if each.kind.is_group and isinstance(value, dict):
            found[each.name] = _raw_fields(value, each.members, place)
        elif each.kind.is_table and isinstance(value, list) and all(isinstance(row, dict) for row in value):
            found[each.name] = tuple(_raw_fields(row, each.members, place) for row in value)
        elif value is not None:
            found[each.name] = RawValue(_exact(value), place)
    return found


def _exact(value: object) -> object:
    """Whole decimals as JSON wrote them; everything else as it is."""
    return value if not isinstance(value, Decimal) or value != value.to_integral_value() else int(value)
