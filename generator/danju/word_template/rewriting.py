"""From a parsed template to the one that is compiled: names resolved, every output and loop handed to us."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from jinja2 import nodes

from danju.messages import Words, did_you_mean, phrase, words_in_a_row
from danju.model.field import Field
from danju.values.text import nearest
from danju.word_template.labels import Labels
from danju.word_template.source import Site

__all__ = ["Rewriter", "Scope", "Unknown", "assigned_names"]

_ROWS_KEPT = frozenset(("list", "reject", "rejectattr", "reverse", "select", "selectattr", "sort", "unique"))
_ONE_ROW = frozenset(("first", "last"))
_BY_MEMBER = frozenset(("groupby", "map", "max", "mean", "min", "rejectattr", "selectattr", "sort", "sum", "unique"))
_STATEMENT_NAMES = frozenset(("loop", "caller", "varargs", "kwargs"))


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What an expression is: a field, or one row of a table field."""

    field: Field
    is_row: bool = False

    @property
    def members(self) -> tuple[Field, ...]:
        """The fields that `.` reaches."""
        return self.field.members if self.is_row or self.field.kind.is_group else ()


Scope = dict[str, "_Meaning | None"]


@dataclass(frozen=True, slots=True)
class Unknown:
    """A name that nothing defines, and the fields it may have been meant to be."""

    name: str
    line: int
    candidates: tuple[Field, ...]

    def hint(self) -> Words | str:
        """The nearest field, else all of them."""
        by_heading = {heading: field for field in self.candidates for heading in field.headings()}
        near = nearest(self.name, by_heading)
        if near is None:
            labels = [field.label or field.name for field in self.candidates]
            return phrase("known", names=words_in_a_row(labels))
        label, name = by_heading[near].label, by_heading[near].name
        return did_you_mean(label if label == name else Words(f"{label}（{name}）", f"{label} ({name})"))


