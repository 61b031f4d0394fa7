"""YAML files: safe, bounded, and without guesses at what 0771, 12:30 or 否 might mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from danju.issues import Fault
from danju.location import Location
from danju.messages import phrase
from danju.readers.files.encoding import text_encoding
from danju.readers.reading import Reading, refuse
from danju.readers.structured.structured import DataNode, Documents

__all__ = ["MAX_ALIASES", "MAX_DEPTH", "MAX_NODES", "MAX_SIZE", "open_yaml", "read_text_file"]

MAX_SIZE = 50 << 20
MAX_DEPTH = 50
MAX_ALIASES = 1_000
MAX_NODES = 1_000_000
"""Values of a file after aliases are expanded."""

_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_BOOLEANS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
# YAML 1.2 core schema without octal, hexadecimal, exponents and signs +: those are codes, not amounts.
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,30})")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,30})\.[0-9]{1,30}")
_STANDARD_TAG = "tag:yaml.org,2002:"
_TAGS = ("str", "int", "float", "bool", "null", "timestamp", "seq", "map")

_REASONS = {
    "could not find expected ':'": phrase("colon_missing"),
    "mapping values are not allowed": phrase("colon_stands_wrong_place_value"),
    "found character that cannot start any token": phrase("character_cannot_stand_here_indentation"),
    "did not find expected ',' or ']'": phrase("square_bracket_has_no_partner"),
    "did not find expected ',' or '}'": phrase("brace_has_no_partner"),
    "did not find expected key": phrase("wrong_indentation_name_missing"),
    "did not find expected '-' indicator": phrase("wrong_indentation"),
    "found unexpected end of stream": phrase("quotes_have_no_partner"),
    "found undefined alias": phrase("alias_without_anchor"),
    "did not find expected <document start>": phrase("stray_content_middle_file"),
    "control characters are not allowed": phrase("holds_control_characters"),
}


@dataclass(slots=True)
class _RefusalError(Exception):
    """Ends the parsing of a file."""

    fault: Fault
    line: int | None = None
    column: int | None = None


def open_yaml(path: Path, name: str) -> Documents | Reading:
    """The documents of a YAML file, or why it cannot be read."""
    import yaml

    text = read_text_file(path, MAX_SIZE)
    if isinstance(text, Fault):
        return refuse(name, text)
    try:
        return Documents(name, list(_iter_documents(text)))
    except _RefusalError as refused:
        return refuse(name, refused.fault, Location(name, line=refused.line, column=refused.column))
    except yaml.YAMLError as error:
        return refuse(name, *_explain(error, name))


def read_text_file(path: Path, max_size: int) -> str | Fault:
    """The decoded text, or what forbids reading it."""
    encoding = text_encoding(path, max_size)
    if isinstance(encoding, Fault):
        return encoding
    text = path.read_text(encoding=encoding)
    return text if text.strip() else Fault("F003")


def _explain(error: Any, name: str) -> tuple[Fault, Location]:
    """F006 with the parser's complaint in words, and its place."""
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or error)
    reason = next((words for start, words in _REASONS.items() if start in problem), problem)
    mark = getattr(error, "problem_mark", None)
    place = Location(name, line=mark.line + 1, column=mark.column + 1) if mark else Location(name)
    return Fault("F006", {"reason": reason}), place


