"""Content controls as WordprocessingML (ECMA-376 part 1 §17.5.2; [MS-DOCX] 2.5 for check boxes and repeated rows)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import assert_never

from danju.blanks.word.marks import FillIn
from danju.exchange.controls import COMPUTED, FILL, FILL_SHORT, NUMBERED, PICK, PICK_DATE, tag_of
from danju.exchange.paths import any_row
from danju.model.field import Field
from danju.model.kind_answers import Control
from danju.ooxml.look import SYMBOL_FONT
from danju.ooxml.text import attribute

__all__ = ["PLACEHOLDERS", "PLACEHOLDER_GREY", "PLACEHOLDER_STYLE", "ControlMaker"]

PLACEHOLDERS = {
    FILL: "DanjuFill",
    FILL_SHORT: "DanjuFillShort",
    PICK: "DanjuPick",
    PICK_DATE: "DanjuDate",
    NUMBERED: "DanjuNumber",
}
"""Words of empty controls, with the names of their building blocks."""

PLACEHOLDER_STYLE, PLACEHOLDER_GREY = "PlaceholderText", "8A93A3"
_LONGEST = 64  # characters of an alias, as of a tag
_FIRST_ID = 1000
_CHECKBOX = (
    '<w14:checkbox><w14:checked w14:val="0"/>'
    f'<w14:checkedState w14:val="2611" w14:font="{SYMBOL_FONT}"/>'
    f'<w14:uncheckedState w14:val="2610" w14:font="{SYMBOL_FONT}"/></w14:checkbox>'
)


@dataclass(slots=True)
class ControlMaker:
    """Makes the controls of one file, each with an id of its own.

    Attributes:
        number_field: Field that is numbered when left empty, or "".
        count: Controls made so far.
    """

    number_field: str = ""
    count: int = 0

    def control_xml(self, place: FillIn, look: str) -> str:
        """w:sdt inside a paragraph, empty; computed fields are locked grey words.

        Args:
            place: What is to be filled in.
            look: w:rPr of what will be typed.
        """
        if place.field.computed:
            lock, kind, words = "sdtContentLocked", "<w:text/>", COMPUTED
            shown = ""
        elif place.option:
            return self._box_xml(place, look)
        else:
            kind, words = _kind_xml(place.field), self._words(place)
            lock = "" if "[" in place.path and "=" not in place.path else "sdtLocked"  # rows may be deleted
            shown = f'<w:placeholder><w:docPart w:val="{PLACEHOLDERS[words]}"/></w:placeholder><w:showingPlcHdr/>'
        about = self._about(look, place.label, tag_of(any_row(place.path)), lock)
        return (
            f"<w:sdt><w:sdtPr>{about}{shown}{kind}</w:sdtPr><w:sdtContent>"
            f"<w:r>{_placeholder_look(look)}<w:t>{words}</w:t></w:r></w:sdtContent></w:sdt>"
        )

    def _box_xml(self, place: FillIn, look: str) -> str:
        option = place.field.option(place.option)
        label = f"{place.label}：{option.label if option else place.option}"
        about = self._about(look, label, tag_of(any_row(place.path), place.option), "sdtLocked")
        return (
            f"<w:sdt><w:sdtPr>{about}{_CHECKBOX}</w:sdtPr><w:sdtContent>"
            f"<w:r>{look}<w:t>☐</w:t></w:r></w:sdtContent></w:sdt>"
        )

    def repeated_xml(self, label: str, tag: str) -> str:
        """An empty control for rows that may be repeated."""
        return (
            f"<w:sdt><w:sdtPr>{self._about('', label, tag, '')}<w15:repeatingSection/></w:sdtPr><w:sdtContent/></w:sdt>"
        )

    def item_xml(self) -> str:
        """An empty control for one of these rows."""
        return (
            f"<w:sdt><w:sdtPr>{self._about('', '', '', '')}<w15:repeatingSectionItem/></w:sdtPr><w:sdtContent/></w:sdt>"
        )

    def group_xml(self) -> str:
        """An empty control whose words will be locked while the controls in it stay open."""
        return f"<w:sdt><w:sdtPr>{self._about('', '', '', 'sdtLocked')}<w:group/></w:sdtPr><w:sdtContent/></w:sdt>"

    def _about(self, look: str, alias: str, tag: str, lock: str) -> str:
        self.count += 1
        return (
            look
            + (f"<w:alias w:val={attribute(alias[:_LONGEST])}/>" if alias else "")
            + (f"<w:tag w:val={attribute(tag)}/>" if tag else "")
            + f'<w:id w:val="{_FIRST_ID + self.count}"/>'
            + (f'<w:lock w:val="{lock}"/>' if lock else "")
        )

    def _words(self, place: FillIn) -> str:
        if place.path == self.number_field:
            return NUMBERED
        match place.field.kind.control(place.field):
            case Control.DAY | Control.MOMENT | Control.MONTH:
                return PICK_DATE
            case Control.PICK:
                return PICK
            case Control.LINE | Control.LINES | Control.LINE_OR_WORD:
                return FILL_SHORT if place.is_narrow else FILL
            case other:
                assert_never(other)


def _kind_xml(of: Field) -> str:
    match of.kind.control(of):
        case Control.DAY:
            return _date_xml("yyyy年M月d日", "date")
        case Control.MOMENT:
            return _date_xml("yyyy年M月d日 HH:mm", "dateTime")
        case Control.MONTH:
            return _date_xml("yyyy年M月", "date")
        case Control.PICK:
            return _list_xml("dropDownList", of.kind.picks(of))
        case Control.LINE_OR_WORD:
            return _list_xml("comboBox", [(word, word) for word in of.words])
        case Control.LINES:
            return ""  # rich text: Enter works, and LibreOffice keeps line breaks in it only
        case Control.LINE:
            return "<w:text/>"
        case other:
            assert_never(other)


def _date_xml(shown: str, kept: str) -> str:
    return (
        f'<w:date><w:dateFormat w:val="{shown}"/><w:lid w:val="zh-CN"/><w:storeMappedDataAs w:val="{kept}"/>'
        '<w:calendar w:val="gregorian"/></w:date>'
    )


def _list_xml(name: str, items: Iterable[tuple[str, str]]) -> str:
    listed = "".join(
        f"<w:listItem w:displayText={attribute(shown)} w:value={attribute(value)}/>" for shown, value in items
    )
    return f"<w:{name}>{listed}</w:{name}>"


def _placeholder_look(look: str) -> str:
    """The look in grey, by the style that Word takes away when somebody types."""
    start, end = look.index(">") + 1, look.rfind("</")
    inner = look[start:end] if end > start else ""
    before, size, behind = inner.partition("<w:sz ")
    grey = "" if "<w:color " in inner else f'<w:color w:val="{PLACEHOLDER_GREY}"/>'  # not all programs read the style
    return f'<w:rPr><w:rStyle w:val="{PLACEHOLDER_STYLE}"/>{before}{grey}{size}{behind}</w:rPr>'
