"""One member of a template as a compiled Jinja2 template."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from jinja2 import Template, TemplateError, nodes
from jinja2.exceptions import SecurityError
from lxml import etree

from danju.errors import DanjuError, InputError
from danju.location import Location
from danju.messages import Words
from danju.ooxml.parts import relations_name
from danju.word_template.filters import environment
from danju.word_template.labels import Labels
from danju.word_template.mending import mend_containers
from danju.word_template.rewriting import Rewriter
from danju.word_template.sandbox import TooMuch
from danju.word_template.source import Site, TemplatePart
from danju.word_template.state import MAX_OUTPUT, FillState

__all__ = ["CompiledPart", "compile_part"]

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


@dataclass(frozen=True, slots=True)
class CompiledPart:
    """One member as a compiled Jinja2 template.

    Attributes:
        member: Its path.
        name: What a person calls it.
        sites: By the number that the compiled template hands over.
        template: The template.
        mends_tables: Whether grids are to be compared with rows after filling.
        relations: Path of its relations.
        call_cost: Characters that the largest macro prints.
        is_risky: Whether pieces of XML are kept in names, so that the result is read again to be sure.
    """

    member: str
    name: str
    sites: list[Site]
    template: Template
    mends_tables: bool
    relations: str
    call_cost: int
    is_risky: bool

    def render(self, variables: dict[str, Any], state: FillState) -> str:
        """The filled member.

        Raises:
            InputError: A tag cannot be filled; its place is named.
        """
        context = self.template.new_context(variables)
        root: Callable[[Any], Iterator[str]] = self.template.root_render_func
        pieces: list[str] = []
        left = MAX_OUTPUT
        try:
            for piece in root(context):
                left -= len(piece)
                if left < 0:
                    raise TooMuch
                pieces.append(piece)
            xml = mend_containers("".join(pieces))
            if self.is_risky:
                etree.fromstring(xml.encode())
        except DanjuError:
            raise
        except (TooMuch, MemoryError):
            limit = f"{MAX_OUTPUT >> 20} MB"
            raise InputError("T118", {"limit": limit}, Location(state.source, sheet=self.name)) from None
        except etree.XMLSyntaxError as err:
            raise InputError("T114", {"reason": str(err)}, Location(state.source, sheet=self.name)) from err
        except Exception as err:  # whatever a tag does with the data, the tag is named
            raise self._explain(err, state) from err
        return xml

    def _explain(self, err: Exception, state: FillState) -> InputError:
        """The fault with the place of the tag, found by the line of the compiled template."""
        line = _line_of(err.__traceback__, self.template)
        site = self.sites[min(max(line - 2, 0), len(self.sites) - 1)]
        if isinstance(err, SecurityError):
            return state.fault(site, "T120", name=site.tag.text)
        reason = str(err) if isinstance(err, TemplateError | ValueError | TypeError) else type(err).__name__
        said = next((each for each in err.args if isinstance(each, Words)), reason[:200])
        return state.fault(site, "T114", reason=said)


def compile_part(part: TemplatePart, labels: Labels, names: set[str]) -> CompiledPart:
    """The part, ready to be filled; top-level names that it reads are added to `names`, unknown ones to its issues."""
    env = environment()
    source, lines = part.to_source()
    for site in part.sites:
        site.element = None  # the tree is not needed any more
    tree = env.parse(_DECLARATION + source)
    macros = [_printed(macro) for macro in tree.find_all((nodes.Macro, nodes.CallBlock))]
    is_risky = bool(macros) or tree.find(nodes.AssignBlock) is not None
    rewriter = Rewriter(labels, lines, frozenset(env.globals))
    rewriter.rewrite(tree).set_environment(env)
    names |= rewriter.names
    for unknown in rewriter.unknown:
        site = lines[min(max(unknown.line - 2, 0), len(lines) - 1)]
        part.report("T126", site.place, site.tag.text, name=unknown.name, hint=unknown.hint())
    template = env.from_string(tree)
    relations = relations_name(part.member)
    call_cost = max([64, *macros])
    return CompiledPart(part.member, part.name, lines, template, part.mends_tables, relations, call_cost, is_risky)


def _printed(node: nodes.Node) -> int:
    return sum(len(data.data) for data in node.find_all(nodes.TemplateData))


def _line_of(trace: TracebackType | None, template: Template) -> int:
    line = 1
    code = template.root_render_func.__code__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == code.co_filename:
            line = template.get_corresponding_lineno(trace.tb_lineno)
        trace = trace.tb_next
    return line
