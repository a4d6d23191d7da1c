"""The catalogues of a graph: the questions it answers, and the things a name may mean.

Invariant: a name finds its question or an error that lists the nearest names.
"""

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path

from legation.answer.question import Question, read
from legation.answer.tabled import Tabled, of_texts
from legation.errors import UsageError
from legation.graph.registry import Candidate
from legation.rdf.ontology import Ontology
from legation.rdf.vocabulary import compact
from legation.text import display


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
        # A loose cutoff: a word of the name, or its plural, is what people remember.
        near = get_close_matches(name.lower().replace("-", "_"), self._questions, n=3, cutoff=0.4)
        hint = f"did you mean {', '.join(near)}?" if near else "'legation ask' lists them"
        raise UsageError(f"there is no question {name!r}; {hint}")

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
