"""What else moves if something moves: `answer.impact`, and `path.path` between two issues."""
