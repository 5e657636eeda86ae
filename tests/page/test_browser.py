"""The whole way in a real browser and with a real server: dropped, decided, saved, corrected."""

from __future__ import annotations

import base64
import re
import threading
import time
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.compose.pdf import render_pdf
from tests.page.conftest import RIGHT, WRONG
from tests.page.serving import serving
from tests.readers.pdf.test_reading import BLOCKS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page

SESAME = "open sesame"
DROP = """async ([where, files]) => {
  const data = new DataTransfer();
  for (const [name, text] of files) {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    data.items.add(new File([bytes], name));
  }
  for (const kind of ["dragover", "drop"])
    document.querySelector(where).dispatchEvent(
      new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
}"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(tmp_path_factory.mktemp("desk")) as url:
        yield url


@pytest.fixture(scope="module")
def desk(chromium: Browser, address: str) -> Iterator[BrowserContext]:
    """One browser with the page; the token is spent when it is there."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    page = context.new_page()
    page.goto(address)
    yield context
    context.close()


@pytest.fixture
def page(desk: BrowserContext) -> Iterator[Page]:
    """The page without documents; it must not complain."""
    page = desk.pages[0]
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text))
    page.goto(page.url.partition("documents/")[0].partition("?")[0])
    while page.locator("tbody tr").count():
        left = page.locator("tbody tr").count()
        page.get_by_role("button", name="Remove").first.click()
        expect(page.locator("tbody tr")).to_have_count(left - 1)
    yield page
    assert not complaints


def drop(page: Page, *files: tuple[str, bytes], where: str = "#drop") -> None:
    """Drop files with the mouse, as far as a script can be the mouse."""
    packed = [[name, base64.b64encode(data).decode()] for name, data in files]
    page.locator("body").evaluate(f"(_, given) => ({DROP})(given)", [where, packed])


def waited(page: Page, count: int) -> None:
    expect(page.locator("#said")).to_have_text(f"{count} of {count} checked", timeout=60_000)


def test_the_whole_way(page: Page, project: Path) -> None:
    word = (project / "sample_data" / "broken" / "word" / "section-40.docx").read_bytes()
    drop(page, ("section-40.docx", word), ("wrong.csv", WRONG), ("right.csv", RIGHT))
    waited(page, 3)
    assert "token" not in page.url
    rows = page.locator("tbody tr")
    expect(rows).to_have_count(3)
    page.get_by_label("Show").select_option("findings")
    expect(rows).to_have_count(2)
    page.get_by_role("link", name="section-40.docx").click()
    cards = page.locator("article.card")
    expect(cards).not_to_have_count(0)

    first, second = (cards.nth(at).get_attribute("id") for at in (0, 1))
    for card, button in ((first, "Accept"), (second, "Reject as wrong")):
        form = page.locator(f"#{card} .decision")
        form.get_by_text("Accept or reject this finding").click()
        form.get_by_label("Reason").fill("confirmed with the section")
        form.get_by_label("Your name").fill("A. Officer")
        form.get_by_label("Responsible").fill("B. Chief")
        form.get_by_role("button", name=button, exact=True).click()
        expect(page.locator(f".accepted #{card}")).to_be_visible()
    expect(page.locator(".accepted article")).to_have_count(2)
    page.locator(f"#{first}").get_by_role("button", name="Undo").click()
    expect(page.locator(".accepted article")).to_have_count(1)

    with page.expect_download() as saved:
        page.get_by_role("link", name="Word copy with comments").click()
    with zipfile.ZipFile(saved.value.path()) as copy:
        assert "word/comments.xml" in copy.namelist()
    assert saved.value.suggested_filename == "section-40-checked.docx"

    with page.expect_download() as sheet:
        page.get_by_role("link", name="Correction sheet (.docx)").click()
    assert sheet.value.suggested_filename == "section-40-corrections.docx"

    page.get_by_role("link", name="All documents").click()
    page.get_by_role("button", name="Done: right.csv").click()
    expect(page.get_by_role("button", name="Done: right.csv")).to_have_attribute(
        "aria-pressed", "true"
    )
    drop(page, ("corrected.csv", RIGHT), where="#row-2")
    row = page.locator("#row-2")
    expect(row).to_contain_text("no new findings; 1 fixed", timeout=60_000)
    expect(row.locator("td").first).to_have_text("0")
    row.get_by_role("link", name="What changed").click()
    expect(page.locator("main")).to_contain_text("17.9")
    expect(page.get_by_role("heading", level=1)).to_contain_text("1 fixed")


