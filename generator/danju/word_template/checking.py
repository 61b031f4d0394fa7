"""Everything wrong with a template, told at once."""

from __future__ import annotations

from jinja2 import TemplateSyntaxError, nodes

from danju.errors import DefinitionError
from danju.issues import Issue
from danju.location import Location
from danju.model.field import RecordType
from danju.word_template.filters import environment
from danju.word_template.labels import Labels
from danju.word_template.package_parts import open_package
from danju.word_template.reading import has_tags, parse_tag, read_parts
from danju.word_template.rewriting import Rewriter, Scope, assigned_names
from danju.word_template.source import Site, TemplatePart

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
    issues: list[Issue] = []
    for part in parts:
        if record_type is not None:
            _check_names(part, labels)
        last = len(part.places)
        issues += sorted(part.issues, key=lambda issue: part.places.get(issue.location.sheet or "", last))
    if not issues and not has_tags(parts):
        issues.append(Issue("T127", Location(name)))
    return issues


def _check_names(part: TemplatePart, labels: Labels) -> None:
    """Tag by tag, so that a fault elsewhere does not hide an unknown name."""
    parsed: list[tuple[Site, nodes.Template]] = []
    outer: Scope = {}
    for site in part.sites:
        try:
            tree = parse_tag(site.tag)
        except (TemplateSyntaxError, RecursionError, SyntaxError):
            continue
        parsed.append((site, tree))
        outer.update(assigned_names(tree))
    scopes: list[Scope] = [outer]
    for site, tree in parsed:
        rewriter = Rewriter(labels, [site], frozenset(environment().globals))
        inner = rewriter.check(tree, scopes[-1])
        if inner is not scopes[-1]:
            scopes.append(inner)
        elif site.tag.source == "endfor" and len(scopes) > 1:
            scopes.pop()
        for unknown in rewriter.unknown:
            part.report("T110", site.place, site.tag.text, name=unknown.name, hint=unknown.hint())
