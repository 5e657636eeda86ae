(() => {
  "use strict";
  const form = document.querySelector("form.filters");
  const told = form.querySelector("output");
  const cards = [...document.querySelectorAll("article.card")];
  const USES = ["s", "u", "p", "m", "e", "o"];
  const SIGNS = USES.map((use) => `lit-${use}`);

  /* Which findings are shown. */

  const isWanted = (card) => {
    const severities = [...form.elements.severity].filter((box) => box.checked).map((box) => box.value);
    const { rule, document: chosen } = form.elements;
    return (
      severities.includes(card.dataset.severity) &&
      (!rule.value || rule.value === card.dataset.rule) &&
      (!chosen.value || chosen.value === card.closest(".doc").dataset.document)
    );
  };

  const isWhole = () => {
    const { rule, document: chosen, severity } = form.elements;
    return !rule.value && !chosen.value && [...severity].every((box) => box.checked);
  };

  const filter = () => {
    const whole = isWhole();
    for (const card of cards) card.hidden = !isWanted(card);
    const open = (part) => part.querySelector("article.card:not([hidden])");
    for (const row of document.querySelectorAll("[data-finding]"))
      row.hidden = document.getElementById(row.dataset.finding).hidden;
    for (const part of document.querySelectorAll(".index"))
      part.hidden = !part.querySelector("[data-finding]:not([hidden])");
    for (const block of document.querySelectorAll(".pair, .proofs.wide"))
      block.parentElement.hidden = !open(block);
    for (const part of document.querySelectorAll(".doc")) part.hidden = !whole && !open(part);
    for (const part of document.querySelectorAll(".gaps"))
      part.hidden = !whole && !form.elements.document.value;
    for (const block of document.querySelectorAll("[data-cited]")) {
      const doc = block.closest(".doc");
      const findings = block.dataset.cited.split(",").map((number) => doc.querySelector(`.f${number}`));
      block.hidden = findings.every((card) => !card || card.hidden);
    }
    for (const part of document.querySelectorAll(".cited"))
      part.hidden = !part.querySelector(".block:not([hidden])");
    const seen = cards.filter((card) => !card.hidden).length;
    told.textContent = told.dataset.said.replace("{seen}", seen).replace("{all}", cards.length);
  };

  /* Which cells are lit: those of the findings under the pointer, the keyboard or the link. */

  const numberOf = (card) => [...card.classList].find((name) => /^f\d+$/.test(name)).slice(1);

  const cardsAt = (place) => {
    const found = place?.closest?.("article.card, .pair .x, .cited .x");
    if (!found) return [];
    if (found.matches("article")) return [found];
    const doc = found.closest(".doc");
    const numbers = [...found.classList].filter((name) => /^[su]\d+$/.test(name));
    return numbers.map((name) => doc.querySelector(`.f${name.slice(1)}`)).filter(Boolean);
  };

  const reached = { pointer: [], focus: [], link: [] };

  const light = (by, found) => {
    if (found.length === reached[by].length && found.every((card, at) => card === reached[by][at])) return;
    reached[by] = found;
    for (const lit of document.querySelectorAll(".lit")) lit.classList.remove("lit", ...SIGNS);
    for (const card of new Set(Object.values(reached).flat())) {
      const doc = card.closest(".doc");
      card.classList.add("lit");
      for (const use of USES)
        for (const cell of doc.getElementsByClassName(use + numberOf(card)))
          cell.classList.add("lit", `lit-${use}`);
    }
  };

  /* A table that is larger than its frame shows the cell to blame. */

  const bring = (card) => {
    const block = card.closest(".pair");
    const cell = block?.querySelector(`.s${numberOf(card)}, .u${numberOf(card)}`);
    if (!cell) return;
    const box = block.querySelector(".scroll");
    const inner = cell.getBoundingClientRect();
    const outer = box.getBoundingClientRect();
    const label = box.querySelector("tbody th")?.offsetWidth ?? 0;
    if (inner.left < outer.left + label || inner.right > outer.right)
      box.scrollLeft += inner.left + inner.width / 2 - outer.left - (outer.width + label) / 2;
    if (inner.top < outer.top || inner.bottom > outer.bottom)
      box.scrollTop += inner.top - outer.top - outer.height / 2;
  };

  const reach = (by, place) => {
    const found = cardsAt(place);
    light(by, found);
    if (found.length === 1 && found[0].contains(place)) bring(found[0]);
  };

  const watcher = new IntersectionObserver((seen) => {
    for (const { target, isIntersecting } of seen)
      if (isIntersecting) {
        watcher.unobserve(target);
        const first = target.querySelector("article.card:not([hidden])");
        if (first) bring(first);
      }
  });

  /* A link from outside may lead to what is hidden or closed. */

  const showTarget = () => {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    light("link", cardsAt(target || null));
    if (!target) return;
    if (target.closest("[hidden]")) {
      form.reset();
      filter();
    }
    for (let part = target; part; part = part.parentElement)
      if (part.tagName === "DETAILS") part.open = true;
    target.scrollIntoView();
  };

  if (cards.length > 1) {
    const measure = () => {
      const sticky = getComputedStyle(form).position === "sticky";
      document.documentElement.style.setProperty("--bar", `${sticky ? form.offsetHeight : 0}px`);
    };
    form.hidden = false;
    form.addEventListener("input", filter);
    form.addEventListener("reset", () => setTimeout(filter));
    form.addEventListener("submit", (event) => event.preventDefault());
    addEventListener("resize", measure);
    measure();
    filter();
  }
  document.addEventListener("pointerover", (event) => reach("pointer", event.target));
  document.addEventListener("focusin", (event) => reach("focus", event.target));
  document.addEventListener("focusout", () => light("focus", []));
  for (const pair of document.querySelectorAll(".pair")) watcher.observe(pair);

  const closed = [];
  addEventListener("beforeprint", () => {
    for (const part of document.querySelectorAll("details:not([open])")) {
      part.open = true;
      closed.push(part);
    }
  });
  addEventListener("afterprint", () => {
    for (const part of closed.splice(0)) part.open = false;
  });
  addEventListener("hashchange", showTarget);
  showTarget();
})();
