"""Rows of an answer by year."""

from maillage.indicators import Answer, Row


def years_of(answer: Answer) -> dict[int, Row]:
    """Year → row, in order. Raises ValueError when the answer is not by year."""
    return dict(sorted((int(row.key[:4]), row) for row in answer.rows))
