"""The desk: what people do to a graph."""
