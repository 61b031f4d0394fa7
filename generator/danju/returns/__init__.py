"""Returns: the issues of an input, put where its author will find them: in a copy of the author's own file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from danju.exchange.marks import WORDS
from danju.issues import Issue
from danju.location import Location
from danju.returns.findings import Findings

__all__ = ["Findings", "ReturnKind", "ReturnedFile", "make_return"]


class ReturnKind(StrEnum):
    """What a returned file is."""

    MARKED = "marked"  # the author's own file with marks
    CLEAN = "clean"  # the author's own file, marks of an earlier return taken off
    COPY = "copy"  # contents only, in Excel
    TEXT = "text"  # a list of issues


@dataclass(frozen=True, slots=True)
class ReturnedFile:
    """A file that goes back to its author.

    Attributes:
        name: File name, without folder.
        kind: What it is.
        content: Its bytes.
        notes: What the author should know about it.
    """

    name: str
    kind: ReturnKind
    content: bytes
    notes: tuple[Issue, ...] = ()


def make_return(findings: Findings, lang: str) -> ReturnedFile | None:
    """What goes back for one input; None when nothing has to: no error, no warning, no old marks."""
    suffix = findings.path.suffix.lower()
    if not findings.is_faulty:
        cleaner = _CLEANERS.get(suffix)
        clean = cleaner(findings) if cleaner is not None else None
        return None if clean is None else ReturnedFile(findings.path.name, ReturnKind.CLEAN, clean)
    returned = _MARKERS.get(suffix, _mark_nothing)(findings, lang)
    return returned or _list(findings, lang, "F054")


def _mark_workbook(findings: Findings, lang: str) -> ReturnedFile | None:
    from danju.returns.notes import MOST_NOTES
    from danju.returns.workbooks import UnfitError, mark_own

    try:
        content, marked = mark_own(findings, lang)
    except UnfitError:
        return None
    notes = []
    if marked.without_signature:
        notes.append(_note("F051", findings))
    if marked.without_notes:
        notes.append(_note("F053", findings, count=marked.without_notes, limit=MOST_NOTES))
    return ReturnedFile(findings.path.name, ReturnKind.MARKED, content, tuple(notes))


def _comment_word(findings: Findings, lang: str) -> ReturnedFile | None:
    from danju.returns.word import mark_document

    marked = mark_document(findings, lang)
    if marked is None:
        return None
    content, is_unsigned = marked
    return ReturnedFile(
        findings.path.name, ReturnKind.MARKED, content, (_note("F051", findings),) if is_unsigned else ()
    )


def _copy_table(findings: Findings, lang: str) -> ReturnedFile | None:
    from danju.returns.workbooks import UnfitError, copy_marked

    name = f"{findings.path.stem}{WORDS[lang].copied}.xlsx"
    try:
        content, _ = copy_marked(findings, lang)
    except UnfitError:
        return None
    return ReturnedFile(
        name, ReturnKind.COPY, content, (_note("F052", findings, suffix=findings.path.suffix, name=name),)
    )


def _annotate_yaml(findings: Findings, lang: str) -> ReturnedFile | None:
    from danju.returns.yaml_text import annotate

    content = annotate(findings, lang)
    return None if content is None else ReturnedFile(findings.path.name, ReturnKind.MARKED, content)


def _mark_nothing(findings: Findings, lang: str) -> ReturnedFile:
    return _list(findings, lang, "F055")


def _list(findings: Findings, lang: str, code: str) -> ReturnedFile:
    from danju.returns.text_report import list_issues

    name = f"{findings.path.name}.{WORDS[lang].index}.txt"
    note = _note(code, findings, suffix=findings.path.suffix, name=name)
    return ReturnedFile(name, ReturnKind.TEXT, list_issues(findings, lang), (note,))


def _note(code: str, findings: Findings, **values: object) -> Issue:
    return Issue(code, Location(findings.name), values=values)


def _clean_workbook(findings: Findings) -> bytes | None:
    from danju.returns.workbooks import clean_workbook

    return clean_workbook(findings.path, findings.name)


def _clean_word(findings: Findings) -> bytes | None:
    from danju.returns.word import clean_document

    return clean_document(findings.path)


def _clean_yaml(findings: Findings) -> bytes | None:
    from danju.returns.yaml_text import annotate, has_annotations

    return annotate(Findings(findings.path, findings.name), "zh") if has_annotations(findings.path) else None


_MARKERS: Mapping[str, Callable[[Findings, str], ReturnedFile | None]] = {
    ".xlsx": _mark_workbook,
    ".xlsm": _mark_workbook,
    ".docx": _comment_word,
    ".docm": _comment_word,
    ".xls": _copy_table,
    ".ods": _copy_table,
    ".csv": _copy_table,
    ".yaml": _annotate_yaml,
    ".yml": _annotate_yaml,
}
_CLEANERS: Mapping[str, Callable[[Findings], bytes | None]] = {
    ".xlsx": _clean_workbook,
    ".xlsm": _clean_workbook,
    ".docx": _clean_word,
    ".docm": _clean_word,
    ".yaml": _clean_yaml,
    ".yml": _clean_yaml,
}
