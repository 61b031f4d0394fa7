"""Definitions: schemas, forms and templates, found, checked and compiled once."""

from danju.library.library import Library

__all__ = ["Library"]
