"""The growing Jinja2 source of one part: tokens in the tree stand for tags until the tree is written out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from danju.issues import Issue
from danju.location import Location
from danju.model.field import Field
from danju.word_template.tags import Tag

__all__ = ["CONTINUE", "END_MARK", "START_MARK", "Site", "TemplatePart"]

# Characters that no XML file can hold are the delimiters: static text needs no escaping.
OPEN, CLOSE = "\x01", "\x02"
START_MARK, END_MARK = "\x03", "\x04"
CONTINUE = "%\x02"
_TOKEN = re.compile("\U0010fff0(\\d+)\U0010fff1")


@dataclass(slots=True, eq=False)
class Site:
    """One place where something is put in.

    Attributes:
        tag: What was typed.
        place: Where, in words.
        mode: `text` inside w:t, `run` between runs, `paragraph` between paragraphs, `plain` in an attribute or any
            other text, `url` in a relation, `block` for a statement, `raw` for our own source.
        source: Jinja2 source without delimiters; with them for `raw`.
        element: The element that holds the token; only while compiling.
        run_properties, paragraph_properties: XML of w:rPr and w:pPr around the place, or "".
        splits: Whether the paragraph may be closed and opened again here.
        links: Whether a hyperlink may stand here.
        field: The field that the expression is, when the record type is known.
    """

    tag: Tag
    place: str
    mode: str
    source: str
    element: etree._Element | None = None
    run_properties: str = ""
    paragraph_properties: str = ""
    splits: bool = False
    links: bool = False
    field: Field | None = None


@dataclass(slots=True)
class TemplatePart:
    """One member of the package that holds tags.

    Attributes:
        member: Its path in the package.
        name: What a person calls it.
        source_name: The template file, for messages.
        root: Its tree; tokens stand in texts, tails and attribute values.
        sites: By the number in their token.
        issues: What is wrong so far.
        mends_tables: Whether column counts may differ from the grid after filling.
        places: Places that hold tags, with their rank in the document.
        is_changed: Whether the tree differs in meaning from the member even without sites.
    """

    member: str
    name: str
    source_name: str
    root: etree._Element
    sites: list[Site] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    mends_tables: bool = False
    is_changed: bool = False
    places: dict[str, int] = field(default_factory=dict)

    def add(self, site: Site) -> str:
        """The token that stands for a new site."""
        self.sites.append(site)
        return f"\U0010fff0{len(self.sites) - 1}\U0010fff1"

    def add_raw(self, source: str, place: str = "") -> str:
        """The token of source of our own, delimiters included."""
        return self.add(Site(Tag(0, 0, "", "", "", False, False, ""), place or self.name, "raw", source))

    def report(self, code: str, place: str, text: str, /, **values: object) -> None:
        """Note an issue; the same one twice (a text box and its fallback) is noted once."""
        issue = Issue(code, Location(self.source_name, sheet=place), text.strip()[:80], "", values)
        if issue not in self.issues:
            self.issues.append(issue)

    def tokens_in(self, text: str | None) -> Iterator[Site]:
        """Sites whose tokens stand in a text."""
        for found in _TOKEN.finditer(text or ""):
            yield self.sites[int(found.group(1))]

    def to_source(self) -> tuple[str, list[Site]]:
        """The Jinja2 source, and the site on each of its lines after the first."""
        xml = etree.tostring(self.root, encoding="unicode").replace("\n", "&#10;")
        lines: list[Site] = []

        def replace(found: re.Match[str]) -> str:
            site = self.sites[int(found.group(1))]
            if site.mode == "raw":
                if "\n" in site.source:
                    lines.append(site)
                return site.source
            lines.append(site)
            if site.mode == "block":
                return f"{OPEN}%\n{site.source} %{CLOSE}"
            return f"{OPEN}{{\n{site.source} }}{CLOSE}"

        return _TOKEN.sub(replace, xml), lines

    def serialised(self) -> str:
        """The tree with its tokens, as text."""
        return etree.tostring(self.root, encoding="unicode")
