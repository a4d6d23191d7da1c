"""The quotes as W3C Web Annotations, for tools that show or collect annotations of texts.

Invariant: one annotation for each claim, which is its body; offsets count Unicode code points, end
exclusive, in the archived text whose SHA-256 the target gives.
Source: Web Annotation Data Model 4.2.
"""

import json
from typing import Any

from pyoxigraph import NamedNode

from legation.graph.exports.edition import Edition
from legation.rdf.vocabulary import LEG, PROV

CONTEXT = "http://www.w3.org/ns/anno.jsonld"


def annotations(edition: Edition) -> str:
    """All claims as an annotation collection with one page."""
    claims = edition.instances(LEG.Claim)
    page = ",\n".join(
        json.dumps(_annotation(edition, claim), ensure_ascii=False) for claim in claims
    )
    head = {
        "@context": CONTEXT,
        "id": f"{edition.release.base}annotations",
        "type": "AnnotationCollection",
        "label": f"Quotes: {edition.release.title}",
        "total": len(claims),
    }
    first = f'"first": {{"type": "AnnotationPage", "startIndex": 0, "items": [\n{page}\n]}}'
    return f"{json.dumps(head, ensure_ascii=False)[:-1]}, {first}}}\n"


def _annotation(edition: Edition, claim: NamedNode) -> dict[str, Any]:
    quotes = edition.values(claim, LEG.quote)
    language = next((q.language for q in quotes if not isinstance(q, NamedNode)), None)
    start, end = edition.text(claim, LEG.charStart), edition.text(claim, LEG.charEnd)
    selectors: list[dict[str, Any]] = [
        {"type": "TextQuoteSelector", "exact": quote.value} for quote in quotes
    ]
    if start and end:
        selectors.append({"type": "TextPositionSelector", "start": int(start), "end": int(end)})
    article = edition.text(claim, PROV.wasQuotedFrom)
    triples = edition.dataset.claim_graphs.get(claim, ())
    about = sorted({t.subject.value for t in triples if isinstance(t.subject, NamedNode)})
    return {
        "id": f"{claim.value}#annotation",
        "type": "Annotation",
        "motivation": ["linking", "describing"],
        "body": [{"id": claim.value, "purpose": "describing"}]
        + [{"id": thing, "purpose": "linking"} for thing in about],
        "target": {
            "source": {"id": article, **({"language": language} if language else {})},
            "selector": selectors,
        },
    }
