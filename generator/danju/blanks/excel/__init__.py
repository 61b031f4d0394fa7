"""Blank workbooks: a register that takes one record a row, or the paper form on a sheet."""

from __future__ import annotations

from danju.blanks import BlankOptions
from danju.blanks.excel.form import make_form
from danju.blanks.excel.register import make_register
from danju.exchange.stamp import FileShape
from danju.model.form import Form

__all__ = ["make"]


def make(form: Form, options: BlankOptions) -> bytes:
    """The bytes of a blank workbook, the same for equal input."""
    return make_register(form, options) if options.shape is FileShape.REGISTER else make_form(form, options)
