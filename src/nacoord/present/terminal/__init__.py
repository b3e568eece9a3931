"""How answers look in a terminal and in a pipe, one answer a file."""
