"use strict";
// Finding a name in any spelling: the names are fetched once, when somebody first looks for one.
(() => {
  const root = document.body.dataset.root;
  const form = document.querySelector(".search");
  const field = document.getElementById("find");
  const hits = document.getElementById("hits");
  const found = document.getElementById("found");
  const MOST = 12;
  form.hidden = false;

  // As legation.graph.registry.key folds: case, accents, apostrophes and dots do not count.
  const key = (text) => text.normalize("NFKD").toLowerCase().replaceAll("ß", "ss")
    .replace(/\p{Mn}|['’‘ʼ`.‐]/gu, "").replace(/[^\p{L}\p{N}]+/gu, " ").normalize("NFC").trim();

  let names = null;
  const load = () => {
    names ??= fetch(`${root}assets/names.json`).then((answer) => {
      if (!answer.ok) throw new Error(answer.statusText);
      return answer.json();
    });
    return names;
  };

  const rank = (spellings, wanted) => {
    let best = 9;
    for (const name of spellings) {
      if (name === wanted) return 0;
      if (name.startsWith(wanted)) best = Math.min(best, 1);
      else if (` ${name}`.includes(` ${wanted}`)) best = Math.min(best, 2);
      else if (name.includes(wanted)) best = Math.min(best, 3);
    }
    if (best < 9) return best;
    const words = wanted.split(" ");
    const holds = spellings.some((name) => words.every((word) => ` ${name}`.includes(` ${word}`)));
    return holds ? 4 : 9;
  };

  const show = (rows, wanted) => {
    hits.replaceChildren();
    for (const [label, kinds, path, , when] of rows.slice(0, MOST)) {
      const link = document.createElement("a");
      link.href = root + path;
      const name = document.createElement("bdi");
      name.textContent = label;
      const about = document.createElement("small");
      about.textContent = [kinds, when].filter(Boolean).join(" · ");
      link.append(name, about);
      const item = document.createElement("li");
      item.append(link);
      hits.append(item);
    }
    hits.hidden = rows.length === 0;
    found.textContent = wanted ? `${rows.length || "no"} name${rows.length === 1 ? "" : "s"} found` : "";
  };

  let asked = 0;
  const find = async () => {
    const mine = ++asked;
    const wanted = key(field.value);
    if (!wanted) return show([], "");
    let rows;
    try {
      rows = await load();
    } catch {
      names = null;
      found.textContent = "The names could not be fetched.";
      return;
    }
    if (mine !== asked) return;
    const ranked = rows.map((row) => [rank(row[3], wanted), row]).filter(([place]) => place < 9);
    ranked.sort((one, other) => one[0] - other[0] || one[1][0].length - other[1][0].length);
    show(ranked.map(([, row]) => row), wanted);
  };

  const close = () => { hits.hidden = true; };
  field.addEventListener("focus", () => load().catch(() => { names = null; }), { once: true });
  field.addEventListener("input", find);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    hits.querySelector("a")?.click();
  });
  form.addEventListener("keydown", (event) => {
    const links = [field, ...hits.querySelectorAll("a")];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") { close(); field.focus(); }
    if (!step || hits.hidden) return;
    event.preventDefault();
    links[Math.min(links.length - 1, Math.max(0, links.indexOf(document.activeElement) + step))].focus();
  });
  document.addEventListener("click", (event) => { if (!form.contains(event.target)) close(); });
  document.addEventListener("keydown", (event) => {
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName);
    if (event.key === "/" && !typing) { event.preventDefault(); field.focus(); }
  });
})();
