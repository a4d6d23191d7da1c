"""The assistants' door: the questions, the search, the explanation and SPARQL as tools.

Invariant: an assistant gets what anybody gets over HTTP, by the same errands and under the same
limits, every fact beside the words that prove it; what is too long is refused in words, never cut
in silence. Source: Model Context Protocol.
"""

from collections.abc import Iterable
from importlib.metadata import version

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError

from legation.answer import Questions
from legation.answer.question import Question
from legation.serve.bureau import Bureau
from legation.serve.errands import packed

_MOST_TOLD = 200_000  # characters; an assistant has to read them all
_FEW = 25

_INSTRUCTIONS = (
    "A knowledge graph of diplomatic life in which every fact shows its receipt: the exact words "
    "of an article. Cite the quotes (quote, article, modality) with whatever you tell from here. "
    "What was only said, planned or denied is no fact; an empty value is not stated by any source."
)


def assistant(bureau: Bureau, questions: Questions) -> MCPServer:
    """A server for assistants, to be run on stdin and stdout."""
    server = MCPServer(
        "legation", instructions=_INSTRUCTIONS, version=version("legation"), log_level="WARNING"
    )

    @server.tool(description=_asking(questions.values()), structured_output=False)
    async def ask(
        question: str, parameters: dict[str, str] | None = None, limit: int = _FEW
    ) -> str:
        asked = [*(parameters or {}).items(), ("limit", str(limit))]
        return await _told(bureau, packed("ask", question=question, asked=asked))

    @server.tool(structured_output=False)
    async def find(name: str) -> str:
        """The people, states, bodies, events and texts that a name in any spelling may mean."""
        return await _told(bureau, packed("find", q=name, accept=""))

    @server.tool(structured_output=False)
    async def explain(thing: str) -> str:
        """Everything said of one thing (a name or an IRI), claim by claim, beside the quotes."""
        return await _told(bureau, packed("explain", thing=thing))

    @server.tool(structured_output=False)
    async def sparql(query: str) -> str:
        """The answer to a SPARQL 1.1 query; known prefixes need no declaration; read only.

        Each claim is a named graph: ?claim leg:describes ?event ; leg:quote ?quote .
        GRAPH ?claim { ?event leg:attendee ?who }. Select quotes with what you ask for.
        """
        errand = packed("sparql", query=query, accept="", default=[], named=[])
        return await _told(bureau, errand)

    return server


def _asking(questions: Iterable[Question]) -> str:
    listed = "\n".join(
        f"- {q.name}({', '.join(param.name for param in q.params)}): {q.summary}" for q in questions
    )
    return (
        "Put one of these questions. Parameters are optional and take names in any spelling, IRIs "
        "or dates; each row comes with its evidence. count says how many rows there are, limit how "
        f"many are given.\n{listed}"
    )


async def _told(bureau: Bureau, errand: bytes) -> str:
    dispatch = await bureau.answer(errand)
    text = dispatch.body.decode("utf-8", "replace")
    if dispatch.status != 200:
        raise ToolError(text)
    if len(text) > _MOST_TOLD:
        raise ToolError(f"the answer has {len(text):,} characters: ask for less, with a limit")
    return text
