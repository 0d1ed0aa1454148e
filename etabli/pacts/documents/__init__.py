"""What a convention says, as data, as PDF and as Word."""
