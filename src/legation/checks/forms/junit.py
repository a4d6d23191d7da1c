"""Findings as a JUnit file, which most build servers show as test results.

Invariant: each rule is a suite. One that held is a single test that passed; otherwise each
finding is a test that failed, or was skipped where it is too mild to fail the check.
"""

import re
from xml.etree import ElementTree as Xml

from legation.checks.finding import SEVERITIES, Finding, Report, Severity

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_junit(report: Report, *, failing: Severity = "error") -> str:
    """A report as JUnit XML.

    Args:
        report: What was found.
        failing: The mildest severity that counts as a failure.

    Returns:
        One document; suites in the order of their rules.
    """
    severe = frozenset(SEVERITIES[SEVERITIES.index(failing) :])
    summaries = {rule.id: rule.summary for rule in report.rules}
    root = Xml.Element("testsuites", name="legation check")
    names = sorted({*summaries, *(finding.rule for finding in report.findings)})
    for name in names:
        found = [finding for finding in report.findings if finding.rule == name]
        suite = Xml.SubElement(root, "testsuite", name=_xml(name))
        if found:
            for finding in found:
                _test(suite, finding, severe)
        else:
            test = {"name": _xml(summaries[name]), "classname": f"legation.{_xml(name)}"}
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
    place = f"{finding.file}:{finding.line}:{finding.column}"
    test = Xml.SubElement(suite, "testcase", time="0")
    test.set("name", _xml(f"{place}: {finding.message}"))
    test.set("classname", f"legation.{_xml(finding.rule)}")
    test.set("file", _xml(finding.file))
    outcome = Xml.SubElement(test, "failure" if finding.severity in severe else "skipped")
    outcome.set("message", _xml(finding.message))
    if outcome.tag == "failure":
        outcome.set("type", finding.severity)
    quote = f"\n“{finding.quote}”" if finding.quote else ""
    outcome.text = _xml(f"{finding}{quote}")


def _xml(text: str) -> str:
    """Text without the characters that XML 1.0 cannot carry, not even escaped."""
    return _NOT_XML.sub("\ufffd", text)
