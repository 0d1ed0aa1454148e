"""The signed link that stops the mail of one person without logging in; it opens nothing else."""

from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.core import signing

SALT = "etabli.notices.stop"


def stop_token(user: AbstractBaseUser) -> str:
    """What the link carries."""
    return signing.Signer(salt=SALT).sign(str(user.pk)).replace(":", "~")


def user_of(token: str) -> AbstractBaseUser | None:
    """The person of a link, None when it was forged or the account is gone."""
    try:
        pk = signing.Signer(salt=SALT).unsign(token.replace("~", ":"))
    except signing.BadSignature:
        return None
    return get_user_model().objects.filter(pk=pk).first()
