"""The entry point of a production server: `gunicorn elverum.wsgi`.

A server that has not been told otherwise runs with DEBUG off: a forgotten setting is refused, not served.
"""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "elverum.settings")
os.environ.setdefault("DEBUG", "off")

application = get_wsgi_application()
