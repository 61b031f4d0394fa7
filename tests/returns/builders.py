"""Workbooks of every kind to be returned, and their members in a form that can be compared."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

from lxml import etree
from openpyxl import Workbook
from tests.readers.builders import VISIT

from danju.issues import Issue
from danju.location import Location
from danju.readers import iter_readings
from danju.returns.findings import Findings
from danju.returns.workbooks import clean_workbook, mark_own

HEADINGS = ["序号", "客户单位名称", "走访日期", "质量", "服务态度", "产品知名度", "其它建议"]
ROWS = [
    [1, "甲公司", date(2026, 3, 18), "很好", "良好", "驰名", "=无"],
    [2, "乙公司", date(2026, 3, 19), "优良", "良好", "驰名", None],
    [3, "丙公司", None, "优良", "坏", "驰名", "送货慢"],
]
OPTION, EMPTY, WARNING = "F104", "F101", "F123"


def register(change: Callable[[Workbook, Any], None] | None = None) -> bytes:
    """A register of three rows, title above, faults in D3, C5, E5 and a doubt in G3; changed before it is saved."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "走访"
    sheet.append(["客户走访台账"])
    sheet.append(HEADINGS)
    for row in ROWS:
        sheet.append(row)
    sheet["G3"].data_type = "s"
    if change is not None:
        change(book, sheet)
    out = io.BytesIO()
    book.save(out)
    return rewrite(
        out.getvalue(), lambda _, member: re.sub(rb">\d{4}-\d\d-\d\dT[\d:]+Z<", b">2026-01-01T00:00:00Z<", member)
    )


def issue(cell: str | None, code: str = OPTION, sheet: str | None = "走访", label: str = "质量") -> Issue:
    """An issue on a cell."""
    return Issue(
        code,
        Location("a.xlsx", sheet, cell),
        label,
        values={"value": "很好", "options": "优良、良好", "hint": "", "char": "=", "name": "建议"},
    )


FAULTS = (issue("D3"), issue("C5", EMPTY, label="走访日期"), issue("E5", label="服务态度"), issue("G3", WARNING))


def findings(path: Path, issues: Iterable[Issue] = FAULTS) -> Findings:
    """What was found in a workbook whose sheets may be visit registers."""
    readings = iter_readings(path, path.name, [VISIT], VISIT)
    headers = {place.sheet: header for reading in readings for place, header in reading.headers.items()}
    return Findings(path, path.name, list(issues), headers)


def marked(folder: Path, content: bytes, issues: Iterable[Issue] = FAULTS, name: str = "a.xlsx") -> Path:
    """The returned copy of a workbook."""
    source = folder / name
    source.write_bytes(content)
    path = folder / f"returned-{name}"
    path.write_bytes(mark_own(findings(source, issues), "zh")[0])
    return path


def cleaned(path: Path) -> bytes:
    """A returned workbook without its marks."""
    content = clean_workbook(path, path.name)
    assert content is not None
    return content


def members(content: bytes) -> dict[str, bytes]:
    """Members of a package; XML in its canonical form."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: _canonical(name, package.read(name)) for name in package.namelist()}


def raw_members(content: bytes) -> dict[str, bytes]:
    """Members of a package as they are."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def rewrite(content: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """The package with members changed; None drops one."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, member in raw_members(content).items():
            changed = change(name, member)
            if changed is not None:
                package.writestr(name, changed)
    return out.getvalue()


def added(content: bytes, name: str, member: bytes) -> bytes:
    """The package with one member more."""
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr(name, member)
    return out.getvalue()


def _canonical(name: str, member: bytes) -> bytes:
    if not name.endswith((".xml", ".rels", ".vml")):
        return member
    member = re.sub(
        rb'(<c r="[A-Z]+\d+" s="\d+") t="n" ?(?=/>|></c>)', rb"\1", member
    )  # the type of a cell without content
    out = io.BytesIO()
    etree.ElementTree(etree.fromstring(member)).write_c14n(out)
    return out.getvalue()
