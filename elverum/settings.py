"""Settings of the project: each from the environment or a file `.env`, with a default that works on a laptop.

A production server sets DEBUG=off, SECRET_KEY, ALLOWED_HOSTS and DATABASE_URL; without the first three it
refuses to start. The reasons for the choices stand in docs/decisions/.
"""

import os
from pathlib import Path
from tempfile import gettempdir
from typing import Any

import environ
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
NODE_MODULES = BASE_DIR / "node_modules"

env = environ.Env()
env.read_env(BASE_DIR / ".env")

# Safety
DEMO_KEY, KEY_LENGTH = "a-key-that-everyone-knows-and-that-is-refused-when-debug-is-off", 50
DEBUG = env.bool("DEBUG", default=True)
SECRET_KEY = env.str("SECRET_KEY", default=DEMO_KEY)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"] if DEBUG else [])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
if not DEBUG and (SECRET_KEY == DEMO_KEY or len(SECRET_KEY) < KEY_LENGTH or not ALLOWED_HOSTS):
    raise ImproperlyConfigured(f"DEBUG=off needs ALLOWED_HOSTS and a SECRET_KEY of {KEY_LENGTH} characters.")

SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=not DEBUG)
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=0 if DEBUG else 365 * 24 * 3600)
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEBUG
SESSION_COOKIE_AGE = env.int("SESSION_COOKIE_AGE", default=10 * 3600)
CSRF_COOKIE_HTTPONLY = True
DATA_UPLOAD_MAX_MEMORY_SIZE = env.int("DATA_UPLOAD_MAX_MEMORY_SIZE", default=5 * 2**20)  # 5 MiB, without files
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000  # a scorecard or a budget is one large form
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        **{name: [NONE] for name in ("default-src", "object-src", "base-uri", "frame-ancestors")},
        **{name: [SELF] for name in ("style-src", "font-src", "connect-src", "form-action")},
        "img-src": [SELF, "data:"],
        "script-src": [SELF, NONCE],  # the nonce is sent only where a page reads request.csp_nonce
    }
}

# The application
INSTALLED_APPS = [
    "elverum",
    *("organisation", "staffing", "budget", "scorecards", "plans", "reporting", "publishing"),
    *("csp", "django_filters", "django_htmx", "django_prose_editor", "django_tables2"),
    *("django_tasks", "django_tasks_db", "simple_history", "whitenoise.runserver_nostatic"),
    *(f"django.contrib.{name}" for name in ("admin", "auth", "contenttypes", "messages", "sessions", "staticfiles")),
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "organisation.caching.PrivateUnlessPublic",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "organisation.caching.CompressedIfPublic",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "organisation.kept_forms.KeepTypedText",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
CONTEXT_PROCESSORS = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
]
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": CONTEXT_PROCESSORS},
    }
]
ROOT_URLCONF = "elverum.urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "organisation.User"
AUTHENTICATION_BACKENDS = ["organisation.backends.Backend"]
LOGIN_URL, LOGIN_REDIRECT_URL = "organisation:login", "reporting:start"
VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": f"{VALIDATION}.UserAttributeSimilarityValidator"},
    {"NAME": f"{VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{VALIDATION}.CommonPasswordValidator"},
]

# The database (docs/decisions/0003): never ATOMIC_REQUESTS, each page read would take SQLite's write lock
PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON"
SQLITE_OPTIONS = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": PRAGMAS}
POSTGRESQL_OPTIONS = {"options": "-c synchronous_commit=on"}
database: dict[str, Any] = env.db("DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'elverum.sqlite3'}")
if database["ENGINE"] == "django.db.backends.sqlite3":
    database["OPTIONS"] = SQLITE_OPTIONS
    database["TEST"] = {"NAME": Path(gettempdir()) / f"elverum-test-{os.getpid()}.sqlite3"}  # real locks
else:
    database["OPTIONS"] = database.get("OPTIONS", {}) | POSTGRESQL_OPTIONS
DATABASES = {"default": database}

# Background work: at once, or by `manage.py db_worker` (django_tasks_db.DatabaseBackend; decision 0016)
TASKS = {"default": {"BACKEND": env.str("TASKS_BACKEND", default="django_tasks.backends.immediate.ImmediateBackend")}}

# Language and time: the municipality chooses, not the browser; a published page is the same for everyone
LANGUAGE_CODE = env.str("LANGUAGE_CODE", default="nb")
LANGUAGES = [("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE, USE_TZ = "Europe/Oslo", True

# Files
STATIC_URL = "static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(BASE_DIR / "staticfiles")))
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(BASE_DIR / "media")))
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("designsystemet", NODE_MODULES / "@digdir/designsystemet-css/dist/src"),
    ("designsystemet-theme", NODE_MODULES / "@digdir/designsystemet-theme/src/themes"),
    ("designsystemet-web", NODE_MODULES / "@digdir/designsystemet-web/dist/umd"),
    ("fonts/inter", NODE_MODULES / "inter-ui/web"),
    ("plotly", NODE_MODULES / "plotly.js-basic-dist-min"),
    ("fonts/inter-latin", NODE_MODULES / "inter-ui/web-latin"),
]
PLAIN_FILES = "django.contrib.staticfiles.storage.StaticFilesStorage"
HASHED_FILES = "whitenoise.storage.CompressedManifestStaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": PLAIN_FILES if DEBUG else HASHED_FILES},
}
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = DEBUG

# Mail and log: both to the terminal until told otherwise; links in mails lead to SITE_URL
SITE_URL = env.str("SITE_URL", default="http://localhost:8000").rstrip("/")
vars().update(env.email("EMAIL_URL", default="consolemail://"))
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="virksomhetsplan@localhost")
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {"weasyprint": {"level": "WARNING"}, "fontTools": {"level": "WARNING"}},  # they tell each page
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
}
