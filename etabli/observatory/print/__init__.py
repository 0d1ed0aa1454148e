"""The portrait on paper: two pages that are taken to a meeting."""
