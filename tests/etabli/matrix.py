"""Every address of the product, and who opens it. `test_matrix.py` fetches each one as everybody.

An address names its objects in braces; `test_matrix.py` makes them: the pact runs between the chamber (pilot) and the
agglomération (partner). A new address without its row here is a failed test.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from etabli.accounts.roles import Permission

P = Permission


class Reach(StrEnum):
    """Whose what is behind an address."""

    PUBLIC = "public"  # the same page for everybody; nobody looks at who reads
    ENTRANCE = "entrance"  # opened without an account, by whoever arrives
    ACCOUNT = "account"  # one's own account, with or without organisation
    HOUSE = "house"  # one's own organisation, whichever it is
    OWN = "own"  # an object of the chamber alone: for anybody else it does not exist
    PACT = "pact"  # an object of the pact: for who is not a party it does not exist


@dataclass(frozen=True)
class Row:
    """`opens` is the answer to who may; `partner`, when it differs for the other party; `but`, for one person."""

    address: str
    reach: Reach
    demands: tuple[P, ...] = ()
    opens: int = 200
    partner: int = 0
    but: dict[str, int] = field(default_factory=dict)
    posts: bool = False


def public(address: str, opens: int = 200) -> Row:
    return Row(address, Reach.PUBLIC, opens=opens)


def entrance(address: str, opens: int = 200) -> Row:
    return Row(address, Reach.ENTRANCE, opens=opens)


def account(address: str, opens: int = 200, *, posts: bool = False) -> Row:
    return Row(address, Reach.ACCOUNT, opens=opens, posts=posts)


def house(address: str, *demands: P, opens: int = 200, posts: bool = False, **but: int) -> Row:
    return Row(address, Reach.HOUSE, demands, opens, but=but, posts=posts)


def own(address: str, *demands: P, opens: int = 200, posts: bool = False, **but: int) -> Row:
    return Row(address, Reach.OWN, demands, opens, but=but, posts=posts)


def pact(address: str, *demands: P, opens: int = 200, partner: int = 0, posts: bool = False, **but: int) -> Row:
    return Row(address, Reach.PACT, demands, opens, partner or opens, but, posts)


HERE = "/pacte/{slug}/"
PLACE = "/territoires/epci/246200364/"

OBSERVATORY = {
    "health": public("/sante"),
    "gallery": public("/_ui/"),
    "observatory:home": public("/"),
    "observatory:search": public("/territoires/?q=lens"),
    "observatory:portrait": public(PLACE),
    "observatory:trades": public(f"{PLACE}metiers/"),
    "observatory:trade": public(f"{PLACE}metiers/boulangerie/"),
    "observatory:establishments": public(f"{PLACE}etablissements/"),
    "observatory:establishments_file": public(f"{PLACE}tableaux/etablissements.csv"),
    "observatory:image": public(f"{PLACE}images/stock.svg"),
    "observatory:trade_image": public(f"{PLACE}metiers/boulangerie/images/stock.svg"),
    "observatory:table": public(f"{PLACE}tableaux/stock.csv"),
    "observatory:portrait_pdf": public(f"{PLACE}portrait.pdf"),
    "observatory:watch": public(f"{PLACE}veille/"),
    "observatory:watch_table": public(f"{PLACE}veille.csv"),
    "observatory:watch_feed": public(f"{PLACE}veille.atom"),
    "observatory:comparison": public("/comparer/"),
    "observatory:comparison_table": public("/comparer.csv?t=epci:246200364"),
    "observatory:comparison_image": public("/comparer/images/stock.svg?t=epci:246200364"),
    "observatory:definitions": public("/definitions/"),
    "observatory:sources": public("/donnees/"),
    "observatory:accessibility": public("/accessibilite/"),
    "observatory:legal": public("/mentions-legales/"),
}

ACCOUNTS = {
    "account_login": entrance("/connexion/"),
    "mfa_authenticate": entrance("/connexion/second-facteur/", 302),
    "account_logout": entrance("/deconnexion/", 302),
    "account_signup": entrance("/inscription/"),
    "account_inactive": entrance("/compte/ferme/"),
    "account_email_verification_sent": entrance("/compte/adresse/envoyee/"),
    "account_confirm_email": entrance("/compte/adresse/inconnue/"),
    "account_reset_password": entrance("/mot-de-passe-oublie/"),
    "account_reset_password_done": entrance("/mot-de-passe-oublie/envoye/"),
    "account_reset_password_from_key_done": entrance("/mot-de-passe-oublie/fait/"),
    "account_reset_password_from_key": entrance("/mot-de-passe-oublie/1-inconnu/"),
    "accounts:begin_proconnect": entrance("/connexion/proconnect/", 404),  # no provider is set up in the tests
    "accounts:begin_annuaire": entrance("/connexion/annuaire/", 404),
    "accounts:back_proconnect": entrance("/connexion/proconnect/retour/", 404),
    "accounts:back_annuaire": entrance("/connexion/annuaire/retour/", 404),
    "accounts:saml_begin": entrance("/connexion/saml/", 404),
    "accounts:saml_post": entrance("/connexion/saml/retour/", 405),
    "accounts:saml_back": entrance("/connexion/saml/fin/", 404),
    "accounts:saml_metadata": entrance("/connexion/saml/metadata.xml", 404),
    "accounts:tie": entrance("/connexion/rattacher/", 302),
    "accounts:left": entrance("/deconnexion/faite/", 404),
    "accounts:invitation": entrance("/invitation/{invitation}/"),
    "account_reauthenticate": account("/compte/verifier/", 403),
    "account_email": account("/compte/adresse/"),
    "account_change_password": account("/compte/mot-de-passe/", 302),
    "account_set_password": account("/compte/mot-de-passe/premier/"),
    "usersessions_list": account("/compte/appareils/"),
    "mfa_index": account("/compte/securite/"),
    "mfa_reauthenticate": account("/compte/securite/verifier/", 403),
    "mfa_activate_totp": account("/compte/securite/application/"),
    "mfa_deactivate_totp": account("/compte/securite/application/retirer/", 404),
    "mfa_view_recovery_codes": account("/compte/securite/codes/", 404),
    "mfa_generate_recovery_codes": account("/compte/securite/codes/nouveaux/"),
    "mfa_download_recovery_codes": account("/compte/securite/codes/codes.txt", 404),
    "mfa_list_webauthn": account("/compte/securite/cles/"),
    "mfa_add_webauthn": account("/compte/securite/cles/ajouter/"),
    "mfa_reauthenticate_webauthn": account("/compte/securite/cles/verifier/", 403),
    "mfa_remove_webauthn": account("/compte/securite/cles/999999/retirer/", 404),
    "mfa_edit_webauthn": account("/compte/securite/cles/999999/nom/", 404),
    "accounts:join": account("/espace/rejoindre/"),
    "accounts:space": house("/espace/", opens=302),
    "accounts:switch": house("/espace/organisation/", opens=404, posts=True),
    "accounts:organisation": house("/organisation/"),
    "accounts:hand_over": house("/organisation/passer-la-main/"),
    "accounts:describe": house("/organisation/decrire/", P.MANAGE_MEMBERS),
    "accounts:invite": house("/organisation/inviter/", P.MANAGE_MEMBERS),
    "accounts:succeed": house("/organisation/succession/", P.MANAGE_MEMBERS),
    "accounts:register": house("/organisation/inscrire/", P.MANAGE_MEMBERS, P.DRAFT_CONVENTION),
    "accounts:invite_founder": own(
        "/organisation/inscrire/{founded}/administrateur/", P.MANAGE_MEMBERS, P.DRAFT_CONVENTION
    ),
    "accounts:revoke": own("/organisation/invitations/{sent}/retirer/", P.MANAGE_MEMBERS, opens=302, posts=True),
    "accounts:give": own("/organisation/membres/{member}/roles/", P.MANAGE_MEMBERS, opens=404, posts=True),
    "accounts:answer": own("/organisation/demandes/{asked}/", P.MANAGE_MEMBERS, opens=404, posts=True),
    "accounts:end": own("/organisation/roles/{held}/terminer/", opens=403, adele=200, alice=200),
    "notices:notices": account("/avis/"),
    "notices:choose": account("/avis/choix/", 302, posts=True),
    "notices:dismiss": account("/avis/999999/masquer/", 302, posts=True),
    "notices:stop": entrance("/avis/arreter/{stop}/"),
}

DIARY = {
    "diary:diary": house("/atelier/carnet/", P.RECORD_ACT),
    "diary:proposals": house("/atelier/carnet/entreprises/?firm=four", P.RECORD_ACT),
    "diary:acts": house("/atelier/actes/", P.SEE_ACTS),
    "diary:acts_file": house("/atelier/actes.csv", P.SEE_ACTS),
    "diary:correct": own("/atelier/carnet/{act}/corriger/", P.RECORD_ACT, coline=404, hugo=404),
    "diary:cancel": own(
        "/atelier/carnet/{act}/annuler/",
        P.RECORD_ACT,
        opens=302,
        posts=True,
        alice=403,
        diane=403,
        gael=403,
        coline=404,
        hugo=404,
    ),
    "diary:proof": own("/atelier/actes/{act}/piece/", P.SEE_ACTS),
}

FILE = "/atelier/beneficiaires/{file}/"
FILES = {
    "pacts:beneficiaries": house("/atelier/beneficiaires/", P.MANAGE_MERGES),
    "pacts:beneficiary": own(FILE, P.MANAGE_MERGES),
    "pacts:join_beneficiaries": own(f"{FILE}reunir/{{double}}/", P.MANAGE_MERGES),
    "pacts:separate_beneficiaries": own(f"{FILE}separer/{{joined}}/", P.MANAGE_MERGES),
    "pacts:anonymise_beneficiary": own(f"{FILE}anonymiser/", P.ANONYMISE),
}

PACTS = {
    "pacts:journal": house("/journal/", P.SEE_JOURNAL),
    "pacts:journal_file": house("/journal.csv", P.SEE_JOURNAL),
    "pacts:welcome": house("/accueil/", P.ENTER_OUTSIDE),
    "pacts:mine": house("/pacte/", P.SEE_PACT),
    "pacts:comparison": house("/pacte/comparaison/", P.SEE_PACT),
    "pacts:conventions": house("/pacte/conventions/", P.SEE_PACT),
    "pacts:new": house("/pacte/nouvelle/", P.DRAFT_CONVENTION),
    "pacts:standard_template": house("/pacte/modele.docx", P.DRAFT_CONVENTION),
    "pacts:dashboard": pact(HERE, P.SEE_PACT),
    "pacts:committee": pact(f"{HERE}copil/", P.SEE_PACT),
    "pacts:years": pact(f"{HERE}annees/", P.SEE_PACT),
    "pacts:convention": pact(f"{HERE}convention/", P.SEE_PACT),
    "pacts:convention_pdf": pact(f"{HERE}convention.pdf", P.SEE_PACT),
    "pacts:convention_docx": pact(f"{HERE}convention.docx", P.SEE_PACT),
    "pacts:template": pact(f"{HERE}convention/modele/", P.DRAFT_CONVENTION, partner=403),
    "pacts:convention_text": pact(f"{HERE}convention/texte/", P.DRAFT_CONVENTION, opens=403),
    "pacts:perimeter": pact(f"{HERE}convention/perimetre/", P.DRAFT_CONVENTION, opens=403),
    "pacts:parties": pact(f"{HERE}convention/parties/", P.DRAFT_CONVENTION, opens=403),
    "pacts:deliberations": pact(f"{HERE}convention/deliberations/", P.REVIEW_CONVENTION, opens=403),
    "pacts:axes": pact(f"{HERE}convention/axes/", P.DRAFT_CONVENTION, opens=403),
    "pacts:actions": pact(f"{HERE}convention/actions/", P.DRAFT_CONVENTION, opens=403),
    "pacts:action": pact(f"{HERE}convention/actions/{{action}}/", P.DRAFT_CONVENTION, opens=403),
    "pacts:move": pact(f"{HERE}convention/etat/", P.SEE_PACT, opens=403, posts=True),
    "pacts:remark": pact(f"{HERE}convention/remarques/", P.REVIEW_CONVENTION, opens=422, posts=True),
    "pacts:resolve": pact(f"{HERE}convention/remarques/999999/", P.REVIEW_CONVENTION, opens=403, posts=True),
    "pacts:year": pact(f"{HERE}convention/annee/", P.DRAFT_CONVENTION, partner=403),
    "pacts:renew": pact(f"{HERE}convention/renouveler/", P.DRAFT_CONVENTION, partner=403),
    "pacts:payment": pact(f"{HERE}convention/versement/", P.DRAFT_CONVENTION, partner=403),
    "pacts:coded": pact("/pacte/signature/{key}/", P.SEE_PACT, opens=302),
    "pacts:coded_party": pact("/pacte/signature/{key}/246200364/", P.SEE_PACT, opens=302),
    "pacts:sign": pact(f"{HERE}convention/signer/", P.SEE_PACT),
    "pacts:bring_paper": pact(f"{HERE}convention/papier/", P.SEE_PACT, opens=422, posts=True),
    "pacts:version_on_day": pact(f"{HERE}convention/versions/?le={{today}}", P.SEE_PACT, opens=302),
    "pacts:version": pact(f"{HERE}convention/versions/1/", P.SEE_PACT),
    "pacts:version_pdf": pact(f"{HERE}convention/versions/1.pdf", P.SEE_PACT),
    "pacts:copy": pact(f"{HERE}convention/versions/1/246200364.pdf", P.SEE_PACT),
    "pacts:scan": pact(f"{HERE}convention/versions/1/246200364/exemplaire/", P.SEE_PACT),
    "pacts:amendments": pact(f"{HERE}avenants/", P.SEE_PACT),
    "pacts:new_amendment": pact(f"{HERE}avenants/nouveau/", P.DRAFT_CONVENTION, opens=403),
    "pacts:amendment": pact(f"{HERE}avenants/1/", P.SEE_PACT),
    "pacts:amendment_pdf": pact(f"{HERE}avenants/1.pdf", P.SEE_PACT),
    "pacts:amendment_docx": pact(f"{HERE}avenants/1.docx", P.SEE_PACT),
    "pacts:move_amendment": pact(f"{HERE}avenants/1/etat/", P.DRAFT_CONVENTION, opens=403, posts=True),
    "pacts:meetings": pact(f"{HERE}instances/", P.SEE_PACT),
    "pacts:new_meeting": pact(f"{HERE}instances/nouvelle/", P.MANAGE_MEETINGS),
    "pacts:meeting": pact(f"{HERE}instances/{{meeting}}/", P.SEE_PACT),
    "pacts:edit_meeting": pact(f"{HERE}instances/{{meeting}}/changer/", P.MANAGE_MEETINGS),
    "pacts:attendees": pact(f"{HERE}instances/{{meeting}}/participants/", P.MANAGE_MEETINGS),
    "pacts:minutes": pact(f"{HERE}instances/{{meeting}}/releve/", P.MANAGE_MEETINGS),
    "pacts:call": pact(f"{HERE}instances/{{meeting}}/convoquer/", P.MANAGE_MEETINGS, opens=409, posts=True),
    "pacts:calendar": pact(f"{HERE}instances/{{meeting}}/reunion.ics", P.SEE_PACT),
    "pacts:follow": pact(f"{HERE}instances/decisions/999999/", P.MANAGE_MEETINGS, opens=404, posts=True),
    "pacts:missions": pact(f"{HERE}missions/", P.SEE_PACT),
    "pacts:new_mission": pact(f"{HERE}missions/nouvelle/", P.MANAGE_MISSION),
    "pacts:mission": pact(f"{HERE}missions/{{mission}}/", P.SEE_PACT),
    "pacts:change_mission": pact(f"{HERE}missions/{{mission}}/changer/", P.MANAGE_MISSION, opens=403),
    "pacts:sign_mission": pact(f"{HERE}missions/{{mission}}/signer/", P.MANAGE_MISSION, opens=403),
    "pacts:mission_paper": pact(f"{HERE}missions/{{mission}}/piece/", P.SEE_PACT),
    "pacts:objectives": pact(f"{HERE}objectifs/", P.SEE_PACT),
    "pacts:objective_new": pact(f"{HERE}objectifs/nouveau/", P.DRAFT_CONVENTION, opens=403),
    "pacts:objective_peek": pact(f"{HERE}objectifs/apercu/", P.DRAFT_CONVENTION, opens=403, posts=True),
    "pacts:objective": pact(f"{HERE}objectifs/{{objective}}/", P.SEE_PACT),
    "pacts:objective_rows": pact(f"{HERE}objectifs/{{objective}}/lignes.csv", P.SEE_PACT),
    "pacts:objective_change": pact(f"{HERE}objectifs/{{objective}}/changer/", P.DRAFT_CONVENTION, opens=403),
    "pacts:objective_remove": pact(
        f"{HERE}objectifs/{{objective}}/retirer/", P.DRAFT_CONVENTION, opens=403, posts=True
    ),
    "pacts:targets": pact(f"{HERE}objectifs/{{objective}}/cibles/", P.SEE_PACT),
    "pacts:evidence_new": pact(f"{HERE}objectifs/{{typed}}/piece/", P.TYPE_EVIDENCE),
    "pacts:evidence_file": pact(f"{HERE}objectifs/{{typed}}/pieces/{{piece}}/", P.SEE_PACT),
    "pacts:evidence_correct": pact(
        f"{HERE}objectifs/{{typed}}/pieces/{{piece}}/corriger/", P.TYPE_EVIDENCE, partner=403
    ),
    "pacts:evidence_withdraw": pact(
        f"{HERE}objectifs/{{typed}}/pieces/{{piece}}/retirer/", P.TYPE_EVIDENCE, partner=403
    ),
}

REPORT = f"{HERE}bilan/2025/"
REPORTS = {
    "pacts:report": pact(REPORT, P.SEE_PACT),
    "pacts:report_step": pact(f"{REPORT}etape/", P.SEE_PACT, opens=404, posts=True),
    "pacts:report_again": pact(f"{REPORT}refaire/", P.PREPARE_REPORT, partner=403),
    "pacts:report_former": pact(f"{REPORT}gels/1/", P.SEE_PACT, opens=302),
    "pacts:report_agreement": pact(f"{REPORT}accord/", P.PREPARE_REPORT, opens=403),
    "pacts:report_agreement_paper": pact(f"{REPORT}accords/999999/piece/", P.SEE_PACT, opens=404),
    "pacts:report_text": pact(f"{REPORT}texte/", P.PREPARE_REPORT, partner=403),
    "pacts:report_quotation_out": pact(f"{REPORT}citations/999999/retirer/", P.PREPARE_REPORT, opens=404, posts=True),
    "pacts:report_photo_out": pact(f"{REPORT}photos/999999/retirer/", P.PREPARE_REPORT, opens=404, posts=True),
    "pacts:report_picture": pact(f"{REPORT}photos/999999.jpg", P.SEE_PACT, opens=404),
    "pacts:report_quotation": pact(f"{REPORT}axes/{{axis}}/citation/", P.PREPARE_REPORT, partner=403),
    "pacts:report_photo": pact(f"{REPORT}axes/{{axis}}/photo/", P.PREPARE_REPORT, partner=403),
    "pacts:report_ask": pact(f"{REPORT}axes/{{axis}}/corriger/", P.VALIDATE_REPORT, opens=403),
    "pacts:report_answer": pact(f"{REPORT}axes/{{axis}}/corrections/999999/", P.PREPARE_REPORT, opens=404, partner=403),
    "pacts:report_correct": pact(f"{REPORT}chiffres/{{figure}}/", P.PREPARE_REPORT, partner=403),
    "pacts:report_rows": pact(f"{REPORT}chiffres/{{figure}}/lignes/", P.SEE_PACT),
    "pacts:report_rows_file": pact(f"{REPORT}chiffres/{{figure}}/lignes.csv", P.SEE_PACT),
    "pacts:report_file": pact(f"{REPORT}bilan.ods", P.SEE_PACT),
    "pacts:public_reports": entrance("/pactes/"),
    "pacts:public_report": entrance("/pactes/{slug}/bilans/2026/"),
    "pacts:public_report_file": entrance("/pactes/{slug}/bilans/2026/bilan.ods"),
    "pacts:public_report_picture": entrance("/pactes/{slug}/bilans/2026/photos/999999.jpg", 404),
}

ROWS: dict[str, Row] = OBSERVATORY | ACCOUNTS | DIARY | FILES | PACTS | REPORTS
