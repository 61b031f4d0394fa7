"""Blank forms: one form → a file that people fill in and that `danju.readers` reads back.

Every kind of file is a module of its own; a blank carries the stamp of its form (`danju.exchange.stamp`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import cast

from danju.errors import UsageError
from danju.exchange.stamp import FileShape
from danju.model.form import Form

__all__ = ["BLANKS", "BlankOptions", "companions", "make_blank"]


@dataclass(frozen=True, slots=True)
class BlankOptions:
    """How a blank form is wanted.

    Attributes:
        shape: Register (one record a row) or form (the paper); only workbooks know registers.
        rows: Rows that a register is prepared for.
        english: Whether English labels stand below the Chinese ones.
    """

    shape: FileShape = FileShape.FORM
    rows: int = 200
    english: bool = False


_Make = Callable[[Form, BlankOptions], bytes]

BLANKS: Mapping[str, str] = {
    "xlsx": "danju.blanks.excel",
    "docx": "danju.blanks.word",
    "pdf": "danju.blanks.pdf",
    "yaml": "danju.blanks.yaml_file",
    "schema": "danju.blanks.json_schema",
}
"""Kinds of blank files: the module whose `make(form, options)` gives the bytes, imported when it is asked for."""


def make_blank(form: Form, target: str, options: BlankOptions) -> bytes:
    """The bytes of a blank form.

    Args:
        form: The form.
        target: A key of `BLANKS`.
        options: How it is wanted.
    """
    if target not in BLANKS:
        raise UsageError("E105", {"name": target, "known": "、".join(BLANKS)})
    make = cast("_Make", import_module(BLANKS[target]).make)
    return make(form, options)


def companions(form: Form, target: str, options: BlankOptions) -> Mapping[str, bytes]:
    """Files that a blank form refers to and that must lie beside it, by name: the schema of a YAML file."""
    if target != "yaml":
        return {}
    from danju.blanks.json_schema import schema_name

    return {schema_name(form): make_blank(form, "schema", options)}
