"""How the record is kept: YAML text, files and git history. Knows nothing of questions."""
