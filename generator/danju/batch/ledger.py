"""The ledger of a run: which paper each record is, by what its store remembers.

the same record again       kept: nothing is made
… by a changed form         made again, under its number and version
corrected                   made under its number as the next version; the issued one is replaced
anything else               a number of its own
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

from danju.issues import Issue
from danju.location import Location
from danju.model.form import Form
from danju.model.record import Change, Record, canonical
from danju.rules.changes import list_changes
from danju.rules.checking import to_plain
from danju.rules.identity import identity_texts, typed_number
from danju.rules.numbering import fill_pattern, safe_file_name
from danju.stores.numbers import NumberGiver
from danju.stores.store import Entry, Issued, Store, key_of

__all__ = ["Ledger", "LedgerPaper"]


@dataclass(frozen=True, slots=True)
class LedgerPaper:
    """What is to become of a record.

    Attributes:
        entry: What is reserved for it.
        content: What was entered, as plain data.
        left: Formats that have to be made.
        made_by: What draws each suffix.
        replaced: The issued paper whose files give way, or None.
    """

    entry: Entry
    content: Mapping[str, object]
    left: tuple[str, ...]
    made_by: Mapping[str, str]
    replaced: Issued | None = None

    @property
    def is_corrected(self) -> bool:
        """Whether it takes the place of an earlier version."""
        return self.replaced is not None and self.replaced.version < self.entry.version

    @property
    def is_redrawn(self) -> bool:
        """Whether it says the same as the one it replaces, by a changed form or template."""
        return self.replaced is not None and not self.is_corrected


@dataclass(slots=True)
class Ledger:
    """Decides for one record after the other, in input order.

    Attributes:
        store: Where papers are.
        numbers: Gives numbers.
        targets: Formats of this run.
        known: All formats there are.
        again: Whether records get a new number though they have one; a typed number stays.
        repeated: How many did.
    """

    store: Store
    numbers: NumberGiver
    targets: tuple[str, ...]
    known: tuple[str, ...]
    again: bool = False
    repeated: int = 0
    _occurrences: dict[str, int] = field(default_factory=dict)
    _taken: dict[str, Location] = field(default_factory=dict)
    _drawn_by: dict[str, Mapping[str, str]] = field(default_factory=dict)

    def settle(self, form: Form, record: Record) -> LedgerPaper | Issue:
        """What becomes of a record, remembered by the store; an issue when another one of this run is the same."""
        left_out = {form.number_field, *(each.name for each in form.record_type.fields if each.computed)}
        content = to_plain({name: value for name, value in record.values.items() if name not in left_out})
        text = canonical(content)
        digest = sha256(text.encode()).hexdigest()
        number = typed_number(form, record.values)
        identity = self._identity(form, record, digest, number)
        found = self._find(form, identity, digest, number)
        if found is not None and found.identity in self._taken:
            return Issue("F315", record.location, values={"number": found.number, "other": self._taken[found.identity]})
        if found is None:
            entry = self._new(form, record, identity, digest, number)
            self.store.reserve(entry, text)
        elif digest == found.content or (found.typed and _old_digest(form, content, number) == found.content):
            entry = found
            if entry.identity != identity and not number:  # known by its content until now: from now on by its fields
                entry = replace(found, identity=identity, content=digest)
                self._move_to(entry, text, self.store.made(found.stem))
        else:
            entry = self._corrected(form, record, found, digest, text)
        self._taken[entry.identity] = record.location
        return self._paper(form, entry, content)

    def changes(self, form: Form, paper: LedgerPaper) -> tuple[Change, ...] | None:
        """What a correction changed; None when what was issued is not known any more."""
        old = self.store.content_of(paper.replaced.content) if paper.replaced else None
        return None if old is None else list_changes(form.record_type.fields, old, paper.content)

    def _identity(self, form: Form, record: Record, digest: str, number: str) -> str:
        """What identifies the record from now on."""
        if number:
            return key_of(form.id, "number", number)
        texts = identity_texts(form, record.values)
        if texts:
            return key_of(form.id, "identity", *form.identity, *texts)
        count = self._occurrences.get(digest, 0)
        self._occurrences[digest] = count + 1
        return key_of(form.id, "content", digest, str(count))

    def _find(self, form: Form, identity: str, digest: str, number: str) -> Entry | None:
        """What was reserved for the record by an earlier run, or for another one by this run."""
        if number:
            return self.store.find_number(form.id, number)
        found = self.store.find(identity)
        if found is None and self._occurrences.get(digest, 0) <= 1:  # what identifies its form's records has changed
            found = self.store.find_content(form.id, digest)
        if found is not None and self.again and found.identity not in self._taken:
            self.repeated += 1
            return None
        return found

    def _new(self, form: Form, record: Record, identity: str, digest: str, number: str) -> Entry:
        given = number or self.numbers.next_number(form, record.values)
        stem = self._stem(form, record, given, "")
        return Entry(form.id, identity, digest, given, stem, typed=bool(number))

    def _corrected(self, form: Form, record: Record, found: Entry, digest: str, text: str) -> Entry:
        """The next version of a record that says something else now."""
        issued = self._issued(found)
        if issued is not None and issued.content == digest:  # what was begun to replace it is taken back
            entry = replace(found, content=digest, stem=issued.stem, version=issued.version, replaces=None)
            self._move_to(entry, text, issued.made)
            return entry
        version = found.version if issued is None else issued.version + 1
        stem = self._stem(form, record, found.number, found.stem)
        entry = replace(found, content=digest, stem=stem, version=version, replaces=issued)
        self.store.reserve(entry, text)
        return entry

    def _issued(self, entry: Entry) -> Issued | None:
        """The paper of a record that people may have in their hands; None when no file of it was ever there."""
        made = self.store.made(entry.stem)
        if entry.replaces is not None and not made:
            return entry.replaces
        there = {f".{name}": "" for name in self.known if self.store.has(f"{entry.stem}.{name}")}
        return Issued(entry.stem, entry.version, entry.content, {**there, **made}) if made or there else None

    def _move_to(self, entry: Entry, text: str, made: Mapping[str, str]) -> None:
        """Reserve an entry for files that are there already."""
        self.store.reserve(entry, text)
        if made:
            self.store.finish(entry, made)

    def _stem(self, form: Form, record: Record, number: str, former: str) -> str:
        """The file name without suffix; a former one is kept when the rule still gives it."""
        names = {**record.values, "number": number, "title": form.title, "form": form.id, "seq": record.position + 1}
        if former and "{seq" in form.filename_rule:
            return former
        suffixes = tuple(f".{target}" for target in self.targets)
        room = " (9999)" + max(suffixes, key=len, default="")
        stem = safe_file_name(fill_pattern(form.filename_rule, names), room)[: -len(room)]
        if former == stem or (former.startswith(f"{stem} (") and former[len(stem) + 2 : -1].isdigit()):
            return former
        return self.store.free_stem(stem, suffixes)

    def _paper(self, form: Form, entry: Entry, content: Mapping[str, object]) -> LedgerPaper:
        """What of a paper has to be made."""
        made = self.store.made(entry.stem)
        made_by = self._made_by(form)
        if entry.replaces is not None and not made:
            return LedgerPaper(entry, content, self.targets, made_by, entry.replaces)
        outdated: dict[str, str] = {}
        left = []
        for target in self.targets:
            suffix = f".{target}"
            is_there = self.store.has(f"{entry.stem}{suffix}")
            if suffix in made and is_there and made[suffix] not in ("", made_by[suffix]):
                outdated[suffix] = made[suffix]
            elif suffix in made and is_there:
                continue
            left.append(target)
        replaced = Issued(entry.stem, entry.version, entry.content, outdated) if outdated else None
        return LedgerPaper(entry, content, tuple(left), made_by, replaced)

    def _made_by(self, form: Form) -> Mapping[str, str]:
        """The digest of everything that decides how each format of a form looks."""
        known = self._drawn_by.get(form.id)
        if known is None:
            plain = key_of(form.digest)
            own = plain
            if form.word_template:
                own = key_of(form.digest, sha256(Path(form.word_template).read_bytes()).hexdigest())
            known = self._drawn_by[form.id] = {f".{name}": own if name == "docx" else plain for name in self.known}
        return known


def _old_digest(form: Form, content: Mapping[str, object], number: str) -> str:
    """The digest of a content as journals of format 1 have it, with its typed number."""
    return sha256(canonical({**content, form.number_field: number}).encode()).hexdigest()
