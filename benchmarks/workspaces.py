"""Workspaces with many forms: the built-in ones again under other names."""

from __future__ import annotations

import re
from itertools import cycle, islice
from pathlib import Path

from danju.library.places import builtin_root

_FORM, _SCHEMA = ".form.yaml", ".schema.yaml"


def write_workspace(folder: Path, count: int) -> Path:
    """A workspace with as many forms of its own, each with a schema of its own.

    Args:
        folder: Where it is made.
        count: How many forms.
    """
    forms, schemas = folder / "forms", folder / "schemas"
    for each in (forms, schemas):
        each.mkdir(parents=True)
    root = builtin_root()
    originals = sorted((root / "forms").glob(f"*{_FORM}"))
    for number, path in enumerate(islice(cycle(originals), count), 1):
        old = path.name.removesuffix(_FORM)
        new = f"{old}_{number}"
        text = path.read_text(encoding="utf-8")
        text = re.sub(rf"^(id|schema): {old}$", rf"\1: {new}", text, flags=re.MULTILINE)
        text = re.sub(r"^aliases: .*\n", "", text, flags=re.MULTILINE)
        text = re.sub(r"^(title: .*)$", rf"\1（{number}）", text, flags=re.MULTILINE)
        (forms / f"{new}{_FORM}").write_text(text, encoding="utf-8")
        schema = (root / "schemas" / f"{old}{_SCHEMA}").read_bytes()
        (schemas / f"{new}{_SCHEMA}").write_bytes(schema)
    return folder
