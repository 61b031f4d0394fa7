"""Word files: filled blanks, finished documents, and forms that people made themselves in Word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from danju.exchange.controls import FURTHER, tags_of
from danju.exchange.paths import top_of
from danju.exchange.stamp import FIELDS, Stamp
from danju.issues import Fault, Issue
from danju.location import Location, Spot
from danju.model.form import Form
from danju.model.record import RawRecord
from danju.readers.form_sheets.sheet import read_form_sheet
from danju.readers.meaning.copies import end_of_first_copy
from danju.readers.meaning.headings import compile_headings
from danju.readers.reading import Reading, refuse
from danju.readers.tabular import Tables
from danju.readers.word.blocks import Block, Paragraph, Table, WordText
from danju.readers.word.controls import read_controls
from danju.readers.word.found import FoundValues
from danju.readers.word.package import open_word
from danju.readers.word.paper import PaperRecord, read_paper
from danju.readers.word.sheets import labelled, make_sheet, split_forms
from danju.values.text import clean, fold

__all__ = ["Document", "open_document"]

_KNOWN_TAGS = 2


def open_document(path: Path, name: str) -> Document | Reading:
    """A Word file, or why it cannot be read."""
    text = open_word(path)
    if isinstance(text, Fault):
        return refuse(name, text)
    return Document(name, text, [Issue("F034", Location(name))] if text.deleted or text.inserted else [])


@dataclass(slots=True)
class Document:
    """The text of a Word file.

    Attributes:
        name: What locations show as the source.
        text: What it says.
        notes: What was noticed so far.
    """

    name: str
    text: WordText
    notes: list[Issue]

    @property
    def stamp(self) -> Stamp | None:
        """What it says about its form; without the fields where a program has cut them short."""
        said = self.text.properties
        return Stamp.from_properties(said) or Stamp.from_properties({**said, FIELDS: ""})

    def iter_stamped(self, form: Form) -> Iterator[Reading]:
        """Its records, as of this form."""
        yield _reading(self.text, form, self.name, self.notes)

    def iter_unstamped(self, forms: Sequence[Form], chosen: Form | None) -> Iterator[Reading]:
        """A form by the tags of its controls, else by its paper, else by the labels found anywhere."""
        candidates = [chosen] if chosen is not None else forms
        form = _find_form(self.text, candidates, self.name)
        if form is not None:
            yield _reading(self.text, form, self.name, self.notes)
            return
        blocks = [*labelled(self.text.margins, forms), *self.text.blocks]
        sheets = [make_sheet(part, self.name) for part in split_forms(blocks, forms)]
        for reading in Tables(self.name, sheets, notes=self.notes).iter_unstamped(forms, chosen):
            yield replace(reading, records=_numbered(reading.records), iter_checked=None, iter_column=None, headers={})


def _find_form(text: WordText, forms: Sequence[Form], name: str) -> Form | None:
    """The form whose tags or whose paper the file has."""
    known = {form.id: sum(each.tag in tags_of(form.record_type) for each in text.controls) for form in forms}
    tagged = max(forms, key=lambda form: known[form.id], default=None)
    if tagged is not None and known[tagged.id] >= _KNOWN_TAGS:
        return tagged
    papers = [(form, read_paper(_tables(_first_copy(text, form).blocks), form, name)) for form in forms]
    best = max(papers, key=lambda pair: min((each.share for each in pair[1]), default=0.0), default=None)
    return best[0] if best is not None and best[1] and all(each.is_whole for each in best[1]) else None


def _numbered(records: Iterator[RawRecord]) -> Iterator[RawRecord]:
    for number, record in enumerate(records, 1):
        yield replace(record, location=replace(record.location, record=number))


def _reading(text: WordText, form: Form, name: str, notes: list[Issue]) -> Reading:
    """The records of one form; F035 when nobody has filled in any."""
    text = _first_copy(text, form)
    papers = read_paper(_tables(text.blocks), form, name)
    parts = _parts(text, papers, form)
    records: list[RawRecord] = []
    for number, (paper, blocks) in enumerate(parts, 1):
        record = _record(text, form, name, (paper, blocks), is_only=len(parts) == 1)
        if record is None:
            notes.append(Issue("F036", Location(name), values={"number": number, "form": form.title}))
        else:
            records.append(replace(record, location=replace(record.location, record=len(records) + 1)))
    if not records:
        blank = Issue("F035", Location(name), values={"form": form.title})
        return Reading(name, None, issues=[blank, *(note for note in notes if note.code != "F036")])
    return Reading(name, form, iter(records), notes)


def _first_copy(text: WordText, form: Form) -> WordText:
    """The text without further copies of the same paper."""
    blocks: list[Block] = []
    for block in text.blocks:
        rows = block.rows if isinstance(block, Table) else []
        end = end_of_first_copy(([cell.text for cell in row if not cell.is_continued] for row in rows), form)
        if end is None:
            blocks.append(block)
            continue
        return replace(text, blocks=[*blocks, Table(rows[:end])] if end else blocks)
    return text


def _tables(blocks: Sequence[Block]) -> list[Table]:
    return [block for block in blocks if isinstance(block, Table)]


def _parts(text: WordText, papers: Sequence[PaperRecord], form: Form) -> list[tuple[PaperRecord | None, list[Block]]]:
    """Each record's paper, if it is on one, and its blocks; what stands between two goes to the later."""
    if not papers:
        return [(None, part) for part in split_forms(text.blocks, [form])]
    owners = {id(table): number for number, table in enumerate(_tables(text.blocks))}
    parts: list[tuple[PaperRecord | None, list[Block]]] = [(paper, []) for paper in papers]
    waiting: list[Block] = []
    at = 0
    for block in text.blocks:
        waiting.append(block)
        number = owners.get(id(block))
        if number is not None:
            at = next((index for index, paper in enumerate(papers) if number in paper.tables), at)
            parts[at][1].extend(waiting)
            waiting = []
    parts[-1][1].extend(waiting)
    return parts


