"""What was done in 2015 is written as of 2015: the product's own clock shows another day, within a block.

Only Django's clock is set (`django.utils.timezone`), which every action of the product reads; the machine's is not.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, tzinfo
from typing import Self
from unittest import mock

from django.utils import timezone


@contextmanager
def on(day: date, hour: int = 10, minute: int = 0) -> Iterator[None]:
    """Within the block it is that day, at that hour in Paris."""
    shown = timezone.make_aware(datetime.combine(day, time(hour, minute)))

    class Stopped(datetime):
        """A datetime whose present is the day of the block."""

        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Self:
            return shown.astimezone(tz)  # type: ignore[return-value] # a plain datetime, as callers expect

    with mock.patch.object(timezone, "datetime", Stopped):
        yield
