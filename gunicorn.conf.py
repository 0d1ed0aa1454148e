"""Read by gunicorn whenever it starts in this folder: `./run serve`, `./run demo`, a service."""

from etabli.config.serving import CleanLogger

logger_class = CleanLogger
