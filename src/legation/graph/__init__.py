"""The graph: articles, claims, names, their workspace, and the dataset built from them."""
