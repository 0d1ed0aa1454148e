"""A web server on the loopback that cuts, forgets and refuses as real ones do."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest


class Site:
    """Files by path, and how the server misbehaves."""

    def __init__(self, address):
        self.address = address
        self.files = {}
        self.cuts = {}  # path → how many bytes to send before hanging up, one per request
        self.etags = {}
        self.errors = {}
        self.asked = []  # (path, Range header)

    def url(self, path):
        return f"{self.address}{path}"

    def serve(self, path, content, etag='"1"'):
        self.files[path] = content
        self.etags[path] = etag
        return self.url(path)


class Handler(BaseHTTPRequestHandler):
    """GET with ranges, If-Range and If-None-Match."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        site = self.server.site
        site.asked.append((self.path, self.headers.get("Range")))
        if self.path in site.errors or self.path not in site.files:
            self.send_error(site.errors.get(self.path, 404))
            return
        content, etag = site.files[self.path], site.etags[self.path]
        if self.headers.get("If-None-Match") == etag:
            self.send_response(304)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        start = 0
        if self.headers.get("Range") and self.headers.get("If-Range") == etag:
            start = int(self.headers["Range"].removeprefix("bytes=").removesuffix("-"))
            if start >= len(content):
                self.send_response(416)
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            self.send_response(206)
        else:
            self.send_response(200)
        rest = content[start:]
        self.send_header("Content-Length", str(len(rest)))
        self.send_header("ETag", etag)
        self.end_headers()
        cuts = site.cuts.get(self.path)
        if cuts:
            rest = rest[: cuts.pop(0)]
            self.close_connection = True
        self.wfile.write(rest)

    def log_message(self, *args):
        """Tests are quiet."""


@pytest.fixture
def site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.site = Site(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server.site
    server.shutdown()
    thread.join()
    server.server_close()
