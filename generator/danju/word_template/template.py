"""Word templates: compiled once, filled many times."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from posixpath import dirname
from typing import Any

from lxml import etree

from danju.errors import DefinitionError, InputError
from danju.issues import Issue, Severity
from danju.location import Location
from danju.model.field import RecordType
from danju.ooxml.packing import CompiledPackage, Member, PackageWriter
from danju.ooxml.parts import CONTENT_TYPES
from danju.renderers import Rendered
from danju.word_template.compiled import CompiledPart, compile_part
from danju.word_template.drawing import content_types_with, in_default_namespace, relations_with
from danju.word_template.labels import Labels
from danju.word_template.mending import mend_grids
from danju.word_template.package_parts import TemplatePackage, open_package
from danju.word_template.reading import has_tags, read_parts
from danju.word_template.sandbox import STATE
from danju.word_template.state import RELATION, FillState

__all__ = ["WordTemplate", "compile_template"]

_FAST = 1  # deflate level of filled parts: a third of the time of 6 for a tenth more bytes


@dataclass(frozen=True, slots=True)
class WordTemplate:
    """A template that fills itself; keeps nothing of one record for the next.

    Attributes:
        name: File name, for messages.
        package: Constant members deflated, changing ones by name.
        parts: The changing ones.
        names: Top-level names that the tags read.
        issues: Warnings about the template itself, whatever it is filled with.
    """

    name: str
    package: CompiledPackage
    parts: tuple[CompiledPart, ...]
    names: frozenset[str]
    issues: tuple[Issue, ...]
    _texts: Mapping[str, str]
    _first_ids: tuple[int, int]
    _has_labels: bool

    def fill(self, names: Mapping[str, object], *, folder: Path | None = None, strict: bool = False) -> bytes:
        """The document of one record: equal bytes for equal values.

        Args:
            names: Values by name.
            folder: Where pictures are looked for; without it only picture data is accepted.
            strict: Whether a name that the values lack is an error instead of nothing.

        Raises:
            InputError: A value cannot be put in: T114–T118, T121, with `strict` T122.
        """
        return self.fill_checked(names, folder=folder, strict=strict).content

    def fill_checked(
        self, names: Mapping[str, object], *, folder: Path | None = None, strict: bool = False
    ) -> Rendered:
        """The same, with a warning for each name that the values lack."""
        state = FillState(self.name, folder, None if self._has_labels else names.keys(), *self._first_ids)
        contents: dict[str, bytes] = {}
        variables: dict[str, Any] = {**names, STATE: state}
        for part in self.parts:
            state.sites, state.call_cost, state.relations = part.sites, part.call_cost, {}
            xml = part.render(variables, state)
            contents[part.member] = mend_grids(xml.encode()) if part.mends_tables else xml.encode()
            if state.relations:
                before = (
                    contents[part.relations].decode()
                    if part.relations in contents
                    else self._texts.get(part.relations, "")
                )
                contents[part.relations] = relations_with(before, state.relations, dirname(part.member)).encode()
        if strict and state.missing:
            first = state.issues[0]
            raise InputError(
                "T122", dict(first.values), Location(self.name, sheet=f"{first.location.sheet} › {first.label}")
            )
        for media, picture in state.media.items():
            contents[media] = picture.content
        if state.media:
            kinds = {picture.kind for picture in state.media.values()}
            contents[CONTENT_TYPES] = content_types_with(self._texts[CONTENT_TYPES], kinds).encode()
        return Rendered(self._pack(contents), tuple(state.issues))

    def _pack(self, contents: dict[str, bytes]) -> bytes:
        out = BytesIO()
        writer = PackageWriter(out)
        for member in self.package.members:
            name = member if isinstance(member, str) else member.name
            if name in contents:
                writer.add(Member.deflate(name, contents.pop(name), _FAST))
            elif isinstance(member, Member):
                writer.add(member)
        for name in sorted(contents):
            writer.add(Member.deflate(name, contents[name], _FAST))
        writer.close()
        return out.getvalue()


def compile_template(content: bytes, record_type: RecordType | None = None, name: str = "模板.docx") -> WordTemplate:
    """The template of a .docx, to be kept and used for many records.

    Args:
        content: The .docx with tags.
        record_type: Lets labels stand for fields; values then come from `danju.rules.expressions.names_of`.
        name: File name, for messages.

    Raises:
        DefinitionError: The first fault that makes it unusable; `check_template` tells all of them.
    """
    package = open_package(content, name)
    labels = Labels(record_type)
    parts = read_parts(package, labels)
    for part in parts:
        for issue in part.issues:
            if issue.is_error:
                place = f"{issue.location.sheet} › {issue.label}"
                raise DefinitionError(issue.code, dict(issue.values), Location(name, sheet=place))
    names: set[str] = set()
    compiled = [compile_part(part, labels, names) for part in parts if part.sites or part.is_changed]
    issues = [issue for part in parts for issue in part.issues if issue.severity is Severity.WARNING]
    if not has_tags(parts):
        issues.append(Issue("T127", Location(name)))
    texts = {
        member: in_default_namespace(data).decode("utf-8-sig")
        for member, data in package.members.items()
        if member == CONTENT_TYPES or member.endswith(".rels")
    }
    package_kept = CompiledPackage.compile(package.content, [part.member for part in compiled])
    first_ids = (_largest_id(package), _largest_relation(texts))
    return WordTemplate(
        name, package_kept, tuple(compiled), frozenset(names), tuple(issues), texts, first_ids, record_type is not None
    )


def _largest_id(package: TemplatePackage) -> int:
    """The largest id of a picture anywhere, so that new ones start above."""
    largest = 0
    for member, data in package.members.items():
        if member.endswith(".xml") and b"docPr" in data:
            for element in etree.fromstring(data).iter("{*}docPr"):
                number = element.get("id", "")
                largest = max(largest, int(number) if number.isdigit() else 0)
    return largest


def _largest_relation(texts: Mapping[str, str]) -> int:
    """The largest number among relations that an earlier filling added anywhere."""
    found = (re.findall(rf'Id="{RELATION}(\d+)"', text) for text in texts.values())
    return max((int(number) for numbers in found for number in numbers), default=0)
