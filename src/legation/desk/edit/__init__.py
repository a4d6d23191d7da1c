"""Editing files of the graph without losing a character that a person wrote."""
