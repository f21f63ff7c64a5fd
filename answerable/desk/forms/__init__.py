"""What can be filled in, and how it is checked."""
