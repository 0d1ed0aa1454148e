"""What was done, for whom, where, when, with what proof: a ledger that only grows."""
