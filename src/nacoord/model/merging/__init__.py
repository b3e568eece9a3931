"""Merging values by field: what both sides changed in two ways is a clash, never a guess."""
