"""Definition files: YAML with the line of every entry, so that messages can point at it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from danju.errors import DefinitionError
from danju.location import Location

Path_ = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class DefinitionFile:
    """A parsed YAML file.

    Attributes:
        path: The file.
        data: Plain dicts, lists, texts, numbers.
        lines: 1-based line of every entry, by its path of keys and indexes.
    """

    path: Path
    data: Any
    lines: Mapping[Path_, int]

    def location(self, *path: str | int) -> Location:
        """The place of an entry, or of its nearest known parent."""
        where: Path_ = path
        while where and where not in self.lines:
            where = where[:-1]
        return Location(source=self.path.name, line=self.lines.get(where, 1))

    def error(self, code: str, where: Path_, /, **values: object) -> DefinitionError:
        """The exception that points at an entry."""
        return DefinitionError(code, values, self.location(*where))


@lru_cache(maxsize=256)
def _load(path: Path, stamp: int) -> DefinitionFile:
    import yaml

    loader_class = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        loader = loader_class(path.read_text(encoding="utf-8"))
        try:
            root = loader.get_single_node()
            data = loader.construct_document(root) if root is not None else None
        finally:
            loader.dispose()
    except yaml.YAMLError as err:
        mark = getattr(err, "problem_mark", None)
        place = Location(path.name, line=mark.line + 1, column=mark.column + 1) if mark else Location(path.name)
        raise DefinitionError("E201", {"reason": getattr(err, "problem", None) or str(err)}, place) from err
    except UnicodeDecodeError as err:
        raise DefinitionError("E201", {"reason": f"not UTF-8 ({err.reason})"}, Location(path.name)) from err
    lines: dict[Path_, int] = {}
    if root is not None:
        _note_lines(root, (), lines, yaml)
    return DefinitionFile(path, data, lines)


def _note_lines(node: Any, path: Path_, lines: dict[Path_, int], yaml: Any) -> None:
    lines[path] = node.start_mark.line + 1
    if len(path) > 40:
        return
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            _note_lines(value, (*path, str(key.value)), lines, yaml)
            lines[(*path, str(key.value))] = key.start_mark.line + 1
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            _note_lines(item, (*path, index), lines, yaml)


def load_definition_file(path: Path) -> DefinitionFile:
    """The file's content with its lines.

    Raises:
        DefinitionError: E201 at the line and column of a syntax error.
    """
    return _load(path, path.stat().st_mtime_ns)
