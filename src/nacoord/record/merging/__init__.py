"""Merging what two people did: texts of records, and whole commits."""
