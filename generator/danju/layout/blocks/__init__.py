"""The kinds of blocks that a form's paper is made of: one file each, one line each in this table."""

from __future__ import annotations

from collections.abc import Mapping

from danju.layout.blocks.approval import ApprovalBlock
from danju.layout.blocks.band import Band
from danju.layout.blocks.block import PaperBlock
from danju.layout.blocks.checklist import ChecklistBlock
from danju.layout.blocks.matrix import MatrixBlock
from danju.layout.blocks.page_break import PageBreak
from danju.layout.blocks.pairs import Pairs
from danju.layout.blocks.prose import ProseBlock
from danju.layout.blocks.qr import QrBlock
from danju.layout.blocks.seal import SealBlock
from danju.layout.blocks.table import TableBlock

BLOCKS: Mapping[str, type[PaperBlock]] = {
    kind.NAME: kind
    for kind in (
        Pairs,
        Band,
        TableBlock,
        ChecklistBlock,
        MatrixBlock,
        ApprovalBlock,
        SealBlock,
        ProseBlock,
        PageBreak,
        QrBlock,
    )
}
"""By the setting that names the kind."""