def test_a_file_is_chosen_with_the_keyboard(page: Page, tmp_path: Path) -> None:
    path = tmp_path / "wrong.csv"
    path.write_bytes(WRONG)
    page.on("filechooser", lambda _: None)  # from now on the driver catches them
    page.locator("#files").focus()
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    chooser.value.set_files(path)
    waited(page, 1)
    page.get_by_role("link", name="wrong.csv").focus()
    page.keyboard.press("Enter")
    expect(page.locator("article.card")).to_have_count(1)


def test_a_folder_is_chosen(page: Page, tmp_path: Path) -> None:
    below = tmp_path / "section" / "part"
    below.mkdir(parents=True)
    (below / "wrong.csv").write_bytes(WRONG)
    (below / "picture.png").write_bytes(b"1")
    page.locator("#folder").set_input_files(tmp_path / "section")
    waited(page, 1)
    expect(page.locator("tbody th")).to_contain_text("section/part")


@pytest.mark.parametrize("width", [390, 1280, 1600])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("side", ["ltr", "rtl"])
def test_axe_finds_no_barrier_and_nothing_is_wider_than_the_window(
    page: Page,
    width: int,
    dark: bool,  # noqa: FBT001
    side: str,
) -> None:
    drop(page, ("wrong.csv", WRONG), ("torn.docx", b"torn"))
    waited(page, 2)
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme="dark" if dark else "light")
    try:
        for link in (None, "wrong.csv"):
            if link:
                page.get_by_role("link", name=link).click()
                page.get_by_text("Accept or reject this finding").click()
            page.locator("html").evaluate("(root, side) => { root.dir = side; }", side)
            assert page.locator("html").evaluate("root => root.scrollWidth") <= width
            found = Axe().run(page).response["violations"]
            assert not [
                (each["id"], [node["html"] for node in each["nodes"]][:3]) for each in found
            ]
    finally:
        page.set_viewport_size({"width": 1280, "height": 900})
        page.emulate_media(color_scheme="light")
        page.reload()


def test_axe_finds_no_barrier_in_what_changed(page: Page) -> None:
    drop(page, ("wrong.csv", WRONG))
    waited(page, 1)
    drop(page, ("wrong.csv", RIGHT))
    page.get_by_role("link", name="What changed").click(timeout=60_000)
    expect(page.locator("main")).to_contain_text("17.9")
    assert not Axe().run(page).response["violations"]


def test_without_script_everything_works(chromium: Browser, tmp_path: Path) -> None:
    path = tmp_path / "wrong.csv"
    path.write_bytes(WRONG)
    with serving(tmp_path) as url:
        context = chromium.new_context(java_script_enabled=False, locale="en-GB")
        page = context.new_page()
        page.goto(url)
        page.locator("#files").set_input_files(path)
        page.get_by_role("button", name="Check").click()
        for _ in range(100):
            if page.get_by_text("1 of 1 checked").count():
                break
            time.sleep(0.2)
            page.get_by_role("link", name="Look again").click()
        page.get_by_role("link", name="wrong.csv").click()
        page.get_by_role("button", name="To do").click()
        expect(page.get_by_role("button", name="To do")).to_have_attribute("aria-pressed", "true")
        page.get_by_role("link", name="All documents").click()
        page.get_by_label("Language").select_option("zh")
        page.get_by_role("button", name="Change").click()
        expect(page.locator("html")).to_have_attribute("lang", "zh")
        context.close()


