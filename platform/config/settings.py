"""Settings from the environment (12-factor); docs/operations.md lists the variables."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import dj_database_url
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from config.mail import mail_settings


def flag(name: str, default: bool = False) -> bool:
    """A yes-or-no variable."""
    return os.environ.get(name, "1" if default else "0").lower() in {"1", "true", "yes", "on"}


def words(name: str) -> list[str]:
    """A comma-separated variable."""
    return [word.strip() for word in os.environ.get(name, "").split(",") if word.strip()]


def required(name: str) -> str:
    """A variable without which nothing can start."""
    if value := os.environ.get(name):
        return value
    raise ImproperlyConfigured(
        f"{name} is not set. `make demo` sets it for you; docs/operations.md lists all variables."
    )


def broker_url(redis_url: str) -> str:
    """kombu's spelling of the same Redis: it names a unix socket `redis+socket://`, redis-py `unix://`."""
    parts = urlsplit(redis_url)
    if parts.scheme != "unix":
        return redis_url
    database = parts.query.removeprefix("db=") or "0"
    return f"redis+socket://{parts.path}?virtual_host={database}"


def kept_at(place: str) -> dict[str, Any]:
    """A storage by its place: a folder that every machine sees, or `s3://bucket/prefix?endpoint_url=…&region_name=…`."""
    parts = urlsplit(place)
    if parts.scheme != "s3":
        return {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": place, "file_permissions_mode": 0o640, "directory_permissions_mode": 0o750},
        }
    options = {"bucket_name": parts.netloc, "location": parts.path.strip("/"), **dict(parse_qsl(parts.query))}
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}


BASE_DIR = Path(__file__).resolve().parent.parent.parent
DATA_DIR = Path(os.environ.get("TENON_DATA_DIR", BASE_DIR / ".data"))
DEBUG = flag("TENON_DEBUG")
PLAIN_HTTP = flag("TENON_PLAIN_HTTP", default=DEBUG)
SECRET_KEY = required("TENON_SECRET_KEY")
ALLOWED_HOSTS = [*words("TENON_ALLOWED_HOSTS"), "localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = words("TENON_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "django_htmx",
    "heroicons",
    "rest_framework",
    "drf_spectacular",
    "texts",
    "journal",
    "jobs",
    "taxonomy",
    "accounts",
    "files",
    "notifications",
    "web",
    "information",
    "matching",
    "contracts",
    "tracking",
    "config.apps.WiringConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "web.middleware.PlainParameters",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.OwnSettings",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "policy.middleware.PolicyMiddleware",
    "web.errors.DomainErrors",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            # Cached also in debug mode of the demo: without it a page spends half its time reading templates.
            "loaders": [
                ("django.template.loaders.cached.Loader", ["django.template.loaders.app_directories.Loader"]),
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.template.context_processors.debug",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.navigation.places",
                "notifications.frame.unread",
            ],
        },
    },
]

