"""Mission letters: which share of a developer's year goes to which axis; drawn up, signed, read by every party."""
