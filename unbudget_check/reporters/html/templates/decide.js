/* Decisions on findings: made on the page, and saved as a file that `decisions apply` reads. */
(() => {
  "use strict";
  const FILE = "unbudget-decisions.toml";
  // What a decision needs, and what else may be said of it.
  const NEEDS = { accept: ["reason", "owner", "until"], wrong: ["reason"], corrected: [], todo: [] };
  const ASKS = { ...NEEDS, corrected: ["reason"], todo: ["reason", "owner", "until"] };
  const bar = document.querySelector("form.decided");
  const told = bar.querySelector("[role=status]");
  const forms = [...document.querySelectorAll("form.decide")];
  const now = new Date();
  const today = new Date(now - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
  const before = new Map();

  const verdictOf = (form) => form.querySelector("[aria-pressed=true]")?.value ?? "";

  const saidIn = (form) => {
    const verdict = verdictOf(form);
    const asked = ASKS[verdict] ?? [];
    return { verdict, ...Object.fromEntries(asked.map((name) => [name, form.elements[name].value.trim()])) };
  };

  const isChanged = (form) => JSON.stringify(saidIn(form)) !== before.get(form);

  const choose = (form, verdict) => {
    for (const button of form.querySelectorAll("button"))
      button.setAttribute("aria-pressed", String(button.value === verdict));
    form.querySelector(".terms").hidden = !verdict;
    for (const name of ["reason", "owner", "until"]) {
      const field = form.elements[name];
      field.required = (NEEDS[verdict] ?? []).includes(name);
      field.disabled = !(ASKS[verdict] ?? []).includes(name);
      field.closest("label").hidden = field.disabled;
    }
  };

  const count = () => {
    const changed = forms.filter(isChanged).length;
    bar.hidden = !changed && !told.dataset.done;
    if (changed) told.textContent = told.dataset.said.replace("{count}", changed);
    document.documentElement.style.setProperty("--foot", `${bar.offsetHeight}px`);
  };

  /* TOML writes a text as JSON does, apart from halves of characters; what is unseen is escaped. */

  const quoted = (text) =>
    JSON.stringify(text.replace(/[\ud800-\udfff]/gu, "\ufffd")).replace(
      /[\u007f-\u00a0\u00ad\u0600-\u0605\u061c\u180e\u200b-\u200f\u2028-\u202f\u205f-\u206f\ufeff]/g,
      (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, "0")}`,
    );

  const row = (form) => {
    const { verdict, reason, owner, until } = saidIn(form);
    const kept = !isChanged(form);
    const by = kept ? form.dataset.by : bar.elements.by.value.trim();
    const on = kept ? form.dataset.on : today;
    const terms = [`decision = ${quoted(verdict)}`];
    if (reason) terms.push(`reason = ${quoted(reason)}`);
    if (owner) terms.push(`owner = ${quoted(owner)}`);
    if (until) terms.push(`until = ${until}`);
    return `  { ${form.dataset.naming}, ${terms.join(", ")}, by = ${quoted(by)}, on = ${on} },`;
  };

  const save = () => {
    // What was decided before stays in the file, unless it is a waiver that does not say its day.
    const decided = forms.filter((form) => verdictOf(form) && (isChanged(form) || form.dataset.on));
    const text = ["decisions = [", ...decided.map(row).sort(), "]", ""].join("\n");
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/toml" }));
    link.download = FILE;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    for (const form of decided.filter(isChanged)) {
      form.dataset.by = bar.elements.by.value.trim();
      form.dataset.on = today;
      form.dataset.verdict = verdictOf(form);
      before.set(form, JSON.stringify(saidIn(form)));
    }
    told.dataset.done = "yes";
    told.textContent = told.dataset.saved;
    count();
  };

  for (const form of forms) {
    form.elements.until.min = today;
    choose(form, form.dataset.verdict ?? "");
    before.set(form, JSON.stringify(saidIn(form)));
    form.addEventListener("click", ({ target }) => {
      if (!target.matches("button")) return;
      // What is kept in a file is undone there; here it can only become another decision.
      const isPressed = target.getAttribute("aria-pressed") === "true";
      if (!isPressed) choose(form, target.value);
      else if (!form.dataset.verdict) choose(form, "");
      count();
    });
    form.addEventListener("input", count);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.hidden = false;
  }
  bar.addEventListener("submit", (event) => {
    event.preventDefault();
    const open = forms.find((form) => isChanged(form) && !form.checkValidity());
    if (!open) save();
    else if (open.closest("[hidden]")) {
      document.querySelector("form.filters").reset();
      setTimeout(() => open.reportValidity(), 50);
    } else open.reportValidity();
  });
  addEventListener("beforeunload", (event) => {
    if (forms.some(isChanged)) event.preventDefault();
  });
})();
