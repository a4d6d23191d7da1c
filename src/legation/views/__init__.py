"""Views: the graph at large, as networks and timelines."""
