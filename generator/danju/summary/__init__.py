"""Many records → one summary workbook: overview with figures and charts, a register a form, issues."""

from danju.ooxml.text import TextTooLongError
from danju.summary.register import SummaryRow
from danju.summary.writer import SummaryWriter

__all__ = ["SummaryRow", "SummaryWriter", "TextTooLongError"]
