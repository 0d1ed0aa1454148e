"""A SAML directory of the tests: signed answers open, and nothing else does."""

import base64
import zlib
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree as ET

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from etabli.accounts.external import saml
from etabli.accounts.models import ExternalIdentity, JoinRequest, User

pytestmark = pytest.mark.one_database

utils = pytest.importorskip("onelogin.saml2.utils").OneLogin_Saml2_Utils
IDP, SITE = "https://annuaire.cma.fr/saml", "http://localhost"
POSTED = f"{SITE}/connexion/saml/retour/"
SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
DIGEST = "http://www.w3.org/2001/04/xmlenc#sha256"
MAIL = "urn:oid:0.9.2342.19200300.100.1.3"


def pair():
    """A private key and its certificate."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "annuaire")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
        .not_valid_before(now - timedelta(1)).not_valid_after(now + timedelta(1)).sign(key, hashes.SHA256())
    )  # fmt: skip
    plain = serialization.NoEncryption()
    text = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, plain)
    return text.decode(), certificate.public_bytes(serialization.Encoding.PEM).decode()


KEY, CERTIFICATE = pair()
OTHER_KEY, OTHER_CERTIFICATE = pair()


@pytest.fixture(autouse=True)
def directory(settings, db):
    cache.clear()
    settings.SAML = {
        "name": "l’annuaire de la CMA", "entity": IDP, "address": f"{IDP}/sso", "certificate": CERTIFICATE,
        "siren": "000000109",
    }  # fmt: skip


def browser(**options):
    """The library wants a real host name in its own address."""
    return Client(SERVER_NAME="localhost", **options)


@pytest.fixture
def client():
    return browser()


def instant(minutes=0):
    return (datetime.now(UTC) + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%SZ")


def answer(asked, *, key=KEY, certificate=CERTIFICATE, signed=True, **changed):
    """A response about Jean, its assertion signed."""
    said = {
        "to": POSTED, "audience": f"{SITE}/connexion/saml/metadata.xml", "until": instant(5), "issuer": IDP,
        "format": saml.PERSISTENT, "mail": "Jean.Cote@cma.fr",
    } | changed  # fmt: skip
    assertion = f"""<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_a1" Version="2.0"
      IssueInstant="{instant()}"><saml:Issuer>{said["issuer"]}</saml:Issuer><saml:Subject>
      <saml:NameID Format="{said["format"]}">jean-42</saml:NameID>
      <saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData
      InResponseTo="{asked}" Recipient="{said["to"]}" NotOnOrAfter="{said["until"]}"/></saml:SubjectConfirmation>
      </saml:Subject><saml:Conditions NotBefore="{instant(-5)}" NotOnOrAfter="{said["until"]}">
      <saml:AudienceRestriction><saml:Audience>{said["audience"]}</saml:Audience></saml:AudienceRestriction></saml:Conditions>
      <saml:AuthnStatement AuthnInstant="{instant()}" SessionIndex="_s1"><saml:AuthnContext><saml:AuthnContextClassRef>
      urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>
      <saml:AttributeStatement><saml:Attribute Name="{MAIL}"><saml:AttributeValue>{said["mail"]}</saml:AttributeValue>
      </saml:Attribute><saml:Attribute Name="displayName"><saml:AttributeValue>Jean Cote</saml:AttributeValue>
      </saml:Attribute></saml:AttributeStatement></saml:Assertion>"""
    if signed:
        assertion = utils.add_sign(assertion, key, certificate, sign_algorithm=SHA256, digest_algorithm=DIGEST)
        assertion = assertion.decode() if isinstance(assertion, bytes) else assertion
    text = f"""<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"
      xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_r1" Version="2.0" IssueInstant="{instant()}"
      Destination="{said["to"]}" InResponseTo="{asked}"><saml:Issuer>{said["issuer"]}</saml:Issuer><samlp:Status>
      <samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>{assertion}
      </samlp:Response>"""
    return base64.b64encode(text.encode()).decode()


def ask(client, query=""):
    """To the directory; returns the identifier of the request it was given."""
    sent = parse_qs(urlsplit(client.get(f"/connexion/saml/{query}").url).query)["SAMLRequest"][0]
    return ET.fromstring(zlib.decompress(base64.b64decode(sent), -15)).attrib["ID"]


def bring(client, response):
    """What the browser does with the answer."""
    posted = browser(enforce_csrf_checks=True).post("/connexion/saml/retour/", {"SAMLResponse": response})
    assert "sessionid" not in posted.cookies
    return client.get(posted.url)


def who(client):
    return User.objects.filter(pk=client.session.get("_auth_user_id")).first()


def test_a_signed_answer_opens_an_account_and_asks_for_a_role(client, cast):
    assert bring(client, answer(ask(client))).url == "/espace/"
    jean = who(client)
    assert (jean.email, jean.name) == ("jean.cote@cma.fr", "Jean Cote")
    assert JoinRequest.objects.get().organisation == cast.chamber
    client.logout()
    bring(client, answer(ask(client), mail="j.cote@cma.fr"))
    assert who(client) == jean
    assert ExternalIdentity.objects.get().idp == IDP


@pytest.mark.parametrize(
    "lie",
    [
        {"signed": False},
        {"key": OTHER_KEY, "certificate": OTHER_CERTIFICATE},
        {"to": "http://ailleurs.fr/connexion/saml/retour/"},
        {"audience": "http://ailleurs.fr"},
        {"until": instant(-30)},
        {"issuer": "https://ailleurs.fr"},
        {"format": saml.TRANSIENT},
        {"mail": ""},
        {"mail": "jean@"},
    ],
    ids=lambda lie: next(iter(lie)),
)
def test_what_is_not_proven_opens_nothing(client, cast, lie):
    refused = bring(client, answer(ask(client), **lie))
    assert refused.url == "/connexion/"
    assert "n’a pas confirmé votre identité" in client.get("/connexion/").content.decode()
    assert who(client) is None
    assert not ExternalIdentity.objects.exists()


def test_an_answer_is_for_the_session_that_asked_once(client, cast):
    asked = ask(client)
    other = browser()
    ask(other)
    assert bring(other, answer(asked)).url == "/connexion/"
    response = answer(asked)
    assert bring(client, response).url == "/espace/"
    client.logout()
    assert bring(client, response).url == "/connexion/"
    assert bring(browser(), answer("_nobody")).url == "/connexion/"


def test_an_assertion_taken_out_of_its_own_answer_opens_no_other_session(client, cast):
    """The answer around the assertion is not signed: whoever steals one removes what it answered."""
    stolen = answer(ask(browser()))
    asked = ET.fromstring(base64.b64decode(stolen)).attrib["InResponseTo"]
    around = f' InResponseTo="{asked}"><saml:Issuer>'
    text = base64.b64decode(stolen).decode()
    assert around in text
    ask(client)
    assert (
        bring(client, base64.b64encode(text.replace(around, "><saml:Issuer>").encode()).decode()).url == "/connexion/"
    )
    assert who(client) is None


def test_a_changed_answer_is_refused(client, cast):
    text = base64.b64decode(answer(ask(client))).decode().replace("jean-42", "chef-1")
    assert bring(client, base64.b64encode(text.encode()).decode()).url == "/connexion/"


@pytest.mark.parametrize("garbage", ["x", "PHg+", base64.b64encode(b"<a>&b;</a>").decode()])
def test_garbage_is_refused_in_french(client, cast, garbage):
    ask(client)
    assert bring(client, garbage).url == "/connexion/"


def test_an_address_alone_never_opens_an_account(client, cast):
    assert bring(client, answer(ask(client), mail="alice@exemple.fr")).url == "/connexion/rattacher/"
    assert "l’annuaire de la CMA vous annonce" in client.get("/connexion/rattacher/").content.decode()
    assert who(client) is None


def test_one_comes_back_to_the_page_asked_for_and_to_no_other_site(client, cast):
    assert bring(client, answer(ask(client, "?next=/organisation/"))).url == "/organisation/"
    client.logout()
    assert bring(client, answer(ask(client, "?next=//ailleurs.fr/"))).url == "/espace/"


def test_the_directory_is_given_what_it_must_know(client):
    text = client.get("/connexion/saml/metadata.xml").content.decode()
    assert POSTED in text
    assert 'WantAssertionsSigned="true"' in text


@pytest.mark.parametrize("key", ["a\x00b", "a b", "9" * 5000, ""])
def test_a_key_that_was_never_drawn_is_refused_in_french(client, key):
    ask(client)
    assert client.get("/connexion/saml/fin/", {"r": key}).url == "/connexion/"


def test_an_answer_too_long_is_not_kept(client):
    assert client.post("/connexion/saml/retour/", {"SAMLResponse": "x" * 200_001}).status_code == 404


def test_without_directory_nothing_is_there_and_the_library_is_not_asked_for(client, settings, monkeypatch):
    settings.SAML = {**settings.SAML, "entity": ""}
    monkeypatch.setattr(saml, "toolkit", lambda: pytest.fail("asked for"))
    for page in ("", "fin/", "metadata.xml"):
        assert client.get(f"/connexion/saml/{page}").status_code == 404
    assert client.post("/connexion/saml/retour/", {"SAMLResponse": "x"}).status_code == 404
    assert "CMA" not in client.get("/connexion/").content.decode()


def test_a_missing_library_gives_the_command_that_installs_it(monkeypatch):
    def absent(name):
        raise ImportError(name)

    monkeypatch.setattr(saml.importlib, "import_module", absent)
    with pytest.raises(ImproperlyConfigured, match="uv pip install --python"):
        saml.toolkit()
