"""Stamps: what a file says about the form it was made for, and what it calls the places of its fields.

Blank forms and finished documents carry a stamp as document properties; a stamped file needs no guessing when it comes
back, and one made for another version of its form is compared with today's before anything is read from it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from danju.model.field import Field
from danju.model.form import Form

__all__ = [
    "EXAMPLE_NAME",
    "STAMP_NAME",
    "Difference",
    "FileShape",
    "Stamp",
    "StampChange",
    "compare",
    "stamp_of",
]

FORM, VERSION, DIGEST = "DanjuForm", "DanjuFormVersion", "DanjuFormDigest"
SHAPE, FIELDS = "DanjuShape", "DanjuFields"

STAMP_NAME = "danju._stamp"
"""Hidden defined name of a workbook; a text constant as `Stamp.line` gives it, for programs that drop properties."""
EXAMPLE_NAME = "danju._example"
"""Hidden defined name of the rows that show how to fill in a register and are never read."""


class FileShape(StrEnum):
    """What a stamped file is."""

    REGISTER = "register"  # blank, one record a row
    FORM = "form"  # blank, one record a sheet or file
    DOCUMENT = "document"  # finished


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a file says about its form.

    Attributes:
        form_id: The form's name.
        version: The form's version when the file was made.
        digest: Digest of the form's definition then.
        shape: What the file is.
        fields: Label and nature of every field then, by dotted path; empty when the file does not say.
    """

    form_id: str
    version: int
    digest: str
    shape: FileShape = FileShape.DOCUMENT
    fields: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def properties(self) -> dict[str, str]:
        """Custom document properties, by name."""
        said = {FORM: self.form_id, VERSION: str(self.version), DIGEST: self.digest, SHAPE: self.shape.value}
        if self.fields:
            said[FIELDS] = json.dumps(self.fields, ensure_ascii=False, separators=(",", ":"))
        return said

    @property
    def line(self) -> str:
        """Form, version, digest and shape on one line of at most 255 characters, without the fields."""
        return f"{self.form_id};{self.version};{self.digest};{self.shape.value}"

    @staticmethod
    def from_properties(properties: Mapping[str, str]) -> Stamp | None:
        """The stamp among document properties; None when there is none or it cannot be understood."""
        try:
            fields = json.loads(properties.get(FIELDS) or "{}")
            return Stamp(
                properties[FORM],
                int(properties[VERSION]),
                properties.get(DIGEST, ""),
                FileShape(properties.get(SHAPE, FileShape.DOCUMENT.value)),
                {str(path): (str(label), str(nature)) for path, (label, nature) in fields.items()},
            )
        except (KeyError, ValueError, TypeError, AttributeError, RecursionError):
            return None

    @staticmethod
    def from_line(line: str) -> Stamp | None:
        """The stamp that `line` wrote; None when it is something else."""
        parts = line.strip('"').split(";")
        if len(parts) != 4:
            return None
        return Stamp.from_properties(dict(zip((FORM, VERSION, DIGEST, SHAPE), parts, strict=True)))


def stamp_of(form: Form, shape: FileShape) -> Stamp:
    """The stamp of a file that is made for a form now."""
    fields = {path: (each.label, nature_of(each)) for path, each in form.record_type.iter_paths() if not each.computed}
    return Stamp(form.id, form.version, form.digest, shape, fields)


def nature_of(target: Field) -> str:
    """Kind of a field with its options, e.g. `choice:优良|良好`."""
    options = "|".join(option.value for option in target.options)
    return f"{target.kind.name}:{options}" if options else target.kind.name


class StampChange(StrEnum):
    """How a field differs between two versions of a form."""

    GONE = "gone"
    CHANGED = "changed"
    OPTIONS_GONE = "options_gone"
    NEW_REQUIRED = "new_required"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that a file's form and today's form do not share.

    Attributes:
        change: What happened to it.
        path: Dotted path.
        label: Its label, today's if it still exists.
        detail: Kinds before and after, or the options that are gone; may be empty.
    """

    change: StampChange
    path: str
    label: str
    detail: str = ""

    @property
    def is_compatible(self) -> bool:
        """Whether a file made for the other version can be read all the same."""
        return self.change is StampChange.NEW


def compare(stamp: Stamp, form: Form) -> list[Difference]:
    """How today's form differs from the one that a file was made for; empty when the file does not say."""
    if not stamp.fields or stamp.digest == form.digest:
        return []
    today = {path: each for path, each in form.record_type.iter_paths() if not each.computed}
    gone = [Difference(StampChange.GONE, path, label) for path, (label, _) in stamp.fields.items() if path not in today]
    changed = [
        difference
        for path, (_, nature) in stamp.fields.items()
        if path in today and (difference := _compare_field(path, nature, today[path])) is not None
    ]
    new = [
        Difference(StampChange.NEW_REQUIRED if _must_be_typed(path, each, today) else StampChange.NEW, path, each.label)
        for path, each in today.items()
        if path not in stamp.fields
    ]
    return [*gone, *changed, *new]


def _compare_field(path: str, nature: str, now: Field) -> Difference | None:
    kind, _, options = nature.partition(":")
    if kind != now.kind.name:
        return Difference(StampChange.CHANGED, path, now.label, f"{kind} → {now.kind.name}")
    known = {word for option in now.options for word in (option.value, option.label, *option.aliases)}
    lost = [word for word in options.split("|") if word and word not in known]
    return Difference(StampChange.OPTIONS_GONE, path, now.label, "、".join(lost)) if lost and now.options else None


def _must_be_typed(path: str, target: Field, fields: Mapping[str, Field]) -> bool:
    """Whether a new field would be missed in every old record; members of a table only in rows that exist."""
    parent = fields.get(path.rpartition(".")[0])
    return target.required and not target.default and (parent is None or not parent.kind.is_table)
