"""The magics of a notebook: ``%load_ext legation`` gives ``%%sparql`` and ``%ask``.

Invariant: a magic answers exactly as the Python call it stands for, and what a researcher gets
wrong is answered in one sentence, without a traceback.
"""

import argparse
import shlex
from typing import Any, NoReturn

from legation import knowledge
from legation.answer import Answer, Questions
from legation.answer.question import Question
from legation.errors import LegationError, UsageError
from legation.knowledge import KnowledgeGraph


def load_ipython_extension(shell: Any) -> None:
    """Add the magics to a running IPython; called by ``%load_ext legation``.

    Args:
        shell: The interactive shell.

    Raises:
        AttributeError: What was given is no IPython shell.

    >>> from IPython.core.interactiveshell import InteractiveShell
    >>> load_ipython_extension(InteractiveShell.instance())
    >>> "sparql" in InteractiveShell.instance().magics_manager.magics["cell"]
    True
    >>> InteractiveShell.clear_instance()
    """
    desk = Desk(shell)
    shell.register_magic_function(desk.sparql, "cell", "sparql")
    shell.register_magic_function(desk.ask, "line", "ask")
    shell.set_hook("complete_command", lambda _, event: desk.complete(event), str_key="%ask")


class _Words(argparse.ArgumentParser):
    """The words after a magic; a wrong one is an error like any other."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{self.prog}: {message}")


def _words(magic: str) -> _Words:
    words = _Words(prog=magic, add_help=False, allow_abbrev=False)
    words.add_argument("--to")
    words.add_argument("--endpoint")
    return words


class Desk:
    """What the magics of one notebook share: its shell, and the graphs they have opened.

    Args:
        shell: The interactive shell.

    >>> from types import SimpleNamespace
    >>> desk = Desk(SimpleNamespace(user_ns={}))
    >>> desk.ask("who_attended --to answer")
    >>> desk.sparql("", "SELECT (COUNT(*) AS ?receptions) { ?r a leg:Reception }")
    receptions
    ----------
    3
    """

    def __init__(self, shell: Any) -> None:
        self._shell = shell
        self._opened: dict[str | None, KnowledgeGraph] = {}

    def sparql(self, line: str, cell: str) -> Answer | None:
        """Ask in SPARQL: ``%%sparql [--to NAME] [--endpoint URL]``, then the query.

        The graph asked is the variable ``kg`` where the notebook has one, else the one that
        ``legation.open()`` opens. Known prefixes need no declaration.

        Args:
            line: The words after ``%%sparql``: ``--to`` keeps the answer in a variable instead of
                showing it, ``--endpoint`` asks a SPARQL endpoint.
            cell: The query.

        Returns:
            The answer to show; None when it was kept.

        Raises:
            IPython.core.error.UsageError: Anything that `KnowledgeGraph.query` refuses, in one
                sentence; where the text is not SPARQL, a caret shows the place.
        """
        try:
            options = _words("%%sparql").parse_args(_split(line))
            return self._kept(options.to, self._graph(options.endpoint).query(cell))
        except LegationError as error:
            raise _refused(error) from None

    def ask(self, line: str) -> Answer | Question | Questions | None:
        """Put a question: ``%ask NAME parameter="value" … [--to NAME] [--endpoint URL]``.

        Args:
            line: The words after ``%ask``. None at all lists the questions; ``--help`` after the
                name shows the question's parameters.

        Returns:
            The answer, the question or the list of questions to show; None when it was kept.

        Raises:
            IPython.core.error.UsageError: Anything that `KnowledgeGraph.ask` refuses, in one
                sentence that lists the nearest names.
        """
        words = _words("%ask")
        words.add_argument("--help", action="store_true")
        words.add_argument("name", nargs="?")
        words.add_argument("parameters", nargs="*")
        try:
            # Intermixed: options may stand among the parameters, as people type them.
            options = words.parse_intermixed_args(_split(line))
            graph = self._graph(options.endpoint)
            if options.name is None:
                return graph.questions
            if options.help:
                return graph.questions.named(options.name)
            answer = graph.ask(options.name, **_given(options.parameters))
            return self._kept(options.to, answer)
        except LegationError as error:
            raise _refused(error) from None

    def complete(self, event: Any) -> list[str]:
        """What may follow on a line that begins with ``%ask``.

        Args:
            event: IPython's completion event: ``text_until_cursor`` and ``symbol`` are read.

        Returns:
            Names of questions; then of parameters; after ``=`` names that the parameter accepts.

        >>> from types import SimpleNamespace
        >>> typed = SimpleNamespace(text_until_cursor='%ask offices_of person="Choe S', symbol="S")
        >>> Desk(SimpleNamespace(user_ns={})).complete(typed)
        ['Son Hui"']
        """
        graph = self._graph(None)
        _, _, typed = event.text_until_cursor.partition("ask")
        name, space, rest = typed.lstrip().partition(" ")
        if not space:
            return list(graph.questions)
        if name not in graph.questions:
            return []
        parameter, value = _unfinished(rest)
        if parameter is None:
            return [f"{p.name}=" for p in graph.questions[name].params] + ["--to", "--endpoint"]
        bare = value.lstrip("\"'")
        found = graph.suggestions(name, parameter, bare)
        if value and bare == value:  # begun without a quotation mark: only single words fit
            return [word for word in found if " " not in word]
        # IPython puts a completion in the place of the last symbol, not of all that was typed.
        opening, closing = ("", value[0]) if value else ('"', '"')
        return [f"{opening}{word[len(bare) - len(event.symbol) :]}{closing}" for word in found]

    def _graph(self, endpoint: str | None) -> KnowledgeGraph:
        own = self._shell.user_ns.get("kg")
        if endpoint is None and isinstance(own, KnowledgeGraph):
            return own
        if endpoint not in self._opened:
            self._opened[endpoint] = knowledge.open(endpoint)
        return self._opened[endpoint]

    def _kept(self, name: str | None, answer: Answer) -> Answer | None:
        if name is None:
            return answer
        if not name.isidentifier():
            raise UsageError(f"--to takes the name of a variable, not {name!r}")
        self._shell.user_ns[name] = answer
        return None


def _split(line: str) -> list[str]:
    try:
        return shlex.split(line)
    except ValueError as error:
        raise UsageError(f"a quotation mark is not closed in: {line}") from error


def _given(words: list[str]) -> dict[str, Any]:
    given: dict[str, Any] = {}
    for word in words:
        name, equals, value = word.partition("=")
        # "name" and "evidence" would be taken for arguments of `KnowledgeGraph.ask` itself.
        if not equals or not name.isidentifier() or name in given or name in ("name", "evidence"):
            raise UsageError(f'write each parameter once, as name="value", not {word!r}')
        given[name] = value
    return given


def _unfinished(text: str) -> tuple[str | None, str]:
    """The parameter whose value is being typed at the end of a line, and the value so far."""
    name, value, quote = "", None, ""
    for character in text:
        if value is None:
            name, value = (name, "") if character == "=" else (name + character, None)
            name = "" if character == " " else name
        elif quote:
            quote = "" if character == quote else quote
            value += character
        elif character == " ":
            name, value = "", None
        else:
            quote = character if character in "\"'" else ""
            value += character
    return (None, "") if value is None else (name, value)


def _refused(error: LegationError) -> Exception:
    """The error as IPython shows it: its sentence alone, without a traceback."""
    from IPython.core.error import UsageError as Refused

    refused: Exception = Refused(str(error))
    return refused
