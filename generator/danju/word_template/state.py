"""One filling: values become XML, work is counted, pictures and links are collected. Nothing outlives it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2.runtime import Undefined
from markupsafe import Markup, escape

from danju.errors import InputError
from danju.issues import Issue
from danju.location import Location
from danju.messages import phrase
from danju.model.field import MISSING
from danju.values.display import display_anything, display_number
from danju.values.pictures import PictureFile
from danju.values.text import first_illegal, nearest_hint
from danju.word_template.drawing import drawing_xml, link_xml
from danju.word_template.images import Image, ImageFault, load_picture, size_emu
from danju.word_template.rich import Look, Rich, colour, run_properties
from danju.word_template.sandbox import TooMuch
from danju.word_template.source import Site
from danju.word_template.values import address_of, columns_in, plain_text

__all__ = ["MAX_OUTPUT", "RELATION", "FillState"]

MAX_OUTPUT = 50 << 20
"""Characters of XML that one document may have."""

RELATION = "danju"
"""Begins the ids of added relations."""
_CALL_COST = 64
_SPECIAL = re.compile("[\x00-\x1f\ud800-\udfff\ufffe\uffff]")
_TEXT = '<w:t xml:space="preserve">'
_PAGE = '<w:br w:type="page"/>'


@dataclass(slots=True)
class FillState:
    """What one filling knows and has made so far.

    Attributes:
        source: Name of the template, for messages.
        folder: Where pictures are looked for, or None.
        sites: Sites of the part that is being filled, by the number that the compiled template gives.
        known: Names that the values have; None when absent names are nothing to warn of.
        first_id, first_relation: The largest numbers of pictures and of added relations that the template has.
        left: Characters of XML that may still be made.
    """

    source: str
    folder: Path | None
    known: Collection[str] | None
    first_id: int
    first_relation: int = 0
    sites: list[Site] = field(default_factory=list)
    left: int = MAX_OUTPUT
    call_cost: int = _CALL_COST
    issues: list[Issue] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    merged: dict[int, object] = field(default_factory=dict)
    media: dict[str, PictureFile] = field(default_factory=dict)
    relations: dict[tuple[str, str], str] = field(default_factory=dict)
    _marks: dict[int, int] = field(default_factory=dict)
    _seen_marks: dict[int, int] = field(default_factory=dict)

    def count(self, size: int) -> None:
        """Take so many characters off what is left."""
        self.left -= size
        if self.left < 0:
            raise TooMuch

    def count_call(self) -> None:
        """A call costs as much as the largest macro prints."""
        self.count(self.call_cost)

    def loop(self, value: Any, index: int, size: int) -> Any:
        """The items to loop over; each costs as much as the loop prints."""
        if value is None or isinstance(value, Undefined):
            self._note_missing(value, self.sites[index])
            return ()
        if isinstance(value, str | bytes | int | float | Decimal):
            raise TypeError(phrase("is_no_list", value=str(value)[:20]))
        items = list(value)
        self.count(len(items) * (size + 16))
        return items

    def join(self, values: Iterable[Any]) -> object:
        """`a ~ b`: texts one after the other, looks kept."""
        parts = ["" if value is None or isinstance(value, Undefined) else value for value in values]
        if any(isinstance(part, Rich) for part in parts):
            pieces = [part if isinstance(part, Rich) else Rich.of(str(display_anything(part))) for part in parts]
            return sum(pieces[1:], pieces[0])
        if any(isinstance(part, Markup) for part in parts):
            joined: str = Markup("").join(parts)
        else:
            joined = "".join(str(display_anything(part)) for part in parts)
        self.count(len(joined))
        return joined

    def put(self, value: Any, index: int) -> Markup:
        """What a value is in the XML at its place."""
        site = self.sites[index]
        self.left -= _CALL_COST
        if type(value) is str and site.mode == "text" and not _SPECIAL.search(value):
            self.count(len(value))
            return escape(value)
        if isinstance(value, Markup):  # from a macro or {% set %}…{% endset %}: made by this very template
            self.count(len(value))
            return value
        xml = _MODES[site.mode](self, self._shown(value, site), site)
        self.count(len(xml))
        return Markup(xml)  # noqa: S704 - built here, values escaped

    def _shown(self, value: Any, site: Site) -> str | Rich | Image:
        if value is None or value is MISSING:
            return ""
        if isinstance(value, Undefined):
            return self._note_missing(value, site)
        if isinstance(value, Rich | Image):
            return value
        if site.field is not None and site.field.kind.is_single:
            if isinstance(value, Decimal | int) and not isinstance(value, bool):
                return display_number(Decimal(value), site.field.decimals)
            return site.field.kind.display(site.field, value)
        return plain_text(value)

    def _note_missing(self, value: Any, site: Site) -> str:
        name = getattr(value, "_undefined_name", None)
        if name and name != "?" and self.known is not None and name not in self.missing:
            self.missing.append(name)
            values = {"name": name, "hint": nearest_hint(name, self.known, phrase("check_names"))}
            self.issues.append(Issue("T113", Location(self.source, sheet=site.place), site.tag.text, "", values))
        return ""

    def fault(self, site: Site, code: str, **values: object) -> InputError:
        """What stops this record, with place and tag."""
        return InputError(code, values, Location(self.source, sheet=f"{site.place} › {site.tag.text}"))

    def plain(self, value: str | Rich | Image, site: Site) -> str:
        """For attributes and other texts."""
        if isinstance(value, Image):
            raise self.fault(site, "T114", reason=phrase("no_picture_here"))
        return str(escape(self._checked(str(value), site))).replace("\n", "&#10;").replace("\t", "&#9;")

    def url(self, value: str | Rich | Image, site: Site) -> str:
        """For the target of a hyperlink: a valid address whatever is typed."""
        return str(escape(address_of(self._checked(str(value), site)))) or "about:blank"

    def colour(self, value: str | Rich | Image, site: Site) -> str:
        """For the fill of a cell; empty means none."""
        try:
            return "auto" if value in ("", "auto") else colour(str(value))
        except ValueError:
            raise self.fault(site, "T121", value=str(value)) from None

    def span(self, value: str | Rich | Image, site: Site) -> str:
        """For the number of columns that a cell takes: at least one."""
        number = columns_in(value)
        if number is None:
            raise self.fault(site, "T114", reason=phrase("no_column_count", value=value))
        return str(number)

    def text(self, value: str | Rich | Image, site: Site) -> str:
        """Inside w:t: anything but text closes the run and opens it again."""
        if isinstance(value, str):
            return self._broken(value, site, site.run_properties, site.splits)
        return f"</w:t></w:r>{self.run(value, site)}<w:r>{site.run_properties}{_TEXT}"

    def run(self, value: str | Rich | Image, site: Site) -> str:
        """Between runs."""
        if isinstance(value, Image):
            return f"<w:r>{site.run_properties}{self._picture(value, site)}</w:r>"
        if not isinstance(value, Rich):
            value = Rich.of(value)
        return "".join(self._piece(text, look, site) for text, look in value.pieces if text)

    def paragraph(self, value: str | Rich | Image, site: Site) -> str:
        """Between paragraphs; nothing for an empty value."""
        if value == "" or not value:
            return ""
        return f"<w:p>{site.paragraph_properties}{self.run(value, site)}</w:p>"

    def _piece(self, text: str, look: Look, site: Site) -> str:
        properties = run_properties(site.run_properties, look)
        linked = bool(look.url) and site.links
        inner = self._broken(text, site, properties, splits=not linked and (site.splits or site.mode == "paragraph"))
        run = f"<w:r>{properties}{_TEXT}{inner}</w:t></w:r>"
        return link_xml(self.relate("hyperlink", address_of(look.url or "")), run) if linked else run

    def _broken(self, text: str, site: Site, properties: str, splits: bool) -> str:
        """Escaped, with line ends, tabs, page breaks (\\f) and new paragraphs (\\a) as Word has them."""
        checked = self._checked(text, site)
        xml = str(escape(checked))
        if not _SPECIAL.search(xml):
            return xml
        start = f"<w:p>{site.paragraph_properties}<w:r>{properties}{_TEXT}"
        paragraph = f"</w:t></w:r></w:p>{start}" if splits else f"</w:t><w:br/>{_TEXT}"
        page = f"</w:t></w:r></w:p><w:p><w:r>{_PAGE}</w:r></w:p>{start}" if splits else f"</w:t>{_PAGE}{_TEXT}"
        xml = xml.replace("\n", f"</w:t><w:br/>{_TEXT}").replace("\t", f"</w:t><w:tab/>{_TEXT}")
        return xml.replace("\a", paragraph).replace("\f", page)

    def _checked(self, text: str, site: Site) -> str:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        illegal = first_illegal(text.replace("\a", " ").replace("\f", " "))  # which stand for paragraphs and pages here
        if illegal:
            raise self.fault(site, "T115", position=illegal[0], char=f"U+{ord(illegal[1]):04X}")
        return text

    def _picture(self, image: Image, site: Site) -> str:
        try:
            picture = load_picture(image.source, self.folder)
        except ImageFault as err:
            raise self.fault(site, err.code, path=err.path, reason=err.reason) from err
        name = f"word/media/danju-{sha256(picture.content).hexdigest()[:16]}.{picture.kind}"
        self.media[name] = picture
        relation = self.relate("image", name)
        link = self.relate("hyperlink", address_of(image.url)) if image.url else None
        return drawing_xml(size_emu(picture, image), relation, self.next_id(), image.text, link)

    def relate(self, kind: str, target: str) -> str:
        """Id of the part's relation to a picture or address."""
        return self.relations.setdefault((kind, target), f"{RELATION}{self.first_relation + len(self.relations) + 1}")

    def next_id(self) -> int:
        """A number no other picture of the document has."""
        self.first_id += 1
        return self.first_id

    def start_mark(self, old: int) -> int:
        """New number of a bookmark that a loop may repeat."""
        self._marks[old] = self.next_id()
        self._seen_marks[old] = self._seen_marks.get(old, 0) + 1
        return self._marks[old]

    def mark_suffix(self, old: int) -> str:
        """What makes the name of a repeated bookmark another one."""
        return "" if (times := self._seen_marks.get(old, 1)) == 1 else f"_{times}"

    def end_mark(self, old: int) -> int:
        """Number of the bookmark that ends."""
        return self._marks.get(old, old)


_MODES = {
    "text": FillState.text, "run": FillState.run, "paragraph": FillState.paragraph, "plain": FillState.plain,
    "url": FillState.url, "colour": FillState.colour, "span": FillState.span,
}  # fmt: skip
