"""The logs of the application server, cleaned like ours: it writes addresses, what was typed and who reads."""

import logging

from gunicorn.config import Config
from gunicorn.glogging import Logger

from etabli.config.logs import JsonLines, Nameless


class CleanLogger(Logger):  # type: ignore[misc] # gunicorn has no types
    """Gunicorn's own, whose handlers all go through our filter and our format (`gunicorn.conf.py`)."""

    def setup(self, cfg: Config) -> None:
        """Called at start and at each reload."""
        super().setup(cfg)
        for log in (self.error_log, self.access_log):
            for handler in log.handlers:
                clean(handler)


def clean(handler: logging.Handler) -> None:
    """Whatever `handler` writes names nobody."""
    handler.setFormatter(JsonLines())
    if not any(isinstance(known, Nameless) for known in handler.filters):
        handler.addFilter(Nameless())
