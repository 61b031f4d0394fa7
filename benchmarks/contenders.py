"""Every engine by name; each entry gives, for a work folder, what runs one repeat."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from benchmarks import ours, peers, sheets
from benchmarks.contender import Repeat

CONTENDERS: Mapping[str, Callable[[Path], Repeat]] = {
    "danju-word": ours.word,
    "danju-pdf": ours.pdf,
    "danju-summary": ours.summary,
    "docxtpl": peers.docxtpl,
    "rust-docxtpl": peers.docxtpl,  # the same import name, in an environment of its own
    "weasyprint": peers.weasyprint,
    "typst": peers.typst,
    "docxtpl+weasyprint": peers.docxtpl_and_weasyprint,
    "openpyxl-write": sheets.openpyxl_write,
    "xlsxwriter-write": sheets.xlsxwriter_write,
}
