"""Two files are joined after a preview and separated again; one is anonymised: acts stay, the journal keeps who."""

from datetime import date

import pytest

from etabli.accounts.roles import Role
from etabli.acts.models import Act, ActNote
from etabli.audit.models import Event, Reading
from etabli.pacts.objectives.counting import counts
from etabli.pacts.objectives.standing import register
from etabli.pacts.objectives.years import whole_period
from etabli.registry.models import BeneficiaryIdentity, BeneficiaryMerge
from tests.etabli.cast import as_user, person
from tests.etabli.pacts import ground

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_store")]
HERE = "/atelier/beneficiaires/"


@pytest.fixture
def denis(cast):
    """The data protection officer of the chamber."""
    return person("Denis Garde", cast.chamber, Role.DPO)


@pytest.fixture
def bakery(cast):
    """A firm helped twice by the chamber, with a note."""
    who = called("Fournil du Nord", "73282932000074")
    first, _ = ground.act(cast.chamber, "2025-03-10", who), ground.act(cast.chamber, "2025-04-10", who)
    ActNote.objects.create(act=first, text="Zoé veut un four")
    return who


@pytest.fixture
def double(cast):
    """The same under the name of its holder, helped once."""
    who = called("Zoé Fournil")
    ground.act(cast.chamber, "2025-02-10", who)
    return who


@pytest.fixture
def objective(cast):
    """Distinct firms of a pact of the chamber."""
    return ground.objective(ground.axis(ground.convention(cast.chamber, ground.LENS)))


def called(name, siret=""):
    who = ground.firm()
    BeneficiaryIdentity.objects.create(
        beneficiary=who, name=name, siret=siret, siren=siret[:9], source="test", valid_from=date(2020, 1, 1)
    )
    return who


def counted(objective):
    period = whole_period(objective.axis.convention)
    return counts({objective: [period]}, register([objective]))[objective][0].value


def join(one, other):
    return f"{HERE}{one.key}/reunir/{other.key}/"


def test_two_files_are_joined_after_a_preview_and_separated_again(client, cast, bakery, double, objective):
    assert counted(objective) == 2
    seen = as_user(client, cast.octave).get(f"{HERE}{bakery.key}/?q=zoé").content.decode()
    assert join(bakery, double) in seen
    preview = client.get(join(bakery, double)).content.decode().replace("&nbsp;", "\u00a0").replace("\u202f", "\u00a0")
    assert "3\u00a0actes restent" in preview
    assert BeneficiaryMerge.objects.count() == 0
    empty = client.post(join(bakery, double), {"reason": " "})
    assert (empty.status_code, "Dites à quoi vous voyez" in empty.content.decode()) == (422, True)
    assert client.post(join(bakery, double), {"reason": "même atelier"}).status_code == 302
    assert (counted(objective), Act.objects.count()) == (1, 3)
    page = client.get(f"{HERE}{bakery.key}/").content.decode()
    merge = BeneficiaryMerge.objects.get()
    assert "réunis par Octave Petit" in page
    assert client.get(f"{HERE}{bakery.key}/separer/{merge.pk}/").status_code == 200
    assert counted(objective) == 1
    assert client.post(f"{HERE}{double.key}/separer/{merge.pk}/").status_code == 302
    assert counted(objective) == 2
    assert "séparés par Octave Petit" in client.get(f"{HERE}{bakery.key}/").content.decode()
    assert client.post(f"{HERE}{double.key}/separer/{merge.pk}/").status_code == 404
    told = {one.verb: (one.actor_id, one.organisation_id) for one in Event.objects.all()}
    assert told == dict.fromkeys(("beneficiaries_merged", "merge_undone"), (cast.octave.pk, cast.chamber.pk))
    assert Reading.objects.filter(reader_id=cast.octave.pk, object_kind="registry.beneficiary").exists()


def test_what_is_one_already_is_not_joined_again(client, cast, bakery, double):
    as_user(client, cast.octave).post(join(bakery, double), {"reason": "même atelier"})
    again = client.post(join(bakery, double), {"reason": "encore un mot"})
    assert again.status_code == 422
    assert "n’en font déjà qu’un" in again.content.decode()
    assert 'value="encore un mot"' in again.content.decode()
    assert client.post(join(bakery, bakery), {"reason": "x"}).status_code == 422


