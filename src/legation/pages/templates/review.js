"use strict";
{
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const passages = all(".passage");

  const light = (ids, on) => {
    for (const id of ids) {
      document.getElementById(id)?.classList.toggle("lit", on);
      for (const mark of all(`mark[data-on~="${id}"]`)) mark.classList.toggle("lit", on);
    }
  };
  const follow = (element, ids) => {
    for (const event of ["pointerenter", "focusin"]) element.addEventListener(event, () => light(ids, true));
    for (const event of ["pointerleave", "focusout"]) element.addEventListener(event, () => light(ids, false));
  };
  for (const passage of passages) if (passage.id) follow(passage, [passage.id]);
  for (const mark of all("mark")) {
    const ids = mark.dataset.on.split(" ");
    follow(mark, ids);
    mark.addEventListener("click", () => document.getElementById(ids.at(-1))?.focus());
  }

  // What is read is kept in this browser alone, under a key that is another when the claim is.
  const kept = (key, value) => {
    try {
      if (value === undefined) return localStorage.getItem(`legation:${key}`) !== null;
      if (value) localStorage.setItem(`legation:${key}`, "read");
      else localStorage.removeItem(`legation:${key}`);
    } catch {
      // A browser that keeps nothing for a file: the tick holds until the page is left.
    }
    return value;
  };
  const claims = all(".claim");
  const read = new Set(claims.map((claim) => claim.dataset.key).filter((key) => kept(key)));

  const wanted = { state: new Set(), voice: new Set(), basis: new Set() };
  const only = { findings: false, clean: false, unread: false };
  let kind = "";
  const fits = (claim) => {
    const data = claim.dataset;
    const faulty = claim.querySelector(".findings") !== null;
    return Object.entries(wanted).every(([group, names]) => !names.size || names.has(data[group]))
      && (!kind || data.kind.split("|").includes(kind))
      && (!only.findings || faulty) && (!only.clean || !faulty) && (!only.unread || !read.has(data.key));
  };
  const show = () => {
    for (const claim of claims) claim.hidden = !fits(claim);
    for (const passage of passages) passage.hidden = all(".claim", passage).every((claim) => claim.hidden);
    for (const group of all(".group")) {
      const inside = all(".passage", group);
      group.hidden = inside.length > 0 && inside.every((passage) => passage.hidden);
    }
    const narrowed = kind || Object.values(only).includes(true) || Object.values(wanted).some((names) => names.size);
    if (narrowed && !asked.size) {
      for (const article of all(".article")) article.open = all(".passage", article).some((passage) => !passage.hidden);
    }
    for (const mark of all("mark")) {
      mark.classList.toggle("dim", mark.dataset.on.split(" ").every((id) => document.getElementById(id)?.hidden));
    }
  };
  const asked = new Set(all("#changes .claim").map((claim) => claim.dataset.key));
  const keys = asked.size ? asked : new Set(claims.map((claim) => claim.dataset.key));
  const tell = () => {
    for (const claim of claims) {
      claim.classList.toggle("read", read.has(claim.dataset.key));
      claim.querySelector(".tick")?.setAttribute("aria-pressed", String(read.has(claim.dataset.key)));
    }
    const done = [...keys].filter((key) => read.has(key)).length;
    for (const tally of all(".tally")) tally.textContent = `${done} of ${keys.size} read`;
  };
  for (const claim of claims) {
    claim.querySelector(".tick")?.addEventListener("click", () => {
      const key = claim.dataset.key;
      const on = !read.has(key);
      if (on) read.add(key);
      else read.delete(key);
      kept(key, on);
      tell();
    });
  }
  tell();

  for (const button of all(".legend button")) {
    button.addEventListener("click", () => {
      const on = button.getAttribute("aria-pressed") !== "true";
      button.setAttribute("aria-pressed", String(on));
      for (const [name, value] of Object.entries(button.dataset)) {
        if (name in only) only[name] = on;
        else if (on) wanted[name].add(value);
        else wanted[name].delete(value);
      }
      show();
    });
  }
  for (const select of all("[data-kinds]")) {
    select.addEventListener("change", () => {
      kind = select.value;
      show();
    });
  }

  // An article is folded until somebody goes there: by a link, a key, or to print it.
  const unfold = (element) => {
    const folded = element?.closest("details");
    if (folded) folded.open = true;
  };
  const arrive = () => {
    const there = document.getElementById(location.hash.slice(1));
    unfold(there);
    there?.scrollIntoView();
  };
  addEventListener("hashchange", arrive);
  if (location.hash) arrive();
  addEventListener("beforeprint", () => all("details").forEach((folded) => { folded.open = true; }));

  document.addEventListener("keydown", (event) => {
    const step = { j: 1, k: -1 }[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey || event.target.matches?.("select")) return;
    const seen = passages.filter((passage) => !passage.hidden);
    const here = seen.indexOf(document.activeElement.closest(".passage"));
    const next = seen[here < 0 ? (step > 0 ? 0 : seen.length - 1) : here + step];
    if (next) {
      unfold(next);
      next.focus({ preventScroll: true });
      next.scrollIntoView({ block: "center" });
    }
  });
}
