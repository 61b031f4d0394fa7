"""The look that Word and Excel share: type faces, greys, rules."""

from __future__ import annotations

TEXT_FONT = "微软雅黑"
"""Calm sans, on every Windows machine and known to WPS."""
TEXT_FONT_LATIN_NAME = "Microsoft YaHei"
"""The same face's name on systems that do not speak Chinese."""
SYMBOL_FONT = "Segoe UI Symbol"
"""Has ☐ ☑ ☒, which the text font lacks; on Windows since version 7."""

GREY = "6B7280"
LABEL_FILL = "F3F4F6"

SMALL_PT = 8.0
"""Footer."""
LABEL_PAD_MM = 1.0
"""Space left and right of text in labels and in the title block."""
CELL_MARGIN_MM = 1.2
"""Space above text that starts at the top of its cell, and below text that ends at the bottom."""
NOTE_GAP_MM = 1.5
"""Space between the grid and the notes."""
BOTTOM_SLACK_MM = 5.0
"""How far the body may reach into the bottom margin: Word adds the thickness of rules to the height of rows."""
FOOTER_MM = 8.0
"""Distance of the footer from the edge of the sheet."""

PAGE_WORDS = ("第 ", " 页　共 ", " 页")
"""The right foot, around page number and page count."""