def _iter_documents(text: str) -> Iterator[DataNode]:
    """The documents of a stream, empty ones left out."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    builder = _TreeBuilder()
    for event in yaml.parse(text, Loader=loader):
        finished = builder.take(event)
        if finished is not None and finished.value is not None:
            yield finished


@dataclass(slots=True)
class _OpenNode:
    """A list or mapping whose end has not come yet."""

    node: DataNode
    anchor: str | None
    size: int = 1
    key: str | None = None
    merged: set[str] = field(default_factory=set)


class _TreeBuilder:
    """Builds nodes from parser events, without recursion and within limits."""

    def __init__(self) -> None:
        self.stack: list[_OpenNode] = []
        self.anchors: dict[str, tuple[DataNode, int]] = {}
        self.aliases = 0
        self.nodes = 0

    def take(self, event: Any) -> DataNode | None:
        """A finished document, or None."""
        kind = type(event).__name__
        if kind == "ScalarEvent":
            node = DataNode(_scalar(event), event.start_mark.line + 1, event.start_mark.column + 1)
            return self._add(node, 1, event.anchor)
        if kind == "AliasEvent":
            return self._add(*self._aliased(event), None)
        if kind in ("SequenceStartEvent", "MappingStartEvent"):
            _check_tag(event)
            value: object = [] if kind == "SequenceStartEvent" else {}
            node = DataNode(value, event.start_mark.line + 1, event.start_mark.column + 1)
            self.stack.append(_OpenNode(node, event.anchor))
            if len(self.stack) > MAX_DEPTH:
                raise _RefusalError(
                    Fault("F007", {"reason": phrase("nested_deeper_than_levels", max_depth=MAX_DEPTH)}),
                    node.line,
                )
            if event.anchor:
                self.anchors.pop(event.anchor, None)
        elif kind in ("SequenceEndEvent", "MappingEndEvent"):
            done = self.stack.pop()
            return self._add(done.node, done.size, done.anchor)
        elif kind == "DocumentStartEvent":
            self.anchors.clear()
        return None

    def _aliased(self, event: Any) -> tuple[DataNode, int]:
        self.aliases += 1
        line = event.start_mark.line + 1
        if self.aliases > MAX_ALIASES:
            raise _RefusalError(Fault("F007", {"reason": phrase("more_than_aliases", max_aliases=MAX_ALIASES)}), line)
        if event.anchor not in self.anchors:
            raise _RefusalError(
                Fault(
                    "F006",
                    {"reason": phrase("alias_not_defined_means_itself", anchor=event.anchor)},
                ),
                line,
            )
        return self.anchors[event.anchor]

    def _add(self, node: DataNode, size: int, anchor: str | None) -> DataNode | None:
        """Puts a finished node into what is open; a document's root is given back."""
        if anchor:
            self.anchors[anchor] = node, size
        if not self.stack:
            return node
        parent = self.stack[-1]
        parent.size += size
        if parent.size > MAX_NODES:
            raise _RefusalError(
                Fault(
                    "F007",
                    {"reason": phrase("more_than_values_once_expanded", max_nodes=MAX_NODES)},
                ),
                node.line,
            )
        held = parent.node.value
        if isinstance(held, list):
            held.append(node)
        elif isinstance(held, dict):
            self._add_pair(parent, held, node)
        return None

    def _add_pair(self, parent: _OpenNode, mapping: dict[str, DataNode], node: DataNode) -> None:
        if parent.key is None:
            parent.key = _key_text(node)
            return
        key, parent.key = parent.key, None
        if key == "<<" and _merge(mapping, node, parent.merged):
            return
        if key in mapping and key not in parent.merged:
            parent.node.repeats.append((key, node))
        else:
            mapping[key] = node
            parent.merged.discard(key)


def _merge(mapping: dict[str, DataNode], node: DataNode, merged: set[str]) -> bool:
    """`<<: *base`: pairs of another mapping stand in for missing ones (YAML 1.1 merge key)."""
    sources: list[DataNode] = node.value if isinstance(node.value, list) else [node]
    if not all(isinstance(source.value, dict) for source in sources):
        return False
    for source in sources:
        pairs: dict[str, DataNode] = source.value if isinstance(source.value, dict) else {}
        for key, value in pairs.items():
            if key not in mapping:
                mapping[key] = value
                merged.add(key)
    return True


def _key_text(node: DataNode) -> str:
    if isinstance(node.value, dict | list):
        raise _RefusalError(
            Fault("F006", {"reason": phrase("name_cannot_list_mapping")}),
            node.line,
            node.column,
        )
    return "" if node.value is None else str(node.value)


def _check_tag(event: Any) -> str:
    """Short name of a standard tag, "" for none."""
    tag: str | None = event.tag
    if tag is None or tag == "!":
        return ""
    short = tag.removeprefix(_STANDARD_TAG)
    if not tag.startswith(_STANDARD_TAG) or short not in _TAGS:
        fault = Fault("F006", {"reason": phrase("tag_not_supported", tag=tag)})
        raise _RefusalError(fault, event.start_mark.line + 1, event.start_mark.column + 1)
    return short


def _scalar(event: Any) -> object:
    """Text, unless a plain scalar is plainly null, true, false or a number without leading zero."""
    tag, text = _check_tag(event), str(event.value)
    if tag == "str" or (not event.implicit[0] and not tag):
        return text
    if text in _NULLS:
        return None
    if text in _BOOLEANS:
        return _BOOLEANS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return Decimal(text)
    return text
