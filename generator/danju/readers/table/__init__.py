"""Spreadsheet files as neutral sheets, and what they say about themselves."""
