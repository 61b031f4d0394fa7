"""Definition files: YAML with the line of every entry, so that messages can point at it."""

from __future__ import annotations

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
        text: As read; lines are looked up in it when one is asked for.
    """

    path: Path
    data: Any
    text: str

    def location(self, *path: str | int) -> Location:
        """The place of an entry, or of its nearest known parent; an entry of a mapping stands where its key does."""
        loader = _loader_class()(self.text)
        try:
            node = loader.get_single_node()
        finally:
            loader.dispose()
        line = node.start_mark.line + 1 if node is not None else 1
        for step in path:
            key, node = _entry(node, step)
            if node is None:
                break
            line = key.start_mark.line + 1
        return Location(source=self.path.name, line=line)

    def error(self, code: str, where: Path_, /, **values: object) -> DefinitionError:
        """The exception that points at an entry."""
        return DefinitionError(code, values, self.location(*where))


@lru_cache(maxsize=256)
def _load(path: Path, stamp: int) -> DefinitionFile:
    import yaml

    try:
        text = path.read_text(encoding="utf-8")
        loader = _loader_class()(text)
        try:
            data = loader.get_single_data()
        finally:
            loader.dispose()
    except yaml.YAMLError as err:
        mark = getattr(err, "problem_mark", None)
        place = Location(path.name, line=mark.line + 1, column=mark.column + 1) if mark else Location(path.name)
        raise DefinitionError("E201", {"reason": getattr(err, "problem", None) or str(err)}, place) from err
    except UnicodeDecodeError as err:
        raise DefinitionError("E201", {"reason": f"not UTF-8 ({err.reason})"}, Location(path.name)) from err
    return DefinitionFile(path, data, text)


def _loader_class() -> Any:
    import yaml

    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _entry(node: Any, step: str | int) -> tuple[Any, Any]:
    """The node that names an entry of a node, and the entry's own; two Nones when there is no such entry."""
    if isinstance(node.value, list):  # a scalar's is a text
        if node.id == "mapping":
            return next((pair for pair in reversed(node.value) if str(pair[0].value) == str(step)), (None, None))
        if isinstance(step, int) and 0 <= step < len(node.value):
            return node.value[step], node.value[step]
    return None, None


def load_definition_file(path: Path) -> DefinitionFile:
    """The file's content with its lines.

    Raises:
        DefinitionError: E201 at the line and column of a syntax error.
    """
    return _load(path, path.stat().st_mtime_ns)
