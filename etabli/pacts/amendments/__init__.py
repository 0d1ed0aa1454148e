"""Changing a signed convention: a copy, changed where its subjects allow, compared, signed again."""
