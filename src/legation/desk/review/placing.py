"""Which claim, or which article, a finding is shown beside.

Invariant: every finding of a report is shown once.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode

from legation.checks.case import Case
from legation.checks.finding import Finding, Report
from legation.graph.claim import Claim, Omission

_Passage = Claim | Omission


@dataclass(frozen=True, slots=True)
class Placement:
    """The findings of a report, each where a reviewer looks for it.

    Attributes:
        passages: Those beside a claim or omission, by its IRI.
        articles: Those about an article as a whole, by its IRI.
        elsewhere: All others.
    """

    passages: Mapping[NamedNode, tuple[Finding, ...]]
    articles: Mapping[NamedNode, tuple[Finding, ...]]
    elsewhere: tuple[Finding, ...]


def placed(case: Case, report: Report) -> Placement:
    """The findings of a report, each beside what it is about."""
    passages: defaultdict[NamedNode, list[Finding]] = defaultdict(list)
    articles: defaultdict[NamedNode, list[Finding]] = defaultdict(list)
    elsewhere: list[Finding] = []
    blocks = _blocks(case)
    headers = {article.path: article.iri for article in case.record.articles}
    for finding in report.findings:
        path = case.base / finding.file
        is_header = path in headers and headers[path].value in finding.things[:1]
        passage = None if is_header else _passage(blocks.get(path, ()), finding)
        if passage is not None:
            passages[passage.iri].append(finding)
        elif path in headers:
            articles[headers[path]].append(finding)
        else:
            elsewhere.append(finding)
    return Placement(_frozen(passages), _frozen(articles), tuple(elsewhere))


def _frozen(table: Mapping[NamedNode, list[Finding]]) -> dict[NamedNode, tuple[Finding, ...]]:
    return {node: tuple(findings) for node, findings in table.items()}


def _blocks(case: Case) -> dict[Path, tuple[_Passage, ...]]:
    """The passages of each file, the last one first."""
    table: defaultdict[Path, list[_Passage]] = defaultdict(list)
    passages: list[_Passage] = [*case.record.claims, *case.record.omissions]
    for passage in passages:
        table[passage.path].append(passage)
    return {
        path: tuple(sorted(found, key=lambda p: p.line, reverse=True))
        for path, found in table.items()
    }


def _passage(blocks: tuple[_Passage, ...], finding: Finding) -> _Passage | None:
    """The passage a finding is about, else the one on whose lines it stands."""
    named = (block for block in blocks if block.iri.value in finding.things[:1])
    here = (block for block in blocks if block.line <= finding.line)
    return next(named, None) or next(here, None)
