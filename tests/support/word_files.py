"""Word files made or filled in as people and their programs would."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from lxml import etree
from tests.support.builders import CLOCK

from danju.exchange.controls import tags_of
from danju.exchange.paths import field_at, value_at
from danju.model.form import Form
from danju.pipeline import check
from danju.readers import iter_readings
from danju.rules.checking import Checked

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
DOCUMENT = "word/document.xml"


def part(data: bytes, name: str = DOCUMENT) -> Any:
    """A member as XML."""
    with ZipFile(BytesIO(data)) as package:
        return etree.fromstring(package.read(name))


def changed(data: bytes, **members: bytes | None) -> bytes:
    """The package with other members (`word__document.xml` for `word/document.xml`); None leaves one out."""
    given = {name.replace("__", "/"): content for name, content in members.items()}
    out = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(out, "w", ZIP_DEFLATED) as package:
        for name in source.namelist():
            content = given.get(name, source.read(name))
            if content is not None:
                package.writestr(name, content)
    return out.getvalue()


def with_document(data: bytes, root: Any) -> bytes:
    """The package with another word/document.xml."""
    return changed(data, **{"word__document.xml": etree.tostring(root)})


def controls(root: Any) -> Iterator[tuple[str, Any]]:
    """Every content control with its tag."""
    for control in root.iter(f"{W}sdt"):
        tag = control.find(f"{W}sdtPr/{W}tag")
        yield (tag.get(f"{W}val") if tag is not None else ""), control


def fill_blank(data: bytes, form: Form, values: Mapping[str, Any]) -> bytes:
    """A blank form with a record in its controls, rows added where it has too few, as Word would."""
    root = part(data)
    for tag, section in list(controls(root)):
        if section.find(f"{W}sdtPr/{W15}repeatingSection") is None:
            continue
        content, rows = section.find(f"{W}sdtContent"), values.get(tag) or []
        while len(content) < len(rows):
            content.append(copy.deepcopy(content[-1]))
        for index, item in enumerate(content):
            _fill(item, form, values, index)
    _fill(root, form, values, None)
    return with_document(data, root)


def _fill(root: Any, form: Form, values: Mapping[str, Any], row: int | None) -> None:
    tags = tags_of(form.record_type)
    for tag, control in controls(root):
        meaning = tags.get(tag)
        if meaning is None or ("[]" in meaning.path) != (row is not None):
            continue
        path = meaning.path.replace("[]", f"[{row}]")
        field = field_at(form.record_type, path)
        value = value_at(values, path)
        assert field is not None
        if field.computed or value is None or value == "":
            continue
        if meaning.option:
            if meaning.option in (value if isinstance(value, list) else [value]):
                _tick(control)
        else:
            put_text(control, field.kind.display(replace(field, unit=None), value), value)


def _tick(control: Any) -> None:
    control.find(f"{W}sdtPr/{W14}checkbox/{W14}checked").set(f"{W14}val", "1")
    control.find(f"{W}sdtContent/{W}r/{W}t").text = "☑"


def put_text(control: Any, text: str, value: object = None) -> None:
    """Types into a control."""
    about, content = control.find(f"{W}sdtPr"), control.find(f"{W}sdtContent")
    placeholder = about.find(f"{W}showingPlcHdr")
    if placeholder is not None:
        about.remove(placeholder)
    day = about.find(f"{W}date")
    if day is not None and isinstance(value, date):
        moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
        day.set(f"{W}fullDate", f"{moment:%Y-%m-%dT%H:%M:%S}Z")
    run = content.find(f"{W}r")
    for child in list(run):
        run.remove(child)
    look = about.find(f"{W}rPr")
    if look is not None:
        run.append(copy.deepcopy(look))
    for index, line in enumerate(text.split("\n")):
        if index:
            run.append(etree.Element(f"{W}br"))
        words = etree.SubElement(run, f"{W}t")
        words.text = line
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def read_back(data: bytes, folder: Path, forms: Sequence[Form], chosen: Form | None = None) -> list[Checked]:
    """The checked records of a Word file."""
    path = folder / "单.docx"
    path.write_bytes(data)
    checked = []
    for reading in iter_readings(path, path.name, forms, chosen):
        for raw in reading.records:
            assert reading.form is not None
            checked.append(check(raw, reading.form, CLOCK))
    return checked


def issues_of(data: bytes, folder: Path, forms: Sequence[Form], name: str = "单.docx") -> list[str]:
    """Everything that is said about a file and its records, without checking them."""
    path = folder / name
    path.write_bytes(data)
    found = []
    for reading in iter_readings(path, name, forms, None):
        for raw in reading.records:
            found += [issue.text() for issue in raw.issues]
        found += [issue.text() for issue in reading.issues]
    return found
