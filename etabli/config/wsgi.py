"""What the application server loads: `gunicorn etabli.config.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "etabli.config.settings")

application = get_wsgi_application()
