"""Word comments at the places of issues, beside the author's own."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from lxml import etree

from danju.exchange.marks import AUTHOR, WORDS
from danju.issues import Fault, Issue, Severity
from danju.location import Spot
from danju.ooxml.package import Package, remove_element
from danju.readers.word.package import open_word
from danju.returns.findings import Findings, note_lines

__all__ = ["clean_document", "mark_document"]

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_ANCHORS = ("commentRangeStart", "commentRangeEnd", "commentReference")


def mark_document(findings: Findings, lang: str) -> tuple[bytes, bool] | None:
    """The author's own file with comments instead of any old ones, and whether it lost a signature.

    None when it cannot be read.
    """
    if isinstance(open_word(findings.path), Fault):
        return None
    out = io.BytesIO()
    try:
        with Package(findings.path) as package:
            document = _Document(package)
            document.clear()
            is_unsigned = package.drop_signatures()
            for spot, issues in _by_spot(findings.issues).items():
                lines = [line for issue in issues for line in note_lines(issue, WORDS[lang], lang)]
                document.comment(document.find(spot), lines)
            package.write(out)
    except (etree.LxmlError, zipfile.BadZipFile, KeyError, ValueError):
        return None
    return out.getvalue(), is_unsigned


def clean_document(path: Path) -> bytes | None:
    """The file without the comments of an earlier return; None when it has none or cannot be read."""
    if isinstance(open_word(path), Fault):
        return None
    out = io.BytesIO()
    with Package(path) as package:
        if not _Document(package).clear():
            return None
        package.write(out)
    return out.getvalue()


def _by_spot(issues: Sequence[Issue]) -> dict[Spot | None, list[Issue]]:
    """Errors and warnings by their place, in input order; those of the whole file under None."""
    found: dict[Spot | None, list[Issue]] = {}
    for issue in issues:
        if issue.severity is not Severity.NOTE:
            found.setdefault(issue.location.spot, []).append(issue)
    return found


class _Document:
    """The body of a Word file and its comments.

    Raises:
        KeyError: The package is no Word file.
    """

    def __init__(self, package: Package) -> None:
        self.package = package
        self.part = package.main
        self._namespace = etree.QName(package.tree(self.part)).namespace or ""
        self._number = -1

    def clear(self) -> bool:
        """Take our comments out; False when there are none."""
        part = self._comments_part()
        if not part:
            return False
        comments = self.package.tree(part).findall(self._tag("comment"))
        ours = {each.get(self._tag("id")) for each in comments if each.get(self._tag("author")) == AUTHOR}
        if not ours:
            return False
        for comment in self.package.edit(part).findall(self._tag("comment")):
            if comment.get(self._tag("id")) in ours:
                remove_element(comment)
        anchors = list(self.package.edit(self.part).iter(*map(self._tag, _ANCHORS)))
        for anchor in (each for each in anchors if each.get(self._tag("id")) in ours):
            self._drop_anchor(anchor)
        if self.package.tree(part).find(self._tag("comment")) is None:
            self.package.detach(self.part, part)
        return True

    def find(self, spot: Spot | None) -> etree._Element:
        """The paragraph at a place; the first one when it is in a header, where no comment can be, or not found."""
        body = self.package.edit(self.part).find(self._tag("body"))
        if body is None:
            raise KeyError("body")
        where: etree._Element | None = None
        if spot is not None and not spot.part:
            where = self._cell(body, spot) if spot.table is not None else self._paragraph(body, spot.paragraph or 0)
            where = self._control(where, spot.tag) if where is not None and spot.tag else where
        where = body if where is None else where
        found = where if where.tag == self._tag("p") else next(where.iter(self._tag("p")), None)
        if found is None:
            found = next(body.iter(self._tag("p")), None)
        if found is None:
            raise KeyError("p")
        return found

    def comment(self, paragraph: etree._Element, lines: Sequence[str]) -> None:
        """A comment on a whole paragraph."""
        root = self._comments()
        if self._number < 0:
            self._number = max((int(each.get(self._tag("id"), "0")) for each in root), default=-1)
        self._number += 1
        number = {self._tag("id"): str(self._number)}
        said = etree.SubElement(root, self._tag("comment"), {**number, self._tag("author"): AUTHOR})
        said.set(self._tag("initials"), AUTHOR[:1])
        for line in lines:
            run = etree.SubElement(etree.SubElement(said, self._tag("p")), self._tag("r"))
            etree.SubElement(run, self._tag("t"), {_SPACE: "preserve"}).text = line
        first = 1 if len(paragraph) and paragraph[0].tag == self._tag("pPr") else 0
        paragraph.insert(first, etree.Element(self._tag("commentRangeStart"), number))
        paragraph.append(etree.Element(self._tag("commentRangeEnd"), number))
        mark = etree.SubElement(paragraph, self._tag("r"))
        etree.SubElement(mark, self._tag("commentReference"), number)

    def _comments_part(self) -> str:
        return next(iter(self.package.related(self.part, "comments")), "")

    def _comments(self) -> etree._Element:
        part = self._comments_part()
        if not part:
            part = f"{self.part.rpartition('/')[0]}/comments.xml"
            self.package.put(part, etree.tostring(etree.Element(self._tag("comments"), nsmap={"w": self._namespace})))
            self.package.set_type(part, "comments")
            self.package.relate(self.part, "comments", part)
        return self.package.edit(part)

    def _cell(self, body: etree._Element, spot: Spot) -> etree._Element | None:
        table = _at(body.iter(self._tag("tbl")), spot.table or 0)
        row = None if table is None else _at(self._own(table, "tr"), spot.row or 0)
        return None if row is None else _at(self._own(row, "tc"), spot.cell or 0)

    def _paragraph(self, body: etree._Element, number: int) -> etree._Element | None:
        return _at(self._own(body, "p", stop="tbl"), number)

    def _control(self, where: etree._Element, tag: str) -> etree._Element:
        """The paragraph of the control with that tag inside a place, or the place itself."""
        for control in where.iter(self._tag("sdt")):
            about = control.find(f"{self._tag('sdtPr')}/{self._tag('tag')}")
            if about is not None and about.get(self._tag("val")) == tag:
                inner = next(control.iter(self._tag("p")), None)
                outer = next(control.iterancestors(self._tag("p")), None)
                found = inner if inner is not None else outer
                return found if found is not None else where
        return where

    def _own(self, node: etree._Element, name: str, stop: str = "") -> Iterator[etree._Element]:
        """Descendants of that name, none inside another one or inside `stop`."""
        for child in node:
            if child.tag == self._tag(name):
                yield child
            elif isinstance(child.tag, str) and not (stop and child.tag == self._tag(stop)):
                yield from self._own(child, name, stop)

    def _drop_anchor(self, anchor: etree._Element) -> None:
        run = anchor.getparent()
        is_alone = run is not None and run.tag == self._tag("r") and len(run) == 1
        remove_element(run if run is not None and is_alone else anchor)

    def _tag(self, name: str) -> str:
        return f"{{{self._namespace}}}{name}"


def _at(found: Iterator[etree._Element], number: int) -> etree._Element | None:
    return next((each for index, each in enumerate(found) if index == number), None)
