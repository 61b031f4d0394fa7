"""Expressions of form files, checked when the form is loaded."""

from __future__ import annotations

from collections.abc import Iterable

from danju.library.definition_file import DefinitionFile, Path_
from danju.messages import phrase
from danju.model.field import RecordType
from danju.rules.expressions import (
    ExpressionFault,
    compile_expression,
    expressions_in_text,
    names_in,
    strip_expressions,
)
from danju.rules.functions import FUNCTIONS
from danju.values.text import nearest_hint

CLOCK_NAMES = ("today", "now")
_SEE_GUIDE = phrase("docs_forms_md_lists_names")


def check_expression(
    source: DefinitionFile, expression: str, record_type: RecordType, path: Path_, extra: Iterable[str] = CLOCK_NAMES
) -> None:
    """Nothing, when the expression compiles and knows all its names.

    Args:
        source, path: Where it stands.
        expression: As written.
        record_type: Whose fields it may name.
        extra: Further names; the clock, unless the place (a layout) has none.

    Raises:
        DefinitionError: E205 for an unknown name, E206 for a syntax error.
    """
    try:
        compile_expression(expression)
        names = names_in(expression)
    except ExpressionFault as err:
        raise source.error("E206", path, expression=expression, reason=str(err)) from err
    known = {field.name for field in record_type.fields} | {*extra}
    for name in sorted(names - known):
        hint = nearest_hint(name, [*known, *FUNCTIONS], _SEE_GUIDE)
        raise source.error("E205", path, expression=expression, name=name, hint=hint)


def check_text(
    source: DefinitionFile, text: str, record_type: RecordType, path: Path_, extra: Iterable[str] = ()
) -> None:
    """Nothing, when every `{{ value }}` in a running text compiles and knows its names.

    Args:
        source, path: Where it stands.
        text: As written.
        record_type: Whose fields it may name.
        extra: Further names.

    Raises:
        DefinitionError: E205 or E206; also for `{% … %}`, which running text does not have.
    """
    for expression in expressions_in_text(text):
        check_expression(source, expression, record_type, path, extra)
    rest = strip_expressions(text)
    for sign in ("{{", "}}", "{%"):
        if sign in rest:
            raise source.error("E206", path, expression=text, reason=sign)
