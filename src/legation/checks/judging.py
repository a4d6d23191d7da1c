"""All judges before one case, and one report of what they found.

Invariant: one fault is one finding. What a milder judge says of a triple that a stricter one
has already refused is left out.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from types import ModuleType

from legation.checks import (
    calendar,
    claims,
    completeness,
    conflicts,
    declarations,
    domains,
    lookalikes,
    mentions,
    modality,
    offices,
    profile,
    quotes,
    roles,
    rules,
    shapes,
    sums,
    targets,
    terms,
    twins,
    weekdays,
)
from legation.checks.case import Case
from legation.checks.finding import Finding, Report, Rule
from legation.checks.scope import of_files, since
from legation.graph.record import Record
from legation.graph.workspace import Workspace, read
from legation.rdf.unswept import unswept

_JUDGES = (
    quotes,
    completeness,
    claims,
    modality,
    mentions,
    offices,
    roles,
    terms,
    declarations,
    lookalikes,
    profile,
    twins,
    calendar,
    weekdays,
    sums,
    conflicts,
)


@unswept()
def open_case(
    workspace: Workspace,
    *,
    record: Record | None = None,
    base: Path | None = None,
    paths: Sequence[Path] = (),
    since_revision: str | None = None,
) -> Case:
    """Read what the judges look at, drafts included; files are told from ``base``."""
    found = read(workspace) if record is None else record
    scope = None
    if paths:
        scope = of_files(found, [path.resolve() for path in paths])
    elif since_revision is not None:
        scope = since(workspace, found, since_revision)
    return Case(workspace, found, base or workspace.root, scope)


def require_logic() -> None:
    """Raise MissingExtra before anything is read where HermiT could not judge."""
    from legation.checks.logic import java

    java()


@unswept()
def judge(case: Case, *, logic: bool = False) -> Report:
    """Put a case before every judge."""
    findings = [finding for judge in _JUDGES for finding in judge.check(case)]
    findings += rules.check(case)
    findings += _unless_refused(shapes.check(case), findings)
    findings += _unsaid(domains.check(case), findings)
    if logic:
        from legation.checks import logic as logician

        findings += logician.check(case)
    asked = [f for f in findings if is_asked(case, f)]
    return Report.of(asked, rules_of(case, logic=logic))


def _unsaid(misplaced: Iterable[Finding], findings: Iterable[Finding]) -> list[Finding]:
    """Properties outside their domain of which no shape has said so in words of its own."""
    errors = [finding for finding in findings if finding.severity == "error"]
    lines = {(f.file, f.line) for f in errors}
    shaped = {f.things[0] for f in errors if f.rule.startswith("shape-") and f.things}
    return [f for f in misplaced if (f.file, f.line) not in lines and f.things[0] not in shaped]


def is_asked(case: Case, finding: Finding) -> bool:
    """Whether a finding is about what a case's scope asks."""
    return case.scope is None or case.scope.holds(case.base / finding.file, finding.things)


def rules_of(case: Case, *, logic: bool = False) -> list[Rule]:
    """Every rule that applies to a case: the judges', the queries' and the shapes'."""
    own = declared(*_JUDGES, targets, domains)
    if logic:
        from legation.checks import logic as logician

        own += declared(logician)
    return [*own, *rules.rules(case), *shapes.rules(case)]


def declared(*judges: ModuleType) -> list[Rule]:
    """The rules that some judges declare."""
    return [rule for judge in judges for rule in vars(judge).values() if isinstance(rule, Rule)]


_ABOUT_TRIPLES = frozenset(rule.id for rule in declared(terms, declarations, calendar, claims))
_ABOUT_THINGS = frozenset(
    {terms.UNKNOWN_CLASS.id, *(r.id for r in (declarations.UNKNOWN, declarations.WRONG_KIND))}
)


def _unless_refused(shaped: Iterable[Finding], findings: Iterable[Finding]) -> list[Finding]:
    """The shapes' findings on triples and things that no other judge has refused already."""
    errors = [finding for finding in findings if finding.severity == "error"]
    lines = {(f.file, f.line) for f in errors if f.rule in _ABOUT_TRIPLES}
    strangers = {f.things[0] for f in errors if f.rule in _ABOUT_THINGS and f.things}
    return [f for f in shaped if (f.file, f.line) not in lines and strangers.isdisjoint(f.things)]
