"""The workbook part: its sheets, where they lie, and its defined names."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from danju.ooxml.package import Package
from danju.ooxml.parts import OFFICE

__all__ = ["ReturnedBook", "SheetPart", "insert_in_order"]

_ORDER = (  # ECMA-376 part 1, 18.2.27 (workbook)
    "fileVersion fileSharing workbookPr workbookProtection bookViews sheets functionGroups externalReferences"
    " definedNames calcPr oleSize customWorkbookViews pivotCaches smartTagPr smartTagTypes webPublishing fileRecoveryPr"
    " webPublishObjects extLst"
)
_CHUNK = 240  # a text constant of a formula holds at most 255 characters


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One sheet of the workbook.

    Attributes:
        title: As on its tab.
        part: Its member.
        index: 0-based position.
        is_visible: False for hidden and very hidden ones.
        key: Relationship that leads to it.
        kind: `worksheet`, `chartsheet`, …
    """

    title: str
    part: str
    index: int
    is_visible: bool
    key: str
    kind: str


class ReturnedBook:
    """The workbook part of a package.

    Raises:
        KeyError, lxml.etree.XMLSyntaxError: The package is no workbook.
    """

    def __init__(self, package: Package) -> None:
        self.package = package
        self.part = package.main
        self.root = package.edit(self.part)
        self.namespace = etree.QName(self.root).namespace or ""
        self.office = package.office
        self.folder = self.part.rpartition("/")[0]

    def tag(self, name: str) -> str:
        """Qualified name of an element of workbooks and sheets."""
        return f"{{{self.namespace}}}{name}"

    def sheets(self) -> list[SheetPart]:
        """In the order of the tabs."""
        parts = {each.id: each for each in self.package.relations(self.part)}
        found = []
        for index, element in enumerate(self._sheets()):
            key = element.get(f"{{{self.office}}}id") or element.get(f"{{{OFFICE}}}id") or ""
            is_visible = element.get("state", "visible") == "visible"
            part, kind = (parts[key].part, parts[key].kind) if key in parts else ("", "")
            found.append(SheetPart(element.get("name", ""), part, index, is_visible, key, kind))
        return found

    @property
    def styles(self) -> str:
        """The member with the styles, or ""."""
        return next(iter(self.package.related(self.part, "styles")), "")

    def add_sheet(self, title: str, part: str) -> int:
        """Put a sheet behind the others; gives its position. The member itself is the caller's."""
        sheets = self._sheets()
        key = self.package.relate(self.part, "worksheet", part)
        number = max((int(each.get("sheetId", "0")) for each in sheets), default=0) + 1
        etree.SubElement(
            self.group("sheets"),
            self.tag("sheet"),
            {"name": title, "sheetId": str(number), f"{{{self.office}}}id": key},
        )
        return len(sheets)

    def drop_sheet(self, sheet: SheetPart) -> None:
        """Take a sheet away, with its names; names and views of the sheets behind it move up."""
        sheets = self.group("sheets")
        sheets.remove(self._sheets()[sheet.index])
        for name in self.names():
            local = name.get("localSheetId")
            if local == str(sheet.index):
                self.drop_name(name)
            elif local is not None and int(local) > sheet.index:
                name.set("localSheetId", str(int(local) - 1))
        for view in self.root.iterfind(f".//{self.tag('workbookView')}"):
            for key in ("activeTab", "firstSheet"):
                value = view.get(key)
                if value is not None and int(value) >= sheet.index and int(value) > 0:
                    view.set(key, str(int(value) - 1))
        self.package.unrelate(self.part, sheet.key)
        self.package.drop(sheet.part)

    def names(self) -> list[etree._Element]:
        """The elements of the defined names."""
        group = self.root.find(self.tag("definedNames"))
        return [] if group is None else list(group.iterfind(self.tag("definedName")))

    def find_name(self, name: str, sheet: int | None = None) -> etree._Element | None:
        """A defined name, of the workbook or of the sheet at a position."""
        local = None if sheet is None else str(sheet)
        return next((each for each in self.names() if each.get("name") == name and each.get("localSheetId") == local),
                    None)  # fmt: skip

    def add_name(self, name: str, text: str, sheet: int | None = None) -> None:
        """A hidden defined name."""
        local = {} if sheet is None else {"localSheetId": str(sheet)}
        element = etree.SubElement(
            self.group("definedNames"), self.tag("definedName"), {"name": name, **local, "hidden": "1"}
        )
        element.text = text

    def drop_name(self, element: etree._Element) -> None:
        """Take a defined name away; the group goes with the last one."""
        group = self.group("definedNames")
        group.remove(element)
        if not len(group):
            self.root.remove(group)

    def add_text(self, prefix: str, text: str) -> None:
        """A text of any length as hidden names `prefix1`, `prefix2`, …"""
        for number, start in enumerate(range(0, len(text), _CHUNK // 2), start=1):
            piece = text[start : start + _CHUNK // 2].replace('"', '""')  # at worst every sign is doubled
            self.add_name(f"{prefix}{number}", f'"{piece}"')

    def text(self, prefix: str) -> str:
        """What `add_text` keeps; "" when some of it is missing."""
        pieces: list[str] = []
        while (name := self.find_name(f"{prefix}{len(pieces) + 1}")) is not None:
            pieces.append((name.text or "")[1:-1].replace('""', '"'))
        return "".join(pieces)

    def _sheets(self) -> list[etree._Element]:
        return list(self.group("sheets").iterfind(self.tag("sheet")))

    def group(self, name: str) -> etree._Element:
        """A child of the workbook, made at its place when it is not there."""
        found = self.root.find(self.tag(name))
        if found is not None:
            return found
        created = etree.Element(self.tag(name))
        insert_in_order(self.root, created, _ORDER)
        return created


def insert_in_order(root: etree._Element, child: etree._Element, order: str) -> None:
    """Put a child before the first one that the schema's order, names with blanks between, places behind it."""
    names = order.split()
    behind = names[names.index(etree.QName(child).localname) + 1 :]
    for place, each in enumerate(root):
        if isinstance(each.tag, str) and etree.QName(each).localname in behind:
            root.insert(place, child)
            return
    root.append(child)
