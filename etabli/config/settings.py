"""The one settings module. Everything that differs between places comes from the environment.

| variable | default | meaning |
|---|---|---|
| ETABLI_URL | http://localhost:8000 | public address; its scheme decides HTTPS rules, its host is allowed |
| ETABLI_DATA | ./data | where stores, database, assets and the secret key live |
| ETABLI_DEMO | no | demonstration: nothing here is real |
| DATABASE_URL | SQLite in ETABLI_DATA | `postgres:///etabli?host=/run/postgresql` for PostgreSQL |
| SECRET_KEY | drawn once into ETABLI_DATA | signing key |
| DEBUG | no | Django's debug pages, on a developer's machine only |
| ETABLI_COLLECTED_STATIC | no | static files were collected, with hashed names |
| EMAIL_URL | files in ETABLI_DATA/courriels | `smtp+tls://user:password@host:587` |
| ETABLI_MAIL_FROM | etabli@localhost | sender of the messages |
| ETABLI_PROXIES | 1 with HTTPS, else 0 | proxies in front, whose word on the visitor's address is taken |
| PROCONNECT_URL, _CLIENT_ID, _CLIENT_SECRET | none | ProConnect: `https://…/api/v2`, and what it gave at registration |
| ANNUAIRE_URL, _CLIENT_ID, _CLIENT_SECRET, _NAME, _SIREN | none | a chamber's own directory by OpenID Connect |
| SAML_ENTITY, _ADDRESS, _CERTIFICATE, _NAME, _SIREN | none | a directory that speaks SAML alone (extra `saml`) |
| ETABLI_PUBLISHER, _DIRECTOR, _HOST, _CONTACT | « à compléter » | legal notice |
| ETABLI_CONFORMITY, ETABLI_AUDIT | no audit | RGAA: « partielle » or « totale »; who audited, when, result |
| ETABLI_PUBLISHED_TERRITORIES | none | territories whose authority agreed to comparing sentences (epci:246200364,…) |
"""

from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF

from etabli.config.secret import secret_key_in

env = environ.Env()


