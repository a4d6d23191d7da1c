"""Legation: a knowledge graph of diplomacy in which every fact shows its receipt."""
