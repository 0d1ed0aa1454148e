"""Places of the official geographic code: one small text table per kind, and their readers."""
