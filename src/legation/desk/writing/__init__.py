"""The desk in the browser: what its pages show of an article, and what they write into its file.

Invariant: nothing is written but through the journal, against the very bytes that were shown; and
what a form offers is read from the ontology and the shapes that apply in the workspace.
"""
