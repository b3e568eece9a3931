"""Sheets of other programs, read whole or refused: comma-separated text and workbooks."""
