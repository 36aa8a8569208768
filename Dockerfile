# syntax=docker/dockerfile:1
FROM python:3.12-slim AS build
WORKDIR /app
COPY requirements/runtime.txt requirements/runtime.txt
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes -r requirements/runtime.txt

FROM python:3.12-slim
ENV PATH=/venv/bin:$PATH \
    PYTHONPATH=/app:/app/platform \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=config.settings \
    TENON_DATA_DIR=/data \
    TENON_STATIC_ROOT=/app/.static
# LightGBM trains the ranking with GNU OpenMP, which the slim image lacks.
RUN apt-get update && apt-get install --yes --no-install-recommends libgomp1 && rm -rf /var/lib/apt/lists/*
RUN useradd --uid 10001 --create-home tenon && install -d -o tenon -g tenon /data /app
COPY --from=build /venv /venv
WORKDIR /app
COPY --chown=tenon:tenon . .
USER tenon
# Catalogues and static files are made at build time, so that every container starts at once; neither touches a server.
RUN TENON_SECRET_KEY=build-only DATABASE_URL=postgres:///unused REDIS_URL=redis://unused/0 \
    sh -c "python manage.py compile_catalogues && python manage.py collectstatic --noinput"
EXPOSE 8000
CMD ["gunicorn", "config.wsgi:application", "--bind", "0.0.0.0:8000", "--workers", "3", "--access-logfile", "-"]
