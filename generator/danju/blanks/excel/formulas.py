"""Expressions of form files as Excel formulas, as far as Excel can say the same thing.

A formula shows nothing while a field that it needs is empty, as the expression has no value then.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from jinja2 import nodes

from danju.kinds import INTEGER
from danju.model.field import Field
from danju.rules.expressions import environment

__all__ = ["Cells", "translate"]

MAX_FORMULA = 8192
"""Excel's limit of a formula's length."""
_SIGNS: Mapping[type[nodes.BinExpr], str] = {
    nodes.Add: "+", nodes.Sub: "-", nodes.Mul: "*", nodes.Div: "/", nodes.Pow: "^",
}  # fmt: skip
_COMPARISONS = {"eq": "=", "ne": "<>", "gt": ">", "gteq": ">=", "lt": "<", "lteq": "<="}
_FUNCTIONS: Mapping[tuple[str, int], str] = {
    ("round", 1): "ROUND({0},0)",
    ("round", 2): "ROUND({0},{1})",
    ("abs", 1): "ABS({0})",
    ("int", 1): "TRUNC({0})",
    ("days_between", 2): "(INT({1})-INT({0}))",
    ("minutes_between", 2): "(({1}-{0})*1440)",
    ("date", 1): "INT({0})",
    ("month", 1): 'TEXT({0},"yyyy-mm")',
    ("year", 1): '(YEAR({0})&"年")',
    ("quarter", 1): '(YEAR({0})&"年第"&ROUNDUP(MONTH({0})/3,0)&"季度")',
}
"""Functions and filters by name and number of arguments."""
_TABLE_FUNCTIONS = {"sum": "SUM", "mean": "AVERAGE"}


class Cells(Protocol):
    """Where the values of a record stand."""

    def cell(self, path: str) -> tuple[str, Field] | None:
        """Reference and field of a single value; None when it stands nowhere."""

    def members(self, table: str, member: str) -> list[str]:
        """References of a member in all rows of a table."""

    def attribute(self, path: str, name: str) -> str | None:
        """Formula of an attribute of the option that is chosen in a field."""


class _UntranslatableError(ValueError):
    """An expression that Excel cannot say."""


@dataclass(frozen=True, slots=True)
class _FormulaPart:
    """A piece of a formula.

    Attributes:
        text: The formula.
        needs: References that must not be empty for it to have a value.
        field: The field whose cell it is, or None.
        is_test: Whether it is true or false.
    """

    text: str
    needs: tuple[str, ...] = ()
    field: Field | None = None
    is_test: bool = False

    @property
    def guarded(self) -> str:
        """The formula, showing nothing while something it needs is empty."""
        if not self.needs:
            return self.text
        tests = ",".join(f'{cell}=""' for cell in dict.fromkeys(self.needs))
        return f'IF(OR({tests}),"",{self.text})'


def translate(expression: str, target: Field, cells: Cells) -> str | None:
    """The formula of a computed field, with its sign of equality; None when Excel cannot say it.

    Args:
        expression: As in the form file.
        target: The computed field; it decides how numbers are rounded.
        cells: Where the others stand.
    """
    try:
        part = _Translator(cells).part(_root(expression))
    except _UntranslatableError:
        return None
    text = part.text
    if target.kind is INTEGER or (target.kind.is_number and target.decimals is not None):
        text = f"ROUND({text},{target.decimals or 0})"
    formula = f'=IFERROR({_FormulaPart(text, part.needs).guarded},"")'
    return formula if len(formula) <= MAX_FORMULA else None


def _root(expression: str) -> nodes.Node:
    output = environment().parse("{{ (" + expression + ") }}").body[0]
    assert isinstance(output, nodes.Output)
    return output.nodes[0]


class _Translator:
    def __init__(self, cells: Cells) -> None:
        self._cells = cells
        self._cases: dict[type[nodes.Node], Callable[..., _FormulaPart]] = {
            nodes.Const: self._const,
            nodes.Name: self._name,
            nodes.Getattr: self._getattr,
            nodes.Neg: lambda node: self._prefixed("-", node),
            nodes.Pos: lambda node: self._prefixed("", node),
            nodes.Not: self._not,
            nodes.And: self._both,
            nodes.Or: self._either,
            nodes.Compare: self._compare,
            nodes.CondExpr: self._condition,
            nodes.Concat: self._concat,
            nodes.Call: self._call,
            nodes.Filter: self._filter,
        }

    def part(self, node: nodes.Node) -> _FormulaPart:
        """The formula of any node."""
        if isinstance(node, nodes.BinExpr) and type(node) in _SIGNS:
            left, right = self.part(node.left), self.part(node.right)
            return _FormulaPart(f"({left.text}{_SIGNS[type(node)]}{right.text})", left.needs + right.needs)
        case = self._cases.get(type(node))
        if case is None:
            raise _UntranslatableError(type(node).__name__)
        return case(node)

    def _const(self, node: nodes.Const) -> _FormulaPart:
        value = node.value
        if isinstance(value, bool):
            return _FormulaPart("TRUE" if value else "FALSE", is_test=True)
        if isinstance(value, int):
            return _FormulaPart(str(value))
        if isinstance(value, str):
            return _FormulaPart('"' + value.replace('"', '""') + '"')
        raise _UntranslatableError("constant")

    def _name(self, node: nodes.Name) -> _FormulaPart:
        if node.name in ("today", "now"):
            return _FormulaPart("TODAY()" if node.name == "today" else "NOW()")
        return self._value(node.name)

    def _value(self, path: str) -> _FormulaPart:
        found = self._cells.cell(path)
        if found is None or not found[1].kind.is_in_formulas or found[1].words:
            raise _UntranslatableError(path)
        return _FormulaPart(found[0], (found[0],), found[1])

    def _getattr(self, node: nodes.Getattr) -> _FormulaPart:
        if not isinstance(node.node, nodes.Name):
            raise _UntranslatableError("attribute")
        owner = node.node.name
        found = self._cells.cell(owner)
        if found is None or not found[1].kind.is_choice:
            return self._value(f"{owner}.{node.attr}")
        text = self._cells.attribute(owner, node.attr)
        if text is None:
            raise _UntranslatableError(node.attr)
        return _FormulaPart(text, (found[0],))

    def _prefixed(self, sign: str, node: nodes.UnaryExpr) -> _FormulaPart:
        part = self.part(node.node)
        return _FormulaPart(f"({sign}{part.text})", part.needs)

    def _test(self, node: nodes.Node) -> str:
        """Whether a node is true; what needs something empty is not."""
        part = self.part(node)
        if part.is_test and not part.needs:
            return part.text
        is_true = part.text if part.is_test else f'AND({part.text}<>"",{part.text}<>0)'
        if part.field is not None and not part.is_test:
            return is_true
        if not part.needs:
            return is_true
        return "IF(OR({}),FALSE,{})".format(",".join(f'{cell}=""' for cell in dict.fromkeys(part.needs)), is_true)

    def _not(self, node: nodes.Not) -> _FormulaPart:
        return _FormulaPart(f"NOT({self._test(node.node)})", is_test=True)

    def _both(self, node: nodes.And) -> _FormulaPart:
        return _FormulaPart(f"AND({self._test(node.left)},{self._test(node.right)})", is_test=True)

    def _either(self, node: nodes.Or) -> _FormulaPart:
        """`a or b` as a test, or as the first that is not empty."""
        left, right = self.part(node.left), self.part(node.right)
        if left.is_test and right.is_test:
            return _FormulaPart(f"OR({self._test(node.left)},{self._test(node.right)})", is_test=True)
        return _FormulaPart(f"IF({self._test(node.left)},{left.guarded},{right.guarded})")

    def _compare(self, node: nodes.Compare) -> _FormulaPart:
        left, tests = self.part(node.expr), []
        needs = left.needs
        for operand in node.ops:
            if operand.op in ("in", "notin"):
                tests.append(self._among(left, operand.expr, operand.op == "notin"))
                continue
            sign = _COMPARISONS.get(operand.op)
            if sign is None:
                raise _UntranslatableError(operand.op)
            right = self._word_of(left, operand.expr)
            tests.append(f"({left.text}{sign}{right.text})")
            needs += right.needs
            left = right
        return _FormulaPart(tests[0] if len(tests) == 1 else f"AND({','.join(tests)})", needs, is_test=True)

    def _word_of(self, other: _FormulaPart, node: nodes.Node) -> _FormulaPart:
        """A constant beside a choice stands in its cell as the option's label."""
        option = other.field.option(node.value) if other.field and isinstance(node, nodes.Const) else None
        return self._const(nodes.Const(option.label)) if option else self.part(node)

    def _among(self, left: _FormulaPart, node: nodes.Node, negated: bool) -> str:
        if not isinstance(node, nodes.List | nodes.Tuple):
            raise _UntranslatableError("in")
        tests = ",".join(f"({left.text}={self._word_of(left, item).text})" for item in node.items)
        return f"NOT(OR({tests}))" if negated else f"OR({tests})"

    def _condition(self, node: nodes.CondExpr) -> _FormulaPart:
        otherwise = self.part(node.expr2).guarded if node.expr2 is not None else '""'
        return _FormulaPart(f"IF({self._test(node.test)},{self.part(node.expr1).guarded},{otherwise})")

    def _concat(self, node: nodes.Concat) -> _FormulaPart:
        parts = [self.part(each) for each in node.nodes]
        return _FormulaPart(
            f"({'&'.join(part.text for part in parts)})", tuple(need for part in parts for need in part.needs)
        )

    def _call(self, node: nodes.Call) -> _FormulaPart:
        name = node.node.name if isinstance(node.node, nodes.Name) else ""
        if name == "decimal":
            value = node.args[0]
            assert isinstance(value, nodes.Const)
            return _FormulaPart(f"{Decimal(value.value):f}")
        if node.kwargs or node.dyn_args or node.dyn_kwargs:
            raise _UntranslatableError("keywords")
        return self._function(name, list(node.args))

    def _filter(self, node: nodes.Filter) -> _FormulaPart:
        if node.node is None or node.kwargs:
            raise _UntranslatableError(node.name)
        if node.name in ("default", "d") and len(node.args) == 1:
            value, otherwise = self.part(node.node), self.part(node.args[0])
            if value.field is None:
                raise _UntranslatableError(node.name)
            return _FormulaPart(f'IF({value.text}="",{otherwise.guarded},{value.text})')
        return self._function(node.name, [node.node, *node.args])

    def _function(self, name: str, args: list[nodes.Expr]) -> _FormulaPart:
        if name in _TABLE_FUNCTIONS and len(args) == 2:
            return self._over_rows(_TABLE_FUNCTIONS[name], *args)
        if name in _TABLE_FUNCTIONS and len(args) == 1:
            return self._list_function(_TABLE_FUNCTIONS[name], args[0])
        if name == "grade" and len(args) == 2:
            return self._grade(*args)
        parts = [self.part(each) for each in args]
        needs = tuple(need for part in parts for need in part.needs)
        texts = [part.text for part in parts]
        if name in ("min", "max") and len(texts) > 1:
            return _FormulaPart(f"{name.upper()}({','.join(texts)})", needs)
        template = _FUNCTIONS.get((name, len(texts)))
        if template is None:
            raise _UntranslatableError(name)
        return _FormulaPart(template.format(*texts), needs)

    def _over_rows(self, function: str, table: nodes.Expr, member: nodes.Expr) -> _FormulaPart:
        if not isinstance(table, nodes.Name) or not isinstance(member, nodes.Const):
            raise _UntranslatableError(function)
        cells = self._cells.members(table.name, str(member.value))
        if not cells:
            raise _UntranslatableError(table.name)
        joined = ",".join(cells)
        return _FormulaPart(f'IF(COUNT({joined})=0,"",{function}({joined}))')

    def _list_function(self, function: str, items: nodes.Expr) -> _FormulaPart:
        if not isinstance(items, nodes.List | nodes.Tuple):
            raise _UntranslatableError(function)
        parts = [self.part(each) for each in items.items]
        needs = tuple(need for part in parts for need in part.needs)
        return _FormulaPart(f"{function}({','.join(part.text for part in parts)})", needs)

    def _grade(self, value: nodes.Expr, steps: nodes.Expr) -> _FormulaPart:
        """The word of the highest threshold reached; nothing below the lowest."""
        part, pairs = self.part(value), []
        for step in steps.items if isinstance(steps, nodes.List | nodes.Tuple) else ():
            if not isinstance(step, nodes.List | nodes.Tuple) or len(step.items) != 2:
                raise _UntranslatableError("grade")
            pairs.append((self.part(step.items[0]).text, self.part(step.items[1]).text))
        if not pairs:
            raise _UntranslatableError("grade")
        text = '""'
        try:
            for least, word in sorted(pairs, key=lambda pair: Decimal(pair[0].strip("()"))):
                text = f"IF({part.text}>={least},{word},{text})"
        except ArithmeticError as err:
            raise _UntranslatableError("grade") from err
        return _FormulaPart(text, part.needs)
