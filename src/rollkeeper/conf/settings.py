"""Settings, read from ROLLKEEPER_* variables. Each is described in docs/reference/settings.md."""

from __future__ import annotations

from pathlib import Path

from rollkeeper.conf.databases import databases
from rollkeeper.conf.environment import flag, number, state_folder, text
from rollkeeper.conf.secrets_file import read_or_make_secret

PROJECT = Path(__file__).resolve().parents[3]
ROLLKEEPER_STATE = state_folder()

ROLLKEEPER_DEMO = flag("ROLLKEEPER_DEMO", default=False)
ROLLKEEPER_KEK = text("ROLLKEEPER_KEK", default="")
ROLLKEEPER_COURT_NAME = text("ROLLKEEPER_COURT_NAME", default="Rollkeeper")
ROLLKEEPER_LEDGER_ORIGIN = text("ROLLKEEPER_LEDGER_ORIGIN", default="rollkeeper.example/court/2026")
ROLLKEEPER_PROXIES = number("ROLLKEEPER_PROXIES", default=0)
ROLLKEEPER_PUBLIC_LOOKUPS_PER_MINUTE = number("ROLLKEEPER_PUBLIC_LOOKUPS_PER_MINUTE", default=20)
ROLLKEEPER_LOOK_SECONDS = number("ROLLKEEPER_LOOK_SECONDS", default=30)

ROLLKEEPER_HASH_KEY = text("ROLLKEEPER_HASH_KEY", default="") or read_or_make_secret("hash_key")
SECRET_KEY = text("ROLLKEEPER_SECRET_KEY", default="") or read_or_make_secret("django_secret")
DEBUG = flag("ROLLKEEPER_DEBUG", default=False)
ALLOWED_HOSTS = text("ROLLKEEPER_HOSTS", default="localhost,127.0.0.1,[::1],testserver").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in text("ROLLKEEPER_ORIGINS", default="").split(",") if origin]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django_htmx",
    "pgtrigger",
    "pghistory",
    "rollkeeper.foundation",
    "rollkeeper.law",
    "rollkeeper.ledger",
    "rollkeeper.courts",
    "rollkeeper.accounts",
    "rollkeeper.access",
    "rollkeeper.documents",
    "rollkeeper.people",
    "rollkeeper.cases",
    "rollkeeper.encounters",
    "rollkeeper.representation",
    "rollkeeper.docket",
    "rollkeeper.hearings",
    "rollkeeper.custody",
    "rollkeeper.filings",
    "rollkeeper.appeals",
    "rollkeeper.disclosures",
    "rollkeeper.releases",
    "rollkeeper.demo",
    "rollkeeper.desks.frame",
    "rollkeeper.desks.public",
    "rollkeeper.desks.chambers",
    "rollkeeper.desks.clerk",
    "rollkeeper.desks.record",
    "rollkeeper.desks.oversight",
    "rollkeeper.desks.operator",
    "rollkeeper.api",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "rollkeeper.desks.frame.middleware.ContentSecurityPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "rollkeeper.desks.frame.middleware.ReaderLanguage",
    "rollkeeper.desks.frame.middleware.Maintenance",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "rollkeeper.access.middleware.EveryViewDeclaresItsLook",
    "rollkeeper.accounts.middleware.StaffNeedTwoFactors",
]

ROOT_URLCONF = "rollkeeper.conf.urls"
WSGI_APPLICATION = "rollkeeper.conf.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "rollkeeper.desks.frame.context.frame",
            ],
        },
    }
]

DATABASES = databases()
DATABASE_ROUTERS: list[str] = []
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/signed-out/"
ACCOUNT_ADAPTER = "rollkeeper.accounts.adapter.CourtAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False  # courts share computers: a session ends with the browser
ACCOUNT_LOGOUT_REDIRECT_URL = LOGOUT_REDIRECT_URL
CSRF_FAILURE_VIEW = "rollkeeper.desks.errors.pages.form_expired"
MAINTENANCE_FILE = ROLLKEEPER_STATE / "maintenance"  # while it exists every page says so; its text may say until when
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = ROLLKEEPER_COURT_NAME
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG or ROLLKEEPER_DEMO

EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if text("ROLLKEEPER_SMTP_HOST", default="")
    else ("django.core.mail.backends.console.EmailBackend")
)
EMAIL_HOST = text("ROLLKEEPER_SMTP_HOST", default="")
EMAIL_PORT = number("ROLLKEEPER_SMTP_PORT", default=25)
EMAIL_HOST_USER = text("ROLLKEEPER_SMTP_USER", default="")
EMAIL_HOST_PASSWORD = text("ROLLKEEPER_SMTP_PASSWORD", default="")
EMAIL_USE_TLS = flag("ROLLKEEPER_SMTP_TLS", default=False)
DEFAULT_FROM_EMAIL = text("ROLLKEEPER_MAIL_FROM", default="court@localhost")

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español")]
LOCALE_PATHS = [Path(__file__).resolve().parent.parent / "locale"]
LANGUAGE_COOKIE_NAME = "rollkeeper_language"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = ROLLKEEPER_STATE / "static"
STATICFILES_DIRS: list[tuple[str, Path]] = []
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "rollkeeper.desks.frame.assets.FrontEndPackages",
]
NODE_MODULES = PROJECT / "node_modules"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "rollkeeper.desks.frame.assets.CompressedAssets"},
}

SECURE_SSL = flag("ROLLKEEPER_HTTPS", default=False)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL
SECURE_SSL_REDIRECT = SECURE_SSL
SECURE_HSTS_SECONDS = 31_536_000 if SECURE_SSL else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE_SSL else None
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_AGE = 60 * 60 * 8
SESSION_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"

PGHISTORY_APPEND_ONLY = True
SILENCED_SYSTEM_CHECKS: list[str] = []
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": text("ROLLKEEPER_LOG_LEVEL", default="WARNING")},
}
