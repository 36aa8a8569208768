"""Wires everything together: settings, URLs, Celery, the policy's rows. Nobody imports it."""
