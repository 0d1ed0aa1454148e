"""Signing: by one's account, on paper that finds its version by itself; nothing signed ever changes."""

import io
from datetime import date, timedelta

import numpy as np
import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from PIL import Image, ImageDraw

from etabli.accounts.models import OrganisationSuccession
from etabli.accounts.policies import Denied, Reader
from etabli.accounts.roles import Role
from etabli.audit.models import Event
from etabli.pacts.documents import paper, versions
from etabli.pacts.documents.snapshot import fingerprint
from etabli.pacts.models import Convention, Method, Signature, Version
from etabli.pacts.signatures import actions, scan
from etabli.papers import storage
from etabli.papers.storage import BadFile
from etabli.registry.models import Perimeter
from tests.etabli.acts.test_concurrency import at_once
from tests.etabli.cast import as_user, person
from tests.etabli.pacts.conftest import reader

pytestmark = pytest.mark.django_db
PASSWORD = "une phrase bien longue"


def with_password(one: Reader) -> Reader:
    one.user.set_password(PASSWORD)
    one.user.save()
    return one


@pytest.fixture
def version(to_sign: Convention) -> Version:
    return versions.last(to_sign)


def sign(version: Version, one: Reader, **changed):
    (party,) = [row for row in version.convention.parties.all() if one.holds(row.organisation_id)]
    given = {"proof": PASSWORD, "read_sha256": version.sha256, **changed}
    return actions.sign(version=version, party=party, by=with_password(one), **given)


def copy_of(version: Version, siren: str) -> bytes:
    return versions.pdf_of(version, siren=siren, copy_for="CALL")


def drawn(content: bytes, scale: float = 2) -> Image.Image:
    """The first page as a picture."""
    document = pypdfium2.PdfDocument(content)
    picture = document[0].render(scale=scale).to_pil()
    document.close()
    return picture


def as_png(picture: Image.Image) -> bytes:
    saved = io.BytesIO()
    picture.save(saved, "PNG")
    return saved.getvalue()


def bring(convention: Convention, by: Reader, content: bytes, **more):
    given = {"signed_on": timezone.localdate(), **more}
    return actions.bring_paper(content=content, name="scan.pdf", by=by, convention=convention, **given)


def test_the_last_signature_makes_the_convention_active(to_sign, version, luc, chair):
    sign(version, luc)
    to_sign.refresh_from_db()
    assert to_sign.state == "to_sign"
    made = sign(version, chair)
    to_sign.refresh_from_db()
    assert to_sign.state == "active"
    assert (made.method, made.version_sha256) == (Method.ELECTRONIC, version.sha256)
    assert actions.seal_holds(made)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_parties_sign_at_the_same_moment_and_the_convention_is_active_once(to_sign, version, luc, chair):
    readers = [with_password(one) for one in (luc, chair)]
    works = [lambda one=one: sign(Version.objects.get(pk=version.pk), one) for one in readers]
    assert at_once(*works) == 0
    to_sign.refresh_from_db()
    assert (to_sign.state, version.signatures.count()) == ("active", 2)
    assert all(actions.seal_holds(one) for one in version.signatures.all())
    assert Event.objects.filter(verb="convention.activated").count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_one_party_signing_twice_at_the_same_moment_signs_once(version, luc):
    elected = with_password(luc)
    refused = []

    def work():
        try:
            sign(Version.objects.get(pk=version.pk), elected)
        except Denied as denied:
            refused.append(denied.reason)

    at_once(work, work)
    assert version.signatures.count() == 1
    assert len(refused) == 1
    assert "déjà signé" in refused[0]


def test_a_seal_is_bound_to_the_text_the_person_and_the_time(version, luc):
    made = sign(version, luc)
    assert actions.seal_holds(made)
    for name, value in (("recorded_at", made.recorded_at + timedelta(seconds=1)), ("version_sha256", "0" * 64),
                        ("recorded_by_id", made.recorded_by_id + 1)):  # fmt: skip
        forged = Signature.objects.select_related("version", "party__organisation").get(pk=made.pk)
        setattr(forged, name, value)
        assert not actions.seal_holds(forged), name


@pytest.mark.parametrize(
    ("changed", "said"), [({"proof": "autre"}, "mot de passe"), ({"read_sha256": "0" * 64}, "relisez")]
)
def test_nothing_is_signed_without_the_password_or_on_another_text(version, luc, changed, said):
    with pytest.raises(Denied, match=said):
        sign(version, luc, **changed)
    assert not Signature.objects.exists()


