"""The settings of the product, on a data folder that belongs to this run alone: no test can reach the real store."""

import atexit
import os
import shutil
import tempfile

DATA = tempfile.mkdtemp(prefix="etabli-tests-")
atexit.register(shutil.rmtree, DATA, ignore_errors=True)
os.environ["ETABLI_DATA"] = DATA  # before the settings read it; inherited by the commands that tests start

from etabli.config.settings import *  # noqa: E402, F403 - Django reads every name of this module

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # Argon2 is slow on purpose
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
REQUIRE_SECOND_FACTOR = False  # one journey keeps it on
