"""The book for a successor, a section a file; `answer.handover` puts them together."""
