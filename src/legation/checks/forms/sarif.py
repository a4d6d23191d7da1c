"""Findings as SARIF 2.1.0, which forges and editors read.

Invariant: every rule that was held is listed, found broken or not; file names are URIs relative
to the root of the repository; a result keeps its fingerprint when lines move.
Source: OASIS, Static Analysis Results Interchange Format 2.1.0, errata 01.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from pathlib import PurePosixPath
from urllib.parse import quote

from legation.checks.finding import Finding, Report, Rule
from legation.checks.forms.script import dumped
from legation.text.safe import on_a_line

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)

_Json = Mapping[str, object]


def to_sarif(report: Report) -> str:
    """A report as a SARIF log of one run."""
    rules = _rules(report)
    driver = {
        "name": "legation",
        "version": version("legation"),
        "rules": [_descriptor(rule) for rule in rules],
    }
    places = {rule.id: place for place, rule in enumerate(rules)}
    run = {
        "tool": {"driver": driver},
        "automationDetails": {"id": "legation/check/"},
        "columnKind": "unicodeCodePoints",
        "results": list(_results(report, places)),
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return dumped(log)


def _rules(report: Report) -> list[Rule]:
    """The rules held, and any that only a finding names."""
    rules = {rule.id: rule for rule in report.rules}
    for finding in report.findings:
        rules.setdefault(finding.rule, Rule(finding.rule, finding.severity, finding.rule))
    return [rules[name] for name in sorted(rules)]


def _descriptor(rule: Rule) -> _Json:
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.summary},
        "help": {"text": rule.summary},
        "defaultConfiguration": {"level": rule.severity},
        "properties": {"tags": ["legation"], "problem.severity": _problem(rule)},
    }


def _problem(rule: Rule) -> str:
    """The word that GitHub sorts alerts by."""
    return "recommendation" if rule.severity == "note" else rule.severity


def _results(report: Report, places: Mapping[str, int]) -> Iterator[_Json]:
    seen: Counter[str] = Counter()
    for finding in report.findings:
        mark = _fingerprint(finding)
        seen[mark] += 1
        yield {
            "ruleId": finding.rule,
            "ruleIndex": places[finding.rule],
            "level": finding.severity,
            "message": {"text": _message(finding)},
            "locations": [{"physicalLocation": _location(finding)}],
            # Numbered, for the same words may be at fault twice in a file.
            "partialFingerprints": {"legation/v1": f"{mark}:{seen[mark]}"},
            "properties": {"quote": finding.quote, "suggestion": finding.suggestion},
        }


def _fingerprint(finding: Finding) -> str:
    """What stays the same when the lines around a fault move."""
    parts = (finding.rule, finding.file, *finding.things[:1], finding.quote, finding.message)
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:32]


def _message(finding: Finding) -> str:
    """The sentence, what was probably meant, and the quote; nothing in it becomes a link."""
    words = f" — “{finding.quote}”" if finding.quote else ""
    # In a SARIF message "[a](b)" is a link.
    return re.sub(r"([\[\]])", r"\\\1", on_a_line(f"{finding.message}{finding.hint}{words}"))


def _location(finding: Finding) -> _Json:
    return {
        "artifactLocation": {"uri": _uri(finding.file)},
        "region": {"startLine": finding.line, "startColumn": finding.column},
    }


def _uri(file: str) -> str:
    """A path as a URI reference; only a file outside the repository is absolute.

    >>> _uri("graph/articles/a b#1.trig")
    'graph/articles/a%20b%231.trig'
    """
    path = quote(file.encode("utf-8", "surrogateescape"))
    return f"file://{path}" if PurePosixPath(file).is_absolute() else path
