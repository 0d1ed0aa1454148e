"""Which axis an act serves: proposed by rule, decided by the author, never overwritten."""
