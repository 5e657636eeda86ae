"""Who may not come in, and what every answer says to the browser: one test for each rule."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.page.conftest import ORIGIN, PORT, OpenPage
from unbudget_check.page import gate
from unbudget_check.page.gate import COOKIE, owner_of

if TYPE_CHECKING:
    from pathlib import Path


def entering(page: OpenPage, token: str, **headers: str) -> tuple[int, str]:
    answer = page.ask("GET", f"/?token={token}", headers=headers)
    return answer.status_code, answer.headers.get("set-cookie", "")


def test_the_token_becomes_a_cookie_and_leaves_the_address(opened: OpenPage) -> None:
    answer = opened.ask("GET", f"/?token={opened.keys.token}")
    assert answer.status_code == 303
    assert answer.headers["location"] == opened.keys.base
    assert opened.keys.token not in answer.headers["location"]
    cookie = answer.headers["set-cookie"]
    assert f"{COOKIE}={opened.keys.cookie}" in cookie
    assert {"HttpOnly", "SameSite=strict", f"Path={opened.keys.base}"} <= set(cookie.split("; "))


def test_the_token_is_taken_once(opened: OpenPage) -> None:
    entering(opened, opened.keys.token)
    assert entering(opened, opened.keys.token) == (303, "")
    assert opened.ask("GET", opened.keys.base).status_code == 403


def test_a_link_from_another_program_gets_in_without_a_redirect(opened: OpenPage) -> None:
    answer = opened.ask(
        "GET", f"/?token={opened.keys.token}", headers={"sec-fetch-site": "cross-site"}
    )
    assert (answer.status_code, "refresh" in answer.text) == (200, True)
    assert "set-cookie" in answer.headers


@pytest.mark.parametrize("token", ["", "guess", "\xe9"])
def test_a_wrong_token_opens_nothing(opened: OpenPage, token: str) -> None:
    assert entering(opened, token) == (403, "")
    assert entering(opened, opened.keys.token)[0] == 303  # and uses nothing up


@pytest.mark.parametrize("cookie", [None, f"{COOKIE}=guess", "other=1", "=;;;"])
def test_without_the_cookie_nothing_is_shown(checked: OpenPage, cookie: str | None) -> None:
    for path in ("", "documents/1", "documents/1/as/json", "state", "assets/page.css"):
        answer = checked.get(path, cookie=cookie)
        assert answer.status_code == 403
        assert "wrong.csv" not in answer.text


def test_the_cookies_of_other_programs_do_not_hide_ours(opened: OpenPage) -> None:
    cookie = f'theirs="a, b{{"; {opened.cookie}; {{x}}=1'
    assert opened.get(cookie=cookie).status_code == 200


@pytest.mark.parametrize(
    "host", ["example.org", f"localhost:{PORT}", "127.0.0.1", f"127.0.0.1:{PORT}.example.org", ""]
)
def test_a_foreign_name_that_leads_here_is_refused(checked: OpenPage, host: str) -> None:
    assert checked.get(host=host).status_code == 403
    assert checked.post("end", host=host).status_code == 403
    assert not checked.presence.is_over


@pytest.mark.parametrize("origin", ["http://example.org", "null", f"http://localhost:{PORT}"])
def test_another_site_changes_nothing(checked: OpenPage, origin: str) -> None:
    for site in (None, "same-origin", "same-site", "cross-site"):
        said = {"origin": origin, "sec-fetch-site": site}
        assert checked.post("documents/1/remove", None, **said).status_code == 403
    assert len(checked.session.entries) == 2


@pytest.mark.parametrize("site", ["same-site", "cross-site", "none", None])
def test_a_change_without_an_origin_must_come_from_the_page(
    checked: OpenPage, site: str | None
) -> None:
    said = {"origin": None, "sec-fetch-site": site}
    assert checked.post("documents/1/remove", None, **said).status_code == 403
    assert len(checked.session.entries) == 2


@pytest.mark.parametrize("site", ["same-site", "cross-site"])
def test_another_site_learns_nothing(checked: OpenPage, site: str) -> None:
    answer = checked.get("documents/1", **{"sec-fetch-site": site})
    assert (answer.status_code, "wrong.csv" in answer.text) == (403, False)


@pytest.mark.parametrize("word", ["", "guess", None])
def test_a_form_without_the_word_of_the_page_is_refused(checked: OpenPage, word: str) -> None:
    paths = ("files", "documents/1/remove", "documents/1/done", "documents/1/again", "end")
    for path in (*paths, "documents/1/draft", "language", "closed"):
        assert checked.post(path, {"csrf": word or ""}).status_code == 403
        no_form = checked.ask(
            "POST",
            checked.keys.base + path,
            headers={"cookie": checked.cookie, "origin": ORIGIN},
            files=[("files", ("a.csv", b"1"))],
        )
        assert no_form.status_code == 403
    assert [each.name for each in checked.session.entries] == ["wrong.csv", "right.csv"]
    assert not checked.presence.is_over


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_methods_are_not_answered(checked: OpenPage, method: str) -> None:
    said = {"cookie": checked.cookie, "origin": ORIGIN}
    assert checked.ask(method, checked.keys.base, headers=said).status_code == 405


def test_nothing_is_changed_by_asking(checked: OpenPage) -> None:
    before = checked.session.change
    for path in ("documents/1/remove", "documents/1/done", "end", "files", "closed"):
        assert checked.get(path).status_code in {404, 405}
    assert checked.session.change == before


def test_outside_the_secret_folder_there_is_nothing(checked: OpenPage) -> None:
    for path in ("/documents/1", "/state", "/x/", f"{checked.keys.base}../documents/1"):
        said = {"cookie": checked.cookie, "sec-fetch-site": "same-origin"}
        assert checked.ask("GET", path, headers=said).status_code == 404


@pytest.mark.parametrize("path", ["", "documents/1", "documents/9", "nothing", "documents/1/as/no"])
def test_every_answer_is_under_the_policy(checked: OpenPage, path: str) -> None:
    headers = checked.get(path).headers
    policy = dict(each.strip().partition(" ")[::2] for each in headers[POLICY].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert policy["form-action"] == policy["connect-src"] == "'self'"
    assert "unsafe" not in headers[POLICY]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["x-frame-options"] == "DENY"
    assert headers["cache-control"] == "no-store"
    assert "server" not in headers


POLICY = "content-security-policy"


def test_what_is_refused_is_under_the_policy_too(opened: OpenPage) -> None:
    for answer in (opened.ask("GET", "/"), opened.get(host="example.org")):
        assert answer.headers[POLICY].startswith("default-src 'none'")


def test_what_is_handed_out_cannot_act_as_a_page(checked: OpenPage) -> None:
    for name in ("html", "json", "csv", "xlsx", "junit", "full"):
        answer = checked.get(f"documents/1/as/{name}")
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "application/octet-stream"
        assert answer.headers["content-disposition"].startswith("attachment;")
        assert answer.headers[POLICY] == "sandbox; default-src 'none'"


def test_another_user_of_this_computer_is_locked_out(
    checked: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "owner_of", lambda *_: os.getuid() + 1)
    assert checked.get().status_code == 403
    assert entering(checked, checked.keys.token) == (403, "")
    monkeypatch.setattr(gate, "owner_of", lambda *_: os.getuid())
    assert checked.get().status_code == 200


def test_the_system_says_to_whom_a_connection_belongs(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    table = tmp_path / "tcp"
    table.write_text(
        "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid\n"
        "   0: 0100007F:C350 00000000:0000 0A 00000000:00000000 00:00000000 00000000     7 0 1\n"
        "   1: 0100007F:C350 0100007F:9C40 01 00000000:00000000 00:00000000 00000000     7 0 2\n"
        "   2: 0100007F:9C40 0100007F:C350 01 00000000:00000000 00:00000000 00000000  1001 0 3\n",
        encoding="ascii",
    )
    monkeypatch.setattr(gate, "CONNECTIONS", table)
    monkeypatch.setattr("sys.platform", "linux")
    assert owner_of(0x9C40, 0xC350) == 1001
    assert owner_of(0x9C41, 0xC350) is None
    closed = table.read_text(encoding="ascii").replace("1001 0 3", "   0 0 0")
    table.write_text(closed, encoding="ascii")
    assert owner_of(0x9C40, 0xC350) is None  # such as the last word of a tab that is closed
    monkeypatch.setattr(gate, "CONNECTIONS", tmp_path / "none")
    assert owner_of(0x9C40, 0xC350) is None
