"""Answer the requests of the page: the list, each document with its findings, files, and ticks."""

from __future__ import annotations

import hmac
from dataclasses import fields
from datetime import timedelta
from functools import cache, partial
from importlib.resources import files
from pathlib import PurePath
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode, urlsplit

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.formparsers import FormParser, MultiPartException, MultiPartParser
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route

from unbudget_check.errors import UserError
from unbudget_check.messages import ENGLISH, call, load_words, say, spoken_languages
from unbudget_check.messages.telling import told_in
from unbudget_check.page.deciding import FILE, Terms, found_in
from unbudget_check.page.gate import POLICY
from unbudget_check.page.saving import is_format, saved, saved_comparison
from unbudget_check.page.uploads import label_of, taken_in
from unbudget_check.page.views import (
    CHOICES,
    NAME,
    SORTS,
    Wanted,
    comparison_told,
    progress_of,
    result_told,
    row_of,
    rows_of,
    savings_of,
    stem_of,
    whole_report,
)
from unbudget_check.reporters.differences import FORMATS as COMPARISONS
from unbudget_check.reporters.differences.html import comparison_values
from unbudget_check.reporters.html.documents import direction_of
from unbudget_check.reporters.html.page import asset, environment, page_values
from unbudget_check.reporters.options import RenderOptions
from unbudget_check.reporters.words import shown

if TYPE_CHECKING:
    from collections.abc import (
        AsyncGenerator,
        AsyncIterator,
        Awaitable,
        Callable,
        Mapping,
        Sequence,
    )

    from starlette.datastructures import FormData
    from starlette.requests import Request

    from unbudget_check.model.finding import Finding
    from unbudget_check.model.options import Wishes
    from unbudget_check.page.deciding import Decisions
    from unbudget_check.page.gate import Keys
    from unbudget_check.page.presence import Presence
    from unbudget_check.page.session import Entry, Session

HERE, CHANGES = "unbudget_check.page", "unbudget_check.reporters.differences"
# A form without files is small.
FORM_BYTES = 64 * 1024
FIELDS_MOST = 20
TERM_MOST = 1000
# How long a finding is accepted where nobody says another day.
YEAR = timedelta(days=365)
# Files of decisions may be dropped, too.
DECIDED = PurePath(FILE).suffix
TEXT = "text/plain; charset=utf-8"
STYLE, SCRIPT = "text/css", "text/javascript"
# Nothing that is handed out may act as a page of ours, whatever a browser takes it for.
INERT = "sandbox; default-src 'none'"


