"""What accounts does at the console."""
