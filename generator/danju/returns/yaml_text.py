"""A YAML file with a comment above each line that has an issue."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from danju.exchange.marks import SIGNATURE
from danju.issues import Fault, Issue, Severity
from danju.readers.files.encoding import text_encoding
from danju.readers.structured.yaml_file import MAX_SIZE
from danju.returns.findings import Findings, in_words

__all__ = ["annotate", "has_annotations"]

_SIGNS = {Severity.ERROR: "✗", Severity.WARNING: "!"}
_OURS = re.compile(rf"[ \t]*# [✗!] .*{SIGNATURE}\r?\n?")


def has_annotations(path: Path) -> bool:
    """Whether a file carries comments of an earlier return."""
    lines = _read(path)
    return lines is not None and any(map(_OURS.fullmatch, lines[1]))


def annotate(findings: Findings, lang: str) -> bytes | None:
    """The file with comments, old ones replaced; encoding and line ends stay. None when it would say something else."""
    read = _read(findings.path)
    if read is None:
        return None
    encoding, lines = read
    ending = "\r\n" if any(line.endswith("\r\n") for line in lines) else "\n"
    above: dict[int, list[Issue]] = {}
    for issue in findings.issues:
        if issue.severity in _SIGNS:
            above.setdefault(max(1, issue.location.line or 1), []).append(issue)
    out: list[str] = []
    for number, line in enumerate(lines, start=1):
        indent = line[: len(line) - len(line.lstrip(" "))]
        for issue in above.get(number, ()):
            said = f"{in_words(issue, lang)} [{issue.code}]".replace("\n", " ")
            out.append(f"{indent}# {_SIGNS[issue.severity]} {said} {SIGNATURE}{ending}")
        if not _OURS.fullmatch(line):
            out.append(line)
    text = "".join(out)
    if not _is_same("".join(lines), text):
        return None
    mark = codecs.BOM_UTF8 if encoding == "utf-8-sig" and findings.path.read_bytes()[:3] == codecs.BOM_UTF8 else b""
    return mark + text.encode("utf-8" if encoding == "utf-8-sig" else encoding, "replace")


def _read(path: Path) -> tuple[str, list[str]] | None:
    encoding = text_encoding(path, MAX_SIZE)
    if isinstance(encoding, Fault):
        return None
    with path.open(encoding=encoding, newline="") as stream:
        return encoding, stream.read().splitlines(keepends=True)


def _is_same(before: str, after: str) -> bool:
    """Whether two texts say the same to a parser; a text that cannot be parsed is compared by its lines."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

    def told(text: str) -> list[tuple[object, ...]]:
        events = yaml.parse(text, Loader=loader)
        return [(type(event), getattr(event, "value", None), getattr(event, "tag", None)) for event in events]

    try:
        expected = told(before)
    except yaml.YAMLError:
        return True  # broken as it came; our lines are comments
    try:
        return told(after) == expected
    except yaml.YAMLError:
        return False