def test_anonymising_takes_names_and_notes_away_and_no_count(client, denis, cast, bakery, double, objective):
    as_user(client, cast.octave).post(join(bakery, double), {"reason": "Zoé Fournil"})
    before = (counted(objective), Act.objects.count())
    address = f"{HERE}{bakery.key}/anonymiser/"
    seen = as_user(client, denis).get(address).content.decode().replace("&nbsp;", "\u00a0").replace("\u202f", "\u00a0")
    assert "Zoé Fournil" in seen
    assert "3\u00a0actes restent" in seen
    assert "1\u00a0note d’acte effacée" in seen
    unsure = client.post(address, {"reason": "request"})
    assert (unsure.status_code, "définitif" in unsure.content.decode()) == (422, True)
    assert BeneficiaryIdentity.objects.count() == 2
    assert client.post(address, {"reason": "request", "sure": "on"}).status_code == 302
    assert not BeneficiaryIdentity.objects.exists()
    assert not ActNote.objects.exists()
    assert (counted(objective), Act.objects.count()) == before
    page = client.get(f"{HERE}{bakery.key}/").content.decode()
    assert "dossier anonymisé" in page
    assert "Zoé" not in page
    assert client.post(address, {"reason": "request", "sure": "on"}).status_code == 403
    told = Event.objects.get(verb="beneficiary_anonymised")
    assert (told.actor_id, told.organisation_id, told.changes) == (
        denis.pk, cast.chamber.pk, {"reason": [None, "request"]}
    )  # fmt: skip


def test_an_anonymised_file_is_joined_to_nothing(client, denis, bakery, double):
    as_user(client, denis).post(f"{HERE}{double.key}/anonymiser/", {"reason": "request", "sure": "on"})
    refused = client.post(join(bakery, double), {"reason": "x"})
    assert (refused.status_code, "ne se réunit pas" in refused.content.decode()) == (403, True)


def test_a_file_that_another_organisation_shares_is_not_erased_by_one(client, cast, denis, bakery):
    ground.act(cast.agglomeration, "2025-05-10", bakery)
    refused = as_user(client, denis).post(f"{HERE}{bakery.key}/anonymiser/", {"reason": "request", "sure": "on"})
    assert (refused.status_code, "autre organisation" in refused.content.decode()) == (403, True)
    assert BeneficiaryIdentity.objects.filter(beneficiary=bakery).exists()
    assert as_user(client, cast.octave).get(f"{HERE}{bakery.key}/").status_code == 200
    assert "2" in client.get(HERE).content.decode()


def test_a_partner_and_a_stranger_find_nothing(client, cast, bakery, double):
    as_user(client, cast.octave).post(join(bakery, double), {"reason": "x"})
    merge = BeneficiaryMerge.objects.get()
    for who in (cast.basile, cast.etienne):
        assert "Fournil" not in as_user(client, who).get(HERE).content.decode()
        for step in ("", f"reunir/{double.key}/", f"separer/{merge.pk}/"):
            assert client.get(f"{HERE}{bakery.key}/{step}").status_code == 404
        assert client.post(f"{HERE}{bakery.key}/separer/{merge.pk}/").status_code == 404
    theirs = person("Dora Garde", cast.other_chamber, Role.DPO)
    address = f"{HERE}{bakery.key}/anonymiser/"
    assert as_user(client, theirs).post(address, {"reason": "request", "sure": "on"}).status_code == 404
    ours = called("Leur garage")
    ground.act(cast.other_chamber, "2025-03-10", ours)
    assert as_user(client, cast.octave).get(join(bakery, ours)).status_code == 404


def test_a_member_without_the_permission_may_not(client, cast, bakery, double):
    for step in ("", f"{bakery.key}/", f"{bakery.key}/reunir/{double.key}/", f"{bakery.key}/anonymiser/"):
        assert as_user(client, cast.alice).get(f"{HERE}{step}").status_code == 403
    assert as_user(client, cast.octave).post(f"{HERE}{bakery.key}/anonymiser/", {"sure": "on"}).status_code == 403
    assert "/anonymiser/" not in client.get(f"{HERE}{bakery.key}/").content.decode()
    assert HERE in client.get("/atelier/actes/").content.decode()
    assert HERE not in as_user(client, cast.alice).get("/atelier/actes/").content.decode()


@pytest.mark.parametrize(
    ("typed", "found"), [("nord fournil", True), ("732 829", True), ("999", False), ("zoé", False)]
)
def test_a_file_is_found_by_words_of_its_name_or_digits(client, cast, bakery, typed, found):
    seen = as_user(client, cast.octave).get(HERE, {"q": typed}).content.decode()
    assert ("Fournil du Nord" in seen) is found


def test_fifty_files_cost_no_more_queries_than_one(client, cast, bakery, django_assert_max_num_queries):
    as_user(client, cast.octave)

    def asked():
        with django_assert_max_num_queries(100) as spent:
            assert client.get(HERE).status_code == 200
        return len(spent)

    asked()
    few = asked()
    for number in range(40):
        ground.act(cast.chamber, "2025-03-10", called(f"Garage {number}"))
    assert asked() == few
