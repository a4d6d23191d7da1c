"""The catalogues of a graph: the questions it answers, and the things a name may mean.

Invariant: a name finds its question or an error that lists the nearest names, of spelling or sense.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from difflib import get_close_matches
from pathlib import Path

from pyoxigraph import NamedNode

from legation.answer.question import Question, read
from legation.answer.tabled import Tabled, of_texts
from legation.errors import UsageError
from legation.graph.registry import Candidate
from legation.rdf.ontology import Ontology
from legation.rdf.vocabulary import NS, compact
from legation.text import display

GROUPS = {
    "coming together": "who_attended co_attendance receptions meetings visits letters messages",
    "acts of state": "relations recognitions representatives missions sanctions votes foundings",
    "texts between states": "treaties signatories citations",
    "deeds": "transfers forces dealings mechanisms honours anniversaries numbered",
    "words and plans": "statements contents conditions disagreements plans realized did_not_happen",
    "people and bodies": "office_holders offices_of members_of kin names_of unnamed",
    "when and where": "timeline before_after whereabouts",
    "what there is": "about things articles outlets search",
    "on whose word": "attribution article_says only_according_to hearsay corroborated sources_of "
    "reckoned conflicts",
}
"""What Legation's own questions are about, in the order in which they are listed."""

_WORD = re.compile(r"[a-z]{3,}")
_TERM = re.compile(r"leg:([A-Za-z]+)")
_ROLES = re.compile(r"(VALUES [^{]*\{)[^{}]*leg:[a-z][^{}]*\}")  # each is in many
_EMPTY = frozenset(
    "and are did for from has her him his how its one that the was were what when which who "
    "with".split()
)


class Questions(Tabled, Mapping[str, Question]):
    """The questions a graph answers, by name; printed, they explain themselves.

    Args:
        questions: The questions, or the files that hold them, which are read when asked for.
        ontology: The terms of the graph that is asked, for the lists of terms in files.

    >>> import legation
    >>> "who_attended" in legation.open().questions
    True
    """

    def __init__(
        self, questions: Mapping[str, Question | Path], ontology: Ontology | None = None
    ) -> None:
        self._questions = dict(sorted(questions.items()))
        self._ontology = ontology

    @classmethod
    def of(cls, files: Iterable[Path], ontology: Ontology | None = None) -> "Questions":
        """The questions of some files, their lists of terms drawn up from the ontology if given.

        Args:
            files: ``.rq`` files, each named as its question.
            ontology: The terms of the graph that is asked.

        Returns:
            The questions, each read when it is first asked for.

        Raises:
            InputError: A file is not as it must be, with its line; once its question is asked for.

        >>> Questions.of([])
        question  parameters  what it asks
        --------  ----------  ------------
        """
        return cls({path.stem: path for path in files}, ontology)

    def __getitem__(self, name: str) -> Question:
        found = self._questions[name]
        if isinstance(found, Path):  # one is asked, and half a hundred need not be read for it
            found = self._questions[name] = read(found, self._ontology)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._questions)

    def __len__(self) -> int:
        return len(self._questions)

    def named(self, name: str) -> Question:
        """The question of a name.

        Args:
            name: Its name.

        Returns:
            The question; shown, it explains its parameters and columns.

        Raises:
            UsageError: There is none of that name; the nearest are listed.

        >>> import legation
        >>> legation.open().questions.named("receptions").summary
        'Which receptions and banquets were given, by whom, when, where and for what?'
        """
        if name in self._questions:
            return self[name]
        near = get_close_matches(name.lower().replace("-", "_"), self._questions, n=3)
        near += [q.name for q in self.about(name.replace("_", " "))[:3] if q.name not in near]
        hint = f"did you mean {', '.join(near)}?" if near else "'legation ask' lists them"
        raise UsageError(f"there is no question {name!r}; {hint}")

    def about(self, words: str) -> list[Question]:
        """The questions that some words are about, the nearest first.

        Args:
            words: Words of a question as somebody would put it, in any form.

        Returns:
            The questions with most of the words in their name, summary, parameters or terms; of
            these the ones that say them in name or summary before the others.

        Raises:
            InputError: A file of questions is not as it must be.

        >>> import legation
        >>> [found.name for found in legation.open().questions.about("a banquet")]
        ['receptions']
        """
        wanted = {_stem(word) for word in _WORD.findall(words.casefold())} - _EMPTY
        weighed = {q.name: self._weights(q, wanted) for q in self.values()}
        best = max((sum(map(bool, found)) for found in weighed.values()), default=0)
        near = [name for name, found in weighed.items() if 0 < best == sum(map(bool, found))]
        return [self[name] for name in sorted(near, key=lambda name: -sum(weighed[name]))]

    def _weights(self, question: Question, wanted: Set[str]) -> list[int]:
        """How much each of some words has to do with a question, from 0 to 3."""
        own = [p for p in question.params if p.name not in question.filters]
        tiers = (
            _stems(question.name, question.summary),
            _stems(*question.columns, *(text for p in own for text in (p.name, p.meaning))),
            _stems(*self._defined(question)),
        )
        return [max(3 * (w in tiers[0]), 2 * (w in tiers[1]), w in tiers[2]) for w in wanted]

    def _defined(self, question: Question) -> Iterator[str]:
        """What the ontology says of the terms of a question."""
        if (ontology := self._ontology) is not None:
            for name in set(_TERM.findall(_ROLES.sub("", question.body))):
                term = NamedNode(NS + name)
                yield f"{ontology.label(term)} {ontology.definition(term)}"

    def _table(self) -> display.Table:
        rows = ((q.name, ", ".join(p.name for p in q.params), q.summary) for q in self.values())
        return of_texts("", ("question", "parameters", "what it asks"), rows)


class Candidates(Tabled, list[Candidate]):
    """The things a name may mean, best first; a list that shows itself as a table.

    >>> Candidates()
    thing  IRI  score  why
    -----  ---  -----  ---
    No thing here has such a name.
    """

    def _table(self) -> display.Table:
        rows = ((c.label, compact(c.iri), f"{c.score:.0f}", c.why or "its name") for c in self)
        remark = "" if self else "No thing here has such a name."
        return of_texts("", ("thing", "IRI", "score", "why"), rows, remark)


def _stems(*texts: str) -> set[str]:
    return {
        _stem(word) for text in texts for word in _WORD.findall(text.casefold().replace("_", " "))
    }


def _stem(word: str) -> str:
    """The beginning that the forms of a word share.

    >>> {_stem(word) for word in ("recognise", "recognised", "recognition", "recognitions")}
    {'recogn'}
    """
    return re.sub(
        r"(?<=...)(ations?|itions?|ised?|ing|ions?|ie[ds]|y|ed|ers?|ors?|e?s|e)$", "", word
    )
