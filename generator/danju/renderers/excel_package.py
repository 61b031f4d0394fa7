"""The fixed part of a workbook: theme, relations and content types, built once."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

from danju.renderers.package import CompiledPackage, Member
from danju.renderers.properties import APP_XML

CHANGING = ("xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml", "docProps/core.xml", "docProps/custom.xml")


def compile_package() -> CompiledPackage:
    """The compiled package; relation rId1 of the workbook is its sheet."""
    from openpyxl import Workbook  # late: most commands never draw a workbook
    from openpyxl.packaging.custom import StringProperty

    workbook = Workbook()
    # its stubs do not know it
    workbook.custom_doc_props.append(StringProperty(name="Danju", value=""))  # type: ignore[attr-defined]
    raw = BytesIO()
    workbook.save(raw)
    members: dict[str, Member | str] = {}
    with ZipFile(raw) as source:
        names = sorted(source.namelist(), key=lambda name: name != "[Content_Types].xml")  # readers look for it first
        for name in names:
            content = APP_XML if name == "docProps/app.xml" else source.read(name)
            members[name] = name if name in CHANGING else Member.deflate(name, content, 9)
    return CompiledPackage(tuple(members.values()))
