"use strict";
// A SPARQL console: the engine runs in a worker, so that a query can be stopped and the page lives.
(() => {
  const root = document.body.dataset.root;
  const at = (id) => document.getElementById(id);
  const MOST = 1000;
  let worker = null, prefixes = {}, last = null, begun = 0;

  const say = (text) => { at("state").textContent = text; };
  const busy = (is) => {
    at("run").disabled = is;
    at("stop").disabled = !is;
  };

  const cell = (term, row) => {
    const place = document.createElement("td");
    const short = term && term.type === "NamedNode" ? shortened(term.value) : term ? term.value : "";
    place.textContent = short;
    if (term && term.type === "NamedNode") place.title = term.value;
    row.append(place);
  };
  const shortened = (iri) => {
    let best = ["", ""];
    for (const [prefix, base] of Object.entries(prefixes))
      if (iri.startsWith(base) && base.length > best[1].length) best = [prefix, base];
    const local = iri.slice(best[1].length);
    return best[1] && /^[\w.-]+$/.test(local) ? `${best[0]}:${local}` : iri;
  };

  const show = ({ columns, rows }) => {
    const table = document.createElement("table");
    const head = table.createTHead().insertRow();
    for (const name of columns) {
      const title = document.createElement("th");
      title.scope = "col";
      title.textContent = name;
      head.append(title);
    }
    const body = table.createTBody();
    for (const row of rows.slice(0, MOST)) {
      const line = body.insertRow();
      for (const term of row) cell(term, line);
    }
    at("result").replaceChildren(table);
    const cut = rows.length > MOST ? `, the first ${MOST} shown; the CSV has all` : "";
    const seconds = ((performance.now() - begun) / 1000).toFixed(2);
    say(`${rows.length} row${rows.length === 1 ? "" : "s"} in ${seconds} s${cut}`);
    at("csv").disabled = false;
  };

  const told = ({ data }) => {
    if (data.state) return say(data.state);
    busy(false);
    if (data.error) {
      at("result").replaceChildren();
      return say(data.error);
    }
    last = data;
    show(data);
  };

  const start = () => {
    worker = new Worker(`${root}assets/console-worker.js`, { type: "module" });
    worker.addEventListener("message", told);
    worker.addEventListener("error", (event) => { busy(false); say(event.message || "The engine could not start."); });
  };

  const declared = (query) => {
    const missing = Object.entries(prefixes).filter(([prefix]) =>
      new RegExp(`(^|[^\\w<"])${prefix}:`).test(query) && !new RegExp(`PREFIX\\s+${prefix}:`, "i").test(query));
    return missing.map(([prefix, base]) => `PREFIX ${prefix}: <${base}>\n`).join("") + query;
  };

  const run = (event) => {
    event.preventDefault();
    if (at("run").disabled) return;
    if (!worker) start();
    busy(true);
    at("csv").disabled = true;
    begun = performance.now();
    say("…");
    worker.postMessage({ query: declared(at("query").value) });
  };

  const quoted = (text) => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const save = () => {
    const lines = [last.columns, ...last.rows.map((row) => row.map((term) => (term ? term.value : "")))];
    const text = lines.map((line) => line.map(quoted).join(",")).join("\r\n") + "\r\n";
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
    link.download = "answer.csv";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };

  const offer = async () => {
    const offered = await (await fetch(`${root}assets/questions.json`)).json();
    prefixes = offered.prefixes;
    const choose = (name) => {
      const chosen = offered.questions.find((question) => question.name === name);
      if (chosen) at("query").value = `# ${chosen.summary}\n${chosen.sparql}\n`;
    };
    for (const question of offered.questions) at("example").add(new Option(question.summary, question.name));
    at("example").addEventListener("change", () => choose(at("example").value));
    at("query").value = "SELECT ?event ?who ?quote WHERE {\n  ?event a leg:Event ; leg:attendee ?who .\n" +
      "  ?claim leg:describes ?event ; leg:quote ?quote .\n  GRAPH ?claim { ?event leg:attendee ?who }\n} ORDER BY ?event ?who ?quote\n";
    const wanted = new URLSearchParams(location.search).get("question");
    if (wanted) {
      at("example").value = wanted;
      choose(wanted);
    }
    at("console").hidden = false;
  };

  at("console").addEventListener("submit", run);
  at("query").addEventListener("keydown", (event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) run(event); });
  at("stop").addEventListener("click", () => { worker.terminate(); worker = null; busy(false); say("stopped"); });
  at("csv").addEventListener("click", save);
  offer().catch(() => { at("result").textContent = "The questions could not be fetched: the console needs a web host."; });
})();
