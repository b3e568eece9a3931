"""Promises over time: what history says became of each, and how they are kept."""
