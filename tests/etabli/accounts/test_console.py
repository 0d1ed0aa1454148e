"""What whoever runs the site does at the console: a first organisation, a succession that nobody is left to say."""

import re
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from etabli.accounts import queries
from etabli.accounts.actions import organisations
from etabli.accounts.models import Membership, Organisation, OrganisationSuccession, User
from etabli.accounts.policies import Denied
from etabli.accounts.roles import Role
from etabli.audit.models import Event
from tests.etabli.cast import as_user, person
from tests.etabli.pacts.conftest import reader

pytestmark = pytest.mark.django_db
EDF = "552 100 554"
CHIEF = "chef@exemple.fr"
PASSWORD = "une phrase bien longue"


def first(siren=EDF, email=CHIEF, **options):
    call_command("first_organisation", siren, email, **{"name": "Chambre de métiers", **options})


def test_an_empty_site_gets_its_first_organisation_and_its_administrator_enters(client, mailoutbox, capsys):
    first(person="Ines Chef")
    made = Organisation.objects.get(siren="552100554")
    assert (made.name, made.kind, made.registered_by) == ("Chambre de métiers", "chamber", None)
    user = User.objects.get(email=CHIEF)
    assert [(held.organisation, held.role) for held in queries.memberships_of(user)] == [(made, Role.ADMINISTRATOR)]
    (link,) = re.findall(r"http\S+", mailoutbox[0].body)
    assert mailoutbox[0].to == [CHIEF]
    assert link in capsys.readouterr().out
    there = client.get(link, follow=True)
    assert client.post(there.redirect_chain[-1][0], {"password1": PASSWORD, "password2": PASSWORD}).status_code == 302
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    assert as_user(client, user).get("/organisation/inviter/").status_code == 200
    assert set(Event.objects.values_list("actor_id", flat=True)) <= {None, user.pk}


def test_a_number_that_is_an_intercommunality_names_it(capsys):
    first("246200364", name="")
    made = Organisation.objects.get()
    assert (made.kind, made.territory) == ("epci", "epci:246200364")
    assert made.name in capsys.readouterr().out


def test_who_has_an_account_is_sent_to_the_door(cast, mailoutbox):
    cast.zoe.set_password(PASSWORD)
    cast.zoe.save()
    first(email="Zoe@Exemple.fr")
    assert "Vous avez déjà un compte" in mailoutbox[0].body
    assert mailoutbox[0].body.count("/connexion/\n") == 1
    assert User.objects.count() == 8


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ({"siren": "552100555"}, "Ce n’est pas un SIREN"),
        ({"name": ""}, "ajoutez --name"),
        ({"email": "chef"}, "adresse"),
        ({"siren": "000000109"}, "a déjà des membres"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_stays(cast, mailoutbox, asked, reason):
    with pytest.raises(CommandError, match=reason):
        first(**asked)
    assert (Organisation.objects.count(), User.objects.count(), mailoutbox) == (3, 8, [])


def test_an_address_that_was_never_confirmed_is_given_nothing(cast):
    cast.zoe.emailaddress_set.update(verified=False)
    with pytest.raises(CommandError, match="n’a pas confirmé son adresse"):
        first(email=cast.zoe.email)
    cast.zoe.is_active = False
    cast.zoe.save()
    with pytest.raises(CommandError, match="est fermé"):
        first(email=cast.zoe.email)


def test_a_message_that_does_not_leave_is_said_and_the_link_is_printed(settings, monkeypatch, capsys):
    def refuse(*_args, **_options):
        raise ConnectionRefusedError("Connection refused")

    monkeypatch.setattr("etabli.accounts.actions.founding.send_mail", refuse)
    first()
    told = capsys.readouterr()
    assert "n’est pas parti" in told.err
    assert f"{settings.PUBLIC_URL}/mot-de-passe-oublie/" in told.out


def test_who_runs_the_site_and_belongs_nowhere_is_told_the_command(client):
    keeper = User.objects.create_superuser("tient@exemple.fr", PASSWORD)
    response = as_user(client, keeper).get("/organisation/")
    assert response.status_code == 403
    assert "./run manage first_organisation" in response.content.decode()


def test_nobody_is_left_and_the_console_says_who_takes_over(cast, client, capsys):
    Membership.objects.filter(organisation=cast.chamber).update(ends_on=date(2025, 12, 31))
    call_command("succession", "000000109", "000000208", on="2026-01-01", basis="Décret du 3 mai")
    made = OrganisationSuccession.objects.get()
    assert (made.predecessor, made.successor, made.legal_basis) == (cast.chamber, cast.other_chamber, "Décret du 3 mai")
    assert queries.inherited_by(cast.other_chamber, date(2026, 1, 1)) == {cast.chamber.pk}
    assert Event.objects.get(verb="organisation_succeeded").actor_id is None
    assert "prend la suite de Chambre de métiers et de l’artisanat Hauts-de-France le 1er\u00a0janvier 2026" in (
        capsys.readouterr().out
    )


@pytest.mark.parametrize(
    ("pair", "on", "reason"),
    [
        (("000000109", "000000109"), "2026-01-01", "à elle-même"),
        (("000000109", "552100554"), "2026-01-01", "inscrivez-la d’abord"),
        (("000000109", "1"), "2026-01-01", "Ce n’est pas un SIREN"),
        (("000000109", "000000208"), "demain", "Écrivez le jour ainsi"),
    ],
)
def test_a_succession_that_makes_no_sense_is_refused_at_the_console(cast, pair, on, reason):
    with pytest.raises(CommandError, match=reason):
        call_command("succession", *pair, on=on)
    assert not OrganisationSuccession.objects.exists()


def test_a_succession_refused_names_the_command(cast):
    chief = person("Ines Chef", cast.other_chamber, Role.ADMINISTRATOR)
    with pytest.raises(Denied, match=r"\./run manage succession"):
        organisations.succeed(
            predecessor=cast.chamber, successor=cast.other_chamber, on=date(2026, 1, 1), legal_basis="",
            by=reader(chief),
        )  # fmt: skip
