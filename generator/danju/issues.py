"""Issues: what is wrong with a user's data. Collected and printed, never raised."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from danju.location import Location
from danju.messages import CATALOGUE, Severity, format_message

__all__ = ["Fault", "Issue", "Severity", "count_errors", "forbid_repairs", "forbid_warnings"]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one value, before anybody knows where it stands.

    Attributes:
        code: Key in the message catalogue.
        values: Texts for the placeholders of the message.
    """

    code: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Issue:
    """One located fact about a user's data, with its remedy.

    Attributes:
        code: Stable key, listed in docs/issues.md.
        location: File, sheet, cell or line.
        label: Printed label of the field, or "".
        path: Property path such as `contacts[1].mobile`, or "".
        values: Texts for the placeholders of the message; of a repair, `value` was typed and `result` is kept.
        is_forbidden: Whether `--strict` makes it an error: a repair, or a warning about a document.
    """

    code: str
    location: Location
    label: str = ""
    path: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    is_forbidden: bool = False

    @property
    def severity(self) -> Severity:
        """Error, warning or note, as the catalogue says; what is forbidden is an error."""
        return Severity.ERROR if self.is_forbidden else CATALOGUE[self.code].severity

    @property
    def is_repair(self) -> bool:
        """True when the value kept is not the one that was typed."""
        return CATALOGUE[self.code].repairs

    @property
    def is_error(self) -> bool:
        """True when the record (or file) cannot be used."""
        return self.severity is Severity.ERROR

    def text(self, lang: str = "zh") -> str:
        """The whole line: place › label: fact. remedy. [code]"""
        return format_message(self.code, self.values, self.location, self.label, lang, is_forbidden=self.is_forbidden)

    def to_json(self, lang: str = "zh") -> dict[str, object]:
        """The same facts for machines; absent places are null."""
        fact, remedy = CATALOGUE[self.code].fill(self.values, lang, self.is_forbidden)
        place = self.location
        original, result = (self.values.get(key) if self.is_repair else None for key in ("value", "result"))
        return {
            "code": self.code,
            "severity": self.severity.value,
            "file": place.source or None,
            "sheet": place.sheet,
            "cell": place.cell,
            "line": place.line,
            "column": place.column,
            "record": place.record,
            "spot": place.spot.to_json(lang) if place.spot is not None else None,
            "label": self.label or None,
            "field": self.path or None,
            "message": fact,
            "remedy": remedy,
            "repair": self.is_repair,
            "original": None if original is None else str(original),
            "result": None if result is None else str(result),
        }


def forbid_repairs(issues: Iterable[Issue]) -> tuple[Issue, ...]:
    """The issues, every repair among them an error."""
    return tuple(replace(issue, is_forbidden=True) if issue.is_repair else issue for issue in issues)


def forbid_warnings(issues: Iterable[Issue]) -> tuple[Issue, ...]:
    """The issues, every warning among them an error."""
    return tuple(replace(issue, is_forbidden=True) if issue.severity is Severity.WARNING else issue for issue in issues)


def count_errors(issues: Iterable[Issue]) -> int:
    """How many of the issues are errors."""
    return sum(issue.is_error for issue in issues)
