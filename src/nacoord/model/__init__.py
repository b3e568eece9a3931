"""What things are: the kinds of record, ids, dates, faults and the Snapshot.

Nothing in this layer reads a file, a clock, the environment or a terminal.
"""
