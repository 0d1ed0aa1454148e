"""The user model: one person, one address."""

import pytest
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from etabli.accounts.models import User

pytestmark = pytest.mark.django_db


def test_an_address_is_kept_in_lower_case_and_found_in_any_case():
    user = User.objects.create_user(" Ana.Petit@CMA-Hauts-de-France.fr ", "une phrase bien longue")
    assert user.email == "ana.petit@cma-hauts-de-france.fr"
    assert authenticate(username="ANA.PETIT@cma-hauts-de-france.fr", password="une phrase bien longue") == user


def test_the_same_address_in_capitals_is_refused():
    User.objects.create_user("ana@exemple.fr")
    with pytest.raises(IntegrityError):
        User.objects.create_user("ANA@exemple.fr")


def test_the_database_refuses_an_address_with_capitals():
    with pytest.raises(IntegrityError, match="accounts_user_email_is_lower_case"):
        User(email="Ana@exemple.fr").save()


def test_the_refusal_is_in_french():
    user = User(email="Ana@exemple.fr", password="!")
    with pytest.raises(ValidationError, match="s’écrit en minuscules"):
        user.validate_constraints()


def test_an_empty_address_is_refused():
    with pytest.raises(ValueError, match="nécessaire"):
        User.objects.create_user("  ")


def test_without_password_nobody_enters():
    User.objects.create_user("ana@exemple.fr")
    assert authenticate(username="ana@exemple.fr", password="") is None


def test_a_superuser_has_every_right_and_a_user_none():
    assert User.objects.create_superuser("chef@exemple.fr", "x").has_perm("accounts.change_user")
    assert not User.objects.create_user("ana@exemple.fr").has_perm("accounts.change_user")


def test_a_user_is_named_by_name_then_by_address():
    assert str(User(email="ana@exemple.fr", name="Ana Petit")) == "Ana Petit"
    assert str(User(email="ana@exemple.fr")) == "ana@exemple.fr"
