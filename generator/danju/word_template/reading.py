"""A template read: every part with its tags as tokens, and all that is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from jinja2 import TemplateSyntaxError, nodes

from danju.messages import Words, phrase, words_in_a_row
from danju.values.text import nearest_hint
from danju.word_template.cells import CELL_WORDS, apply_cell_tags
from danju.word_template.elsewhere import read_other_texts, read_relations
from danju.word_template.filters import FILTER_NAMES, environment
from danju.word_template.labels import Labels
from danju.word_template.lifting import join_lines, lift_tags
from danju.word_template.package_parts import TemplatePackage, parse_member
from danju.word_template.paragraphs import read_paragraphs
from danju.word_template.places import part_name
from danju.word_template.source import CLOSE, OPEN, Site, TemplatePart
from danju.word_template.structure import check_structure, is_assignment
from danju.word_template.tags import Tag
from danju.word_template.tidying import finish_tree, strip_traces

__all__ = ["has_tags", "parse_tag", "read_parts"]

_WHOLE = frozenset(("for", "if", "with", "macro", "call", "elif", "set"))
_REASONS = (
    (re.compile(r"unexpected end of|[Ee]xpected .*got 'end of|unexpected 'end of"), "tag_incomplete", ()),
    (re.compile(r"expected token '(.+)', got '(.+)'"), "tag_expected", ("wanted", "found")),
    (re.compile(r"unexpected '(.+)'"), "tag_unexpected", ("found",)),
    (re.compile(r"unexpected char '(.+)'"), "tag_character", ("found",)),
)


def read_parts(package: TemplatePackage, labels: Labels) -> list[TemplatePart]:
    """Parts that hold tags, the body first."""
    parts: list[TemplatePart] = []
    for member in package.word_parts():
        part = TemplatePart(member, _name(package, member), package.name, parse_member(package, member))
        strip_traces(part.root)
        read_paragraphs(part, labels.rename)
        read_other_texts(part, labels.rename)
        _check_tags(part)
        apply_cell_tags(part)
        join_lines(part)
        lift_tags(part)
        finish_tree(part)
        check_structure(part)
        parts.append(part)
    others = [(member, _name(package, member), read_other_texts) for member in package.other_parts()]
    links = [
        (path, f"{_name(package, member)}的超链接", read_relations) for member, path in package.relation_parts().items()
    ]
    for path, name, read in (*others, *links):
        part = TemplatePart(path, name, package.name, parse_member(package, path))
        read(part, labels.rename)
        _check_tags(part)
        check_structure(part)
        parts.append(part)
    return [part for part in parts if part.sites or part.issues or part.is_changed]


def has_tags(parts: Iterable[TemplatePart]) -> bool:
    """Whether anything is to be filled in."""
    return any(site.tag.kind for part in parts for site in part.sites)


def _name(package: TemplatePackage, member: str) -> str:
    return part_name(package.kinds[member], member)


def _check_tags(part: TemplatePart) -> None:
    """Each tag by itself, so that all faults are found at once."""
    for site in part.sites:
        if site.tag.kind not in ("{{", "{%"):
            continue
        if not site.source:
            part.report("T103", site.place, site.tag.text, reason=phrase("tag_empty"))
            continue
        try:
            tree = parse_tag(site.tag)
        except TemplateSyntaxError as err:
            part.report("T103", site.place, site.tag.text, reason=_reason(err))
        except (RecursionError, SyntaxError):
            part.report("T103", site.place, site.tag.text, reason=phrase("too_complex"))
        else:
            _check_filters(part, site, tree)


def parse_tag(tag: Tag) -> nodes.Template:
    """A template of this one tag; a statement is given its end.

    Raises:
        TemplateSyntaxError: It cannot be understood.
    """
    return environment().parse(_complete(tag))


def _complete(tag: Tag) -> str:
    if tag.kind == "{{":
        return f"{OPEN}{{ {tag.source} }}{CLOSE}"
    word, _, rest = tag.source.partition(" ")
    if word in CELL_WORDS and rest.strip():
        return f"{OPEN}{{ {rest} }}{CLOSE}"
    if word not in _WHOLE:
        return ""
    statement = f"{OPEN}%{tag.source} %{CLOSE}"
    if word == "elif":
        return f"{OPEN}%if 1%{CLOSE}{statement}{OPEN}%endif%{CLOSE}"
    return statement if is_assignment(tag.source) else f"{statement}{OPEN}%end{word}%{CLOSE}"


def _check_filters(part: TemplatePart, site: Site, tree: nodes.Template) -> None:
    for each in tree.find_all(nodes.Filter):
        if each.name not in FILTER_NAMES:
            hint = nearest_hint(each.name, FILTER_NAMES, phrase("known", names=words_in_a_row(FILTER_NAMES)))
            part.report("T111", site.place, site.tag.text, name=each.name, hint=hint)
            continue
        reason = _argument_fault(each)
        if reason:
            part.report("T112", site.place, site.tag.text, name=each.name, reason=reason)
    for test in tree.find_all(nodes.Test):
        if test.name not in environment().tests:
            part.report("T103", site.place, site.tag.text, reason=phrase("no_test", name=test.name))
    for call in tree.find_all(nodes.Getattr):
        if call.attr.startswith("_"):
            part.report("T120", site.place, site.tag.text, name=call.attr)


def _argument_fault(found: nodes.Filter) -> Words | str:
    """What is wrong with the arguments of `image` and `rich`, or ""."""
    allowed = _ALLOWED.get(found.name)
    if allowed is None:
        return ""
    for keyword in found.kwargs:
        if keyword.key not in allowed:
            hint = nearest_hint(str(keyword.key), allowed, phrase("known", names=words_in_a_row(allowed)))
            return phrase("no_argument", name=keyword.key, hint=hint)
    if found.name == "rich" and found.args:
        return phrase("looks_by_name")
    if found.name == "image" and not found.args and not found.kwargs:
        return phrase("size_missing", names="width_mm= / height_mm=")
    return ""


_ALLOWED = {
    "image": ("width_mm", "height_mm", "text", "url"),
    "rich": ("bold", "italic", "underline", "strike", "color", "size", "font", "highlight", "vertical", "style", "url"),
}


def _reason(error: TemplateSyntaxError) -> Words | str:
    """Jinja2's complaint in our words, our delimiters out of it."""
    text = str(error.message or "").replace("\x01", "").replace("\x02", "")
    for pattern, key, names in _REASONS:
        found = pattern.search(text)
        if found:
            return phrase(key, **dict(zip(names, found.groups(), strict=True)))
    return text
