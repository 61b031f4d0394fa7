"""The shipped fonts."""

from __future__ import annotations

from pathlib import Path

FAMILY = "Noto Sans SC"


def templates_folder() -> Path:
    """The built-in templates/: inside the wheel, or of the checkout."""
    package = Path(__file__).resolve().parents[1]
    shipped = package / "builtin" / "templates"
    return shipped if shipped.is_dir() else package.parents[1] / "templates"


def fonts_folder() -> Path:
    """templates/fonts."""
    return templates_folder() / "fonts"


def font_path(bold: bool = False) -> Path:
    """The font file of a weight."""
    return fonts_folder() / f"NotoSansSC-{'Bold' if bold else 'Regular'}.ttf"
