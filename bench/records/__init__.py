"""How each kind of generated record is written; `generate.py` puts them together."""
