"""Said once, sent once, stopped for good."""

import pytest
from django.core import mail
from django.test import Client

from etabli.accounts.models import User
from etabli.notices import actions, queries, tokens
from etabli.notices.kinds import Kind
from etabli.notices.models import Notice
from tests.etabli import contract

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana() -> User:
    return User.objects.create_user("ana@exemple.fr", name="Ana Petit")


@pytest.fixture
def bob() -> User:
    return User.objects.create_user("bob@exemple.fr", name="Bob Roux")


def announce(*people: User, key: str = "ending:1:2020-11-16", kind: Kind = Kind.ENDING, subject: str = "Fin") -> int:
    return actions.announce(recipients=people, kind=kind, key=key, subject=subject, text="Six mois.", address="/avis/")


def test_the_same_thing_is_said_once_to_each_person(ana, bob):
    assert announce(ana) == 1
    assert announce(ana, bob) == 1
    assert announce(ana, bob) == 0
    assert Notice.objects.count() == 2


def test_a_digest_is_sent_once_with_all_that_is_new(ana):
    announce(ana, key="a", subject="La convention se termine")
    announce(ana, key="b", kind=Kind.UNPAID, subject="Aucun versement")
    assert actions.send_digests() == 1
    assert actions.send_digests() == 0
    (message,) = mail.outbox
    assert message.to == ["ana@exemple.fr"]
    assert message.subject == "Établi\u00a0: 2 points à regarder"
    assert "La convention se termine" in message.body
    assert "Aucun versement" in message.body


def test_a_kind_switched_off_by_mail_stays_in_the_page(ana):
    actions.choose(user=ana, wanted={Kind.ENDING: (True, False)})
    announce(ana)
    assert actions.send_digests() == 0
    assert queries.in_page(ana).count() == 1


def test_a_kind_switched_off_in_the_page_is_still_sent(ana):
    actions.choose(user=ana, wanted={Kind.ENDING: (False, True)})
    announce(ana)
    assert queries.in_page(ana).count() == 0
    assert actions.send_digests() == 1


def test_a_closed_account_receives_nothing(ana):
    announce(ana)
    ana.is_active = False
    ana.save()
    assert actions.send_digests() == 0


def test_a_refused_message_is_sent_the_next_time(ana, bob, monkeypatch):
    announce(ana, bob)
    real = mail.EmailMessage.send

    def refuse_bob(self, *args, **kwargs):
        if self.to == ["bob@exemple.fr"]:
            raise OSError("no route")
        return real(self, *args, **kwargs)

    with monkeypatch.context() as broken:
        broken.setattr(mail.EmailMessage, "send", refuse_bob)
        with pytest.raises(OSError, match="no route"):
            actions.send_digests()
    assert actions.send_digests() == 1
    assert [message.to for message in mail.outbox] == [["ana@exemple.fr"], ["bob@exemple.fr"]]


def test_a_line_break_in_a_subject_makes_no_header(ana):
    announce(ana, subject="Fin\r\nBcc: tous@exemple.fr")
    actions.send_digests()
    assert mail.outbox[0].subject == "Fin Bcc: tous@exemple.fr"


def test_the_link_asks_before_it_stops(client, ana):
    announce(ana)
    address = f"/avis/arreter/{tokens.stop_token(ana)}/"
    contract.check(client.get(address))
    assert queries.preferences(ana)[Kind.ENDING] == (True, True)
    contract.check(Client(enforce_csrf_checks=True).post(address))
    assert queries.preferences(ana)[Kind.ENDING] == (True, False)
    assert actions.send_digests() == 0


def test_a_forged_link_is_absent(client, ana):
    assert client.get(f"/avis/arreter/{ana.pk}~abc/").status_code == 404


def test_the_page_shows_mine_alone_and_keeps_my_choices(client, ana, bob):
    announce(ana, subject="Pour Ana")
    announce(bob, key="b", subject="Pour Bob")
    client.force_login(ana)
    page = client.get("/avis/")
    assert "Pour Ana" in page.content.decode()
    assert "Pour Bob" not in page.content.decode()
    client.post("/avis/choix/", {"page": [Kind.ENDING.value], "courrier": []})
    assert queries.preferences(ana)[Kind.ENDING] == (True, False)
    assert queries.preferences(ana)[Kind.UNPAID] == (False, False)


def test_nobody_hides_the_notice_of_another(client, ana, bob):
    announce(bob)
    client.force_login(ana)
    client.post(f"/avis/{Notice.objects.get().pk}/masquer/")
    assert queries.in_page(bob).count() == 1
    client.force_login(bob)
    client.post(f"/avis/{Notice.objects.get().pk}/masquer/")
    assert queries.in_page(bob).count() == 0
