"""Sync by http: git's own server program behind a small server."""

from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.support.cli import run
from tests.support.git import git
from tests.support.remotes import at
from tests.support.remotes import done
from tests.support.remotes import head
from tests.support.remotes import shared


class _Handler(BaseHTTPRequestHandler):
    root: Path
    asks_for_a_password = False

    def log_message(self, format: str, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def _answer(self) -> None:
        if self.asks_for_a_password:
            self.send_response(401)
            self.send_header("WWW-Authenticate", 'Basic realm="office"')
            self.end_headers()
            return
        path, _, query = self.path.partition("?")
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        done = subprocess.run(
            ["git", "http-backend"],
            input=body,
            capture_output=True,
            check=False,
            env={
                **os.environ,
                "GIT_PROJECT_ROOT": str(self.root),
                "GIT_HTTP_EXPORT_ALL": "1",
                "PATH_INFO": path,
                "QUERY_STRING": query,
                "REQUEST_METHOD": self.command,
                "CONTENT_TYPE": self.headers.get("Content-Type") or "",
                "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding") or "",
                "GIT_PROTOCOL": self.headers.get("Git-Protocol") or "",
                "REMOTE_USER": "somebody",
            },
        )
        head, _, content = done.stdout.partition(b"\r\n\r\n")
        fields = dict(line.split(": ", 1) for line in head.decode().splitlines())
        self.send_response(int(fields.pop("Status", "200").split()[0]))
        for name, value in fields.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@pytest.fixture
def url(tmp_path: Path) -> Iterator[str]:
    remote = shared(tmp_path)
    git(remote, "config", "http.receivepack", "true")
    _Handler.root = tmp_path
    _Handler.asks_for_a_password = False
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/shared.git"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.slow
def test_clone_and_sync_by_http(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["clone", url, "bea"]).code == 0
    done(tmp_path / "bea", "set", "example", "priority=P2")
    done(tmp_path / "ana", "note", "example", "Called")
    done(tmp_path / "ana", "sync")

    assert "Came in from origin/main: 1 change" in done(tmp_path / "bea", "sync").out
    assert head(tmp_path / "shared.git", "main") == head(tmp_path / "bea")


def test_a_server_that_wants_a_password_is_told_and_nobody_is_asked(
    url: str, tmp_path: Path
) -> None:
    _Handler.asks_for_a_password = True
    git(tmp_path / "ana", "remote", "set-url", "origin", url)
    found = at(tmp_path / "ana", "sync")

    assert found.code == 4
    assert "doesn't let us in" in found.err