def _origin(address: str) -> str:
    """`https://auth.exemple.fr/api/v2` → `https://auth.exemple.fr`."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


BASE_DIR = Path(__file__).resolve().parent.parent.parent
DATA_DIR = Path(env.str("ETABLI_DATA", default=str(BASE_DIR / "data"))).resolve()
STORES_DIR = DATA_DIR / "stores"
ASSETS_DIR = DATA_DIR / "assets"
MEDIA_ROOT = DATA_DIR / "media"  # outside the web root: a view serves each file to who may see it
DATA_DIR.mkdir(parents=True, exist_ok=True)

DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("ETABLI_DEMO", default=False)
PUBLIC_URL = env.str("ETABLI_URL", default="http://localhost:8000").rstrip("/")
HTTPS = PUBLIC_URL.startswith("https://")

SECRET_KEY = env.str("SECRET_KEY", default="") or secret_key_in(DATA_DIR)
ALLOWED_HOSTS = [urlsplit(PUBLIC_URL).hostname or "localhost", "localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    # The simple configurations leave the template loaders alone: both libraries want to own them (see TEMPLATES).
    "django_cotton.apps.SimpleAppConfig",
    "template_partials.apps.SimpleAppConfig",
    "django_htmx",
    "etabli.audit",
    "etabli.papers",
    "etabli.ui",
    "etabli.registry",
    "etabli.accounts",
    "etabli.notices",
    "etabli.acts",
    "etabli.pacts",
    "etabli.observatory",
    # After ours, whose templates come first.
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "etabli.config.headers.permissions_policy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "etabli.config.edition.one_edition",
    "etabli.config.reading.ReadingNeverWrites",
    "etabli.config.headers.personal_pages_are_not_kept",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "etabli.config.doors.ClosedByDefault",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "etabli.observatory.refusals.RefusalMiddleware",
    "etabli.config.refusals.DenialMiddleware",
]

ROOT_URLCONF = "etabli.config.urls"
WSGI_APPLICATION = "etabli.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            # Partials outside, cotton inside: the only order in which components work within named fragments.
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django_cotton.cotton_loader.Loader",
                                "django.template.loaders.filesystem.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "template_partials.templatetags.partials",
                "django.templatetags.static",
                "etabli.ui.templatetags.french",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "etabli.observatory.stamp.stamp",
                "etabli.accounts.bar.bar",
            ],
        },
    },
]
# Label, name of the address, permission ("" for every member): each application adds its line.
MEMBER_MENU: tuple[tuple[str, str, str], ...] = (
    ("Accueil", "pacts:welcome", "enter_outside"),
    ("Carnet", "diary:diary", "record_act"),
    ("Actes", "diary:acts", "see_acts"),
    ("Pactes", "pacts:mine", "see_pact"),
    ("Territoires", "observatory:search", ""),
    ("Bénéficiaires", "pacts:beneficiaries", "anonymise"),  # others come from the list of acts
    ("Mes avis", "notices:notices", "see_pact"),
    ("Organisation", "accounts:organisation", ""),
    ("Journal", "pacts:journal", "see_journal"),
)
# The first page after the login: the first of these that the person may open, else the first of the menu.
MEMBER_DOORS: tuple[tuple[str, str], ...] = (
    ("pacts:mine", "draft_convention"),
    ("diary:diary", "record_act"),
    ("pacts:mine", "see_pact"),
    ("pacts:welcome", "enter_outside"),
    ("accounts:organisation", "manage_members"),
    ("pacts:journal", "see_journal"),
)
# Functions that move what one member holds to another: each application adds its own.
HANDOVERS: tuple[str, ...] = ("etabli.pacts.handover.hand_over",)
COTTON_ISOLATE_BY_DEFAULT = True  # a component sees what it is given, nothing else

# --- Data -----------------------------------------------------------------------------------------------------------

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'etabli.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # recursive_triggers: without it INSERT OR REPLACE walks past the triggers of append-only tables.
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON;"
        ),
    }
elif DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    # Threads wait for one of twenty connections instead of opening more than the server accepts.
    DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {"min_size": 1, "max_size": 20, "timeout": 30}
# Shared by the processes: what limits the number of attempts counts in it. Its table comes with the migrations.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "django_cache",
        # Django's 300 would let anybody push those counts out by asking for much.
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- People ---------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
    "etabli.accounts.external.oidc.IdentityBackend",
]
# Who may say who somebody is. ProConnect gives agents of the State and of authorities, by their employer's SIRET.
IDENTITY_PROVIDERS = {
    "proconnect": {
        "name": "ProConnect",
        "issuer": env.str("PROCONNECT_URL", default="").rstrip("/"),
        "client_id": env.str("PROCONNECT_CLIENT_ID", default=""),
        "client_secret": env.str("PROCONNECT_CLIENT_SECRET", default=""),
        "scopes": "openid given_name usual_name email siret idp_id",
    },
    "annuaire": {
        "name": env.str("ANNUAIRE_NAME", default="l’annuaire de votre organisation"),
        "issuer": env.str("ANNUAIRE_URL", default="").rstrip("/"),
        "client_id": env.str("ANNUAIRE_CLIENT_ID", default=""),
        "client_secret": env.str("ANNUAIRE_CLIENT_SECRET", default=""),
        "scopes": "openid profile email",
        "siren": env.str("ANNUAIRE_SIREN", default=""),
    },
}
SAML = {
    "name": env.str("SAML_NAME", default="l’annuaire de votre organisation"),
    "entity": env.str("SAML_ENTITY", default=""),
    "address": env.str("SAML_ADDRESS", default=""),
    "certificate": env.str("SAML_CERTIFICATE", default=""),
    "siren": env.str("SAML_SIREN", default=""),
}
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "accounts:space"
REQUIRE_SECOND_FACTOR = (
    not DEMO
)  # of the roles that see personal data of firms; off in the demonstration, which says so
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
if DEMO:  # its passwords are printed: their hashes are read by no installation that is not a demonstration
    PASSWORD_HASHERS = ["etabli.accounts.entrance.hashers.DemonstrationHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

ACCOUNT_ADAPTER = "etabli.accounts.entrance.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]  # typed once: it can be shown, and asked for again by e-mail
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody is written to because a stranger typed their address
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = urlsplit(PUBLIC_URL).scheme
ACCOUNT_FORMS = {
    "login": "etabli.accounts.entrance.forms.LoginForm",
    "signup": "etabli.accounts.entrance.forms.SignupForm",
    "add_email": "etabli.accounts.entrance.forms.AddEmailForm",
    "change_password": "etabli.accounts.entrance.forms.ChangePasswordForm",
    "set_password": "etabli.accounts.entrance.forms.SetPasswordForm",
    "reset_password": "etabli.accounts.entrance.forms.ResetPasswordForm",
    "reset_password_from_key": "etabli.accounts.entrance.forms.ResetPasswordKeyForm",
    "reauthenticate": "etabli.accounts.entrance.forms.ReauthenticateForm",
}
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("ETABLI_PROXIES", default=1 if HTTPS else 0)
MFA_ADAPTER = "etabli.accounts.entrance.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Établi"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS  # on the machine itself
MFA_FORMS = {
    "authenticate": "etabli.accounts.entrance.forms.AuthenticateForm",
    "reauthenticate": "etabli.accounts.entrance.forms.ReauthenticateCodeForm",
    "activate_totp": "etabli.accounts.entrance.forms.ActivateTOTPForm",
    "authenticate_webauthn": "etabli.accounts.entrance.forms.AuthenticateWebAuthnForm",
    "reauthenticate_webauthn": "etabli.accounts.entrance.forms.ReauthenticateWebAuthnForm",
    "add_webauthn": "etabli.accounts.entrance.forms.AddWebAuthnForm",
    "edit_webauthn": "etabli.accounts.entrance.forms.EditWebAuthnForm",
}
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- Mail: written to files until a server is named -------------------------------------------------------------------

vars().update(env.email_url("EMAIL_URL", default=f"filemail:///{DATA_DIR / 'courriels'}"))
DEFAULT_FROM_EMAIL = env.str("ETABLI_MAIL_FROM", default="etabli@localhost")

# --- France ---------------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "fr"
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True

# --- Static files: from the applications, or collected with hashed names ----------------------------------------------

STATIC_URL = "/static/"
STATICFILES_DIRS = [ASSETS_DIR] if ASSETS_DIR.is_dir() else []
COLLECTED_STATIC = env.bool("ETABLI_COLLECTED_STATIC", default=False)
STATIC_ROOT = DATA_DIR / "static" if COLLECTED_STATIC else None
WHITENOISE_USE_FINDERS = not COLLECTED_STATIC
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if COLLECTED_STATIC
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

# --- Safety ---------------------------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        # No nonce: a page answered « 304 not modified » would keep yesterday's nonce under today's header.
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        # Logging out by a form leads on to the provider's own page.
        "form-action": [SELF, *filter(None, (_origin(one["issuer"]) for one in IDENTITY_PROVIDERS.values()))],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"nameless": {"()": "etabli.config.logs.Nameless"}},
    "formatters": {"json": {"()": "etabli.config.logs.JsonLines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json", "filters": ["nameless"]}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        # Django's own handler of this logger e-mails the administrators: requests hold personal data.
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.request": {"level": "ERROR"},
        "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
    },
}

# --- What is said of the house --------------------------------------------------------------------------------------

LEGAL_NOTICE = {
    "publisher": env.str("ETABLI_PUBLISHER", default=""),
    "director": env.str("ETABLI_DIRECTOR", default=""),
    "host": env.str("ETABLI_HOST", default=""),
    "contact": env.str("ETABLI_CONTACT", default=""),
    "conformity": env.str("ETABLI_CONFORMITY", default=""),
    "audit": env.str("ETABLI_AUDIT", default=""),
}
PUBLISHED_TERRITORIES = frozenset(env.list("ETABLI_PUBLISHED_TERRITORIES", default=[]))
