"""The developer's diary: note in half a minute what was done, find it again, correct it, take it away."""
