// Files are dropped and sent one by one, the list follows what is checked, and a tab says that it
// is open, and when it closes. Without this script forms and links do the same by hand.
(() => {
  "use strict";
  const { base, csrf } = document.body.dataset;
  const tab = crypto.randomUUID();
  const BUSY = 700;
  const QUIET = 15000;
  let change = document.body.dataset.change;
  document.documentElement.classList.add("js");
  for (const part of document.querySelectorAll(".scripted")) part.hidden = false;

  /* What is new on the page comes from the page itself, asked for again. */

  const swap = (old, now) => {
    if (!now || old.outerHTML === now.outerHTML) return;
    const focused = document.activeElement?.id;
    const row = document.activeElement?.closest("tr[id]")?.id;
    const rows = (part) => [...part.querySelectorAll("tbody > tr[id]")];
    const [was, is] = [rows(old), rows(now)];
    const same = was.length && was.length === is.length && was.every((row, at) => row.id === is[at].id);
    if (same) was.forEach((row, at) => row.outerHTML === is[at].outerHTML || row.replaceWith(is[at]));
    else if (!old.contains(document.activeElement?.closest("input, select"))) old.replaceWith(now);
    if (!focused || document.activeElement?.id === focused) return;
    const place = document.getElementById(focused) ?? (row && document.querySelector(`#${row} a`));
    if (place) place.focus();
  };

  const refresh = async () => {
    const answer = await fetch(location.href);
    if (!answer.ok) return;
    const now = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const old of document.querySelectorAll("[data-live]")) swap(old, now.getElementById(old.id));
    document.title = now.title;
  };

  const gone = document.getElementById("gone");
  let timer;
  const look = async () => {
    clearTimeout(timer);
    let wait = QUIET;
    try {
      const state = await (await fetch(`${base}state?tab=${tab}`)).json();
      gone.hidden = true;
      if (state.busy || sending) wait = BUSY;
      if (String(state.change) !== change) {
        change = String(state.change);
        if (document.querySelector("progress") && document.querySelector("main[data-reloads]")) {
          if (!state.busy || document.querySelector("main[data-reloads] progress")) location.reload();
        } else if (document.querySelector("[data-live]")) await refresh();
      }
    } catch {
      gone.hidden = false;
    }
    timer = setTimeout(look, wait);
  };

  /* Files: dropped, chosen, or in a folder of either kind. */

  let sending = 0;
  const say = (text) => {
    const said = document.getElementById("said");
    if (said) said.textContent = text;
  };

  const send = async (url, file, name) => {
    const form = new FormData();
    form.append("csrf", csrf);
    form.append("files", file, name);
    say(document.body.dataset.sending.replace("{name}", name));
    const answer = await fetch(url, { method: "POST", body: form, redirect: "manual" });
    if (!answer.ok && answer.type !== "opaqueredirect") say(answer.status === 413 ? document.body.dataset.refused : await answer.text());
  };

  const sendAll = async (found) => {
    sending += found.length;
    look();
    for (const { file, name } of found) {
      try {
        await send(`${base}files`, file, name);
      } catch {
        gone.hidden = false;
      }
      sending -= 1;
    }
    look();
  };

  const within = async (entry, path = "") => {
    const name = path + entry.name;
    if (entry.isFile) return [{ file: await new Promise((done, fail) => entry.file(done, fail)), name }];
    const reader = entry.createReader();
    const found = [];
    for (;;) {
      const some = await new Promise((done, fail) => reader.readEntries(done, fail));
      if (!some.length) return found;
      for (const each of some) found.push(...(await within(each, `${name}/`)));
    }
  };

  const chosen = (input) =>
    [...input.files].map((file) => ({ file, name: file.webkitRelativePath || file.name }));

  for (const id of ["files", "folder"])
    document.getElementById(id)?.addEventListener("change", async (event) => {
      const found = chosen(event.target);
      event.target.value = "";
      await sendAll(found);
    });

  const drafted = (place) => place.closest?.("[data-draft]");
  const over = (event) => drafted(event.target) ?? document.getElementById("drop");
  const unmark = () => {
    for (const part of document.querySelectorAll(".over")) part.classList.remove("over");
  };
  addEventListener("dragover", (event) => {
    if (![...event.dataTransfer.types].includes("Files")) return;
    event.preventDefault();
    unmark();
    over(event)?.classList.add("over");
  });
  addEventListener("dragleave", unmark);
  addEventListener("drop", async (event) => {
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    unmark();
    const row = drafted(event.target);
    if (row) {
      await send(row.action ?? row.dataset.draft, event.dataTransfer.files[0], event.dataTransfer.files[0].name);
      if (row.action) location.reload();
      else look();
      return;
    }
    if (!document.getElementById("drop")) return;
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
    const plain = [...event.dataTransfer.files].map((file) => ({ file, name: file.name }));
    const found = entries.length ? (await Promise.all(entries.map((each) => within(each)))).flat() : plain;
    await sendAll(found);
  });

  /* Small forms change one thing and leave the rest of the page as it is. */

  addEventListener("change", (event) => {
    if (event.target.matches("[data-submits]")) event.target.form.requestSubmit();
  });
  addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches("[data-quiet]") || !document.querySelector("[data-live]")) return;
    event.preventDefault();
    await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), redirect: "manual" });
    look();
  });

  addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches("[data-decides]")) return;
    event.preventDefault();
    const body = new URLSearchParams(new FormData(form, event.submitter));
    const answer = await fetch(form.action, { method: "POST", body, redirect: "manual" });
    if (answer.type === "opaqueredirect") return location.reload();
    const refused = form.closest(".decision").querySelector(".refused");
    refused.textContent = await answer.text();
    refused.hidden = false;
  });

  addEventListener("pagehide", () => {
    navigator.sendBeacon(`${base}closed`, new URLSearchParams({ csrf, tab }));
  });
  addEventListener("pageshow", look);
})();
