"""What the office asks: pure functions of (Snapshot, today). No files, no clock, no terminal."""