def _record(
    text: WordText, form: Form, name: str, part: tuple[PaperRecord | None, list[Block]], *, is_only: bool
) -> RawRecord | None:
    """One record; None when nothing is filled in."""
    paper, blocks = part
    tables = {row[0].spot.table for block in blocks if isinstance(block, Table) for row in block.rows if row}
    own = [each for each in text.controls if is_only or each.spot.table in tables]
    found = read_controls(own, form, name)
    if paper is not None:
        found.fill_from(paper.found)
        known = {issue.path for issue in found.issues}
        found.issues += [issue for issue in paper.found.issues if issue.path not in known]
    is_whole = paper is not None and paper.is_whole
    rest = [*labelled(text.margins, [form]), *blocks] if is_only else blocks
    if paper is not None and is_whole:  # tables that are not the paper's
        rest = [table for number, table in enumerate(_tables(text.blocks)) if number in paper.others]
    other = _by_labels(rest, form, name, found) if rest else None
    if not found.values and (other is None or not other.fields):
        return None
    builder = found.build(Location(name))
    if paper is not None and is_whole:
        for words, spot in _leftovers(paper, blocks, form):
            builder.add_issue(Issue("F012", Location(name, spot=spot), values={"text": words}))
    record = builder.finish()
    if other is None:
        return record
    return replace(record, fields={**other.fields, **record.fields}, issues=(*record.issues, *other.issues))


def _by_labels(blocks: list[Block], form: Form, name: str, found: FoundValues) -> RawRecord:
    """What labels say about fields that neither controls nor paper gave, and what nobody understands."""
    reading = read_form_sheet(make_sheet(blocks, name), form, compile_headings(form.record_type))
    record = reading.record.finish()
    given = {place.top.name for place in found.values}
    filled = {top for top, _ in reading.filled} - given
    issues = tuple(issue for issue in record.issues if top_of(issue.path) not in given)
    return replace(record, fields={key: node for key, node in record.fields.items() if key in filled}, issues=issues)


def _leftovers(paper: PaperRecord, blocks: Sequence[Block], form: Form) -> list[tuple[str, Spot]]:
    """Words beside the form's own that were not read."""
    printed = frozenset(fold(note) for note in (*form.layout.notes, FURTHER))
    rest = [(clean(cell.text), cell.spot) for cell in paper.rest]
    rest += [
        (clean(block.text), block.spot)
        for block in blocks
        if isinstance(block, Paragraph) and fold(block.text) and fold(block.text) not in printed
    ]
    return [(words, spot) for words, spot in rest if words]
