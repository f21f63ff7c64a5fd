"""What a force sends an office: results without rows, signed, and checked on arrival."""
