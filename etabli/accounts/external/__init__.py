"""Entering by somebody else's word: ProConnect, or a chamber's own directory. They say who; we say what may be done."""