# A worker that hangs in the database must not keep locks: see docs/operations.md.
DATABASES: dict[str, dict[str, Any]] = {
    "default": {
        **dj_database_url.parse(required("DATABASE_URL"), conn_max_age=60, conn_health_checks=True),
        "OPTIONS": {
            "options": "-c statement_timeout=15s -c lock_timeout=3s -c idle_in_transaction_session_timeout=30s"
            " -c client_connection_check_interval=10s"
        },
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = required("REDIS_URL")
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "web:desk"
LOGOUT_REDIRECT_URL = "web:home"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("TENON_STATIC_ROOT", DATA_DIR / "static"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "files": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": DATA_DIR / "files",
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    # Snapshots of the matching index, for the workers of all machines.
    "index": kept_at(os.environ.get("TENON_INDEX_STORAGE") or str(DATA_DIR / "index")),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# `none`, `packaged`, the folder of a model, or an OpenAI-compatible endpoint; see docs/operations.md.
EMBEDDING = os.environ.get("TENON_EMBEDDING", "none")
EMBEDDING_KEY = os.environ.get("TENON_EMBEDDING_KEY", "")

LARGEST_UPLOAD = 20 * 1024 * 1024
LARGEST_ATTACHMENT = int(os.environ.get("TENON_LARGEST_ATTACHMENT_MB", "20")) * 1024 * 1024
MOST_ATTACHMENTS = int(os.environ.get("TENON_MOST_ATTACHMENTS", "20"))
FILE_SCANNER = os.environ.get("TENON_FILE_SCANNER", "")
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500

SITE_URL = os.environ.get("TENON_SITE_URL", "http://127.0.0.1:8000").rstrip("/")
SITE_HOST = urlsplit(SITE_URL).hostname or "localhost"
DEFAULT_FROM_EMAIL = os.environ.get("TENON_MAIL_FROM", f"Tenon <tenon@{SITE_HOST}>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
MAIL = mail_settings(os.environ.get("TENON_MAIL_URL", ""), DATA_DIR / "mail")
EMAIL_BACKEND, EMAIL_FILE_PATH = MAIL["backend"], MAIL["folder"]
EMAIL_HOST, EMAIL_PORT = MAIL["host"], MAIL["port"]
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL["user"], MAIL["password"]
EMAIL_USE_TLS, EMAIL_USE_SSL, EMAIL_TIMEOUT = MAIL["tls"], MAIL["ssl"], 20
SIGNING_LEVEL = os.environ.get("TENON_SIGNING_LEVEL", "certificate")
SIGNING_FOLDER = DATA_DIR / "signing"
SIGNING_ROOTS = words("TENON_SIGNING_ROOTS")
SIGNING_TSA = os.environ.get("TENON_TSA_URL", "")
SIGNING_TSA_ROOTS = words("TENON_TSA_ROOTS")
SIGNING_DAYS = 30
SIGNING_PREPARED_HOURS = 48

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = not PLAIN_HTTP
SECURE_HSTS_SECONDS = 0 if PLAIN_HTTP else 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not PLAIN_HTTP
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if flag("TENON_BEHIND_PROXY") else None
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
CSRF_FAILURE_VIEW = "web.errors.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

CELERY_BROKER_URL = os.environ.get("CELERY_BROKER_URL") or broker_url(REDIS_URL)
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3600}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE = {
    "journal.sweep": {"task": "journal.tasks.sweep", "schedule": 5.0, "options": {"expires": 5}},
    "jobs.sweep": {"task": "jobs.tasks.sweep", "schedule": 5.0, "options": {"expires": 5}},
    "contracts.sweep_projects": {
        "task": "contracts.tasks.sweep_projects",
        "schedule": 600.0,
        "options": {"expires": 600},
    },
    "contracts.expire": {"task": "contracts.tasks.expire_overdue", "schedule": 60.0, "options": {"expires": 60}},
    "information.note_words": {"task": "information.tasks.note_words", "schedule": 20.0, "options": {"expires": 20}},
    "matching.tend_index": {"task": "matching.tasks.tend_index", "schedule": 60.0, "options": {"expires": 60}},
    "matching.sweep": {"task": "matching.tasks.sweep", "schedule": 5.0, "options": {"expires": 5}},
    "matching.tick": {"task": "matching.tasks.tick", "schedule": 60.0, "options": {"expires": 60}},
    "matching.learn": {"task": "matching.tasks.learn", "schedule": crontab(hour="2", minute="30")},
    "matching.sweep_rooms": {"task": "matching.tasks.sweep_rooms", "schedule": 300.0, "options": {"expires": 300}},
    "notifications.gather": {"task": "notifications.tasks.gather", "schedule": 30.0, "options": {"expires": 30}},
    "files.tidy": {"task": "files.tasks.tidy", "schedule": 24 * 3600.0},
}

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.authentication.TokenAuthentication",
        "rest.authentication.SessionAuthentication",
        "accounts.authentication.PasswordAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["policy.rest.ByPolicy"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest.parsers.JSONObjectParser"],
    "DEFAULT_PAGINATION_CLASS": "rest.paging.CursorPages",
    "DEFAULT_SCHEMA_CLASS": "rest.schema.OperationSchema",
    # /api/schema/ says what each address takes; OPTIONS would say it again.
    "DEFAULT_METADATA_CLASS": None,
    "EXCEPTION_HANDLER": "rest.problems.problem",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Tenon",
    "DESCRIPTION": "Technical needs, achievements, matches and contracts. The pages use the same use cases.",
    "VERSION": "1",
    "SERVE_PERMISSIONS": ["policy.rest.ByPolicy"],
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "ENUM_NAME_OVERRIDES": {
        "PostStatus": "information.models.post.Post.Status",
        "PostOrigin": "information.models.post.Post.Origin",
        "MatchStatus": "matching.models.Match.Status",
        "Channel": "notifications.kinds.Channel",
        "RoomSide": "matching.models.side.Side",
        "AttachmentStatus": "files.models.Attachment.Status",
        "PartyRole": "contracts.models.signing.Role",
        "SigningLevel": "contracts.models.signing.Level",
        "PaperState": "contracts.services.verification.State",
        "ContractStatus": "contracts.models.Contract.Status",
        "ContractKind": "contracts.models.Contract.Kind",
        "ProjectStatus": "contracts.models.Project.Status",
        "MilestoneStatus": "contracts.models.Milestone.Status",
        "PaymentStatus": "contracts.models.Payment.Status",
        "PaymentKind": "contracts.models.Payment.Kind",
        "RoyaltyReportStatus": "contracts.models.RoyaltyReport.Status",
        "ProjectNoticeStatus": "contracts.models.ProjectNotice.Status",
        "ProjectNoticeKind": "contracts.models.ProjectNotice.Kind",
        "DisputeStatus": "contracts.models.Dispute.Status",
        "DisputeReason": "contracts.models.reasons.DisputeReason",
        "SettlementStatus": "contracts.models.Settlement.Status",
        "ImportKind": "information.models.imports.Import.Kind",
        "OrganizationStatus": "accounts.models.Organization.Status",
        "OrganizationKind": "accounts.models.Organization.Kind",
        "OfficeKind": "accounts.models.Office.Kind",
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": os.environ.get("TENON_LOG_LEVEL", "INFO")},
}
