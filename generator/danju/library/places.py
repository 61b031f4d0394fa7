"""Where definitions live: a user's workspace before the built-in ones."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

_DOCUMENT_TEMPLATES = ("document.html.j2", "document.css", "print.css", "screen.css")


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


def own_templates(form_id: str, workspace: Path | None) -> str:
    """The workspace's templates/ when it draws this form in a way of its own, else ""."""
    if workspace is None or workspace.resolve() == builtin_root():
        return ""
    folder = workspace.resolve() / "templates"
    names = (f"{form_id}.html.j2", f"{form_id}.css", *_DOCUMENT_TEMPLATES)
    return str(folder) if any((folder / name).is_file() for name in names) else ""