def test_only_elected_members_sign_and_for_their_own_organisation(version, luc, octave, to_sign):
    pilot, partner = to_sign.parties.order_by("pk")
    with pytest.raises(Denied, match="rôle «\u00a0élu"):
        actions.sign(version=version, party=pilot, by=octave, proof=PASSWORD, read_sha256=version.sha256)
    with pytest.raises(Denied, match="jamais pour une autre"):
        actions.sign(version=version, party=pilot, by=luc, proof=PASSWORD, read_sha256=version.sha256)
    sign(version, luc)
    with pytest.raises(Denied, match="déjà signé"):
        actions.sign(version=version, party=partner, by=luc, proof=PASSWORD, read_sha256=version.sha256)


def test_a_version_that_was_replaced_is_no_longer_signed(to_sign, version, luc, octave):
    to_sign.state = "corrections"
    to_sign.save()
    with pytest.raises(Denied, match="plus, à signer"):
        sign(version, luc)


def test_a_signed_version_never_changes_even_from_raw_sql(version, luc):
    sign(version, luc)
    for statement in (
        "UPDATE pacts_version SET sha256 = 'x'", "DELETE FROM pacts_version", "UPDATE pacts_signature SET name = 'x'",
        "DELETE FROM pacts_signature", "UPDATE registry_perimeter SET communes = '[]'",
    ):  # fmt: skip
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_the_sealed_pdf_is_served_byte_for_byte(cast, client, to_sign, version):
    as_user(client, cast.luc)
    answer = client.get(f"/pacte/{to_sign.slug}/convention/versions/1.pdf")
    assert answer.content == storage.read(version.document)
    assert fingerprint(version.content) == version.sha256


def test_a_pdf_scan_finds_its_version_and_its_party(to_sign, version, octave):
    made = bring(to_sign, octave, copy_of(version, "246200364"))
    assert (made.party.organisation.siren, made.method, made.version) == ("246200364", Method.PAPER, version)
    assert made.name == "Luc Bernard"
    assert len(made.scan.sha256) == 64


def test_a_photo_askew_and_noisy_finds_its_version_too(to_sign, version, basile):
    picture = drawn(copy_of(version, "246200364"), 2.5).convert("L").rotate(4, expand=True, fillcolor=255)
    grain = np.random.default_rng(7).normal(0, 18, (picture.height, picture.width))
    noisy = Image.fromarray(np.clip(np.asarray(picture, float) + grain, 0, 255).astype(np.uint8))
    assert bring(to_sign, basile, as_png(noisy)).party.organisation.siren == "246200364"


def test_a_page_upside_down_is_read(version):
    turned = drawn(copy_of(version, "246200364")).rotate(180)
    assert scan.read(as_png(turned)).siren == "246200364"


def test_a_scan_without_code_says_how_to_scan(to_sign, octave):
    with pytest.raises(BadFile, match="Aucun code n’a été trouvé"):
        bring(to_sign, octave, as_png(Image.new("L", (600, 800), 255)))


def test_the_code_of_something_else_is_told(to_sign, octave):
    svg = paper.pdf(versions.last(to_sign).content, standing="", made_on=date(2026, 1, 1),
                    mark=paper.Mark("https://exemple.fr/facture/12"))  # fmt: skip
    with pytest.raises(BadFile, match="n’est pas celui d’une convention d’Établi"):
        bring(to_sign, octave, svg)


def test_the_code_of_another_site_is_told(to_sign, version, octave):
    address = "https://autre.exemple.fr/pacte/signature/12345678-1234-4234-8234-123456789012/246200364/"
    foreign = paper.pdf(version.content, standing="", made_on=date(2026, 1, 1), mark=paper.Mark(address))
    with pytest.raises(Denied, match="aucune version de ce site"):
        bring(to_sign, octave, foreign)


def test_two_copies_in_one_file_are_told(version):
    both = Image.new("L", (1300, 1700), 255)
    for n, siren in enumerate(("246200364", "000000109")):
        page = drawn(copy_of(version, siren), 1.9).convert("L")
        both.paste(page.crop((0, page.height - 200, 650, page.height)).resize((1300, 400)), (0, 100 + 800 * n))
    with pytest.raises(BadFile, match="un seul exemplaire"):
        scan.read(as_png(both))


def test_a_copy_that_is_nobody_s_asks_whose_it_is(to_sign, version, octave):
    content = storage.read(version.document)
    with pytest.raises(Denied, match="choisissez-la"):
        bring(to_sign, octave, content)
    assert bring(to_sign, octave, content, siren="000000109").party.organisation == octave.organisation


def test_a_scan_dated_before_the_version_or_tomorrow_is_refused(to_sign, version, octave):
    for day in (date(2017, 1, 1), timezone.localdate() + timedelta(days=1)):
        with pytest.raises(Denied, match="après que la version"):
            bring(to_sign, octave, copy_of(version, "246200364"), signed_on=day)


