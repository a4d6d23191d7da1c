"""The graph: articles, claims, names, the workspace that holds them, and the dataset built from them."""
