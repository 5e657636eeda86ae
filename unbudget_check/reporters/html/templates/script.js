(() => {
  "use strict";
  const form = document.querySelector("form.filters");
  const cards = [...document.querySelectorAll("article.card")];
  const told = form.querySelector("output");
  const root = document.documentElement;

  const isWanted = (card) => {
    const severities = [...form.severity].filter((box) => box.checked).map((box) => box.value);
    return (
      severities.includes(card.dataset.severity) &&
      (!form.rule.value || form.rule.value === card.dataset.rule) &&
      (!form.document.value || form.document.value === card.closest(".doc").dataset.document)
    );
  };

  const isWhole = () =>
    !form.rule.value && !form.document.value && [...form.severity].every((box) => box.checked);

  const filter = () => {
    const whole = isWhole();
    for (const card of cards) card.hidden = !isWanted(card);
    const open = (part) => part.querySelector("article.card:not([hidden])");
    for (const row of document.querySelectorAll("[data-finding]"))
      row.hidden = document.getElementById(row.dataset.finding).hidden;
    for (const block of document.querySelectorAll(".pair, .proofs.wide"))
      block.parentElement.hidden = !open(block);
    for (const part of document.querySelectorAll(".doc")) part.hidden = !whole && !open(part);
    for (const part of document.querySelectorAll(".gaps")) part.hidden = !whole && !form.document.value;
    for (const block of document.querySelectorAll("[data-cited]")) {
      const doc = block.closest(".doc");
      block.hidden = !block.dataset.cited.split(",").some((number) => {
        const card = doc.querySelector(`.f${number}`);
        return card && !card.hidden;
      });
    }
    for (const part of document.querySelectorAll(".cited"))
      part.hidden = !part.querySelector("[data-cited]:not([hidden])");
    const seen = cards.filter((card) => !card.hidden).length;
    told.textContent = told.dataset.said.replace("{seen}", seen).replace("{all}", cards.length);
  };

  const showTarget = () => {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    if (target.closest("[hidden]")) {
      form.reset();
      filter();
    }
    for (let part = target; part; part = part.parentElement)
      if (part.tagName === "DETAILS") part.open = true;
    target.scrollIntoView();
  };

  // A long table shows the figure of its first finding when it comes into view.
  const watcher = new IntersectionObserver((seen) => {
    for (const { target, isIntersecting } of seen)
      if (isIntersecting) {
        watcher.unobserve(target);
        const first = target.querySelector("article.card:not([hidden])");
        if (first) bring(first);
      }
  });

  const bring = (card) => {
    const number = [...card.classList].find((name) => /^f\d+$/.test(name)).slice(1);
    const block = card.closest(".pair");
    const cell = block && block.querySelector(`.s${number}`);
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

  root.classList.add("js");
  const measure = () => {
    const sticky = getComputedStyle(form).position === "sticky";
    root.style.setProperty("--bar", `${sticky ? form.offsetHeight : 0}px`);
  };

  if (cards.length > 1) {
    form.hidden = false;
    form.addEventListener("input", filter);
    form.addEventListener("reset", () => setTimeout(filter));
    form.addEventListener("submit", (event) => event.preventDefault());
    addEventListener("resize", measure);
    measure();
    filter();
  }
  for (const card of cards) {
    card.addEventListener("mouseenter", () => bring(card));
    card.addEventListener("focusin", () => bring(card));
  }
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
