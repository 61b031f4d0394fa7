"""Text in XML."""

from __future__ import annotations


def escape(text: str) -> str:
    """The text as XML has it between tags; most texts hold nothing to escape.

    `xml.sax.saxutils` does the same and imports half of urllib with it.
    """
    if "&" in text or "<" in text or ">" in text:
        return text.replace("&", "&amp;").replace(">", "&gt;").replace("<", "&lt;")
    return text
