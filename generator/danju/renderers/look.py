"""The measures that Word and Excel share; type faces and greys are in `danju.ooxml.look`."""

from __future__ import annotations

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
