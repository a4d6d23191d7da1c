"""The values that shapes allow, drawn up from the ontology.

Invariant: ``ontology/shapes/values.ttl`` is this text for Legation's own terms; a check uses it
for the terms that apply in a workspace, so that an act of one's own is as good as any.
"""

from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode

from legation.rdf.ontology import Ontology
from legation.rdf.vocabulary import LEG, NS, compact, local_name

_HEAD = """# The values that properties may have: made by `make vocabulary`, never edited by hand.
@prefix leg: <https://w3id.org/legation/ns#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix shapes: <https://w3id.org/legation/ns/shapes#> .
"""
FILE = "values.ttl"
_OWN = {"leg": NS}


def value_shapes(ontology: Ontology) -> str:
    """As Turtle: for each property its named values, for each class of acts its acts."""
    parts = [
        _HEAD,
        f"shapes:DiplomaticAct sh:or (\n{''.join(_acts(ontology))}) .\n",
        *_properties(ontology),
        _values("Participation-role", ontology.subproperties(LEG.participant)),
    ]
    return "\n".join(parts)


def _acts(ontology: Ontology) -> Iterator[str]:
    kinds = {kind: ontology.marks(kind, LEG.actOf) for kind in ontology.values}
    classes = {c for found in kinds.values() for c in found if isinstance(c, NamedNode)}
    for cls in _sorted(classes):
        acts = (act for act, found in kinds.items() if cls in found)
        listed = f"sh:path leg:act ; sh:in ({_listed(acts, 12)}\n        )"
        typed = f"sh:class {compact(cls, _OWN)} ;"
        yield f"    [\n        {typed}\n        sh:property [ {listed} ]\n    ]\n"


def _properties(ontology: Ontology) -> Iterator[str]:
    for prop in _sorted(ontology.object_properties):
        domain = ontology.domain(prop)
        allowed = {
            value
            for value in ontology.members(ontology.range(prop))
            if prop not in ontology.marks(value, LEG.notValueOf)
        }
        if domain is not None and allowed and prop.value.startswith(LEG.base):
            yield _values(f"{local_name(domain)}-{local_name(prop)}", allowed)


def _values(shape: str, allowed: Iterable[NamedNode]) -> str:
    return f"shapes:{shape} sh:in ({_listed(allowed, 4)}\n) .\n"


def _listed(nodes: Iterable[NamedNode], indent: int) -> str:
    return "".join(f"\n{' ' * indent}{compact(node, _OWN)}" for node in _sorted(nodes))


def _sorted(nodes: Iterable[NamedNode]) -> list[NamedNode]:
    return sorted(nodes, key=lambda node: node.value)
