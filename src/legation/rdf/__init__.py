"""RDF: vocabulary, ontology, the one reader and writer, the lossless syntax, the query guard."""
