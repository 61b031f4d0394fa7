"""The library: every form at hand, a workspace's before the built-in ones, loaded when asked for."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from danju.errors import DefinitionError, UsageError
from danju.library.definition_file import DefinitionFile
from danju.library.form_loader import load_form
from danju.library.places import own_templates, search_roots
from danju.library.schema_loader import load_record_type
from danju.messages import Words, did_you_mean
from danju.model.field import RecordType
from danju.model.form import Form
from danju.values.text import nearest

_FORM_SUFFIX = ".form.yaml"
_SCHEMA_SUFFIX = ".schema.yaml"


class Library:
    """Forms and record types by name.

    Args:
        workspace: A folder with schemas/, forms/, templates/ of its own, or None.
        word_template: A Word template that forms are written into, whatever templates/ holds, or None.
    """

    def __init__(self, workspace: Path | None = None, word_template: Path | None = None) -> None:
        self.workspace = workspace
        self._given_template = word_template
        self._forms: dict[str, Form] = {}
        self._types: dict[str, RecordType] = {}

    def form_ids(self) -> tuple[str, ...]:
        """Names of all forms, sorted."""
        found = {
            path.name.removesuffix(_FORM_SUFFIX)
            for root in search_roots(self.workspace)
            for path in (root / "forms").glob(f"*{_FORM_SUFFIX}")
        }
        return tuple(sorted(found))

    def forms(self) -> tuple[Form, ...]:
        """All forms, by name."""
        return tuple(self.form(form_id) for form_id in self.form_ids())

    def good_forms(self) -> tuple[Form, ...]:
        """All forms without a definition error, by name."""
        found = []
        for form_id in self.form_ids():
            with suppress(DefinitionError):
                found.append(self.form(form_id))
        return tuple(found)

    def form(self, name: str) -> Form:
        """The form of that id (or title, or alias).

        Raises:
            UsageError: E104 when there is none.
            DefinitionError: The form or its schema is wrong.
        """
        if name in self._forms:
            return self._forms[name]
        path = self._find("forms", name + _FORM_SUFFIX)
        if path is None:
            return self._form_by_title(name)
        form = load_form(path, self._record_type, self._templates_digest)
        form = replace(form, templates=own_templates(name, self.workspace), word_template=self._word_template(name))
        self._forms[name] = form
        return form

    def _form_by_title(self, name: str) -> Form:
        forms = self.good_forms()
        for form in forms:
            if name in (form.title, form.english, *form.aliases):
                return form
        titles = {form.title: form.id for form in forms}
        candidate = nearest(name, [*self.form_ids(), *titles])
        meant = titles.get(candidate, candidate) if candidate else ""
        hint = did_you_mean(meant)
        shown = Words(
            "、".join(f"{form.id}（{form.title}）" for form in forms),
            ", ".join(f"{form.id} ({form.english or form.title})" for form in forms),
        )
        raise UsageError("E104", {"name": name, "hint": hint, "known": shown})

    def _record_type(self, name: str, asked_by: DefinitionFile) -> RecordType:
        if name not in self._types:
            path = self._find("schemas", name + _SCHEMA_SUFFIX)
            if path is None:
                raise DefinitionError("E207", {"name": name}, asked_by.location("schema"))
            self._types[name] = load_record_type(path)
        return self._types[name]

    def _find(self, folder: str, file_name: str) -> Path | None:
        if Path(file_name).name != file_name:
            return None
        for root in search_roots(self.workspace):
            path = root / folder / file_name
            if path.is_file():
                return path
        return None

    def _word_template(self, form_id: str) -> str:
        """templates/<form>.docx of the workspace or of ours, or ""."""
        path = self._given_template or self._find("templates", f"{form_id}.docx")
        return str(path.resolve()) if path is not None else ""

    @cached_property
    def _templates_digest(self) -> str:
        return _digest_of(search_roots(self.workspace))


def _digest_of(roots: tuple[Path, ...]) -> str:
    """Digest of the drawing templates (not the fonts, which only widen what can be printed)."""
    total = hashlib.sha256()
    for root in roots:
        for path in sorted((root / "templates").glob("*.*")):
            if path.is_file():
                total.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()
