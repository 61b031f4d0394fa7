"""A plain list of issues, for files in which nothing can be marked."""

from __future__ import annotations

import codecs
from dataclasses import replace

from danju.exchange.marks import WORDS
from danju.issues import Severity
from danju.messages import format_place
from danju.returns.findings import Findings, in_words

__all__ = ["list_issues"]

_SIGNS = {Severity.ERROR: "✗", Severity.WARNING: "!", Severity.NOTE: "·"}


def list_issues(findings: Findings, lang: str) -> bytes:
    """The issues, one a line, errors first; UTF-8 with a byte order mark, for old editors."""
    words = WORDS[lang]
    counts = {f"{each.value}s": findings.count(each) for each in Severity}
    lines = [f"{words.title}　{findings.name}", words.counts.format(**counts), ""]
    for severity in Severity:
        for issue in findings.issues:
            if issue.severity is severity:
                place = format_place(replace(issue.location, source=""), "", lang)
                said = f"{in_words(issue, lang)} [{issue.code}]"
                lines.append("  ".join(part for part in (_SIGNS[severity], place, said) if part))
    return codecs.BOM_UTF8 + "\r\n".join([*lines, ""]).encode()
