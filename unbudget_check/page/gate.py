"""Let in only what comes from the page itself, and send every answer under a strict policy.

The page is for one person on this computer. Other programs and users of the computer, and pages of
the web in the same browser, can reach its port; each of the rules here keeps one of them out:

* the token in the address is known to whoever started the program, and is taken once;
* on Linux, the system says to whom a connection belongs;
* a cookie that scripts cannot read and other sites cannot use stands for the token from then on,
  sent below one secret folder only, so that no other server of this computer sees it;
* the header Host must name the page (a foreign name may be made to lead to this computer);
* a request that another site asked the browser to send is refused, and one that changes something
  must come from the page and carry the word that only its forms hold.
"""

from __future__ import annotations

import hmac
import os
import secrets
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse

if TYPE_CHECKING:
    from starlette.responses import Response
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

HOST = "127.0.0.1"
COOKIE = "unbudget_check"
# What the system knows of connections, one a row.
CONNECTIONS = Path("/proc/net/tcp")
# A connection that its program has closed already belongs to nobody.
CLOSED_END = "0"
CHANGING = frozenset({"POST"})
METHODS = frozenset({"GET", "HEAD"}) | CHANGING
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'{styles}; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    # Forms of the page say where they come from, and nobody else learns of it.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}
# Other programs pass on what links of theirs open; their page then moves on by itself, because a
# browser keeps back our cookie from the whole chain of redirects that another site began.
MOVING_ON = (
    '<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0;url={url}">'
    "<title>unbudget-check</title>"
)
CLOSED = (
    "This page is open to the person who started unbudget-check only. Start it again: "
    "unbudget-check open"
)


def secret() -> str:
    """A word that nobody can guess."""
    return secrets.token_urlsafe(32)


@dataclass(frozen=True, slots=True)
class Keys:
    """The secrets of one page: for its address, its cookie, its folder, and its forms."""

    token: str = field(default_factory=secret)
    cookie: str = field(default_factory=secret)
    folder: str = field(default_factory=secret)
    form: str = field(default_factory=secret)

    @property
    def base(self) -> str:
        """The folder of all addresses of the page."""
        return f"/{self.folder}/"


class Gate:
    """The outermost part of the page: it asks who comes before anything else happens."""

    def __init__(self, app: ASGIApp, keys: Keys, port: int) -> None:
        self._app, self._keys, self._port = app, keys, port
        self._is_spent = False

    @property
    def host(self) -> str:
        """What the header Host must say."""
        return f"{HOST}:{self._port}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse the request, or hand it on."""
        if scope["type"] != "http":
            return  # the page speaks nothing else

        async def under_policy(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("content-security-policy", POLICY.format(styles=""))
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        answer = self._answer(scope)
        await (answer or self._app)(scope, receive, under_policy)

    def _answer(self, scope: Scope) -> Response | None:
        """What is said to who may not come in, or comes in just now; None for the page itself."""
        headers = Headers(scope=scope)
        if headers.getlist("host") != [self.host] or not self._is_ours(scope):
            return _refused()
        if scope["method"] not in METHODS:
            return PlainTextResponse("not done here", 405)
        if scope["path"] == "/":
            return self._let_in(scope, headers)
        if not scope["path"].startswith(self._keys.base):
            return _refused(404)
        if not (_is_same(_cookie(headers), self._keys.cookie) and self._is_own(scope, headers)):
            return _refused()
        return None

    def _let_in(self, scope: Scope, headers: Headers) -> Response:
        """Take the token, once, and give the cookie for it; who comes again shows the cookie."""
        query = parse_qs(scope["query_string"].decode("latin-1"))
        if not _is_same(query.get("token", [""])[0], self._keys.token):
            return _refused()
        url = self._keys.base
        is_direct = headers.get("sec-fetch-site", "none") in {"none", "same-origin"}
        answer = (
            RedirectResponse(url, 303) if is_direct else HTMLResponse(MOVING_ON.format(url=url))
        )
        if not self._is_spent and scope["method"] == "GET":
            self._is_spent = True
            answer.set_cookie(COOKIE, self._keys.cookie, path=url, httponly=True, samesite="strict")
        return answer

    def _is_own(self, scope: Scope, headers: Headers) -> bool:
        """Whether the request comes from the page, or from the person at the browser."""
        site, origin = headers.get("sec-fetch-site"), headers.get("origin")
        own = f"http://{self.host}"
        if scope["method"] not in CHANGING:
            return site in {None, "none", "same-origin"} and origin in {None, own}
        if origin is None:
            return site == "same-origin"
        return origin == own and site in {None, "same-origin"}

    def _is_ours(self, scope: Scope) -> bool:
        """Whether the connection is of the user who started the page, as far as that is known."""
        client = scope.get("client")
        owner = owner_of(int(client[1]), self._port) if client else None
        return owner is None or owner == os.getuid()


def owner_of(client: int, port: int) -> int | None:
    """The number of the user whose program connects from a port of this computer to another one.

    None where the system does not say: only Linux does.
    """
    if sys.platform != "linux":
        return None
    try:
        rows = CONNECTIONS.read_text(encoding="ascii").splitlines()[1:]
    except OSError:
        return None
    ends = (f":{client:04X}", f":{port:04X}")
    for row in rows:
        # number, local and remote address, state, queues, timer, retransmissions, user, -, inode
        parts = row.split()
        if parts[1].endswith(ends[0]) and parts[2].endswith(ends[1]):
            return int(parts[7]) if parts[9] != CLOSED_END else None
    return None


def _cookie(headers: Headers) -> str:
    return cookie_parser(headers.get("cookie", "")).get(COOKIE, "")


def _is_same(given: str, due: str) -> bool:
    return hmac.compare_digest(given.encode(), due.encode())


def _refused(status: int = 403) -> Response:
    return PlainTextResponse(CLOSED, status)
