"""The yearly report: figures frozen with their rows, a text around them, read by both sides, published aggregated."""
