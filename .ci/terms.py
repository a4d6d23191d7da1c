"""Write the page of terms, as Markdown, to the file named: what the ontology says of each."""

import re
import sys
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from legation.rdf import trig
from legation.rdf.ontology import Ontology
from legation.rdf.vocabulary import NS, PREFIXES, RDFS, local_name

ONTOLOGY = Path(__file__).resolve().parents[1] / "ontology" / "legation.ttl"
SECTION = re.compile(r"^# --- (.+?) -+$|^leg:(\w+) a ", re.MULTILINE)


def page() -> str:
    """Every term under the heading of its section, in the order of the file."""
    triples = [located.quad.triple for located in trig.read(ONTOLOGY).quads]
    ontology = Ontology.of(triples)
    texts: dict[tuple[object, NamedNode], list[Literal]] = {}
    for t in triples:
        if isinstance(t.object, Literal):
            texts.setdefault((t.subject, t.predicate), []).append(t.object)
    lines = ["# Terms", "", f"The prefix `leg:` stands for `{NS}`."]
    for heading, name in SECTION.findall(ONTOLOGY.read_text("utf-8")):
        term = NamedNode(NS + name)
        if heading:
            lines += ["", f"## {heading}"]
        elif successor := ontology.successors.get(term):
            lines += ["", f"`leg:{name}` is retired: use `leg:{local_name(successor)}`."]
        elif term in ontology.terms:
            labels = ", ".join(label.value for label in texts[term, RDFS.label])
            lines += ["", f"### leg:{name}", "", f"*{labels}.* {ontology.definition(term)}"]
            for word, kind in (("Example", "example"), ("Note", "scopeNote")):
                said = texts.get((term, NamedNode(PREFIXES["skos"] + kind)), [])
                lines += ["", *(f"- {word}: {text.value}" for text in said)] if said else []
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(), "utf-8")
