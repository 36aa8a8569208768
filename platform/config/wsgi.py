"""The web server's entry point."""

import os

from django.core.wsgi import get_wsgi_application

from policy.completeness import require_complete

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()
# gunicorn runs no system checks: without this a URL without a policy would be served.
require_complete()
