"""Word templates in docxtpl's tag language: checked, compiled once, filled many times."""

from danju.word_template.checking import check_template
from danju.word_template.images import Image
from danju.word_template.labels import plain_names
from danju.word_template.rich import Look, Rich, rich
from danju.word_template.template import WordTemplate, compile_template

__all__ = [
    "Image",
    "Look",
    "Rich",
    "WordTemplate",
    "check_template",
    "compile_template",
    "plain_names",
    "rich",
]