class Pages:
    """The answers of one page, in the language that was asked for, or that of the browser."""

    def __init__(
        self, session: Session, decisions: Decisions, keys: Keys, presence: Presence, wishes: Wishes
    ) -> None:
        self._session, self._decisions = session, decisions
        self._keys, self._presence = keys, presence
        self._lang, self._password = wishes.lang, wishes.password

    def app(self) -> Starlette:
        """All addresses of the page; the gate stands before them."""
        get = partial(Route, methods=["GET"])
        post = partial(Route, methods=["POST"])
        routes = [
            get("/", self._list),
            get("/state", self._state),
            post("/files", self._posted(self._files, is_upload=True)),
            get("/documents/{number:int}", self._document),
            post("/documents/{number:int}/done", self._posted(self._done)),
            post("/documents/{number:int}/remove", self._posted(self._remove)),
            post("/documents/{number:int}/again", self._posted(self._again)),
            post("/documents/{number:int}/password", self._posted(self._unlock)),
            post("/documents/{number:int}/draft", self._posted(self._draft, is_upload=True)),
            post("/documents/{number:int}/decide", self._posted(self._decide)),
            post("/documents/{number:int}/undo", self._posted(self._undo)),
            get("/documents/{number:int}/as/{format}", self._saved),
            get("/documents/{number:int}/changes", self._changes),
            get("/documents/{number:int}/changes/as/{format}", self._saved_changes),
            get("/decisions", self._decided),
            get("/as/{format}", self._saved),
            post("/language", self._posted(self._language)),
            post("/closed", self._posted(self._closed)),
            post("/end", self._posted(self._end)),
            get("/assets/{name}", self._asset),
        ]
        return Starlette(
            routes=[Mount(self._keys.base.rstrip("/"), routes=routes)],
            exception_handlers={HTTPException: self._failed, UserError: self._failed},
        )

    # What people see.

    def _list(self, request: Request) -> Response:
        lang, entries = self._speak(request), self._entries()
        asked = request.query_params
        wanted = Wanted(
            asked.get("show", "all"), asked.get("sort", ""), "down" in asked, asked.get("words", "")
        )
        return self._drawn(
            "list.html",
            lang,
            {
                "rows": rows_of(entries, wanted, lang),
                "wanted": wanted,
                "choices": tuple(CHOICES),
                "sorts": {each: self._sorted_by(each, wanted) for each in SORTS},
                "progress": progress_of(entries),
                "result": result_told(entries, lang),
                "notices": self._session.notices,
                "savings": savings_of(entries, lang),
                "has_decisions": bool(self._decisions.made),
                "at": "",
            },
        )

    @staticmethod
    def _sorted_by(sort: str, wanted: Wanted) -> str:
        """The address of the list sorted by a column, in the other direction if it is so now."""
        down = {"down": "1"} if wanted.sort == sort and not wanted.is_down else {}
        return "?" + urlencode({"show": wanted.show, "words": wanted.words, "sort": sort, **down})

    def _document(self, request: Request) -> Response:
        lang, entry = self._speak(request), self._entry(request)
        today = self._decisions.today
        values = {
            "entry": entry,
            "by": shown(self._decisions.by),
            "today": today.isoformat(),
            "next_year": (today + YEAR).isoformat(),
            "row": row_of(entry, lang),
            "savings": savings_of([entry], lang),
            "at": f"documents/{entry.number}/",
        }
        if entry.report is None:
            return self._drawn("waiting.html", lang, values)
        told = page_values(told_in(entry.report, lang), RenderOptions())
        return self._drawn("document_page.html", lang, told | values)

    def _state(self, request: Request) -> Response:
        self._presence.seen(request.query_params.get("tab", ""))
        progress, lang = progress_of(self._session.entries), self._speak(request)
        said = say(lang, "page.progress", done=progress.done, total=progress.total)
        return JSONResponse(
            {"change": self._session.change, "busy": not progress.is_over, "said": said}
        )

    def _saved(self, request: Request) -> Response:
        lang, name = self._speak(request), request.path_params["format"]
        if not is_format(name):
            raise HTTPException(404)
        is_one = "number" in request.path_params
        asked = [self._entry(request)] if is_one else self._entries()
        entries = [each for each in asked if each.report is not None]
        if not entries:
            raise HTTPException(404)
        report = told_in(whole_report(entries, lang), lang)
        made = saved(report, name, entries, stem_of(entries), self._password)
        return _handed_out(made.name, made.content)

    def _changes(self, request: Request) -> Response:
        lang, entry = self._speak(request), self._entry(request)
        if entry.comparison is None:
            raise HTTPException(404)
        told = comparison_values(comparison_told(entry.comparison, lang))
        values = {
            "entry": entry,
            "row": row_of(entry, lang),
            "formats": tuple(COMPARISONS),
            "at": f"documents/{entry.number}/changes/",
        }
        return self._drawn("changes_page.html", lang, {**told, **values, "styles": []})

    def _saved_changes(self, request: Request) -> Response:
        lang, entry = self._speak(request), self._entry(request)
        name = request.path_params["format"]
        if entry.comparison is None or name not in COMPARISONS:
            raise HTTPException(404)
        made = saved_comparison(comparison_told(entry.comparison, lang), name, stem_of([entry]))
        return _handed_out(made.name, made.content)

    def _decided(self, _request: Request) -> Response:
        return _handed_out(FILE, self._decisions.written().encode())

    @staticmethod
    def _asset(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in _assets():
            raise HTTPException(404)
        text, kind = _assets()[name]
        return Response(text, media_type=kind, headers={"cache-control": "private, max-age=3600"})

    # What people do.

    async def _files(self, request: Request, form: FormData) -> Response:
        dropped = [
            (each.filename or "", await each.read())
            for each in form.getlist("files")
            if not isinstance(each, str) and each.filename
        ]
        for name, data in dropped:
            if PurePath(name).suffix.lower() == DECIDED:
                self._decisions.take_over(data)
        files = [each for each in dropped if PurePath(each[0]).suffix.lower() != DECIDED]
        kept, refused = await run_in_threadpool(taken_in, files, self._session.limits)
        self._session.add(kept, refused)
        return self._back(request)

    async def _draft(self, request: Request, form: FormData) -> Response:
        entry = self._entry(request)
        for each in form.getlist("files"):
            if not isinstance(each, str) and each.filename:
                self._session.renew(entry.number, await each.read(), label_of(each.filename))
                break
        return self._back(request)

    async def _again(self, request: Request, _form: FormData) -> Response:
        self._session.renew(self._entry(request).number, None)
        return self._back(request)

    async def _unlock(self, request: Request, form: FormData) -> Response:
        self._session.unlock(self._entry(request).number, str(form.get("password") or ""))
        return self._back(request)

    async def _done(self, request: Request, form: FormData) -> Response:
        self._decisions.tick(self._entry(request), is_done=form.get("done") == "1")
        self._session.touch()
        return self._back(request)

    async def _remove(self, request: Request, _form: FormData) -> Response:
        self._session.remove(self._entry(request).number)
        return RedirectResponse(self._keys.base, 303)

    async def _decide(self, request: Request, form: FormData) -> Response:
        entry = self._entry(request)
        said = {each.name: str(form.get(each.name) or "")[:TERM_MOST] for each in fields(Terms)}
        self._decisions.decide(entry, self._finding(entry, form), Terms(**said))
        return self._decided_on(entry, form)

    async def _undo(self, request: Request, form: FormData) -> Response:
        entry = self._entry(request)
        self._decisions.undo(entry, self._finding(entry, form))
        return self._decided_on(entry, form)

    @staticmethod
    def _finding(entry: Entry, form: FormData) -> Finding:
        found = found_in(entry.report) if entry.report else {}
        meant = found.get(str(form.get("finding")))
        if meant is None:
            raise HTTPException(404)
        return meant

    def _decided_on(self, entry: Entry, form: FormData) -> Response:
        self._session.touch()
        place = f"documents/{entry.number}#f-{form.get('finding')}"
        return RedirectResponse(self._keys.base + place, 303)

    async def _language(self, request: Request, form: FormData) -> Response:
        chosen = form.get("lang")
        if chosen in spoken_languages():
            self._lang = str(chosen)
        return self._back(request)

    async def _closed(self, _request: Request, form: FormData) -> Response:
        self._presence.closed(str(form.get("tab")))
        return Response(status_code=204)

    async def _end(self, request: Request, _form: FormData) -> Response:
        self._presence.end()
        return self._drawn("ended.html", self._speak(request), {})

    def _posted(
        self, act: Callable[[Request, FormData], Awaitable[Response]], *, is_upload: bool = False
    ) -> Callable[[Request], Awaitable[Response]]:
        """Read a form within bounds, see that it is one of ours, and act on it."""

        async def acted(request: Request) -> Response:
            most = FORM_BYTES + (self._session.room() if is_upload else 0)
            form = await self._form(request, most)
            try:
                word = form.get("csrf")
                if not isinstance(word, str) or not hmac.compare_digest(
                    word.encode(), self._keys.form.encode()
                ):
                    raise HTTPException(403)
                self._presence.seen()
                return await act(request, form)
            finally:
                await form.close()

        return acted

    async def _form(self, request: Request, most: int) -> FormData:
        stream = _bounded(request.stream(), most)
        if not request.headers.get("content-type", "").startswith("multipart/form-data"):
            return await FormParser(request.headers, stream).parse()
        limits = self._session.limits
        parser = MultiPartParser(
            request.headers, stream, max_files=limits.files, max_fields=FIELDS_MOST
        )
        parser.spool_max_size = most  # what is dropped never comes to lie on a disk
        try:
            return await parser.parse()
        except MultiPartException as error:
            raise HTTPException(400, error.message) from None

    # What they have in common.

    def _entries(self) -> list[Entry]:
        """All documents, with their findings as people decided."""
        return [self._decisions.applied(each) for each in self._session.entries]

    def _entry(self, request: Request) -> Entry:
        entry = self._session.entry(request.path_params["number"])
        if entry is None:
            raise HTTPException(404)
        return self._decisions.applied(entry)

    def _speak(self, request: Request) -> str:
        """The language of the page: as chosen, else the first of the browser's that we speak."""
        self._presence.seen()
        if self._lang is None:
            asked = request.headers.get("accept-language", "").lower().split(",")
            codes = [each.split(";")[0].strip().split("-")[0] for each in asked]
            self._lang = next((each for each in codes if each in spoken_languages()), ENGLISH)
        return self._lang

    def _back(self, request: Request) -> Response:
        """The page that the form stands on."""
        came = urlsplit(request.headers.get("referer", ""))
        path = came.path if came.path.startswith(self._keys.base) else self._keys.base
        return RedirectResponse(f"{path}?{came.query}" if came.query else path, 303)

    def _drawn(
        self, template: str, lang: str, values: Mapping[str, object], status: int = 200
    ) -> Response:
        common = {
            "say": partial(say, lang),
            "named": partial(call, lang),
            "spoken": shown(lang),
            "side": direction_of(lang),
            "languages": [(each, load_words(each).name) for each in spoken_languages()],
            "base": self._keys.base,
            "csrf": self._keys.form,
            "change": self._session.change,
            "program": NAME,
            "endings": ",".join(_accepted()),
        }
        styles = values.get("styles")
        page = environment(HERE, CHANGES).get_template(template).render({**common, **values})
        hashes = "".join(f" '{hash_}'" for _, hash_ in _lights(styles))
        policy = POLICY.format(styles=hashes)
        return HTMLResponse(page, status, {"content-security-policy": policy})

    async def _failed(self, request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 422
        lang = self._lang or ENGLISH
        told = str(error) if isinstance(error, UserError) else say(lang, f"page.failed_{status}")
        if "text/html" in request.headers.get("accept", ""):
            return self._drawn("failed.html", lang, {"told": shown(told)}, status)
        return Response(shown(told), status, media_type=TEXT)


def _handed_out(name: str, content: bytes) -> Response:
    headers = {
        "content-disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
        "content-security-policy": INERT,
    }
    return Response(content, media_type="application/octet-stream", headers=headers)


def _lights(styles: object) -> Sequence[tuple[object, object]]:
    """The style that is made for one document, with what the policy calls it."""
    return list(styles)[1:] if isinstance(styles, list) else []


@cache
def _accepted() -> tuple[str, ...]:
    from unbudget_check.readers.paths import endings

    return (*endings(), ".zip")


@cache
def _assets() -> dict[str, tuple[str, str]]:
    """Styles and scripts by name: those of the report, and those of this page."""
    own = files(HERE) / "templates"

    def text(name: str) -> str:
        return (own / name).read_text(encoding="utf-8")

    return {
        "report.css": (asset("style.css"), STYLE),
        "first.js": (asset("first.js"), SCRIPT),
        "report.js": (asset("script.js"), SCRIPT),
        "page.css": (text("page.css"), STYLE),
        "page.js": (text("page.js"), SCRIPT),
        "icon.svg": (text("icon.svg"), "image/svg+xml"),
    }


async def _bounded(stream: AsyncIterator[bytes], most: int) -> AsyncGenerator[bytes, None]:
    """What comes in, up to so many bytes; raises HTTPException for more."""
    count = 0
    async for chunk in stream:
        count += len(chunk)
        if count > most:
            raise HTTPException(413)
        yield chunk
