"""New workbooks as packages: sheets, styles, defined names (ECMA-376 part 1, 18.2)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from danju.ooxml.addresses import quoted_title
from danju.ooxml.parts import OFFICE, Content, Part
from danju.ooxml.text import DECLARATION, attribute, escape

__all__ = ["MAIN", "STYLES", "NewSheet", "workbook_part", "workbook_xml"]

STYLES = "xl/styles.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

_HIDDEN = ' hidden="1"'
_CALCULATED = '<calcPr calcId="191029" fullCalcOnLoad="1"/>'


@dataclass(frozen=True, slots=True)
class NewSheet:
    """A worksheet of a new workbook.

    Attributes:
        title: Its name.
        content: The worksheet; None for one that is supplied later.
        leads: Parts that it leads to by relationships rId1, rId2 …
        links: Further relationships of the sheet, piece by piece.
        state: "", `hidden`, or `veryHidden`.
        names: Built-in names of the sheet (`Print_Area`), and what they refer to.
    """

    title: str
    content: Content | None = None
    leads: tuple[Part, ...] = ()
    links: Callable[[], Iterable[bytes]] | None = None
    state: str = ""
    names: tuple[tuple[str, str], ...] = ()


def workbook_part(sheets: Sequence[NewSheet], styles: bytes | None, workbook: bytes | None) -> Part:
    """The workbook with all that it leads to; parts without content are supplied later.

    Args:
        sheets: In the order of the tabs.
        styles: The style table.
        workbook: What `workbook_xml` gives.
    """
    leads = [
        Part(f"xl/worksheets/sheet{number}.xml", "worksheet", sheet.content, sheet.leads, sheet.links)
        for number, sheet in enumerate(sheets, start=1)
    ]
    return Part("xl/workbook.xml", "workbook", workbook, (*leads, Part(STYLES, "sheetStyles", styles)))


def workbook_xml(
    sheets: Sequence[NewSheet], hidden_names: tuple[tuple[str, str], ...] = (), *, calculates: bool = False
) -> bytes:
    """xl/workbook.xml.

    Args:
        sheets: In the order of the tabs.
        hidden_names: Names of the workbook: text constants in quotes, references, or `!` and a cell of the first sheet.
        calculates: Whether formulas have no results yet.
    """
    listed = "".join(
        f'<sheet name={attribute(sheet.title)} sheetId="{number}"'
        + (f' state="{sheet.state}"' if sheet.state else "")
        + f' r:id="rId{number}"/>'
        for number, sheet in enumerate(sheets, start=1)
    )
    names = "".join(
        f'<definedName name="_xlnm.{name}" localSheetId="{index}"{_HIDDEN * (name == "_FilterDatabase")}>'
        f"{escape(reference)}</definedName>"
        for index, sheet in enumerate(sheets)
        for name, reference in sheet.names
    ) + _names_xml(quoted_title(sheets[0].title), hidden_names)
    return (
        f'{DECLARATION}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><workbookPr/>'
        f'<bookViews><workbookView windowWidth="22000" windowHeight="14000"/></bookViews><sheets>{listed}</sheets>'
        + (f"<definedNames>{names}</definedNames>" if names else "")
        + f"{_CALCULATED * calculates}</workbook>"
    ).encode()


@lru_cache(maxsize=256)
def _names_xml(first: str, names: tuple[tuple[str, str], ...]) -> str:
    """Hidden names; forms repeat the same few sets of them, hence the cache."""
    meanings = ((name, first + text if text[:1] == "!" else text) for name, text in names)
    return "".join(
        f'<definedName name={attribute(name)} hidden="1">{escape(text)}</definedName>' for name, text in meanings
    )
