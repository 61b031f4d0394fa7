"""The look that all Office files share: type faces and greys."""

from __future__ import annotations

TEXT_FONT = "微软雅黑"
"""Calm sans, on every Windows machine and known to WPS."""
TEXT_FONT_LATIN_NAME = "Microsoft YaHei"
"""The same face's name on systems that do not speak Chinese."""
SYMBOL_FONT = "Segoe UI Symbol"
"""Has ☐ ☑ ☒, which the text font lacks; on Windows since version 7."""

GREY = "6B7280"
LABEL_FILL = "F3F4F6"
