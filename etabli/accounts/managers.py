"""How users are made and found."""

from typing import TYPE_CHECKING

from django.contrib.auth.base_user import BaseUserManager

if TYPE_CHECKING:
    from etabli.accounts.models import User


class UserManager(BaseUserManager["User"]):
    """Addresses are kept in lower case: the same person never gets two accounts for a capital letter."""

    def create_user(self, email: str, password: str | None = None, *, name: str = "") -> "User":
        """A user who may log in; without password, none will ever match.

        Raises ValueError when the address is empty.
        """
        if not email.strip():
            raise ValueError("Une adresse électronique est nécessaire.")
        user = self.model(email=email.strip().lower(), name=name.strip())
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, *, name: str = "") -> "User":
        """A user with every right, for the person who installs the product."""
        user = self.create_user(email, password, name=name)
        user.is_superuser = True
        user.save(using=self._db, update_fields=["is_superuser"])
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").strip().lower())
