"""A ProConnect of the tests, on the machine: it refuses what the real one refuses, and answers as it does.

Rules of its documentation: state and nonce of 32 characters at least, no parameter beyond those it knows (Y000400), a
code that serves once, an access token that lives a minute, claims given as a signed JWT, and a logout that asks for the
identity token and a state.
"""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from secrets import token_urlsafe
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

AUTHORIZE = {
    "response_type",
    "client_id",
    "redirect_uri",
    "scope",
    "state",
    "nonce",
}  # acr_values, prompt, claims aside
SCOPES = {
    "openid", "given_name", "usual_name", "email", "uid", "siren", "siret", "organizational_unit",
    "belonging_population", "phone", "idp_id", "custom",
}  # fmt: skip
CLIENT, SECRET = "etabli", "a-secret"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class ProConnect:
    """The server, and what a test may change of it."""

    def __init__(self) -> None:
        self.person: dict[str, Any] = {
            "sub": "af4f1b3e", "email": "Nadia.Roux@call.fr", "given_name": "Nadia", "usual_name": "Roux",
            "siret": "24620036400019", "idp_id": "71144ab3-ee1a-4401-b7b3-79b44f7daeeb",
        }  # fmt: skip
        self.refusals: list[str] = []
        self.left: list[dict[str, str]] = []
        self.token: dict[str, Any] = {}  # changes to the identity token
        self.claims: dict[str, Any] = {}  # changes to the claims
        self.key = KEY
        self.claims_as_jwt = True
        self.url = ""
        self._codes: dict[str, dict[str, str]] = {}
        self._access: dict[str, float] = {}

    @property
    def discovery(self) -> dict[str, str]:
        """What it says of itself."""
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "userinfo_endpoint": f"{self.url}/userinfo",
            "jwks_uri": f"{self.url}/jwks",
            "end_session_endpoint": f"{self.url}/session/end",
        }

    def signed(self, payload: dict[str, Any]) -> str:
        return jwt.encode(payload, self.key, algorithm="RS256", headers={"kid": "1"})

    def authorize(self, asked: dict[str, str]) -> tuple[int, str]:
        """302 and where to, or 400 and why."""
        unknown = set(asked) - AUTHORIZE
        if unknown:
            return 400, f"Y000400 {sorted(unknown)}"
        if missing := AUTHORIZE - set(asked):
            return 400, f"Y000400 missing {sorted(missing)}"
        if len(asked["state"]) < 32 or len(asked["nonce"]) < 32:
            return 400, "Y000400 state and nonce: 32 characters at least"
        if asked["client_id"] != CLIENT or asked["response_type"] != "code" or "openid" not in asked["scope"].split():
            return 400, "Y000400 client, type or scope"
        if strange := set(asked["scope"].split()) - SCOPES:
            return 400, f"Y000400 scope {sorted(strange)}"
        code = token_urlsafe(16)
        self._codes[code] = asked
        return 302, f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def exchange(self, posted: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """Tokens for a code, once."""
        asked = self._codes.pop(posted.get("code", ""), None)
        if asked is None or (posted["client_id"], posted["client_secret"]) != (CLIENT, SECRET):
            return 400, {"error": "invalid_grant"}
        if posted["redirect_uri"] != asked["redirect_uri"] or "code_verifier" in posted:
            return 400, {"error": "invalid_request"}
        now, access = int(time.time()), token_urlsafe(16)
        self._access[access] = now + 60
        token = {
            "iss": self.url, "aud": CLIENT, "sub": self.person["sub"], "nonce": asked["nonce"], "iat": now,
            "exp": now + 60, "acr": "eidas1",
        }  # fmt: skip
        return 200, {"access_token": access, "token_type": "Bearer", "id_token": self.signed(token | self.token)}

    def userinfo(self, header: str) -> tuple[int, str, str]:
        """Claims, signed."""
        if self._access.get(header.removeprefix("Bearer "), 0) < time.time():
            return 401, "application/json", "{}"
        claims = self.person | self.claims
        if not self.claims_as_jwt:
            return 200, "application/json", json.dumps(claims)
        now = int(time.time())
        return (
            200,
            "application/jwt",
            self.signed({"iss": self.url, "aud": CLIENT, "iat": now, "exp": now + 60} | claims),
        )

    def end(self, asked: dict[str, str]) -> tuple[int, str]:
        """302 back, or 400."""
        if not asked.get("id_token_hint") or len(asked.get("state", "")) < 32:
            return 400, "Y000400 id_token_hint and state"
        self.left.append(asked)
        return 302, f"{asked['post_logout_redirect_uri']}?{urlencode({'state': asked['state']})}"


def handler(server: ProConnect) -> type[BaseHTTPRequestHandler]:
    """The HTTP side."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            address = urlsplit(self.path)
            asked = {key: values[0] for key, values in parse_qs(address.query, keep_blank_values=True).items()}
            if address.path in {"/authorize", "/session/end"}:
                status, said = (server.authorize if address.path == "/authorize" else server.end)(asked)
                if status != 302:
                    server.refusals.append(said)
                self.answer(status, "text/plain", said, said if status == 302 else "")
            elif address.path == "/userinfo":
                self.answer(*server.userinfo(self.headers.get("Authorization", "")))
            elif address.path == "/jwks":
                public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
                self.answer(200, "application/json", json.dumps({"keys": [public | {"kid": "1", "alg": "RS256"}]}))
            else:
                self.answer(200, "application/json", json.dumps(server.discovery))

        def do_POST(self) -> None:
            text = self.rfile.read(int(self.headers["Content-Length"])).decode()
            status, body = server.exchange({key: values[0] for key, values in parse_qs(text).items()})
            self.answer(status, "application/json", json.dumps(body))

        def answer(self, status: int, kind: str, body: str, where: str = "") -> None:
            content = body.encode()
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            if where:
                self.send_header("Location", where)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *args: Any) -> None:
            pass

    return Handler


@contextmanager
def running() -> Iterator[ProConnect]:
    """The server for the time of the block, on a free port of the machine."""
    double = ProConnect()
    with ThreadingHTTPServer(("127.0.0.1", 0), handler(double)) as http:
        double.url = f"http://127.0.0.1:{http.server_port}"
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield double
        http.shutdown()
        thread.join()
