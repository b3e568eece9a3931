"""What a user would pick instead, on the same items; one file a peer, `table.py` has a row for each."""
