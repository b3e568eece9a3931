"""The morning's answer, a section a file; `answer.status` puts them together."""