def test_a_partner_does_not_bring_the_paper_of_another(to_sign, version, basile):
    with pytest.raises(Denied, match="par elle, ou par le pilote"):
        bring(to_sign, basile, copy_of(version, "000000109"))


def test_a_drawing_is_a_file_like_another_to_the_scanner():
    picture = Image.new("L", (900, 900), 255)
    ImageDraw.Draw(picture).rectangle((100, 100, 300, 300), fill=0)
    with pytest.raises(BadFile):
        scan.read(as_png(picture))


def test_the_whole_is_done_in_the_browser_by_both_sides(cast, client, to_sign, version, luc, octave):
    with_password(luc)
    here = f"/pacte/{to_sign.slug}/convention/"
    as_user(client, cast.luc)
    page = client.post(f"{here}signer/", {"read": "on", "password": "faux", "sha256": version.sha256})
    assert page.status_code == 422
    assert "rien n’est signé" in page.content.decode()
    assert (
        client.post(f"{here}signer/", {"read": "on", "password": PASSWORD, "sha256": version.sha256}).status_code == 302
    )
    as_user(client, cast.octave)
    wrong = SimpleUploadedFile("scan.png", as_png(Image.new("L", (600, 800), 255)))
    page = client.post(f"{here}papier/", {"scan": wrong, "signed_on": timezone.localdate().isoformat()})
    assert "Aucun code" in page.content.decode()
    copy = client.get(f"{here}versions/1/000000109.pdf").content
    file = SimpleUploadedFile("scan.pdf", copy)
    assert (
        client.post(f"{here}papier/", {"scan": file, "signed_on": timezone.localdate().isoformat()}).status_code == 302
    )
    to_sign.refresh_from_db()
    assert to_sign.state == "active"
    assert client.get(f"{here}versions/1/000000109/exemplaire/").content == copy
    as_user(client, cast.etienne)
    assert client.get(f"{here}versions/1/000000109/exemplaire/").status_code == 404
    assert client.get(f"/pacte/signature/{version.key}/").status_code == 404


def test_the_code_on_a_page_leads_its_reader_to_the_version(cast, client, to_sign, version):
    as_user(client, cast.luc)
    answer = client.get(f"/pacte/signature/{version.key}/246200364/")
    assert answer["Location"] == f"/pacte/{to_sign.slug}/convention/versions/1/"


def test_who_succeeds_a_party_signs_in_its_place_and_the_past_stays_its_own(to_sign, version, cast):
    OrganisationSuccession.objects.create(
        predecessor=cast.agglomeration, successor=cast.other_chamber, on=date(2018, 1, 1)
    )  # fmt: skip
    heir = reader(person("Irène Fabre", cast.other_chamber, Role.ELECTED))
    made = sign(version, heir)
    assert made.party.organisation == cast.agglomeration
    assert made.organisation == cast.other_chamber
    assert version.content["parties"][1]["siren"] == "246200364"


def test_a_merger_of_communes_changes_neither_the_signed_perimeter_nor_its_seal(to_sign, version, monkeypatch):
    """The official tables of another year say that Liévin is gone: what was signed reads the same."""
    before = version.content["perimeter"]
    monkeypatch.setattr("etabli.pacts.documents.snapshot.commune_name", lambda code: "commune nouvelle")
    kept = Version.objects.get(pk=version.pk)
    assert kept.content["perimeter"] == before
    assert ["62510", "Liévin"] in before["communes"]
    perimeter = Perimeter.objects.get(pk=to_sign.perimeter_id)
    assert perimeter.sha256 == before["sha256"]
    assert fingerprint(kept.content) == kept.sha256


def test_who_enters_by_proconnect_alone_is_told_to_choose_a_password_before_signing(client, to_sign, version, luc):
    """Their account has no password to type again: what is missing is said before anything is filled in."""
    luc.user.set_unusable_password()
    luc.user.save()
    here = f"/pacte/{to_sign.slug}/convention/signer/"
    page = as_user(client, luc.user).get(here).content.decode()
    assert "Votre compte n’a pas de mot de passe" in page
    assert 'href="/compte/mot-de-passe/premier/"' in page
    assert 'type="password"' not in page
    (party,) = [row for row in to_sign.parties.all() if luc.holds(row.organisation_id)]
    with pytest.raises(Denied, match="n’a pas de mot de passe"):
        actions.sign(version=version, party=party, by=luc, proof="x", read_sha256=version.sha256)
    chosen = {"password1": PASSWORD, "password2": PASSWORD}
    assert client.post("/compte/mot-de-passe/premier/", chosen).status_code == 302
    assert client.post(here, {"read": "on", "password": PASSWORD, "sha256": version.sha256}).status_code == 302
    assert version.signatures.get().party == party
