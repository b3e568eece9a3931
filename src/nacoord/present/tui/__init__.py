"""The terminal app: answers that stay on the screen, and changes made from it. No disk and no clock."""