@dataclass(slots=True)
class Rewriter:
    """Rewrites one template's tree in place.

    Attributes:
        labels: What names mean.
        lines: The site on each line after the first.
        defined: Names that are always there.
        unknown: Names found that nothing defines; empty when no record type is known.
        names: Top-level names that the template reads.
        inner: Names inside the loop visited last.
    """

    labels: Labels
    lines: Sequence[Site]
    defined: frozenset[str]
    unknown: list[Unknown] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    inner: Scope = field(default_factory=dict)

    def check(self, tree: nodes.Template, scope: Scope) -> Scope:
        """Note unknown names of one tag; the scope behind it."""
        self._children(tree, scope)
        return self.inner if any(isinstance(node, nodes.For) for node in tree.body) else scope

    def rewrite(self, tree: nodes.Template) -> nodes.Template:
        """The same tree, changed."""
        self._children(tree, assigned_names(tree))
        return tree

    def _site(self, line: int) -> int:
        return min(max(line - 2, 0), len(self.lines) - 1)

    def _children(self, node: nodes.Node, scope: Scope) -> None:
        for name, value in list(node.iter_fields()):
            if isinstance(value, list):
                setattr(
                    node,
                    name,
                    [self._visit(item, scope)[0] if isinstance(item, nodes.Node) else item for item in value],
                )
            elif isinstance(value, nodes.Node):
                setattr(node, name, self._visit(value, scope)[0])

    def _visit(self, node: nodes.Node, scope: Scope) -> tuple[nodes.Node, _Meaning | None]:
        visitor: Callable[[nodes.Node, Scope], tuple[nodes.Node, _Meaning | None]] | None = getattr(
            self, f"_visit_{type(node).__name__.lower()}", None
        )
        if visitor is not None:
            return visitor(node, scope)
        self._children(node, scope)
        return node, None

    def _visit_output(self, node: nodes.Output, scope: Scope) -> tuple[nodes.Node, None]:
        node.nodes = [
            each if isinstance(each, nodes.TemplateData) else self._output(each, scope) for each in node.nodes
        ]
        return node, None

    def _output(self, expression: nodes.Expr, scope: Scope) -> nodes.Expr:
        index = self._site(expression.lineno)
        site = self.lines[index]
        found, meaning = self._visit(expression, scope)
        assert isinstance(found, nodes.Expr)
        if site.mode == "raw":
            return found
        if meaning is not None and not meaning.is_row:
            site.field = meaning.field
        return _filter(found, "__out", nodes.Const(index, lineno=expression.lineno))

    def _visit_for(self, node: nodes.For, scope: Scope) -> tuple[nodes.Node, None]:
        iterated, meaning = self._visit(node.iter, scope)
        inner = self.inner = _scope_of_loop(node, meaning, scope)
        size = sum(len(data.data) for data in node.find_all(nodes.TemplateData))
        assert isinstance(iterated, nodes.Expr)
        node.iter = _filter(iterated, "__items", nodes.Const(self._site(node.lineno)), nodes.Const(size))
        if node.test is not None:
            tested = self._visit(node.test, inner)[0]
            assert isinstance(tested, nodes.Expr)
            node.test = tested
        node.body = [self._visit(each, inner)[0] for each in node.body]
        node.else_ = [self._visit(each, scope)[0] for each in node.else_]
        return node, None

    def _expression(self, node: nodes.Expr, scope: Scope) -> nodes.Expr:
        found = self._visit(node, scope)[0]
        assert isinstance(found, nodes.Expr)
        return found

    def _visit_concat(self, node: nodes.Concat, scope: Scope) -> tuple[nodes.Node, None]:
        items = [self._expression(each, scope) for each in node.nodes]
        return _filter(nodes.List(items, lineno=node.lineno), "__join"), None

    def _visit_name(self, node: nodes.Name, scope: Scope) -> tuple[nodes.Node, _Meaning | None]:
        if node.ctx != "load" or node.name in _STATEMENT_NAMES or node.name.startswith("__"):
            return node, None
        if node.name in scope:
            return node, scope[node.name]
        record_type = self.labels.record_type
        found = None if record_type is None else self.labels.find(record_type.fields, node.name)
        if found is not None:
            node.name = found.name
            self.names.add(node.name)
            return node, _Meaning(found)
        if node.name in self.defined:
            return node, None
        self.names.add(node.name)
        if record_type is not None:
            self.unknown.append(Unknown(node.name, node.lineno, record_type.fields))
        return node, None

    def _visit_getattr(self, node: nodes.Getattr, scope: Scope) -> tuple[nodes.Node, _Meaning | None]:
        inner, meaning = self._visit(node.node, scope)
        assert isinstance(inner, nodes.Expr)
        node.node = inner
        found = self._member(meaning, node.attr, node.lineno)
        if found is not None:
            node.attr = found.field.name
        return node, found

    def _visit_getitem(self, node: nodes.Getitem, scope: Scope) -> tuple[nodes.Node, _Meaning | None]:
        inner, meaning = self._visit(node.node, scope)
        assert isinstance(inner, nodes.Expr)
        sliced = isinstance(node.arg, nodes.Slice)
        node.node, node.arg = _filter(inner, "__plain") if sliced else inner, self._expression(node.arg, scope)
        if meaning is not None and meaning.field.kind.is_table and not meaning.is_row:
            return node, _Meaning(meaning.field, not sliced)
        if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
            found = self._member(meaning, node.arg.value, node.lineno)
            if found is not None:
                node.arg = nodes.Const(found.field.name, lineno=node.lineno)
            return node, found
        return node, None

    def _member(self, meaning: _Meaning | None, name: str, line: int) -> _Meaning | None:
        if meaning is None or not meaning.members:
            return None
        found = self.labels.find(meaning.members, name)
        if found is not None:
            return _Meaning(found)
        if name not in ("get", "items", "keys", "values"):
            self.unknown.append(Unknown(name, line, meaning.members))
        return None

    def _visit_filter(self, node: nodes.Filter, scope: Scope) -> tuple[nodes.Node, _Meaning | None]:
        meaning = None
        if node.node is not None:
            inner, meaning = self._visit(node.node, scope)
            assert isinstance(inner, nodes.Expr)
            node.node = inner
        node.args = [self._expression(each, scope) for each in node.args]
        for keyword in node.kwargs:
            keyword.value = self._expression(keyword.value, scope)
        if meaning is None or meaning.is_row or not meaning.field.kind.is_table:
            return node, None
        if node.name in _BY_MEMBER:
            self._name_member(node, meaning.field.members)
        if node.name in _ROWS_KEPT:
            return node, meaning
        return node, _Meaning(meaning.field, is_row=True) if node.name in _ONE_ROW else None

    def _name_member(self, node: nodes.Filter, members: tuple[Field, ...]) -> None:
        """`|sum('金额')`, `|map(attribute='姓名')`: labels in quotes that name a column."""
        given = [*node.args[:1], *(each.value for each in node.kwargs if each.key == "attribute")]
        for each in given:
            if isinstance(each, nodes.Const) and isinstance(each.value, str):
                found = self.labels.find(members, each.value)
                if found is not None:
                    each.value = found.name


def assigned_names(tree: nodes.Template) -> Scope:
    """Names that the template itself gives a value, wherever it does."""
    scope: Scope = {}
    for node_type in (nodes.Assign, nodes.AssignBlock, nodes.With, nodes.Macro, nodes.CallBlock):
        for node in tree.find_all(node_type):
            scope.update(dict.fromkeys(_assigned(node)))
    return scope


def _scope_of_loop(node: nodes.For, meaning: _Meaning | None, scope: Scope) -> Scope:
    inner: Scope = {**scope, "loop": None, **dict.fromkeys(_targets(node.target))}
    if meaning is not None and meaning.field.kind.is_table and isinstance(node.target, nodes.Name):
        inner[node.target.name] = _Meaning(meaning.field, is_row=True)
    return inner


def _filter(node: nodes.Expr, name: str, *args: nodes.Expr) -> nodes.Filter:
    return nodes.Filter(node, name, list(args), [], None, None, lineno=node.lineno)


def _targets(node: nodes.Node) -> list[str]:
    return [each.name for each in [node, *node.find_all(nodes.Name)] if isinstance(each, nodes.Name)]


def _assigned(node: nodes.Node) -> list[str]:
    if isinstance(node, nodes.Assign | nodes.AssignBlock):
        return _targets(node.target)
    if isinstance(node, nodes.With):
        return [name for target in node.targets for name in _targets(target)]
    names = [each.name for each in getattr(node, "args", [])]
    return [*names, node.name] if isinstance(node, nodes.Macro) else names
