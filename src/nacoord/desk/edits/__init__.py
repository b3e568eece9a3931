"""What a write would do: (Snapshot, what was typed, today) to a Proposal. One question a file."""
