"""The brief, a section a file; `answer.brief` puts them together."""
