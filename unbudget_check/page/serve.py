"""Open the page on this computer, and end it when nobody needs it any more."""

from __future__ import annotations

import contextlib
import socket
import threading
import webbrowser
from typing import TYPE_CHECKING

from unbudget_check.page.gate import HOST, Gate, Keys
from unbudget_check.page.presence import Presence
from unbudget_check.page.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from unbudget_check.model.options import Wishes
    from unbudget_check.page.deciding import Decisions

LOOK_SECONDS = 2


def serve(
    paths: Sequence[str],
    wishes: Wishes,
    decisions: Decisions,
    say: Callable[[str], None],
    *,
    browser: bool = True,
) -> None:
    """Serve the page until it ends; ``say`` is given its address as soon as it answers.

    Documents that ``paths`` name are checked at once. They are read where they lie; what is dropped
    on the page is kept in memory and is gone when the page ends, however it ends.
    """
    import uvicorn  # only this verb needs it

    from unbudget_check.page.app import Pages
    from unbudget_check.page.checking import Checker

    keys, session, presence = Keys(), Session(), Presence()
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        listener.bind((HOST, 0))
        listener.listen()
        port: int = listener.getsockname()[1]
        pages = Pages(session, decisions, keys, presence, wishes)
        server = uvicorn.Server(
            uvicorn.Config(
                Gate(pages.app(), keys, port),
                loop="asyncio",
                http="h11",
                ws="none",
                lifespan="off",
                log_level="critical",
                access_log=False,
                server_header=False,
                proxy_headers=False,  # nobody stands between, so no header says who comes
                limit_concurrency=64,
                timeout_graceful_shutdown=1,
            )
        )
        address = f"http://{HOST}:{port}/?token={keys.token}"
        say(address)
        checker = Checker(session, wishes, paths)
        checker.start()
        ended = threading.Event()
        threading.Thread(target=_watch, args=(server, presence, ended), daemon=True).start()
        if browser:
            # Some browsers in a terminal do not return before they are closed.
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
        try:
            with contextlib.suppress(KeyboardInterrupt):  # Ctrl-C is how one ends it
                server.run(sockets=[listener])
        finally:
            ended.set()
            session.end()
            checker.stop()


def _watch(server: object, presence: Presence, ended: threading.Event) -> None:
    """End the server when nobody needs it any more."""
    while not ended.wait(LOOK_SECONDS):
        if presence.is_over:
            server.should_exit = True  # type: ignore[attr-defined]
            return
