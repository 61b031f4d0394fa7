"""From the headings people write to the fields of a record type."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import chain

from danju.issues import Issue
from danju.location import Location
from danju.messages import Words
from danju.model.field import Field, RecordType
from danju.model.identity import ById
from danju.readers.meaning.targets import Target
from danju.readers.meaning.words import COUNTERS, NUMERALS, REMARKS
from danju.values.numbers import UNITS
from danju.values.text import fold, nearest_hint

__all__ = ["UNKNOWN", "Headings", "Targets", "compile_headings", "is_counter", "unknown_name"]

Targets = tuple[Target, ...]
"""What a heading means: one target, several for a composite heading, none when it is unknown."""

UNKNOWN = "F102"
"""Code of a name that is no field of the form."""
_BRACKET = re.compile(r"(.+?)\(([^()]*)\)")
_NUMBER = re.compile(rf"第?\(?([0-9]{{1,2}}|[{NUMERALS}])\)?")
_ORDINAL = re.compile(rf"(?:\(?(?:[0-9]{{1,3}}|[{NUMERALS}]{{1,3}})[).、]|[{NUMERALS}]{{1,3}},)")
_DOTTED = re.compile(r"([a-z_]\w*)(?:\[(\d{1,3})\]|\.(\d{1,3}))?\.([a-z_]\w*)", re.ASCII)
_PARTS = re.compile(r"[/、,&+\\]|及|和|或|与")
_CACHE_SIZE = 20_000


class Headings:
    """Index of every heading of a record type."""

    def __init__(self, record_type: RecordType) -> None:
        self.record_type = record_type
        self._fields: dict[str, Target] = {}
        self._parents: dict[str, Field] = {}
        self._members: dict[str, dict[str, Target]] = {}
        self._joined: dict[str, Target] = {}
        self._bare: dict[str, Target] = {}
        self._cache: dict[tuple[str, str], Targets] = {}
        parents = [each for each in record_type.fields if each.members]
        _fill(self._fields, ((each, _whole(each)) for each in record_type.fields))
        for parent in parents:
            members = self._members[parent.name] = {}
            _fill(members, ((each, Target(each, parent)) for each in parent.members))
            for word in reversed(parent.headings()):
                self._parents[fold(word)] = parent
        self._parents |= {fold(parent.label): parent for parent in parents}
        self._fill_joined(parents)
        self._fill_bare(parents)

    def _fill_joined(self, parents: list[Field]) -> None:
        """货物 + 品名 = 货物品名."""
        for parent in parents:
            for word in parent.headings():
                for member, target in self._members[parent.name].items():
                    for gap in ("", "的", "-", ".", ":", "/"):
                        joined = f"{fold(word)}{gap}{member}"
                        if joined not in self._fields:
                            self._joined.setdefault(joined, target)

    def _fill_bare(self, parents: list[Field]) -> None:
        """Members that need no word of their parent because nothing else is called so."""
        shared: set[str] = set()
        for parent in parents:
            for member, target in self._members[parent.name].items():
                if member in self._bare and parent.kind is self._bare[member].top.kind:
                    shared.add(member)
                elif member not in self._bare or parent.kind.is_table:
                    self._bare[member] = target
        for member in shared:
            del self._bare[member]

    def resolve(self, text: str, group: str = "") -> Targets:
        """What the heading means under a group heading ("" for none); () when it is unknown."""
        key = text, group
        found = self._cache.get(key)
        if found is None:
            if len(self._cache) > _CACHE_SIZE:
                self._cache.clear()
            found = self._cache[key] = self._find(text, group)
        return found

    def is_known(self, text: object) -> bool:
        """Whether the text is a heading as it stands; quicker than `resolve`, and blind to joined ones."""
        if not isinstance(text, str) or not text or len(text) > 40:
            return False
        folded = fold(text)
        return folded in self._fields or folded in self._bare or folded in COUNTERS

    def count_known(self, words: frozenset[str]) -> int:
        """How many of the folded words name something here: a quick first look at a sheet."""
        return sum(word in self._fields or word in self._bare or word in self._joined for word in words)

    def parent(self, text: str) -> Field | None:
        """The table or group that a heading names, or None."""
        return self._parents.get(fold(text))

    def member(self, parent: Field, text: str) -> Targets:
        """What the heading means within a table or group."""
        return self._find_within(self._members[parent.name], fold(text))

    def hint(self, text: str) -> Words | str:
        """“是否指“品名”？”, or "" when nothing is near."""
        labels = [each.label for each in self.record_type.fields]
        labels += [member.label for each in self.record_type.fields for member in each.members]
        return nearest_hint(text, labels)

    def _find(self, text: str, group: str) -> Targets:
        text, group = _own_words(text), _own_words(group)
        if len(text) > 80:
            return ()
        dotted = _DOTTED.fullmatch(text.strip().lower())
        if dotted and (found := self._find_dotted(dotted)):
            return found
        folded = fold(text)
        if not folded:
            return ()
        if group:
            return self._find_under(folded, fold(group))
        return self._find_alone(folded)

    def _find_dotted(self, dotted: re.Match[str]) -> Targets:
        parent, index = self.record_type.field(dotted[1]), dotted[2] or dotted[3]
        member = parent.member(dotted[4]) if parent else None
        if parent is None or member is None:
            return ()
        return (Target(member, parent, int(index) if index and parent.kind.is_table else None),)

    def _find_under(self, folded: str, group: str) -> Targets:
        """A heading below a wider one: 品名 under 货物, or under words that name no field."""
        parent, row = self._parents.get(group), None
        if parent is None and (numbered := self._split_number(group)):
            row, rest = numbered
            parent = self._parents.get(rest)
        if parent is not None:
            within = self._find_within(self._members[parent.name], folded)
            if within:
                return tuple(replace(each, row=row) for each in within) if row is not None else within
            if (numbered := self._split_number(folded)) and parent.kind.is_table:
                return tuple(
                    each.at_row(numbered[0]) for each in self._find_within(self._members[parent.name], numbered[1])
                )
        joined = self._find_exact(group + folded) or self._find_option(folded, group)
        if joined:
            return joined
        if UNITS.fullmatch(folded) or folded in REMARKS:
            return self._find_alone(f"{group}({folded})")
        return () if parent is not None else self._find_alone(folded)

    def _find_option(self, folded: str, group: str) -> Targets:
        """An option below its choice: 执照 under 提供资料, to be ticked."""
        target = self._fields.get(group)
        if target is None or not target.field.options:
            return ()
        for option in target.field.options:
            if folded in map(fold, (option.label, option.value, *option.aliases)):
                return (replace(target, option=option.value),)
        return ()

    def _find_alone(self, folded: str) -> Targets:
        found = self._find_exact(folded) or self._find_bracketed(folded) or self._find_composite(folded)
        found = found or self._find_numbered(folded)
        if not found and (ordinal := _ORDINAL.match(folded)) and ordinal.end() < len(folded):
            found = self._find_exact(folded[ordinal.end() :]) or self._find_bracketed(folded[ordinal.end() :])
        return found

    def _find_exact(self, folded: str) -> Targets:
        target = self._fields.get(folded) or self._joined.get(folded) or self._bare.get(folded)
        return (target,) if target else ()

    def _find_bracketed(self, folded: str, within: dict[str, Target] | None = None) -> Targets:
        """数量(吨), 品名(必填): the heading without a unit or remark in brackets."""
        match = _BRACKET.fullmatch(folded)
        if match is None:
            return ()
        inner = match[2].removeprefix("单位").lstrip(":")
        if inner.isdecimal() or (inner and inner in NUMERALS):
            return ()
        name = match[1].rstrip(":")
        targets = (within[name],) if within and name in within else () if within else self._find_exact(name)
        if not targets:
            return ()
        target = targets[0]
        unit = fold(target.field.unit or "")
        if inner != unit and target.field.kind.is_number and UNITS.fullmatch(inner):
            return (replace(target, unit=inner),)
        return targets

    def _find_within(self, members: dict[str, Target], folded: str) -> Targets:
        if folded in members:
            return (members[folded],)
        return self._find_bracketed(folded, members) or self._split_composite(folded, members)

    def _find_composite(self, folded: str) -> Targets:
        """品名/规格: every part a heading, all of one table or group, or all of the record."""
        parts = [part for part in _PARTS.split(folded) if part]
        if len(parts) < 2:
            return ()
        first = self._find_exact(parts[0])
        if not first:
            return ()
        parent = first[0].parent
        if parent is not None:
            rest = [self._members[parent.name].get(part) for part in parts[1:]]
        else:
            rest = [self._fields.get(part) for part in parts[1:]]
        return _distinct(first[0], rest)

    def _split_composite(self, folded: str, members: dict[str, Target]) -> Targets:
        parts = [part for part in _PARTS.split(folded) if part]
        if len(parts) < 2 or parts[0] not in members:
            return ()
        return _distinct(members[parts[0]], [members.get(part) for part in parts[1:]])

    def _find_numbered(self, folded: str) -> Targets:
        """货物1, 品名(2), 货物二规格: the row of a table."""
        for match in _NUMBER.finditer(folded):
            rest = folded[: match.start()] + folded[match.end() :]
            if not rest or (match[1].isdecimal() and not 1 <= int(match[1]) <= 99):
                continue
            for found in self._find_tables(rest):
                return tuple(each.at_row(_number(match[1]) - 1) for each in found)
        return ()

    def _find_tables(self, rest: str) -> Iterator[Targets]:
        """Meanings of a heading that lie in a table, members of their own name included."""
        tables = [each for each in self._members if _is_table(self.record_type.field(each))]
        found = self._find_exact(rest) or self._find_bracketed(rest) or self._find_composite(rest)
        if found and all(each.table is not None for each in found):
            yield found
        owners = [self._find_within(self._members[each], rest) for each in tables]
        if len([each for each in owners if each]) == 1:
            yield next(each for each in owners if each)

    def _split_number(self, folded: str) -> tuple[int, str] | None:
        """Row and rest of a numbered word: 货物2 → (1, 货物)."""
        for match in _NUMBER.finditer(folded):
            rest = folded[: match.start()] + folded[match.end() :]
            if rest in self._parents or any(rest in members for members in self._members.values()):
                return _number(match[1]) - 1, rest
        return None


@lru_cache(maxsize=64)
def _compile(key: ById[RecordType]) -> Headings:
    return Headings(key.of)


def compile_headings(record_type: RecordType) -> Headings:
    """The index of a record type, built once."""
    return _compile(ById(record_type))


def _own_words(text: str) -> str:
    """A heading without the lines that translate it or say how its column is filled in."""
    if "\n" not in text:
        return text
    lines = [line for line in text.split("\n") if not line.isascii() and fold(line) not in REMARKS]
    return "".join(lines) or text


def unknown_name(name: str, place: Location, hint: Words | str = "") -> Issue:
    """What is said of a heading, label or name that is no field of the form."""
    return Issue(UNKNOWN, place, values={"name": name, "hint": hint})


def is_counter(text: object) -> bool:
    """Whether a heading only counts rows."""
    return isinstance(text, str) and fold(text) in COUNTERS


def _whole(each: Field) -> Target:
    """The target of a field's own heading; a group's is its value member."""
    member = each.member(each.value_member) if each.value_member and each.kind.is_group else None
    return Target(member, each) if member else Target(each)


def _fill(index: dict[str, Target], named: Iterable[tuple[Field, Target]]) -> None:
    """Every heading to its target: labels before names, names before aliases, aliases before English labels."""
    pairs = list(named)
    labels = ((each.label, target) for each, target in pairs)
    names = ((each.name, target) for each, target in pairs)
    aliases = ((alias, target) for each, target in pairs for alias in each.aliases)
    english = ((each.english, target) for each, target in pairs)
    for word, target in chain(labels, names, aliases, english):
        if word:
            index.setdefault(fold(word), target)


def _distinct(first: Target, rest: list[Target | None]) -> Targets:
    targets = (first, *(each for each in rest if each is not None))
    if len(targets) != len(rest) + 1 or len({each.key for each in targets}) != len(targets):
        return ()
    return targets


def _is_table(field: Field | None) -> bool:
    return field is not None and field.kind.is_table


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else NUMERALS.index(text) + 1
