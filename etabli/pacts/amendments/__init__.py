"""Changing a signed convention: a copy, changed where its subjects allow, signed again."""
