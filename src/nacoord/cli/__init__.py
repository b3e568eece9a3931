"""The door: words, environment, clock, exit codes. One command a file."""
