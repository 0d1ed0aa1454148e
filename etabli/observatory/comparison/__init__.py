"""Two to six territories side by side."""
