"""Columnar back end: numpy over the memory-mapped spells of a store (one definition card, this engine)."""
