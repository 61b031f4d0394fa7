"""The `checks:` of a form file: rules across fields, written as expressions or as what must be filled in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from danju.issues import Severity
from danju.library.definition_file import DefinitionFile, Path_
from danju.library.expression_check import CLOCK_NAMES, check_expression, check_text
from danju.messages import phrase
from danju.model.field import Field, RecordType
from danju.model.form import Check
from danju.values.text import nearest_hint

__all__ = ["bilingual", "load_checks"]


def load_checks(
    source: DefinitionFile, nodes: Sequence[Mapping[str, Any]], record_type: RecordType
) -> tuple[Check, ...]:
    """The rules, in order; one that requires several fields becomes one for each.

    Raises:
        DefinitionError: E203, E205 or E206 at the line of whatever is wrong.
    """
    return tuple(
        check
        for index, node in enumerate(nodes)
        for check in _Rule(source, node, ("checks", index), record_type).iter_checks()
    )


def bilingual(node: Any) -> tuple[str, str]:
    """A text in Chinese and English: one for both, or a list of the two; "" for nothing."""
    if isinstance(node, str):
        return node, node
    return (str(node[0]), str(node[1])) if node else ("", "")


@dataclass(frozen=True, slots=True)
class _Rule:
    """One entry of `checks:`."""

    source: DefinitionFile
    node: Mapping[str, Any]
    path: Path_
    record_type: RecordType

    def iter_checks(self) -> Iterator[Check]:
        node = self.node
        members = self._members()
        extra = (*CLOCK_NAMES, *(member.name for member in members))
        for key in ("that", "when"):
            if key in node:
                check_expression(self.source, str(node[key]), self.record_type, (*self.path, key), extra)
        for key in ("message", "remedy"):
            for text in bilingual(node.get(key, "")):
                check_text(self.source, text, self.record_type, (*self.path, key), extra)
        fields = tuple(self._fields("fields", members))
        if "that" in node:
            yield self._check(str(node["that"]), fields, ("", ""))
        for name, field in self._fields("require", members).items():
            told = (f"须填写{field.label}", f"{field.english or field.label} must be filled in")
            yield self._check(f"filled({name}) == 1", (name, *fields), told)
        if either := self._fields("either", members):
            zh = "、".join(field.label for field in either.values())
            en = ", ".join(field.english or field.label for field in either.values())
            told = (f"{zh}至少须填一项", f"At least one of {en} must be filled in")
            yield self._check(f"filled({', '.join(either)}) > 0", (*either, *fields), told)

    def _check(self, that: str, fields: tuple[str, ...], told: tuple[str, str]) -> Check:
        node = self.node
        return Check(
            that=that,
            fields=fields,
            message=bilingual(node["message"]) if "message" in node else told,
            remedy=bilingual(node.get("remedy", "")),
            severity=Severity(node.get("severity", "error")),
            each=node.get("each"),
            when=str(node["when"]) if "when" in node else None,
        )

    def _members(self) -> tuple[Field, ...]:
        """The members of the table that is checked row by row, or nothing."""
        each = self.node.get("each")
        if each is None:
            return ()
        table = self.record_type.find(each)
        if table is None or not table.kind.is_table:
            hint = phrase("each_must_table")
            raise self.source.error("E203", (*self.path, "each"), name=each, hint=hint)
        return table.members

    def _fields(self, key: str, members: tuple[Field, ...]) -> dict[str, Field]:
        """The fields that a setting names: members of the row that is checked, else of the record."""
        given = self.node.get(key, ())
        found: dict[str, Field] = {}
        for position, name in enumerate((given,) if isinstance(given, str) else given):
            field = next((member for member in members if member.name == name), None) or self.record_type.find(name)
            if field is None:
                where = (*self.path, key) if isinstance(given, str) else (*self.path, key, position)
                known = [*(member.name for member in members), *(path for path, _ in self.record_type.iter_paths())]
                raise self.source.error("E203", where, name=name, hint=nearest_hint(name, known))
            found[name] = field
        return found
