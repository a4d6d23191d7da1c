"""How to cite the graph, in the Citation File Format.

Every text is a JSON string, which YAML reads alike.
Source: Citation File Format 1.2.0, schema guide.
"""

import json

from legation.graph.exports.edition import Edition


def citation(edition: Edition) -> str:
    """A ``CITATION.cff`` for the dataset."""
    release = edition.release
    said = {
        "cff-version": "1.2.0",
        "message": "If you use this dataset, please cite it as below.",
        "type": "dataset",
        "title": release.title,
        "abstract": release.description,
        "version": release.version,
        "date-released": release.issued,
        "license-url": release.licence,
    }
    lines = [f"{key}: {json.dumps(text, ensure_ascii=False)}" for key, text in said.items() if text]
    name = json.dumps(release.creator or "anonymous", ensure_ascii=False)
    return "\n".join([*lines, "authors:", f"  - name: {name}"]) + "\n"
