"""What a signed amendment changes: read line by line, read before its day, and made to apply on it."""
