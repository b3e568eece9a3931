"""What `nacoord clocks` answers: deadlines, clocks that have not started, letters and taskers."""
