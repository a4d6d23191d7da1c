"""Findings as a JUnit file, which most build servers show as test results.

Invariant: each rule is a suite. One that held is a single test that passed; otherwise each
finding is a test that failed, or was skipped where it is too mild to fail the check.
"""

from xml.etree import ElementTree as Xml

from legation.checks.finding import SEVERITIES, Finding, Report, Severity
from legation.text.safe import visible


def to_junit(report: Report, *, failing: Severity = "error") -> str:
    """A report as JUnit XML."""
    severe = frozenset(SEVERITIES[SEVERITIES.index(failing) :])
    summaries = {rule.id: rule.summary for rule in report.rules}
    root = Xml.Element("testsuites", name="legation check")
    names = sorted({*summaries, *(finding.rule for finding in report.findings)})
    for name in names:
        found = [finding for finding in report.findings if finding.rule == name]
        suite = Xml.SubElement(root, "testsuite", name=visible(name))
        if found:
            for finding in found:
                _test(suite, finding, severe)
        else:
            test = {"name": visible(summaries[name]), "classname": f"legation.{visible(name)}"}
            Xml.SubElement(suite, "testcase", test, time="0")
        failures = sum(finding.severity in severe for finding in found)
        _count(suite, max(1, len(found)), failures, len(found) - failures)
    _count(root, *(sum(int(s.get(key, "0")) for s in root) for key in _COUNTS))
    del root.attrib["skipped"]  # the published schema has it on suites alone
    Xml.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{Xml.tostring(root, encoding="unicode")}\n'


_COUNTS = ("tests", "failures", "skipped")


def _count(element: Xml.Element, tests: int, failures: int, skipped: int) -> None:
    for name, number in zip(_COUNTS, (tests, failures, skipped), strict=True):
        element.set(name, str(number))
    element.set("errors", "0")
    element.set("time", "0")


def _test(suite: Xml.Element, finding: Finding, severe: frozenset[Severity]) -> None:
    test = Xml.SubElement(suite, "testcase", time="0")
    test.set("name", visible(f"{finding.place}: {finding.message}"))
    test.set("classname", f"legation.{visible(finding.rule)}")
    test.set("file", visible(finding.file))
    outcome = Xml.SubElement(test, "failure" if finding.severity in severe else "skipped")
    outcome.set("message", visible(finding.message))
    if outcome.tag == "failure":
        outcome.set("type", finding.severity)
    quote = f"\n“{finding.quote}”" if finding.quote else ""
    outcome.text = visible(f"{finding}{quote}")