HOSTILE = """<!doctype html><title>hostile</title><script>
const told = (name, value) => document.title += ` ${name}:${value}`;
addEventListener("load", async () => {
  for (const mode of ["cors", "no-cors"])
    for (const method of ["GET", "POST"])
      await fetch("BASE" + (method === "GET" ? "" : "end"), {mode, method, credentials: "include",
        body: method === "POST" ? new URLSearchParams({csrf: "x"}) : undefined})
        .then((answer) => told("fetch", answer.type === "opaque" ? "opaque" : answer.status),
              () => told("fetch", "refused"));
  const frame = document.createElement("iframe");
  frame.src = "BASE";
  frame.onload = () => {
    let text = "closed";
    try { text = frame.contentDocument.body.textContent; } catch {}
    told("frame", text.includes("wrong.csv") ? "read" : "closed");
    const script = document.createElement("script");
    script.src = "BASEdocuments/1/as/json";
    script.onload = () => { told("script", "ran"); told("end", 1); };
    script.onerror = () => { told("script", "refused"); told("end", 1); };
    document.body.append(script);
  };
  document.body.append(frame);
});
</script><body><form method="post" action="BASEend"><input name="csrf" value="x"></form>
"""


def test_a_password_is_typed_in_the_row_and_the_keyboard_stays_there(page: Page) -> None:
    drop(page, ("locked.pdf", render_pdf(BLOCKS, password=SESAME)), ("right.csv", RIGHT))
    waited(page, 2)
    field = page.get_by_label("Password of locked.pdf")
    field.fill("wrong")
    field.press("Enter")
    expect(page.get_by_text("does not open with this password")).to_be_visible(timeout=60_000)
    expect(field).to_be_focused()
    field.fill(SESAME)
    page.get_by_role("button", name="Open").click()
    expect(field).to_have_count(0, timeout=60_000)
    expect(page.get_by_role("link", name="locked.pdf")).to_be_focused()


def test_a_hostile_page_in_the_same_browser_reaches_nothing(
    page: Page, desk: BrowserContext
) -> None:
    drop(page, ("wrong.csv", WRONG))
    waited(page, 1)
    base = page.url.partition("?")[0]  # even one that knows the secret folder

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            cookies.append(self.headers.get("cookie") or "")
            self.send_response(200)
            self.end_headers()
            self.wfile.write(HOSTILE.replace("BASE", base).encode())

        def log_message(self, *_: object) -> None:
            pass

    cookies: list[str] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        for host in ("localhost", "127.0.0.1"):  # another site, and another port of this one
            hostile = desk.new_page()
            hostile.goto(f"http://{host}:{server.server_port}/")
            expect(hostile).to_have_title(re.compile("end:1"), timeout=20_000)
            title = hostile.title()
            assert "frame:closed" in title
            assert "script:refused" in title
            assert "fetch:200" not in title
            hostile.locator("form").evaluate("form => form.submit()")
            hostile.wait_for_url(f"{base}end")
            assert "open to the person who started" in (hostile.text_content("body") or "")
            hostile.close()
    finally:
        server.shutdown()
        server.server_close()
    assert not any("unbudget_check" in each for each in cookies)
    page.reload()
    expect(page.get_by_role("link", name="wrong.csv")).to_be_visible()


def test_the_page_answers_while_fifty_documents_are_checked(page: Page) -> None:
    rows = b"".join(b"Item %d,1.5,1.6\n" % number for number in range(50))
    total = b"Total,75.0,81.0\n"
    files = [(f"document-{number}.csv", b"Item,2025,2026\n" + rows + total) for number in range(50)]
    drop(page, *files)
    meanwhile = 0
    while page.locator("#said").inner_text() != "50 of 50 checked":
        ask = "body => fetch(body.dataset.base + 'state?tab=x').then(answer => answer.json())"
        meanwhile += page.locator("body").evaluate(ask)["busy"]
    assert meanwhile
    expect(page.locator("tbody tr")).to_have_count(50)


def test_the_button_ends_the_program(chromium: Browser, tmp_path: Path) -> None:
    with serving(tmp_path) as url:
        context = chromium.new_context(locale="en-GB")
        page = context.new_page()
        page.goto(url)
        page.get_by_role("button", name="End the program").click()
        expect(page.get_by_role("heading")).to_have_text("The program has ended")
        context.close()
