"""Names of the files that a template is filled into."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from danju.errors import UsageError
from danju.rules.numbering import safe_file_name
from danju.values.display import display_anything
from danju.word_template.labels import name_of_label

__all__ = ["OutputNames"]

_FIELD = re.compile(r"\{([^{}]+)\}")


class OutputNames:
    """One path for each record, never the same twice.

    Args:
        pattern: The path as given; `{栏目}` and `{seq}` in its file name stand for values and the record's position.
        count: How many records there are.
    """

    def __init__(self, pattern: Path, count: int) -> None:
        self._folder, self._stem = pattern.parent, pattern.stem
        if count > 1 and not _FIELD.search(self._stem):
            self._stem += "-{seq}"
        self._given: set[str] = set()

    def next(self, record: Mapping[str, object], position: int) -> Path:
        """The path of a record; a name given before gets ` (2)`.

        Raises:
            UsageError: T124, the record has no such value.
        """

        def value(found: re.Match[str]) -> str:
            name = found.group(1)
            if name == "seq":
                return str(position)
            known = record.get(name, record.get(name_of_label(name)))
            if known in (None, "") or isinstance(known, list | Mapping):
                raise UsageError("T124", {"name": name, "record": position})
            return str(display_anything(known))

        stem, times = _FIELD.sub(value, self._stem), 1
        name = safe_file_name(stem, ".docx")
        while name.lower() in self._given:
            times += 1
            name = safe_file_name(f"{stem} ({times})", ".docx")
        self._given.add(name.lower())
        return self._folder / name
