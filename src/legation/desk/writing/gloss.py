"""Findings in the words of the desk's form, for whoever never sees the file behind it.

Invariant: a fault and its remedy stay what they are; only what they speak of is called as the page
calls it. Rule, file and line stay with the finding.
"""

import re
from collections.abc import Callable
from dataclasses import replace

from pyoxigraph import NamedNode

from legation.checks.finding import Finding
from legation.graph.workspace import Workspace
from legation.rdf.vocabulary import expand

_PLACE = re.compile(r",? ?\(?(?:in )?[\w./-]+\.(?:trig|ttl|txt|rq):\d+(?::\d+)?\)?:?")
_COMMAND = re.compile(r",? or let 'legation [^']*' do it")
_NAME = re.compile(r"(?<![\w/:])[a-z]+:[\w-]+(?<!-)")
_OWN = {"skos:editorialNote": "note", "dcterms:source": "source", "rdfs:label": "name"}


def glossed(finding: Finding, workspace: Workspace, called: Callable[[NamedNode], str]) -> Finding:
    """A finding whose message calls fields and values as the form does, and claims by number."""
    ontology = workspace.ontology

    def spoken(found: re.Match[str]) -> str:
        name = found.group()
        node = expand(name, workspace.prefixes)
        if name in _OWN:
            return f"“{_OWN[name]}”"
        if node is None:
            return name
        if node in ontology.terms:
            return f"“{ontology.label(node).removeprefix('has ')}”"
        if name.startswith(("claim:", "omission:")):
            return name.replace(":", " ").replace(finding.file.rpartition("/")[2][:-5] + "-", "")
        label = called(node)
        return name if label == name else f"“{label}”"

    plain = _COMMAND.sub("", _PLACE.sub("", finding.message))
    return replace(finding, message=_NAME.sub(spoken, plain))
