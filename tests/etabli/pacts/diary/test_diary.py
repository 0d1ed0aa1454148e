"""The diary: a few fields, nothing noted twice, nothing typed lost, a mistake mended in two taps."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from etabli.acts import queries as ledger
from etabli.acts.actions import Entry, record
from etabli.acts.kinds import AWAITING, SOME_QPV, ActKind, Confidentiality, Measure, Origin, Theme
from etabli.acts.models import Act
from etabli.acts.queries import Selection
from etabli.pacts.attributions import actions as giving
from etabli.pacts.attributions import queries as attributions
from etabli.pacts.diary.forms import KINDS, MORE_KINDS
from etabli.papers import storage
from etabli.registry import queries as registry
from etabli.registry.actions import Identity, open_person
from tests.etabli import contract
from tests.etabli.cast import as_user
from tests.etabli.pacts import ground

pytestmark = pytest.mark.one_database

DIARY = "/atelier/carnet/"
SIRET = "73282932000074"


@pytest.fixture
def send(client, cast, pact, typed):
    """Alice sends the form: `send(firm="Martin")`."""

    def post(address=DIARY, who="alice", headers=None, **fields):
        as_user(client, cast.people[who])
        return client.post(address, typed(**fields), headers=headers or {})

    return post


def refused(response, said):
    assert response.status_code == 422
    text = contract.check(response, public=False).text.replace("\u00a0", " ")
    assert said in text
    return text


def test_the_page_is_a_page_like_the_others(visit_as, cast, pact):
    page = visit_as(cast.alice, DIARY)
    assert "Rien n’est encore noté" in page.text


def test_a_visit_without_firm_is_noted_with_its_axis(send, typed, pact, cast):
    axis = pact.axes.first()
    response = send(commune="Liévin", axis=axis.pk, note="Réunion au café")
    assert response.url == f"{DIARY}?note={typed()['key']}"
    act = Act.objects.get()
    assert (act.commune, act.minutes, act.adviser, act.organisation) == (ground.LIEVIN, 30, cast.alice, cast.chamber)
    assert (act.themes, act.note.text) == ("|numerique|", "Réunion au café")
    assert attributions.standing(act) == {axis.pk: 100}


def test_an_act_in_a_priority_neighbourhood_counts_for_its_promises(send, pact, client, cast):
    promise = ground.objective(pact.axes.last(), measure=Measure.ACTS, only_qpv=True, disaggregations=["qpv"])
    promise.axis.convention.refresh_from_db()
    for key, fields in (("1", {"qpv": "on"}), ("2", {})):
        send(key=f"3f2b8a52-0b8e-4b6e-9d3c-0a4f5f0f5a1{key}", commune="Liévin", axis=promise.axis.pk, **fields)
    assert sorted(Act.objects.values_list("qpv", flat=True)) == ["", SOME_QPV]
    text = client.get(f"/pacte/{pact.slug}/objectifs/{promise.pk}/", follow=True).content.decode()
    assert "<b>1</b>" in text
    assert "en quartier prioritaire" in text


def test_the_axis_comes_by_default(visit_as, cast, pact):
    html = visit_as(cast.alice, DIARY).html
    assert '<option value="propose" selected>' in html
    assert f"proposé\u00a0: {pact.axes.first()}" in html


def test_without_a_choice_the_axis_is_that_of_the_kind_and_the_commune(send, pact, cast):
    energy = pact.axes.last()
    ground.objective(energy, kinds=[ActKind.DIAGNOSTIC])
    elsewhere = ground.axis(ground.convention(cast.chamber, ground.ARRAS, years=(2024, 2040)), "Arras")
    for number, (fields, axis) in enumerate((
        ({"kind": "diagnostic_completed", "commune": "Liévin"}, energy),
        ({"commune": "Arras"}, elsewhere),
        ({"commune": "Lille"}, None),
    )):  # fmt: skip
        assert send(axis="propose", key=KEYS[number], **fields).status_code == 302
        act = Act.objects.latest("pk")
        assert attributions.standing(act) == ({axis.pk: 100} if axis else {}), fields
    assert Act.objects.order_by("pk").first().themes == "|energie|"


def test_kinds_less_usual_are_in_a_list_with_an_amount_and_a_quantity(send, client, cast):
    refused(send(kind="autre"), "Choisissez ce qui a été fait dans la liste")
    refused(send(kind="autre", other_kind="order_completed"), "n’en fait pas partie")
    sent = {"kind": "autre", "other_kind": "grant_awarded", "amount": "1 200,50", "quantity": "3"}
    assert send(**sent).status_code == 302
    act = Act.objects.get()
    assert (act.kind, act.amount, act.quantity) == ("grant_awarded", 120_050, 3)
    shown = client.get(f"{DIARY}{act.pk}/corriger/").content.decode()
    assert '<option value="grant_awarded" selected>' in shown
    assert 'value="1200,50"' in shown
    assert send(f"{DIARY}{act.pk}/corriger/", key=KEYS[1], **(sent | {"amount": "900"})).status_code == 302
    made = Act.objects.latest("pk")
    assert (made.kind, made.amount, made.quantity) == ("grant_awarded", 90_000, 3)


def test_every_kind_is_noted_here_or_said_to_wait_for_its_service():
    here = {*KINDS, *(kind for _, kinds in MORE_KINDS for kind in kinds)}
    assert here | AWAITING == set(ActKind)
    assert not here & AWAITING


def test_the_same_key_counts_once(send):
    for _ in range(2):
        send(minutes="45")
    assert ledger.count(Selection(), Measure.MINUTES) == 45


def test_a_key_taken_by_somebody_else_is_refused(send):
    send()
    assert send(who="diane").status_code == 403
    assert Act.objects.count() == 1


def test_a_firm_is_noted_by_its_siret_with_what_sirene_knows(send, demo):
    row = demo.describe([0])[0]
    send(firm=" ".join([row.siret[:9], row.siret[9:]]))
    act = Act.objects.get()
    assert (act.commune, act.trade) == (row.commune, row.trade)
    assert registry.by_siret(row.siret) == act.beneficiary


def test_a_siret_that_sirene_does_not_know_is_noted_with_its_name(send, no_store):
    send(firm=f"{SIRET} Garage Dupont")
    firm = registry.by_siret(SIRET)
    assert registry.names([firm.pk]) == {firm.pk: "Garage Dupont"}


def test_a_name_leads_to_proposals_and_loses_nothing(send, demo, cast):
    row = demo.describe([number for number in range(40) if not demo.establishments.status[number]])[0]
    ground.axis(ground.convention(cast.chamber, row.commune, years=(2024, 2040)))
    text = refused(send(firm=row.name, note="Vu le patron"), "Choisissez ci-dessous l’entreprise")
    assert " ".join((row.siret[:3], row.siret[3:6], row.siret[6:9], row.siret[9:])) in text
    assert "Vu le patron" in text
    assert Act.objects.count() == 0
    assert send(firm=row.name, chosen=f"siret:{row.siret}").status_code == 302


def test_a_person_without_siret_is_noted_by_name(send):
    refused(send(firm="Zoé Martin"), "Choisissez ci-dessous")
    send(firm="Zoé Martin", chosen="personne", commune="62498")
    act = Act.objects.get()
    assert registry.names([act.beneficiary_id]) == {act.beneficiary_id: "Zoé Martin"}
    assert act.commune == ground.LENS


def test_who_was_helped_before_is_proposed_again(send, client):
    send(firm="Zoé Martin", chosen="personne")
    key = Act.objects.get().beneficiary.key
    found = client.get(f"{DIARY}entreprises/?firm=mart").content.decode()
    assert f'value="dossier:{key}"' in found
    send(key="3f2b8a52-0b8e-4b6e-9d3c-0a4f5f0f5a12", firm="Zoé Martin", chosen=f"dossier:{key}")
    assert ledger.count(Selection(), Measure.BENEFICIARIES) == 1


def test_the_file_of_another_organisation_is_neither_proposed_nor_taken(send, client):
    send(firm="Zoé Martin", chosen="personne")
    key = Act.objects.get().beneficiary.key
    refused(send(who="etienne", key="3f2b8a52-0b8e-4b6e-9d3c-0a4f5f0f5a13", chosen=f"dossier:{key}"), "n’est pas suivi")
    assert str(key) not in client.get(f"{DIARY}entreprises/?firm=mart").content.decode()


def test_a_name_known_through_a_reserved_act_is_proposed_to_who_may_open_it(send, client, cast):
    zoe = open_person(by=None, identity=Identity("Zoé Martin"), on=ground.date(2025, 1, 1))
    entry = Entry(ActKind.VISIT, ground.date(2025, 3, 10), cast.chamber, "t:1", adviser=cast.alice, beneficiary=zoe,
                  confidentiality=Confidentiality.RESERVED)  # fmt: skip
    record(by=cast.alice, entry=entry)
    proposed = {
        name: str(zoe.key) in as_user(client, cast.people[name]).get(f"{DIARY}entreprises/?firm=mart").content.decode()
        for name in ("alice", "diane")
    }
    assert proposed == {"alice": True, "diane": False}
    refused(send(who="diane", chosen=f"dossier:{zoe.key}"), "n’est pas suivi")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"firm": "732 829 320 00075"}, "Ce SIRET n’existe pas"),
        ({"firm": SIRET}, "donnez aussi le nom"),
        ({"commune": "Atlantide"}, "Aucune commune ne s’appelle"),
        ({"commune": "Saint-Denis"}, "Quelle commune ?"),
        ({"minutes": "0"}, "Écrivez la durée"),
        ({"minutes": "0", "other_minutes": "2000"}, "1440"),
        ({"day": "2999-01-01"}, "aujourd’hui"),
        ({"day": "hier"}, "date"),
        ({"kind": "magie"}, "magie"),
        ({"axis": "999999"}, "choix"),
        ({"note": "x" * 301}, "300"),
        ({"chosen": "dossier:n’importe"}, "n’est pas suivi"),
        ({"chosen": "personne"}, "Écrivez le nom"),
        ({"key": "pas une clé"}, "UUID"),
    ],
)
def test_what_makes_no_sense_is_said_and_kept_in_the_form(send, no_store, fields, said):
    more = {"note": "Ma phrase"} | fields
    text = refused(send(**more), said)
    assert more["note"][:300] in text
    assert Act.objects.count() == 0


def test_another_duration_is_taken(send):
    send(minutes="0", other_minutes="75")
    assert Act.objects.get().minutes == 75


def test_a_photo_is_kept_without_the_place_where_it_was_taken(send):
    taken = io.BytesIO()
    notes = Image.Exif()
    notes[0x010E], notes.get_ifd(0x8825)[1] = "description", "N"
    Image.new("RGB", (30, 20), "white").save(taken, "JPEG", exif=notes)
    assert Image.open(io.BytesIO(taken.getvalue())).getexif()
    send(proof=SimpleUploadedFile("photo.jpg", taken.getvalue()))
    act = Act.objects.get()
    kept = storage.read(act.proof)
    assert act.proof_sha256 == act.proof.sha256
    assert not Image.open(io.BytesIO(kept)).getexif()


def test_a_png_loses_its_hidden_notes_too(send):
    notes, words, taken = Image.Exif(), PngInfo(), io.BytesIO()
    notes.get_ifd(0x8825)[1] = "N"
    words.add_text("Comment", "chez Zoé Martin")
    Image.new("RGBA", (30, 20), (9, 8, 7, 120)).save(taken, "PNG", exif=notes, pnginfo=words)
    send(proof=SimpleUploadedFile("photo.png", taken.getvalue()))
    kept = Image.open(io.BytesIO(storage.read(Act.objects.get().proof)))
    assert not kept.getexif()
    assert "Comment" not in kept.info
    assert (kept.size, kept.getpixel((3, 3))) == ((30, 20), (9, 8, 7, 120))


def test_half_a_photo_is_refused_rather_than_kept_with_its_place(send):
    notes, taken = Image.Exif(), io.BytesIO()
    notes.get_ifd(0x8825)[1] = "N"
    Image.effect_noise((300, 200), 90).save(taken, "JPEG", exif=notes)
    half = taken.getvalue()[: len(taken.getvalue()) // 2]
    refused(send(note="Ma phrase", proof=SimpleUploadedFile("photo.jpg", half)), "il en manque un bout")
    assert Act.objects.count() == 0


@pytest.mark.parametrize("content", [b"", b"<script>alert(1)</script>", b"\xff\xd8\xff broken"])
def test_a_bad_file_is_refused_and_nothing_is_noted(send, content):
    response = send(note="Ma phrase", proof=SimpleUploadedFile("photo.jpg", content))
    refused(response, "Ma phrase")
    assert Act.objects.count() == 0


def test_a_script_gets_its_answer_in_json(send):
    json = {"Accept": "application/json"}
    assert send(headers=json, day="hier").json()["errors"]
    assert send(headers=json).status_code == 201


def test_an_act_is_corrected_by_its_opposite_and_a_new_one(send, client, pact):
    send(firm="Zoé Martin", chosen="personne", minutes="30", axis=pact.axes.first().pk)
    act = Act.objects.get()
    page = contract.check(client.get(f"{DIARY}{act.pk}/corriger/"), public=False)
    assert "Zoé Martin" in page.html
    fields = {"firm": "Zoé Martin", "chosen": f"dossier:{act.beneficiary.key}", "minutes": "60", "key": KEYS[1]}
    for _ in range(2):  # sent twice by an impatient thumb: the second finds the act gone
        send(f"{DIARY}{act.pk}/corriger/", **fields)
    assert ledger.count(Selection(), Measure.MINUTES) == 60
    assert ledger.count(Selection(), Measure.ACTS) == 1
    assert Act.objects.count() == 3


def test_a_correction_keeps_all_that_the_form_does_not_show(send, cast, pact):
    numeric, energy = pact.axes.order_by("number")
    Image.new("L", (1, 1)).save(pixel := io.BytesIO(), "PNG")
    proof = storage.store(content=pixel.getvalue(), name="lettre.png", by=cast.alice, organisation_id=cast.chamber.pk)
    act = record(
        by=cast.alice,
        entry=Entry(
            ActKind.VISIT, ground.date(2025, 3, 10), cast.chamber, "diary:1", commune=ground.LENS, qpv="QP062001",
            adviser=cast.alice, amount=12_000, quantity=3, placement="atelier-7",
            themes=(Theme.ENERGY, Theme.DIGITAL),
            confidentiality=Confidentiality.RESERVED, proof=proof,
        ),
    )  # fmt: skip
    for axis, share in ((numeric, 60), (energy, 40)):
        giving.attribute(by=cast.alice, act=act, axis=axis, share=share)
    send(f"{DIARY}{act.pk}/corriger/", "octave", commune=ground.LENS, qpv="on", axis=numeric.pk, minutes="60",
         amount="120", quantity="3")  # fmt: skip
    made = Act.objects.latest("pk")
    assert (made.minutes, act.minutes) == (60, 0)
    carried = ("qpv", "adviser_id", "amount", "quantity", "placement", "themes", "confidentiality", "proof_id")
    assert [getattr(made, name) for name in carried] == [getattr(act, name) for name in carried]
    assert attributions.standing(made) == {numeric.pk: 60, energy.pk: 40}


def test_a_correction_of_the_axis_leaves_the_former_ones(send, pact):
    numeric, energy = pact.axes.order_by("number")
    send(axis=numeric.pk)
    send(f"{DIARY}{Act.objects.get().pk}/corriger/", axis=energy.pk, key=KEYS[1])
    made = Act.objects.latest("pk")
    assert attributions.standing(made) == {energy.pk: 100}
    assert made.themes == "|energie|"


def test_a_correction_is_told_as_such(send, client):
    send()
    answer = send(f"{DIARY}{Act.objects.get().pk}/corriger/", key=KEYS[1])
    assert "C’est corrigé." in client.get(answer["Location"]).content.decode()


KEYS = [f"3f2b8a52-0b8e-4b6e-9d3c-0a4f5f0f5b{number:02d}" for number in range(10)]


def test_an_act_is_cancelled(send, client):
    send()
    act = Act.objects.get()
    assert "Oui, annuler cet acte" in client.get(DIARY).content.decode().partition('<details class="more">')[2]
    told = client.post(f"{DIARY}{act.pk}/annuler/", follow=True).content.decode()
    assert "L’acte est annulé\u00a0: il ne compte plus nulle part." in told
    assert ledger.count(Selection(), Measure.ACTS) == 0
    assert client.post(f"{DIARY}{act.pk}/annuler/").status_code == 404


def test_an_act_of_another_service_is_corrected_there(send, client, cast):
    entry = Entry(ActKind.VISIT, ground.date(2025, 1, 1), cast.chamber, "cases:1", adviser=cast.alice,
                  origin=Origin.SERVICE)  # fmt: skip
    act = record(by=cast.alice, entry=entry)
    as_user(client, cast.alice)
    response = client.post(f"{DIARY}{act.pk}/annuler/")
    assert response.status_code == 409
    assert "vient d’un autre service" in response.content.decode()


@pytest.mark.parametrize(("who", "status"), [("diane", 403), ("octave", 302), ("etienne", 404), ("luc", 403)])
def test_only_the_author_or_the_officer_cancels(send, who, status):
    send()
    act = Act.objects.get()
    assert send(f"{DIARY}{act.pk}/annuler/", who=who).status_code == status


@pytest.mark.parametrize("address", [DIARY, f"{DIARY}entreprises/", "/atelier/actes/", "/atelier/actes.csv"])
def test_a_visitor_is_sent_to_the_door(db, client, address):
    assert client.get(address).url.startswith("/connexion/")


def test_an_elected_member_has_no_diary(visit_as, cast):
    assert "pouvoir écrire dans le carnet" in visit_as(cast.luc, DIARY, status=403).text
    assert "pouvoir voir les actes" in visit_as(cast.luc, "/atelier/actes/", status=403).text


def test_my_last_acts_come_latest_day_first_then_last_written_first(send, visit_as, cast):
    several = (("2025-03-05", "un"), ("2025-03-01", "deux"), ("2025-03-05", "trois"))
    for key, (day, note) in zip(KEYS, several, strict=False):
        send(key=key, day=day, note=f"note {note}")
    text = visit_as(cast.alice, DIARY).text
    assert text.index("note trois") < text.index("note un") < text.index("note deux")


def test_an_act_just_noted_says_which_objectives_moved_and_which_did_not(send, visit_as, cast, pact):
    axis = pact.axes.get(title="Numérique")
    visits = ground.objective(axis, title="Visites faites", unit="visites", measure="acts", kinds=["visit_made"])
    helped = ground.objective(axis, title="Personnes aidées", unit="personnes", kinds=["visit_made"])
    ground.objective(axis, title="Appels", unit="appels", measure="acts", kinds=["phone_call_held"])
    ground.objective(pact.axes.get(title="Énergie"), title="Ailleurs", unit="actes", measure="acts")
    person = {"firm": "Jeanne Lumière", "chosen": "personne", "commune": "Lens", "axis": axis.pk}
    first = visit_as(cast.alice, send(key=KEYS[0], **person).url)
    assert {f"/pacte/{pact.slug}/objectifs/{one.pk}/" for one in (visits, helped)} <= set(first.links)
    said = first.text.replace("\u00a0", " ")
    assert "maintenant 1 visite" in said
    assert "maintenant 1 personne" in said
    assert "Appels" not in said
    assert "Ailleurs" not in said
    known = Act.objects.get().beneficiary.key
    again = visit_as(cast.alice, send(key=KEYS[1], **person | {"chosen": f"dossier:{known}"}).url)
    said = again.text.replace("\u00a0", " ")
    assert "maintenant 2 visites" in said
    assert "sans changement" in said


def test_what_counts_for_nothing_is_said_and_the_key_of_somebody_else_tells_nothing(send, visit_as, cast, pact):
    where = send(key=KEYS[0], commune="Lens").url
    assert "ne compte pour aucun objectif" in visit_as(cast.alice, where).text
    assert "ne compte pour aucun objectif" not in visit_as(cast.diane, where).text
