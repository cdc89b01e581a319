"""Every environment variable is read here, once; the README lists them."""

from pathlib import Path
from urllib.parse import quote

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

DATA_PATH = Path(env.str("EMBRACE_DATA", default=str(BASE_DIR / "data"))).absolute()


def secret(name):
    """Take a secret from the environment, or from the file that `./run` made."""
    kept = DATA_PATH / name.lower()
    value = env.str(name, default="") or (kept.read_text().strip() if kept.exists() else "")
    if not value:
        raise ImproperlyConfigured(
            f"{name} is missing. Start with ./run, which makes it and keeps it in {kept}, "
            f"or set {name} in the environment."
        )
    return value


SECRET_KEY = secret("EMBRACE_SECRET_KEY")
CARD_PEPPER = secret("EMBRACE_CARD_PEPPER")
DEBUG = env.bool("EMBRACE_DEBUG", default=False)
DEMO = env.bool("EMBRACE_DEMO", default=False)
ALLOWED_HOSTS = env.list("EMBRACE_HOSTS", default=["127.0.0.1", "localhost"])
SITE_URL = env.str("EMBRACE_SITE_URL", default="http://127.0.0.1:8000").rstrip("/")
BEHIND_HTTPS = SITE_URL.startswith("https://")
CSRF_TRUSTED_ORIGINS = [SITE_URL] if BEHIND_HTTPS else []
PROXIES = env.int("EMBRACE_PROXIES", default=0)

INSTALLED_APPS = [
    "embrace",
    "reports",
    "workshops",
    "cohorts",
    "django.contrib.admin.apps.SimpleAdminConfig",  # its few models are listed in cohorts.admin
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_htmx",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "cohorts.middleware.PersonalLanguageMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "cohorts.middleware.SecondFactorMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "cohorts.middleware.CohortTimeMiddleware",
    "embrace.errors.RefusedMethodMiddleware",
]

ROOT_URLCONF = "embrace.urls"
WSGI_APPLICATION = "embrace.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["cohorts.templatetags.dates"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "cohorts.navigation.navigation",
            ],
        },
    },
]

# Our own widgets' templates lie with the others.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {
    "default": env.db_url(
        "EMBRACE_DATABASE", default=f"sqlite:///{quote(str(DATA_PATH))}/embrace.sqlite3"
    )
}
# Reading must not take SQLite's write lock: transactions are opened where something is written.
DATABASES["default"]["ATOMIC_REQUESTS"] = False
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
        ),
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Sign-in codes are limited by counters kept here, so every process must see the same ones.
FILE_CACHE = {
    "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
    "LOCATION": DATA_PATH / "cache",
    # Over this number entries are dropped at random, counters too.
    "OPTIONS": {"MAX_ENTRIES": 20_000},
}
CACHES = {"default": env.cache_url_config(env.str("EMBRACE_CACHE", "")) or FILE_CACHE}

AUTH_USER_MODEL = "cohorts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_ADAPTER = "cohorts.account_adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
# "mandatory" would lock out everybody who has no e-mail; a code by e-mail verifies it anyway.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 900
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # our own note says it, without an invitation to sign up
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_FORMS = {
    "request_login_code": "cohorts.forms.sign_in.EmailForm",
    "confirm_login_code": "cohorts.forms.sign_in.CodeForm",
}
# A venue's thirty phones share one address. Why these numbers: docs/decisions/signing-in.md.
ACCOUNT_RATE_LIMITS = {
    "request_login_code": "60/m/ip,5/m/key,20/h/key",
    "wrong_card": "30/10m/ip,600/h/key",
}
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Embrace"
MFA_TOTP_TOLERANCE = 1  # somebody types slowly, or a clock is half a minute off
MFA_ADAPTER = "cohorts.second_factor.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "cohorts.forms.sign_in.SecondFactorForm",
    "reauthenticate": "cohorts.forms.sign_in.AgainForm",
    "activate_totp": "cohorts.forms.sign_in.FirstTimeForm",
}

# The demo sends no mail, whatever the environment says: its mails go to the console.
vars().update(
    env.email_url_config("consolemail://" if DEMO else env.str("EMBRACE_EMAIL", "consolemail://"))
)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("EMBRACE_EMAIL_FROM", default="embrace@localhost")

# Django by itself would mail errors to nobody: they go where the server's own words go.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"discreet": {"()": "cohorts.logs.DiscreetFormatter"}},
    "handlers": {
        "errors": {"class": "logging.StreamHandler", "level": "ERROR", "formatter": "discreet"}
    },
    "loggers": {"django": {"handlers": ["errors"]}},
}

USE_TZ = True
TIME_ZONE = "Europe/Paris"
LANGUAGE_CODE = "fr"
USE_I18N = True
LANGUAGES = [("fr", "Français"), ("en", "English"), ("ar", "العربية")]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600

STATIC_URL = "static/"
STATIC_ROOT = DATA_PATH / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = DATA_PATH / "files"
# Read by the server's own user alone.
FILE_UPLOAD_PERMISSIONS = 0o600
# Room for an import that comes back from its preview.
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
# The attendance page sends a field for each person and half-day.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# Nothing inline and nothing from elsewhere, so that a name that holds a script stays a name.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
# Other sites are not told which cohort's page led there.
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = BEHIND_HTTPS
SECURE_SSL_REDIRECT = BEHIND_HTTPS
SECURE_HSTS_SECONDS = 31536000 if BEHIND_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = BEHIND_HTTPS
# Believed only from a proxy of our own: anybody could send the header.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXIES else None
