"""Lines of a journal: what they may say, checked when they are read."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from danju.messages import Words, phrase
from danju.stores.store import Entry, Issued, key_of

__all__ = ["FORMAT", "DoneLine", "LineFault", "Voided", "done_line", "entry_line", "is_cut_off", "parse_line"]

FORMAT = 2
_HEX = re.compile(r"[0-9a-f]{32,64}")
_NAME = re.compile(r"[^/\\\x00-\x1f]+")
_SUFFIX = re.compile(r"\.[a-z0-9]+")

_ISSUED = {"stem": str, "version": int, "content": str, "made": dict}
_ENTRY = {"form": str, "identity": str, "content": str, "number": str, "stem": str, "version": int}
_ENTRY_MORE = {"typed": bool, "replaces": dict}
_OLD_ENTRY = {"form": str, "digest": str, "occurrence": int, "number": str, "stem": str}
_DONE = {"done": str, "made": dict}
_OLD_DONE = {"done": str, "suffixes": list}
_VOID = {"form": str, "number": str, "stem": str, "version": int, "by": int, "on": str, "files": dict, "new": dict}
_CALLED = {str: phrase("a_text"), int: phrase("an_integer"), bool: phrase("true")}


class LineFault(Exception):
    """What is wrong with a line, in words."""

    def __init__(self, reason: Words) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Voided:
    """A paper that was superseded.

    Attributes:
        form, number, stem, version: Which it was.
        by: The version that took its place; the same one when only its form or template had changed.
        on: ISO date.
        files: Names under which its files were put away, each with the sha256 of its bytes, by their former names.
        new: The sha256 of the files that took their place, by name.
    """

    form: str
    number: str
    stem: str
    version: int
    by: int
    on: str
    files: Mapping[str, tuple[str, str]]
    new: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class DoneLine:
    """Files that are complete.

    Attributes:
        stem: Their name without suffix.
        made: Their suffixes, each with the digest of what drew it; "" in old journals.
        void: What they replace, or None.
    """

    stem: str
    made: Mapping[str, str]
    void: Voided | None = None


def entry_line(entry: Entry) -> dict[str, object]:
    """The item that says what was reserved."""
    item = asdict(entry)
    return {key: value for key, value in item.items() if value is not None and value is not False}


def done_line(done: DoneLine) -> dict[str, object]:
    """The item that says what is complete."""
    item: dict[str, object] = {"done": done.stem, "made": dict(done.made)}
    return item if done.void is None else {**item, "void": asdict(done.void)}


def parse_line(line: bytes) -> Entry | DoneLine | int:
    """What a line says; the number of a format from which on others follow.

    Raises:
        LineFault: It is damaged.
    """
    try:
        item = json.loads(line)
    except ValueError as err:
        raise LineFault(phrase("no_json_object")) from err
    if not isinstance(item, dict):
        raise LineFault(phrase("no_json_object"))
    if "done" in item:
        return _done(item)
    if "journal" in item:
        return _format(item)
    return _old_entry(item) if "digest" in item else _entry(item)


def is_cut_off(line: bytes) -> bool:
    """Whether a line is the beginning of an item: what a run that was killed while it wrote leaves."""
    try:
        json.loads(line)
    except json.JSONDecodeError as err:
        text = line.decode(errors="replace").rstrip()
        return text.startswith("{") and (err.pos >= len(text) or err.msg.startswith("Unterminated"))
    except UnicodeDecodeError as err:
        return line.startswith(b"{") and err.end >= len(line.rstrip()) - 1
    return False


def _format(item: Mapping[str, Any]) -> int:
    _check(item, {"journal": int})
    if item["journal"] > FORMAT:
        found = item["journal"]
        raise LineFault(phrase("newer_danju_wrote_format", found=found))
    return int(item["journal"])


def _entry(item: Mapping[str, Any]) -> Entry:
    _check(item, _ENTRY, _ENTRY_MORE)
    _match(item, _HEX, "identity", "content")
    _match(item, _NAME, "stem")
    _at_least_one(item, "version")
    given = item.get("replaces")
    replaces = None
    if given is not None:
        _check(given, _ISSUED)
        _match(given, _HEX, "content")
        _match(given, _NAME, "stem")
        _check_made(given["made"])
        replaces = Issued(**given)
    return Entry(**{**item, "replaces": replaces})


def _old_entry(item: Mapping[str, Any]) -> Entry:
    """An entry of format 1, where a record was known by its content alone."""
    _check(item, _OLD_ENTRY, {"typed": bool})
    _match(item, _NAME, "stem")
    form, digest, count = item["form"], item["digest"], item["occurrence"]
    identity = key_of(form, "content", digest, str(count))
    return Entry(form, identity, digest, item["number"], item["stem"], typed=item.get("typed", False))


def _done(item: Mapping[str, Any]) -> DoneLine:
    if "suffixes" in item:
        _check(item, _OLD_DONE)
        made = dict.fromkeys(item["suffixes"], "")
    else:
        _check(item, _DONE, {"void": dict})
        made = item["made"]
    _match(item, _NAME, "done")
    _check_made(made)
    return DoneLine(item["done"], made, _voided(item["void"]) if "void" in item else None)


def _voided(item: Mapping[str, Any]) -> Voided:
    _check(item, _VOID)
    _match(item, _NAME, "stem")
    _at_least_one(item, "version")
    files = {}
    for name, pair in item["files"].items():
        if not (isinstance(pair, list) and len(pair) == 2 and all(isinstance(each, str) for each in pair)):
            raise _wrong("files", phrase("file_name_digest"))
        _match({"files": name}, _NAME, "files")
        _match({"files": pair[0]}, _NAME, "files")
        files[name] = (pair[0], pair[1])
    for name, digest in item["new"].items():
        _match({"new": name}, _NAME, "new")
        if not isinstance(digest, str):
            raise _wrong("new", phrase("digest"))
    return Voided(**{**item, "files": files})


def _check(item: Mapping[str, Any], required: Mapping[str, type], optional: Mapping[str, type] | None = None) -> None:
    known = required if optional is None else {**required, **optional}
    for key, value in item.items():
        if key not in known:
            raise LineFault(phrase("not_known", name=key))
        if type(value) is not known[key]:
            raise _wrong(key, _CALLED.get(known[key], phrase("a_group")))
    for key in required:
        if key not in item:
            raise LineFault(phrase("name_missing", name=key))


def _check_made(made: Mapping[object, object]) -> None:
    for suffix, digest in made.items():
        if not isinstance(suffix, str) or not _SUFFIX.fullmatch(suffix) or not isinstance(digest, str):
            raise _wrong("made", phrase("suffixes_digests"))


def _match(item: Mapping[str, str], pattern: re.Pattern[str], *keys: str) -> None:
    for key in keys:
        if not pattern.fullmatch(item[key]) or item[key].startswith("."):
            wanted = phrase("file_name") if pattern is _NAME else phrase("digest")
            raise _wrong(key, wanted)


def _at_least_one(item: Mapping[str, int], key: str) -> None:
    if item[key] < 1:
        raise _wrong(key, phrase("more"))


def _wrong(key: str, wanted: Words) -> LineFault:
    return LineFault(phrase("should", name=key, wanted=wanted))
