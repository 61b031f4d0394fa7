"""Danju 单据: spreadsheets and YAML into finished Chinese office paperwork."""

__version__ = "0.1.0"
