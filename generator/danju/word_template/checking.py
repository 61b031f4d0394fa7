"""Everything wrong with a template, told at once."""

from __future__ import annotations

from danju.errors import DefinitionError
from danju.issues import Issue
from danju.model.field import Field, RecordType
from danju.rules.text import nearest
from danju.word_template.filters import environment
from danju.word_template.labels import Labels
from danju.word_template.package_parts import open_package
from danju.word_template.reading import read_parts
from danju.word_template.rewriting import Rewriter, Unknown
from danju.word_template.source import Part

__all__ = ["check_template"]


def check_template(content: bytes, record_type: RecordType | None = None, name: str = "模板.docx") -> list[Issue]:
    """Issues in the order of the document, the body first.

    Args:
        content: The .docx with tags.
        record_type: Lets names be checked too.
        name: File name, for messages.
    """
    labels = Labels(record_type)
    try:
        parts = read_parts(open_package(content, name), labels)
    except DefinitionError as err:
        return [Issue(err.code, err.location, "", "", err.values)]
    for part in parts:
        if part.sites and not any(issue.is_error for issue in part.issues):
            _check_names(part, labels)
    return [issue for part in parts for issue in part.issues]


def _check_names(part: Part, labels: Labels) -> None:
    env = environment()
    source, lines = part.to_source()
    rewriter = Rewriter(labels, lines, frozenset(env.globals))
    rewriter.rewrite(env.parse(source))
    for unknown in rewriter.unknown:
        site = lines[min(max(unknown.line - 2, 0), len(lines) - 1)]
        part.report("T110", site.place, site.tag.text, name=unknown.name, hint=_hint(unknown))


def _hint(unknown: Unknown) -> str:
    by_heading = {heading: field for field in unknown.candidates for heading in field.headings()}
    near = nearest(unknown.name, by_heading)
    if near is not None:
        field = by_heading[near]
        return f"是否指“{field.label}”（{field.name}）？" if field.label != field.name else f"是否指 {field.name}？"
    return f"可用：{'、'.join(_labels(unknown.candidates))}。"


def _labels(fields: tuple[Field, ...]) -> list[str]:
    return [field.label or field.name for field in fields]
