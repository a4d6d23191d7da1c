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

  const wanted = new Set();
  let faulty = false;
  const show = () => {
    for (const claim of all(".claim")) {
      const spoken = !wanted.size || wanted.has(claim.dataset.voice);
      claim.hidden = !spoken || (faulty && !claim.querySelector(".findings"));
    }
    for (const passage of passages) passage.hidden = all(".claim", passage).every((claim) => claim.hidden);
    for (const mark of all("mark")) {
      mark.classList.toggle("dim", mark.dataset.on.split(" ").every((id) => document.getElementById(id)?.hidden));
    }
  };
  for (const button of all(".legend button")) {
    button.addEventListener("click", () => {
      const on = button.getAttribute("aria-pressed") !== "true";
      button.setAttribute("aria-pressed", String(on));
      const voice = button.dataset.voice;
      if (voice === undefined) faulty = on;
      else if (on) wanted.add(voice);
      else wanted.delete(voice);
      show();
    });
  }

  document.addEventListener("keydown", (event) => {
    const step = { j: 1, k: -1 }[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    const seen = passages.filter((passage) => !passage.hidden);
    const here = seen.indexOf(document.activeElement.closest(".passage"));
    const next = seen[here < 0 ? (step > 0 ? 0 : seen.length - 1) : here + step];
    if (next) {
      next.focus({ preventScroll: true });
      next.scrollIntoView({ block: "center" });
    }
  });
}
