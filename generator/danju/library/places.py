"""Where definitions live: a user's workspace before the built-in ones."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

FOLDERS = ("schemas", "forms", "templates")


@lru_cache(maxsize=1)
def builtin_root() -> Path:
    """The folder of the built-in schemas/, forms/, templates/, samples/: inside the wheel, or a checkout's root."""
    package = Path(__file__).resolve().parents[1]
    shipped = package / "builtin"
    return shipped if shipped.is_dir() else package.parents[1]


def search_roots(workspace: Path | None) -> tuple[Path, ...]:
    """Folders to look in, the first one winning."""
    builtin = builtin_root()
    if workspace is None or workspace.resolve() == builtin:
        return (builtin,)
    return (workspace, builtin)


def is_workspace(folder: Path) -> bool:
    """Whether a folder holds definitions of its own."""
    return any((folder / "forms").glob("*.form.yaml")) or any((folder / "schemas").glob("*.schema.yaml"))


def template_file(name: str, workspace: Path | None = None) -> Path:
    """A file of templates/, the workspace's before the built-in one; it may not exist."""
    for root in search_roots(workspace):
        path = root / "templates" / name
        if path.exists():
            return path
    return builtin_root() / "templates" / name
